"""What is still to do in one dossier: worries, moments that are due, our barriers, what a figure needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.early_signals import Sign, signs
from leerwinkel_desktop.domain.fields import Field, Record, fields_of
from leerwinkel_desktop.domain.training import FollowUp
from leerwinkel_desktop.domain.trajectories import Barrier, Trajectory
from leerwinkel_desktop.services import following
from leerwinkel_desktop.services.following import All
from leerwinkel_desktop.services.workspace import Workspace

CLOSED: Final = "CLOSED"
OURS: Final = "COUNSELLOR"
OWN: Final = "EIGEN"
Seen = Callable[[type[Record], str], bool]
"""Whether a field is shown to this user."""


class Sort(StrEnum):
    """Why something is to be done, the most urgent first."""

    WORRY = "worry"
    GONE = "gone"
    DUE = "due"
    BARRIER = "barrier"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do and the field (kind and name) of the record where that is done.

    `what` is a code (a `Sign`, a moment, a barrier) or the label of an empty field; `day` is when it was due.
    """

    sort: Sort
    what: str
    where: str
    record_id: str
    day: date | None = None


def to_do(workspace: Workspace, records: All, seen: Seen) -> list[ToDo]:
    """What is to do for the trajectory in sight; nothing but its empty fields once it is closed."""
    today = workspace.today()
    found = list(_missing(records, seen))
    trajectory = next(iter(records(Trajectory)), None)
    if trajectory is None or trajectory.status == CLOSED:
        return found
    return [
        *_worries(records, trajectory, today),
        *(ToDo(Sort.GONE, one.moment or "", "follow_up.outcome", one.id) for one in _gone(records)),
        *_due(records, today),
        *_barriers(workspace, records),
        *found,
    ]


_PLACES: Final = {
    Sign.BARRIER: ("barrier", "status"),
    Sign.ABSENT: ("session", "attended"),
    Sign.UNANSWERED: ("follow_up", "outcome"),
    Sign.NO_CERTIFICATE: ("training_start", "status"),
}


def _worries(records: All, trajectory: Trajectory, today: date) -> Iterator[ToDo]:
    for sign, day in signs(following.facts(records, today), today):
        kind, name = _PLACES[sign]
        yield ToDo(Sort.WORRY, sign, f"{kind}.{name}", trajectory.id, day)


def _gone(records: All) -> list[FollowUp]:
    return following.out_of_reach(records)


def _due(records: All, today: date) -> Iterator[ToDo]:
    gone = {one.id for one in _gone(records)}
    for one in sorted(records(FollowUp), key=lambda one: one.due_on or date.max):
        if one.due_on is not None and one.due_on <= today and one.done_on is None and one.id not in gone:
            yield ToDo(Sort.DUE, one.moment or "", "follow_up.outcome", one.id, one.due_on)


def _barriers(workspace: Workspace, records: All) -> Iterator[ToDo]:
    states = workspace.codelists["barrier_status"]
    for one in records(Barrier):
        done = one.status is not None and one.status in states and states.get(one.status).flag("done")
        if one.code and one.owner == OURS and not done:
            yield ToDo(Sort.BARRIER, one.code, "barrier.status", one.id)


def _missing(records: All, seen: Seen) -> Iterator[ToDo]:
    """The fields that a figure needs and that nobody filled in; it never blocks anything."""
    for kind in (Client, Trajectory):
        for record in records(kind)[:1]:
            for field in fields_of(kind):
                if field.needed and seen(kind, field.name) and _is_empty(record, field):
                    yield ToDo(Sort.MISSING, field.label, f"{kind.kind}.{field.name}", record.id)


def _is_empty(record: Record, field: Field) -> bool:
    """Whether a value lacks, and is not said in another way."""
    if getattr(record, field.name) not in (None, ()):
        return False
    if isinstance(record, Client) and field.name == "birth_date":
        return record.birth_year is None
    if isinstance(record, Trajectory) and field.name == "discovery_channel":
        return record.referral_source == OWN
    return True
