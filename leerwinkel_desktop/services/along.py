"""Takes dossiers along on a laptop and lets them go: who goes where at the office, who is here on a laptop.

A laptop holds what it needs that day, and the office knows how many dossiers that is (FORMAT.md §15).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from leerwinkel_desktop.domain.errors import InputError, NotFound
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.exchange import erasures, leave
from leerwinkel_desktop.services.exchange.overview import UnknownLaptop
from leerwinkel_desktop.services.trust import NotALaptop, NotAnOffice, NotEnrolled
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import along, devices, giving, owners, people, whereabouts
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.database import Reader, Transaction
from leerwinkel_desktop.store.devices import Peer

CANCELLED = "GEANNULEERD"


class UnsentWork(InputError):
    """These dossiers hold work that the office has not confirmed; they stay. `names` are their numbers."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(names)
        self.names = names


class HasEverything(InputError):
    """This is a workstation: it has all dossiers, always; nothing is taken along or let go."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A person who could go along: client id, dossier number and name."""

    client_id: str
    number: str | None
    name: str


@dataclass(frozen=True, slots=True)
class OnLaptop:
    """What the office knows of one laptop: how many dossiers, since when, until when, and when it was here.

    `overdue` counts dossiers whose return date passed; `leaving` those that were asked back and are not gone
    yet; `ready` those that go along with what is written next. Dossiers that were merged count once.
    `people`: it keeps the index of people; `everything`: a workstation, with all dossiers.
    """

    actor: str
    number: int | None
    name: str
    state: str
    dossiers: int
    since_ms: int | None
    until: date | None
    overdue: int
    leaving: int
    ready: int
    last_seen_ms: int | None
    people: bool
    everything: bool


@dataclass(frozen=True, slots=True)
class Here:
    """A dossier on this laptop; `taken`: it came from the office; `unsent`: not all of it is there yet."""

    client_id: str
    number: str | None
    name: str
    taken: bool
    until: date | None
    overdue: bool
    unsent: bool
    leaving: bool


# At the office: who could go along


def appointments(workspace: Workspace, day: date | None = None) -> list[Choice]:
    """Those who have an appointment on a day (today), unless it was cancelled."""
    return _choices(
        workspace,
        "JOIN dossier ON dossier.client_id = client.id JOIN trajectory ON trajectory.dossier_id = dossier.id "
        "JOIN session ON session.trajectory_id = trajectory.id AND session.removed = 0 "
        "WHERE session.date = ? AND coalesce(session.attended, '') != ?",
        (day or workspace.today()).isoformat(),
        CANCELLED,
    )


def of_counsellor(workspace: Workspace, counsellor: str) -> list[Choice]:
    """The people of a counsellor whose trajectory is open."""
    return _choices(workspace, f"{_OPEN} AND trajectory.counsellor = ?", counsellor)


def of_programme(workspace: Workspace, programme: str) -> list[Choice]:
    """The people of a programme whose trajectory is open."""
    return _choices(workspace, f"{_OPEN} AND trajectory.programme = ?", programme)


def counsellors(workspace: Workspace) -> list[str]:
    """The counsellors of open trajectories, by name."""
    return _occurring(workspace, "counsellor")


def programmes(workspace: Workspace) -> list[tuple[str, str]]:
    """The programmes of open trajectories: code and label."""
    known = workspace.codelists["programme"]
    return [(code, known.get(code).label) for code in _occurring(workspace, "programme") if code in known]


def _occurring(workspace: Workspace, name: str) -> list[str]:
    with workspace.database.read() as reader:
        rows = reader.connection.execute(
            f"SELECT DISTINCT {name} FROM trajectory "  # noqa: S608
            f"WHERE removed = 0 AND closed_on IS NULL AND {name} != '' ORDER BY {name}"
        )
        return [row[0] for row in rows]


_OPEN = (
    "JOIN dossier ON dossier.client_id = client.id JOIN trajectory ON trajectory.dossier_id = dossier.id "
    "WHERE trajectory.removed = 0 AND trajectory.closed_on IS NULL"
)


def _choices(workspace: Workspace, which: str, *values: str) -> list[Choice]:
    with workspace.database.read() as reader:
        rows = reader.connection.execute(
            "SELECT DISTINCT client.id, client_no, client.first_name, client.last_name FROM client "  # noqa: S608
            f"{which} AND client.removed = 0 AND dossier.removed = 0 ORDER BY client_no",
            values,
        ).fetchall()
    return [Choice(row[0], row[1], _name(row[2], row[3])) for row in rows]


def _name(first: str | None, last: str | None) -> str:
    return " ".join(filter(None, (first, last)))


# At the office: take along and let go


def take_along(workspace: Workspace, actor: str, client_ids: Iterable[str], until: date | None) -> int:
    """Give these people to a laptop with its next bundle, to be given back after a date; gives how many.

    All dossiers of one person go together and count once. Raises NotAllowed, NotAnOffice, UnknownLaptop,
    HasEverything or NotFound.
    """
    with workspace.database.write() as transaction:
        ids = _for_laptop(workspace, transaction, actor, client_ids)
        day = None if until is None else until.isoformat()
        whereabouts.take(transaction.connection, actor, ids, day, transaction.now_ms)
        for client_id in ids:
            transaction.note("dossier.taken_along", client_id, workspace.user)
        return len(people.persons(transaction.connection, ids))


def let_go(workspace: Workspace, actor: str, client_ids: Iterable[str]) -> int:
    """Ask a laptop to let these people go; it does after a receipt for all its work. Gives how many.

    Raises NotAllowed, NotAnOffice, UnknownLaptop, HasEverything or NotFound.
    """
    with workspace.database.write() as transaction:
        ids = _for_laptop(workspace, transaction, actor, client_ids)
        there = {held.client_id for held in whereabouts.at_laptop(transaction.connection, actor)}
        ids = sorted(there.intersection(ids))
        whereabouts.release(transaction.connection, actor, ids)
        for client_id in ids:
            transaction.note("dossier.asked_back", client_id, workspace.user)
        return len(people.persons(transaction.connection, ids))


def keep_index(workspace: Workspace, actor: str, *, on: bool) -> None:
    """Whether a laptop keeps the index of people. Raises NotAllowed, NotAnOffice or UnknownLaptop."""
    with workspace.database.write() as transaction:
        _laptop(workspace, transaction.connection, actor)
        giving.set_manner(transaction.connection, actor, people=on)
        giving.begin(transaction.connection, actor)
        transaction.note("device.index_on" if on else "device.index_off", actor, workspace.user)


def keep_everything(workspace: Workspace, actor: str) -> None:
    """From now on this is a workstation of the office: it has all dossiers, always.

    Raises NotAllowed, NotAnOffice or UnknownLaptop.
    """
    with workspace.database.write() as transaction:
        _laptop(workspace, transaction.connection, actor)
        giving.set_manner(transaction.connection, actor, everything=1)
        giving.begin(transaction.connection, actor)
        transaction.note("device.workstation", actor, workspace.user)


def _for_laptop(
    workspace: Workspace, transaction: Transaction, actor: str, client_ids: Iterable[str]
) -> list[str]:
    connection = transaction.connection
    _laptop(workspace, connection, actor)
    if giving.manner(connection, actor).everything:
        raise HasEverything
    return sorted({each for client_id in client_ids for each in _one_person(connection, client_id)})


def _one_person(connection: Connection, client_id: str) -> list[str]:
    members = people.members_of(connection, client_id)
    if connection.execute("SELECT 1 FROM client WHERE id = ?", (client_id,)).fetchone() is None:
        raise NotFound("client", client_id)
    return members


def _laptop(workspace: Workspace, connection: Connection, actor: str) -> Peer:
    if devices.read_device(connection).role != "office":
        raise NotAnOffice
    access.require(workspace, "OFFICE")
    peer = devices.peer(connection, actor)
    if peer is None or peer.role != "laptop" or peer.state != "ACTIVE":
        raise UnknownLaptop
    return peer


def on_laptops(workspace: Workspace) -> list[OnLaptop]:
    """What is on each laptop as far as the office knows: all that it gave and read, and did not hear left."""
    with workspace.database.read() as reader:
        peers = [peer for peer in devices.peers(reader.connection) if peer.role == "laptop"]
        return [_on_laptop(reader, peer, workspace.today().isoformat()) for peer in peers]


def _on_laptop(reader: Reader, peer: Peer, today: str) -> OnLaptop:
    connection = reader.connection
    held, manner = whereabouts.at_laptop(connection, peer.actor), giving.manner(connection, peer.actor)
    written = devices.last_written(connection, peer.actor)
    taken = [one for one in held if one.state == "TAKEN"]
    untils = sorted(one.until for one in taken if one.until)

    def count(some: Iterable[whereabouts.Held]) -> int:
        return people.shown(connection, [one.client_id for one in some])

    created = trusted.standing(connection, peer.actor).created
    return OnLaptop(
        actor=peer.actor,
        number=peer.device_number,
        name=peer.name or peer.actor[:8],
        state=peer.state,
        dossiers=people.how_many(connection) if manner.everything else count(held),
        since_ms=min((one.since_ms for one in held), default=None),
        until=date.fromisoformat(untils[-1]) if untils else None,
        overdue=count(one for one in taken if one.until and one.until < today),
        leaving=count(one for one in held if one.state == "RELEASED"),
        ready=count(one for one in taken if one.number > written),
        last_seen_ms=created >> 16 or None,
        people=manner.people,
        everything=manner.everything,
    )


def dossiers_on(workspace: Workspace, actor: str) -> list[tuple[Choice, date | None]]:
    """Who is on a laptop and not asked back, as far as the office knows, with the day of return."""
    with workspace.database.read() as reader:
        until: dict[str, list[str | None]] = {}
        for one in whereabouts.at_laptop(reader.connection, actor):
            if one.state != "RELEASED":
                until.setdefault(people.person_of(reader.connection, one.client_id), []).append(one.until)
        rows = reader.connection.execute(
            "SELECT client.id, client_no, first_name, last_name FROM client JOIN json_each(?) AS wanted "
            "ON client.id = wanted.value WHERE removed = 0 ORDER BY client_no",
            (owners.listed(until),),
        ).fetchall()
    return [(Choice(row[0], row[1], _name(row[2], row[3])), _latest(until[row[0]])) for row in rows]


def _latest(days: Iterable[str | None]) -> date | None:
    return max((date.fromisoformat(day) for day in days if day), default=None)


# On a laptop


def index_size(workspace: Workspace) -> int:
    """How many people the index of names tells of whose dossier is not here."""
    with workspace.database.read() as reader:
        return sum(1 for _ in along.hints(reader.connection))


def here(workspace: Workspace) -> list[Here]:
    """The people on this laptop, by number; who was merged stands there once."""
    with workspace.database.read() as reader:
        connection = reader.connection
        unsent = along.unsent(connection, devices.peers(connection)[0].acked)
        taken, leaving = along.untils(connection), set(along.leaving(connection))
        rows = connection.execute(
            "SELECT id, client_no, first_name, last_name FROM client WHERE removed = 0 "
            "AND id NOT IN (SELECT client_id FROM alias) ORDER BY client_no, id"
        ).fetchall()
        members = {row[0]: people.members_of(connection, row[0]) for row in rows}
    today = workspace.today()
    return [
        Here(
            client_id=client_id,
            number=number,
            name=_name(first, last),
            taken=not taken.keys().isdisjoint(members[client_id]),
            until=(until := _latest(taken.get(each) for each in members[client_id])),
            overdue=(until or today) < today,
            unsent=not unsent.isdisjoint(members[client_id]),
            leaving=not leaving.isdisjoint(members[client_id]),
        )
        for client_id, number, first, last in rows
    ]


def let_go_here(workspace: Workspace, client_ids: Iterable[str]) -> int:
    """Let these people leave this laptop now; gives how many. The office hears it with the next bundle.

    Raises NotALaptop, NotEnrolled, HasEverything, or UnsentWork: then all of them stay.
    """
    with workspace.database.write() as transaction:
        connection = transaction.connection
        device = devices.read_device(connection)
        if device.role != "laptop":
            raise NotALaptop
        if device.organisation is None:
            raise NotEnrolled
        if along.scope(connection).everything:
            raise HasEverything
        ids = sorted({each for client_id in client_ids for each in _one_person(connection, client_id)})
        unsent = along.unsent(connection, devices.peers(connection)[0].acked).intersection(ids)
        if unsent:
            raise UnsentWork(_numbers(connection, unsent))
        count = len(people.persons(connection, ids))
        leave.let_leave(transaction, ids, workspace.user)
        erasures.to_be_swept(transaction)
    erasures.sweep(workspace)
    return count


def _numbers(connection: Connection, client_ids: Iterable[str]) -> tuple[str, ...]:
    rows = connection.execute(
        "SELECT client_no, first_name, last_name, client.id FROM json_each(?) AS wanted "
        "CROSS JOIN client ON client.id = wanted.value ORDER BY client_no",
        (owners.listed(client_ids),),
    )
    return tuple(row[0] or _name(row[1], row[2]) or row[3] for row in rows)
