"""Finds what is in the agenda, what is due and about whom to worry; each with the person it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from leerwinkel_desktop.domain.early_signals import BEFORE_START, FIRST_YEAR, LATELY, Facts, Lesson
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.owners import listed

_ABOVE: Final = (
    "trajectory ON trajectory.id = {own} AND trajectory.removed = 0 "
    "CROSS JOIN dossier ON dossier.id = trajectory.dossier_id AND dossier.removed = 0 "
    "LEFT JOIN alias ON alias.client_id = dossier.client_id "
    "CROSS JOIN client ON client.id = coalesce(alias.person, dossier.client_id) AND client.removed = 0"
)
"""From a trajectory up to the person; joined in this order, since only few rows are asked for."""
_NAMES: Final = (
    "client.id, client.first_name, client.last_name, client.client_no, trajectory.id, trajectory.counsellor"
)
_TRIES: Final = (
    "(SELECT count(*) FROM contact_attempt WHERE follow_up_id = follow_up.id AND contact_attempt.removed = 0)"
)
_OPEN: Final = "coalesce(trajectory.status, '') != 'CLOSED'"
_OF: Final = "(? IS NULL OR trajectory.counsellor = ?)"


@dataclass(frozen=True, slots=True)
class Person:
    """Who a line is about, and whose trajectory it is."""

    client_id: str
    first_name: str | None
    last_name: str | None
    client_no: str | None
    trajectory_id: str
    counsellor: str | None


@dataclass(frozen=True, slots=True)
class Appointment:
    """One session of somebody; `starts_at` is "HH:MM" or None for some time that day."""

    id: str
    person: Person
    date: date
    starts_at: str | None
    minutes: int | None
    mode: str | None
    location: str | None
    attended: str | None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A follow-up moment that nobody did yet."""

    id: str
    person: Person
    moment: str | None
    due_on: date
    attempts: int


def appointments(
    connection: Connection, first: date, last: date, counsellor: str | None = None, *, removed: bool = False
) -> list[Appointment]:
    """All sessions from one day to another, by day and time; `removed`: also those that were taken away."""
    rows = connection.execute(
        f"SELECT {_NAMES}, session.id, session.date, starts_at, minutes, session.mode, location, attended, "  # noqa: S608
        f"session.removed FROM session CROSS JOIN {_ABOVE.format(own='session.trajectory_id')} "
        f"WHERE session.date BETWEEN ? AND ? AND session.removed <= ? AND {_OF} "
        "ORDER BY session.date, starts_at IS NULL, starts_at, session.id",
        (first.isoformat(), last.isoformat(), int(removed), counsellor, counsellor),
    )
    return [_appointment(row) for row in rows]


def _appointment(row: tuple[Any, ...]) -> Appointment:
    own, day, starts_at, minutes, mode, location, attended, removed = row[6:]
    person = Person(*row[:6])
    return Appointment(
        own, person, date.fromisoformat(day), starts_at, minutes, mode, location, attended, bool(removed)
    )


def due(connection: Connection, today: date, counsellor: str | None, limit: int) -> tuple[list[Due], int]:
    """The follow-up moments of open trajectories that are due, longest first, and how many there are."""
    source = (
        f"FROM follow_up CROSS JOIN {_ABOVE.format(own='follow_up.trajectory_id')} WHERE due_on <= ? "
        f"AND done_on IS NULL AND follow_up.removed = 0 AND {_OPEN} AND {_OF}"
    )
    values = (today.isoformat(), counsellor, counsellor)
    found = connection.execute(
        f"SELECT {_NAMES}, follow_up.id, moment, due_on, max(coalesce(attempts, 0), {_TRIES}) {source} "
        "ORDER BY due_on, follow_up.id LIMIT ?",
        (*values, limit),
    ).fetchall()
    total = len(found)
    if total == limit:
        total = connection.execute(f"SELECT count(*) {source}", values).fetchone()[0]
    return [Due(row[6], Person(*row[:6]), row[7], date.fromisoformat(row[8]), row[9]) for row in found], total


def facts(connection: Connection, today: date) -> dict[str, Facts]:
    """What `early_signals.signs` judges of each trajectory that could give a sign, by its id."""
    asked, talks, lessons = _asked(connection, today), _talks(connection, today), _lessons(connection, today)
    blocked = _blocked(connection, [own for own, found in lessons.items() if found[-1].start >= today])
    return {
        own: Facts(
            tuple(asked.get(own, ())), tuple(talks.get(own, ())), tuple(lessons.get(own, ())), own in blocked
        )
        for own in sorted({*asked, *talks, *lessons})
    }


def people(
    connection: Connection, trajectory_ids: Iterable[str], counsellor: str | None = None
) -> dict[str, Person]:
    """Whom open trajectories are about, by id of the trajectory; of one counsellor, or of all for None."""
    rows = connection.execute(
        f"SELECT {_NAMES} FROM json_each(?) AS wanted CROSS JOIN {_ABOVE.format(own='wanted.value')} "  # noqa: S608
        f"WHERE {_OPEN} AND {_OF}",
        (listed(trajectory_ids), counsellor, counsellor),
    )
    return {row[4]: Person(*row) for row in rows}


def _asked(connection: Connection, today: date) -> dict[str, list[tuple[str | None, date]]]:
    found: defaultdict[str, list[tuple[str | None, date]]] = defaultdict(list)
    for own, moment, day in connection.execute(
        "SELECT trajectory_id, moment, due_on FROM follow_up "
        "WHERE moment = 'F2' AND due_on < ? AND done_on IS NULL AND removed = 0",
        (today.isoformat(),),
    ):
        found[own].append((moment, date.fromisoformat(day)))
    return found


def _talks(connection: Connection, today: date) -> dict[str, list[tuple[date, str | None]]]:
    """The talks of who was absent more than once, and lately."""
    found: defaultdict[str, list[tuple[date, str | None]]] = defaultdict(list)
    for own, day, attended in connection.execute(
        "SELECT trajectory_id, date, attended FROM session WHERE removed = 0 AND date IS NOT NULL "
        "AND trajectory_id IN (SELECT trajectory_id FROM session WHERE attended = 'AFWEZIG' AND removed = 0 "
        "GROUP BY trajectory_id HAVING count(*) > 1 AND max(date) >= ?)",
        ((today - LATELY).isoformat(),),
    ):
        found[own].append((date.fromisoformat(day), attended))
    return found


def _lessons(connection: Connection, today: date) -> dict[str, list[Lesson]]:
    """Trainings that start soon, and those of this year without a certificate; the last to start is last."""
    found: defaultdict[str, list[Lesson]] = defaultdict(list)
    for own, start, status in connection.execute(
        "SELECT trajectory_id, start_date, status FROM training_start WHERE start_date BETWEEN ? AND ? "
        "AND removed = 0 AND (start_date >= ? OR status IN ('STARTED', 'ONGOING') AND NOT EXISTS (SELECT 1 "
        "FROM qualification WHERE training_start_id = training_start.id AND qualification.removed = 0)) "
        "ORDER BY start_date",
        ((today - FIRST_YEAR).isoformat(), (today + BEFORE_START).isoformat(), today.isoformat()),
    ):
        found[own].append(Lesson(date.fromisoformat(start), status))
    return found


def _blocked(connection: Connection, trajectory_ids: list[str]) -> set[str]:
    rows = connection.execute(
        "SELECT trajectory_id FROM json_each(?) AS wanted CROSS JOIN barrier "
        "ON trajectory_id = wanted.value AND weight = 3 AND status = 'OPEN' WHERE removed = 0",
        (listed(trajectory_ids),),
    )
    return {own for (own,) in rows}
