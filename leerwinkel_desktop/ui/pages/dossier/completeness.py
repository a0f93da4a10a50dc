"""How far a part of a dossier is filled in: nothing, something or all that is wanted. It never blocks."""

from __future__ import annotations

from enum import StrEnum

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.ui.pages.dossier.declared import Part


class Filled(StrEnum):
    """Also the names of the glyphs beside the part."""

    EMPTY = "empty"
    HALF = "half"
    FULL = "full"


def filled(part: Part, view: DossierView, trajectory: Trajectory | None) -> Filled | None:
    """How far the part is, or None for a part in which nothing is wanted."""
    if not part.wanted:
        return None
    answers = [_has(kind, name, view, trajectory) for kind, name in part.wanted]
    if all(answers):
        return Filled.FULL
    return Filled.HALF if any(answers) else Filled.EMPTY


def _has(kind: type[Record], name: str, view: DossierView, trajectory: Trajectory | None) -> bool:
    return any(getattr(record, name) not in (None, ()) for record in records_of(kind, view, trajectory))


def records_of(kind: type[Record], view: DossierView, trajectory: Trajectory | None) -> tuple[Record, ...]:
    """The records of a kind that belong to the person, or to the trajectory in sight."""
    if kind is Client:
        return (view.client,)
    if kind is Trajectory:
        return (trajectory,) if trajectory else ()
    found: tuple[Record, ...] = view.of(kind)
    of_trajectory = [row for row in found if hasattr(row, "trajectory_id")]
    if not of_trajectory:
        return found
    return tuple(row for row in of_trajectory if trajectory and row.trajectory_id == trajectory.id)
