"""What asks for attention today: who comes, who is to be called, and about whom to worry in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from leerwinkel_desktop.domain.early_signals import Sign, signs
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import agenda
from leerwinkel_desktop.store.agenda import Due, Person

__all__ = ["Due", "Person"]

MOST: Final = 100
"""So many lines of a list are read; how many there are in all is told beside it."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason to be worried; `day` is that of `early_signals.signs`."""

    person: Person
    sign: Sign
    day: date


def due(workspace: Workspace, counsellor: str | None = None) -> tuple[list[Due], int]:
    """The follow-up moments that are due, longest first and at most MOST, and how many there are in all."""
    with workspace.database.read() as reader:
        return agenda.due(reader.connection, workspace.today(), counsellor, MOST)


def signals(workspace: Workspace, counsellor: str | None = None) -> list[Signal]:
    """The early signals of open trajectories, the most urgent kind first, then by day."""
    today = workspace.today()
    with workspace.database.read() as reader:
        found = agenda.facts(reader.connection, today)
        judged = {own: told for own, facts in found.items() if (told := signs(facts, today))}
        people = agenda.people(reader.connection, judged, counsellor)
    order = list(Sign)
    worries = [Signal(people[own], sign, day) for own in people for sign, day in judged[own]]
    return sorted(worries, key=lambda one: (order.index(one.sign), one.day, one.person.trajectory_id))
