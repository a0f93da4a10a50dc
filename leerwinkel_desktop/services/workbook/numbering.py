"""Says under which number each record of a vault stands in a workbook, the same for import and export."""

from __future__ import annotations

from collections.abc import Iterable

from leerwinkel_desktop.domain.aliases import ends
from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.training import TrainingStart
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services.workbook.columns import CLIENTS, TRAININGS, TRAJECTORIES
from leerwinkel_desktop.services.workbook.references import Known
from leerwinkel_desktop.store.database import Reader


def numbers(records: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """For each id its number, oldest first; its id when it has none or an older record has it already."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for record_id, number in records:
        found[record_id] = number if number and number not in taken else record_id
        taken.add(found[record_id])
    return found


def person_dossiers(reader: Reader) -> dict[str, str]:
    """For each dossier the one that stands for it."""
    return ends(dict(reader.rows(Dossier, ("id", "merged_into"))))


def known_numbers(reader: Reader) -> Known:
    """The numbers that the vault has, for references from a workbook."""
    ends = person_dossiers(reader)
    own = {client: ends[dossier] for dossier, client in reader.rows(Dossier, ("id", "client_id"))}
    clients = numbers(reader.rows(Client, ("id", "client_no")))
    trajectories = numbers(reader.rows(Trajectory, ("id", "trajectory_no")))
    trainings = numbers(reader.rows(TrainingStart, ("id", "training_no")))
    dossier_of = dict(reader.rows(Trajectory, ("id", "dossier_id")))
    trajectory_of = dict(reader.rows(TrainingStart, ("id", "trajectory_id")))
    return Known(
        ids={
            CLIENTS.name: {number: own.get(client, client) for client, number in clients.items()},
            TRAJECTORIES.name: {number: key for key, number in trajectories.items()},
            TRAININGS.name: {number: key for key, number in trainings.items()},
        },
        owners={
            TRAJECTORIES.name: {
                number: ends[dossier_of[key]]
                for key, number in trajectories.items()
                if dossier_of[key] in ends
            },
            TRAININGS.name: {number: trajectory_of[key] for key, number in trainings.items()},
        },
    )
