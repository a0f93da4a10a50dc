"""Appointments as an iCalendar file (RFC 5545) for another agenda: when and where, and nobody's data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import STATUS, Calendar, Event

from leerwinkel_desktop import __version__
from leerwinkel_desktop.domain.agenda import USUAL_MINUTES
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import profile
from leerwinkel_desktop.services.appointments import CANCELLED, Appointment
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import agenda
from leerwinkel_desktop.store.files import write_durably
from leerwinkel_desktop.store.history import first_and_last

ZONE: Final = ZoneInfo("Europe/Brussels")
AT_HOME: Final = "HUISBEZOEK"
MINUTE_MS: Final = 60_000
METHOD: Final = "PUBLISH"


def write(
    workspace: Workspace,
    path: Path,
    first: date,
    last: date,
    counsellor: str | None = None,
    *,
    first_names: bool = False,
) -> int:
    """Write the appointments from one day to another as a file; gives how many stand in it.

    Those that were cancelled or taken away are in it as cancelled, so that they go from the other agenda too.
    `first_names` puts those in the title; nothing else of a person is ever in it (decision 21). Raises
    PassphraseNeeded (prison profile, for names), DiskFull or VaultUnreachable.
    """
    if first_names:
        profile.require(workspace)
    with workspace.database.read() as reader:
        found = agenda.appointments(reader.connection, first, last, counsellor, removed=True)
        saved = first_and_last(reader.connection, [one.id for one in found])
    events = (_event(one, saved[one.id], first_names=first_names) for one in found)
    write_durably(path, _calendar(events))
    with workspace.database.write() as transaction:
        transaction.note("agenda.exported", None, workspace.user)
    return len(found)


def _calendar(events: Iterable[Event]) -> bytes:
    calendar = Calendar.new(
        prodid=f"-//Leerwinkel//Leerwinkel Desktop {__version__}//NL",
        method=METHOD,
        subcomponents=list(events),
    )
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(one: Appointment, saved: tuple[int, int], *, first_names: bool) -> Event:
    made_ms, changed_ms = saved
    start, end = _span(one)
    cancelled = one.removed or one.attended == CANCELLED
    return Event.new(
        uid=f"{one.id}@leerwinkel",
        sequence=(changed_ms - made_ms) // MINUTE_MS,
        stamp=datetime.fromtimestamp(changed_ms / 1000, UTC),
        summary=_summary(one, first_names=first_names),
        location=None if one.mode == AT_HOME else one.location,
        start=start,
        end=end,
        status=STATUS.CANCELLED if cancelled else STATUS.CONFIRMED,
    )


def _summary(one: Appointment, *, first_names: bool) -> str:
    told = _("Leerwinkel: gesprek")
    return f"{told} ({one.person.first_name})" if first_names and one.person.first_name else told


def _span(one: Appointment) -> tuple[date, date]:
    """From when to when; a whole day when no time was said."""
    if one.starts_at is None:
        return one.date, one.date + timedelta(days=1)
    start = datetime.combine(one.date, time.fromisoformat(one.starts_at), ZONE)
    lasts = timedelta(minutes=one.minutes or USUAL_MINUTES)
    return start, (start.astimezone(UTC) + lasts).astimezone(ZONE)
