"""What a counsellor does with courses and providers: find, keep up to date, put in a dossier (step 3)."""

from __future__ import annotations

from collections.abc import Mapping

from leerwinkel_desktop.domain import catalogue
from leerwinkel_desktop.domain.catalogue import Filter, Line
from leerwinkel_desktop.domain.codelists import fold
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.offers import Offering, Provider
from leerwinkel_desktop.domain.trajectories import Option
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.workspace import Workspace

__all__ = ["Filter", "Line"]


def lines(workspace: Workspace) -> tuple[Line, ...]:
    """All courses by title, made ready for `catalogue.find`."""
    with workspace.database.read() as reader:
        by_id = {one.id: one for one in reader.find(Provider)}
        courses = reader.find(Offering)
    made = (catalogue.line_of(workspace.codelists, one, by_id.get(one.provider_id or "")) for one in courses)
    return tuple(sorted(made, key=lambda line: (fold(line.offering.title or ""), line.offering.id)))


def providers(workspace: Workspace) -> tuple[Provider, ...]:
    """All providers and partners, by name."""
    with workspace.database.read() as reader:
        return tuple(sorted(reader.find(Provider), key=lambda one: (fold(one.name or ""), one.id)))


def to_option(workspace: Workspace, trajectory_id: str, offering_id: str) -> Option:
    """Copy a course into an option of a trajectory, with the first free rank; the copy can be changed.

    Raises NotFound.
    """
    with workspace.database.write() as transaction:
        course = transaction.get(Offering, offering_id)
        found = [one for one in transaction.find(Provider) if one.id == course.provider_id]
        line = catalogue.line_of(workspace.codelists, course, found[0] if found else None)
        rank = catalogue.free_rank(transaction.find(Option, trajectory_id=trajectory_id))
        empty = Option(id=new_id(), trajectory_id=trajectory_id, client_rank=rank)
        option = catalogue.option_of(workspace.codelists, line, empty)
        transaction.save(option)
        return option


def to_client(workspace: Workspace, client_id: str, offering_id: str) -> Option:
    """Copy a course into the newest open trajectory of a client; who has none gets one. Raises NotFound."""
    view = dossiers.load(workspace, client_id, block=False)
    trajectory = view.trajectory
    if trajectory is None or trajectory.status == "CLOSED":
        trajectory = dossiers.add_trajectory(workspace, view)
    return to_option(workspace, trajectory.id, offering_id)


def seen_of(workspace: Workspace, record_id: str) -> Mapping[str, int]:
    """What is known of a course or a provider now, for who types on it (`dossiers.revise`)."""
    with workspace.database.read() as reader:
        return reader.seen([record_id]).get(record_id, {})
