"""Finds who came to us at a moment: through a talk held there, or an intake at its place on that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.owners import listed

_PERSON: Final = (
    "CROSS JOIN dossier ON dossier.id = trajectory.dossier_id AND dossier.removed = 0 "
    "LEFT JOIN alias ON alias.client_id = dossier.client_id "
    "CROSS JOIN client ON client.id = coalesce(alias.person, dossier.client_id) AND client.removed = 0"
)
_HELD_BEFORE: Final = (
    "FROM session AS other WHERE other.trajectory_id = trajectory.id AND other.group_session IS NOT NULL "
    "AND other.removed = 0 AND other.attended = 'J' AND other.date <= trajectory.intake_date"
)


def people_at(connection: Connection, event_ids: Iterable[str]) -> list[tuple[str, str, str, str]]:
    """Who was or will be at these events: (event, session, person, name), of who has no name the number."""
    rows = connection.execute(
        "SELECT wanted.value, session.id, client.id, coalesce(nullif(trim(coalesce(first_name, '') || ' ' "  # noqa: S608
        "|| coalesce(last_name, '')), ''), client_no, '') FROM json_each(?) AS wanted "
        "CROSS JOIN session ON session.group_session = wanted.value AND session.removed = 0 "
        "CROSS JOIN trajectory ON trajectory.id = session.trajectory_id AND trajectory.removed = 0 "
        f"{_PERSON} WHERE attended IN ('J', 'GEPLAND') ORDER BY session.id",
        (listed(event_ids),),
    )
    return list(rows)


def from_events(connection: Connection, event_ids: Iterable[str]) -> list[tuple[str, str]]:
    """Whose trajectory began at or after these events and through them: (event, person).

    A trajectory counts for the last of its events before its intake, so once.
    """
    rows = connection.execute(
        "SELECT DISTINCT wanted.value, client.id FROM json_each(?) AS wanted "  # noqa: S608
        "CROSS JOIN session ON session.group_session = wanted.value AND session.removed = 0 "
        "CROSS JOIN trajectory ON trajectory.id = session.trajectory_id AND trajectory.removed = 0 "
        f"{_PERSON} WHERE attended = 'J' AND session.date <= intake_date AND NOT EXISTS (SELECT 1 "
        f"{_HELD_BEFORE} AND (other.date, other.id) > (session.date, session.id)) ORDER BY client.id",
        (listed(event_ids),),
    )
    return list(rows)


def at_places(connection: Connection, days: Iterable[date]) -> list[tuple[date, str, str]]:
    """Intakes with a place on these days, not those of an event: (day, place, person)."""
    rows = connection.execute(
        "SELECT DISTINCT intake_date, intake_location, client.id FROM json_each(?) AS wanted "  # noqa: S608
        "CROSS JOIN trajectory ON trajectory.intake_date = wanted.value "
        f"{_PERSON} WHERE intake_location IS NOT NULL "
        f"AND trajectory.removed = 0 AND NOT EXISTS (SELECT 1 {_HELD_BEFORE}) ORDER BY client.id",
        (listed({day.isoformat() for day in days}),),
    )
    return [(date.fromisoformat(day), place, person) for day, place, person in rows]


def between(connection: Connection, kind: str, first: date, last: date) -> list[str]:
    """The ids of the moments of one kind of record ("event", "sitting_day") from one day to another."""
    rows = connection.execute(
        f"SELECT id FROM {kind} WHERE date BETWEEN ? AND ? AND removed = 0",  # noqa: S608
        (first.isoformat(), last.isoformat()),
    )
    return [own for (own,) in rows]
