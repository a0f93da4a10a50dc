"""Moments at which people meet us: sitting days and events, who was there and which intakes came of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from leerwinkel_desktop.domain.agenda import holiday
from leerwinkel_desktop.domain.codelists import fold
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.organisation import Event, ServiceLocation, SittingDay
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.appointments import HELD, PLANNED
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import moments
from leerwinkel_desktop.store.database import Reader, Transaction

SITTING: Final = "ZITDAG"
"""The kind of a sitting day, beside the codes of the list event_type."""
GROUP: Final = "GROEP"
MOST_DAYS: Final = 400
"""So many sitting days are made in one go; more is a mistyped year."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A sitting day or event; `intakes` are the persons whose guidance began there, counted from dossiers."""

    record: Event | SittingDay
    type: str | None
    place: str | None
    intakes: tuple[str, ...]

    @property
    def date(self) -> date:
        """The day it is on; moments without one are not listed."""
        return self.record.date or date.min

    @property
    def name(self) -> str | None:
        """What an event is called; a sitting day has no name."""
        return self.record.name if isinstance(self.record, Event) else None

    @property
    def attendees(self) -> int | None:
        """How many came to an event, as it was counted at the door."""
        return self.record.attendees_count if isinstance(self.record, Event) else None


@dataclass(frozen=True, slots=True)
class Totals:
    """What a list of moments comes to; what was not held or is still to come counts only in `moments`.

    `places` are those with a sitting day that was held (E03); `by_row` counts the events held, by the row of
    E04 or E07 in which they come (the attribute "edusprong" of their type).
    """

    moments: int
    attendees: int
    intakes: int
    places: int
    by_row: Counter[str]


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody with a dossier who was at an event."""

    session_id: str
    client_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Series:
    """The sitting days that a rule gives, and the days that fall out with the holiday that takes them."""

    days: tuple[date, ...]
    closed: tuple[tuple[date, str], ...]


def between(workspace: Workspace, first: date, last: date) -> list[Moment]:
    """All moments from one day to another, by day; sitting days before events."""
    with workspace.database.read() as reader:
        events = [reader.get(Event, own) for own in moments.between(reader.connection, "event", first, last)]
        sitting = _sitting(reader, first, last)
        return sorted(
            [*sitting, *_events(reader, events)], key=lambda one: (one.date, one.type or "", one.record.id)
        )


def _events(reader: Reader, events: Sequence[Event]) -> list[Moment]:
    came: defaultdict[str, list[str]] = defaultdict(list)
    for event_id, person in moments.from_events(reader.connection, [one.id for one in events]):
        came[event_id].append(person)
    return [Moment(one, one.type, one.location, tuple(came[one.id])) for one in events]


def _sitting(reader: Reader, first: date, last: date) -> list[Moment]:
    ids = moments.between(reader.connection, "sitting_day", first, last)
    days = [reader.get(SittingDay, own) for own in sorted(ids)]
    names = {one.id: one.name for one in reader.find(ServiceLocation)} if days else {}
    came: defaultdict[tuple[date, str], list[str]] = defaultdict(list)
    for day, place, person in moments.at_places(reader.connection, (one.date or first for one in days)):
        came[day, fold(place)].append(person)
    found = []
    for sitting in days:
        name = names.get(sitting.location_id or "")
        intakes = came.pop((sitting.date or first, fold(name or "")), [])  # twice the same day counts once
        found.append(Moment(sitting, SITTING, name, tuple(intakes)))
    return found


def totals(workspace: Workspace, found: Iterable[Moment]) -> Totals:
    """What these moments come to, for E03, E04 and E07 (DOMAIN.md §8.3)."""
    found = list(found)
    held = [one for one in found if was_held(one, workspace.today())]
    types = workspace.codelists["event_type"]
    rows = (
        types.get(one.type).text("edusprong") for one in held if isinstance(one.record, Event) and one.type
    )
    return Totals(
        len(found),
        sum(one.attendees or 0 for one in held),
        len({person for one in held for person in one.intakes}),
        len({fold(one.place) for one in held if isinstance(one.record, SittingDay) and one.place}),
        Counter(row for row in rows if row),
    )


def was_held(moment: Moment, today: date) -> bool:
    """Whether it took place: somebody said so, or its day has come and nobody said it did not."""
    return moment.record.held is True or (moment.record.held is None and moment.date <= today)


def save_event(workspace: Workspace, event_id: str | None, **values: Any) -> Event:
    """Make an event, or change these fields of one. Raises NotFound or InvalidValue."""
    if event_id is not None:
        return dossiers.change(workspace, Event, event_id, **values)
    made = Event(id=new_id(), **values)
    dossiers.save(workspace, made)
    return made


def say_held(workspace: Workspace, record: Event | SittingDay, held: bool | None) -> None:
    """Say whether a moment took place. Raises NotFound."""
    dossiers.change(workspace, type(record), record.id, held=held)


def count(workspace: Workspace, event_id: str, more: int) -> int:
    """So many more came in at the door, or fewer; never below nobody. Gives how many there are. NotFound."""
    with workspace.database.write() as transaction:
        event = transaction.get(Event, event_id)
        number = max(0, (event.attendees_count or 0) + more)
        transaction.save(replace(event, attendees_count=number))
        return number


def places(workspace: Workspace) -> list[str]:
    """The places where people can find us, by name."""
    with workspace.database.read() as reader:
        return sorted({one.name for one in reader.find(ServiceLocation) if one.name}, key=str.casefold)


def series(first: date, last: date, weeks: int = 1) -> Series:
    """Each so many weeks on the weekday of the first day, until the last day; holidays fall out.

    Raises InvalidValue when the last day is before the first, or when it would be too many days.
    """
    count = (last - first).days // (7 * weeks) + 1
    if not 0 < count <= MOST_DAYS:
        raise InvalidValue("last", "range")
    days = [first + timedelta(weeks=weeks * number) for number in range(count)]
    closed = tuple((day, name) for day in days if (name := holiday(day)) is not None)
    taken = {day for day, _name in closed}
    return Series(tuple(day for day in days if day not in taken), closed)


def plan_sitting(workspace: Workspace, place: str, days: Iterable[date]) -> list[SittingDay]:
    """Sitting days at a place, which is made when it is new; days that are there already are left out."""
    with workspace.database.write() as transaction:
        location = _place(transaction, place)
        known = {one.date for one in transaction.find(SittingDay, location_id=location.id)}
        made = [
            SittingDay(id=new_id(), location_id=location.id, date=day) for day in days if day not in known
        ]
        transaction.save_all(made)
        return made


def _place(transaction: Transaction, name: str) -> ServiceLocation:
    found = (one for one in transaction.find(ServiceLocation) if fold(one.name or "") == fold(name))
    location = next(found, None)
    if location is None:
        location = ServiceLocation(id=new_id(), name=name.strip())
        transaction.save(location)
    return location


def attendees(workspace: Workspace, event_id: str) -> list[Attendee]:
    """Who with a dossier was at an event, in the order in which they were added."""
    with workspace.database.read() as reader:
        return [Attendee(*row[1:]) for row in moments.people_at(reader.connection, [event_id])]


def attach(workspace: Workspace, event_id: str, client_ids: Iterable[str]) -> list[Session]:
    """These people were (or will be) at the event: a talk for each, in one transaction and never twice.

    It comes in the newest open trajectory; who has none begins one on the day of the event. Raises NotFound.
    """
    with workspace.database.write() as transaction:
        event = transaction.get(Event, event_id)
        present = {row[2] for row in moments.people_at(transaction.connection, [event_id])}
        made = []
        for client_id in dict.fromkeys(client_ids):
            view = dossiers.view_in(transaction, client_id, block=False)
            if view.client.id not in present:
                trajectory = _trajectory(workspace, transaction, view, event)
                made.append(_talk(event, trajectory, workspace.today()))
                present.add(view.client.id)
        transaction.save_all(made)
        return made


def _trajectory(
    workspace: Workspace, transaction: Transaction, view: dossiers.DossierView, event: Event
) -> Trajectory:
    newest = view.trajectory
    if newest is not None and newest.status != "CLOSED":
        return newest
    begun = replace(
        dossiers.another_trajectory(workspace, view),
        intake_date=event.date,
        intake_location=event.location,
        contact_mode=GROUP,
    )
    transaction.save(begun)
    return begun


def _talk(event: Event, trajectory: Trajectory, today: date) -> Session:
    to_come = event.date is not None and event.date > today
    return Session(
        id=new_id(),
        trajectory_id=trajectory.id,
        date=event.date,
        mode=GROUP,
        location=event.location,
        attended=PLANNED if to_come else HELD,
        group_session=event.id,
    )


def detach(workspace: Workspace, session_id: str) -> Session:
    """Take somebody off the list of an event; `dossiers.save` of what is given puts them back. NotFound."""
    with workspace.database.write() as transaction:
        talk = transaction.get(Session, session_id)
        transaction.remove(talk)
        return talk


def stands(workspace: Workspace, event_id: str) -> tuple[Event, Mapping[str, int]]:
    """An event as it stands, and which changes of it are here (`dossiers.revise`). Raises NotFound."""
    with workspace.database.read() as reader:
        return reader.get(Event, event_id), reader.seen([event_id]).get(event_id, {})
