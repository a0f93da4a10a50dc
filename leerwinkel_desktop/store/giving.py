"""The office's side of giving: what a laptop gets, and what of it waits for it (FORMAT.md §15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import merge
from typing import Final

from leerwinkel_desktop.domain.registry import OF_PERSONS, STORED
from leerwinkel_desktop.store import changelog, devices, owners
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.owners import Key
from sync import Change, Scope, Unknown, encode_line, link
from sync.lines import parse_verified

_BATCH: Final = 400


@dataclass(frozen=True, slots=True)
class Manner:
    """How the office gives to a laptop: everything or not, the index of people or not.

    A snapshot is due until it confirmed number `anew`. `believed`: the office was restored, and takes its
    word for who is there. `begun`: whether it was ever given anything so.
    """

    everything: bool = False
    people: bool = False
    anew: int = 0
    believed: bool = False
    begun: bool = False


def number_of(connection: Connection, actor: str) -> int:
    """The number by which the tables know an actor."""
    return int(connection.execute("SELECT number FROM actor WHERE actor = ?", (actor,)).fetchone()[0])


def manner(connection: Connection, actor: str) -> Manner:
    """How the office gives to a laptop."""
    row = connection.execute(
        "SELECT everything, people, anew, believed FROM giving WHERE laptop = ?",
        (number_of(connection, actor),),
    ).fetchone()
    return Manner() if row is None else Manner(bool(row[0]), bool(row[1]), row[2], bool(row[3]), begun=True)


def set_manner(connection: Connection, actor: str, **values: int) -> None:
    """Put down some of what `Manner` holds."""
    connection.execute("INSERT OR IGNORE INTO giving (laptop) VALUES (?)", (number_of(connection, actor),))
    for name, value in values.items():
        connection.execute(
            f"UPDATE giving SET {name} = ? WHERE laptop = ?",  # noqa: S608
            (int(value), number_of(connection, actor)),
        )


class Stream:
    """Adds lines behind what a laptop was given."""

    def __init__(self, connection: Connection, actor: str) -> None:
        """Begin where the stream stands."""
        self._connection = connection
        self._actor = actor
        row = connection.execute(
            "SELECT number, sent, sent_chain FROM actor WHERE actor = ?", (actor,)
        ).fetchone()
        self._laptop: int = row[0]
        self.number: int = row[1]
        self._chain: bytes = row[2]

    def add(self, raw: bytes) -> int:
        """Give a line; gives its number."""
        self.number += 1
        self._chain = changelog.link_line(self._chain, raw)
        devices.give(self._connection, self._actor, self.number, raw)
        return self.number

    def refer(self, changes: Iterable[Change]) -> None:
        """Give changes of the log, without a copy."""
        rows = []
        for change in changes:
            self.number += 1
            self._chain = link(self._chain, change)
            rows.append((self._laptop, self.number, change.actor, change.seq))
        self._connection.executemany(
            "INSERT INTO given_change VALUES (?, ?, (SELECT number FROM actor WHERE actor = ?), ?)",
            rows,
        )

    def finish(self) -> None:
        """Put down where the stream stands now."""
        devices.set_position(self._connection, self._actor, "sent", self.number, self._chain)


@contextmanager
def adding(connection: Connection, actor: str) -> Iterator[Stream]:
    """The stream to a laptop, to add to."""
    stream = Stream(connection, actor)
    yield stream
    stream.finish()


def waiting(connection: Connection, actor: str) -> Iterator[tuple[int, bytes | Change]]:
    """What a laptop was given and has not confirmed, in order: a change of the log, or a line as it is."""
    changes = connection.execute(
        f"SELECT given_change.number, {changelog.COLUMNS} FROM given_change "  # noqa: S608
        "JOIN change ON change.actor = source AND change.seq = given_change.seq "
        "JOIN actor ON actor.number = change.actor WHERE laptop = ? ORDER BY given_change.number",
        (number_of(connection, actor),),
    )
    referred = ((row[0], changelog.change_of(row[1:])) for row in changes)
    return merge(devices.given(connection, actor), referred, key=lambda each: each[0])


def strange(connection: Connection, actor: str) -> list[bytes]:
    """Lines that wait for a laptop and that no snapshot says anew: a newer program gave them."""
    return [
        raw
        for _, raw in devices.given(connection, actor)
        if isinstance(line := parse_verified(raw), Unknown) and line.type != "erase"
    ]


def forget(connection: Connection, actor: str, upto: int) -> None:
    """Drop what a laptop confirmed."""
    devices.forget_given(connection, actor, upto)
    connection.execute(
        "DELETE FROM given_change WHERE laptop = ? AND number <= ?",
        (number_of(connection, actor), upto),
    )


def scope_line(connection: Connection, actor: str) -> bytes:
    """The line that says how the office gives to a laptop."""
    known = manner(connection, actor)
    return encode_line(Scope(all=known.everything, people=known.people))


def begin(connection: Connection, actor: str, previous: str | None = None) -> None:
    """From now on a laptop is told anew by a snapshot; it inherits the clients of the actor it was before."""
    laptop = number_of(connection, actor)
    if previous is not None and devices.peer(connection, previous) is not None:
        before = number_of(connection, previous)
        connection.execute(
            "INSERT OR IGNORE INTO at_laptop (laptop, client_id, state, since_ms, until) "
            "SELECT ?, client_id, state, since_ms, until FROM at_laptop WHERE laptop = ?",
            (laptop, before),
        )
        connection.execute("DELETE FROM at_laptop WHERE laptop = ?", (before,))
    peer = devices.peer(connection, actor)
    if peer is None:
        raise LookupError(actor)
    kept = strange(connection, actor)
    forget(connection, actor, peer.sent)
    devices.set_position(connection, actor, "acked", peer.sent, peer.sent_chain)
    with adding(connection, actor) as stream:
        number = stream.add(scope_line(connection, actor))
        for raw in kept:
            stream.add(raw)
    set_manner(connection, actor, anew=number)
    connection.execute("UPDATE at_laptop SET due = 0 WHERE laptop = ?", (laptop,))
    if manner(connection, actor).everything:
        connection.execute("DELETE FROM at_laptop WHERE laptop = ?", (laptop,))
    look(connection, actor)


# Which changes


def new_people(connection: Connection, actor: str) -> list[str]:
    """The clients about whom something was written since the laptop was last looked after."""
    rows = connection.execute(
        "SELECT DISTINCT change.record_id FROM actor AS source LEFT JOIN given_cursor "
        "ON given_cursor.source = source.number AND laptop = ? "
        "JOIN change ON change.actor = source.number AND change.seq > coalesce(given_cursor.upto, 0) "
        "WHERE change.kind = 'client' ORDER BY change.record_id",
        (number_of(connection, actor),),
    )
    return [row[0] for row in rows]


def look(connection: Connection, actor: str) -> None:
    """Put down that everything of now was looked at for a laptop."""
    connection.execute(
        "INSERT OR REPLACE INTO given_cursor "
        "SELECT ?, number, (SELECT max(seq) FROM change WHERE actor = actor.number) FROM actor "
        "WHERE EXISTS (SELECT 1 FROM change WHERE actor = actor.number)",
        (number_of(connection, actor),),
    )


def news(connection: Connection, actor: str) -> Iterator[Change]:
    """The changes that a laptop must get and was not given: new ones, and all of clients who are due."""
    manner_of = manner(connection, actor)
    if not manner_of.begun:
        yield from about(connection, owners.catalogue(connection))
    else:
        yield from _above_cursors(connection, actor, manner_of.everything)
    rows = connection.execute(
        "SELECT client_id FROM at_laptop WHERE laptop = ? AND due", (number_of(connection, actor),)
    )
    due = [row[0] for row in rows]
    if due:
        yield from of_clients(connection, due)


def looked(connection: Connection, actor: str) -> None:
    """What `news` tells was given."""
    set_manner(connection, actor)
    look(connection, actor)
    connection.execute("UPDATE at_laptop SET due = 0 WHERE laptop = ?", (number_of(connection, actor),))


def _above_cursors(connection: Connection, actor: str, everything: bool) -> Iterator[Change]:
    rows = connection.execute(
        "SELECT source.actor, change.seq, change.kind, change.record_id "
        "FROM actor AS source LEFT JOIN given_cursor "
        "ON given_cursor.source = source.number AND laptop = ? "
        "JOIN change ON change.actor = source.number AND change.seq > coalesce(given_cursor.upto, 0) "
        "WHERE source.actor != ? AND held IS NULL ORDER BY source.number, change.seq",
        (number_of(connection, actor), actor),
    ).fetchall()
    wanted = rows if everything else _in_scope(connection, actor, rows)
    for begin in range(0, len(wanted), _BATCH):
        numbers = [(row[0], row[1]) for row in wanted[begin : begin + _BATCH]]
        found = changelog.at(connection, numbers)
        yield from (found[number] for number in numbers)


def _in_scope(
    connection: Connection, actor: str, rows: Sequence[tuple[str, int, str, str]]
) -> list[tuple[str, int, str, str]]:
    keys: set[Key] = {(row[2], row[3]) for row in rows}
    clients = owners.clients_of(connection, keys)
    there = {
        row[0]
        for row in connection.execute(
            "SELECT client_id FROM at_laptop WHERE state != 'RELEASED' AND NOT due AND laptop = ?",
            (number_of(connection, actor),),
        )
    }
    return [
        row
        for row in rows
        if (row[2] in STORED and row[2] not in OF_PERSONS) or clients.get((row[2], row[3])) in there
    ]


def whole(connection: Connection, actor: str) -> Iterator[Change]:
    """All changes that are for a laptop, as a snapshot tells them."""
    if manner(connection, actor).everything:
        return changelog.everything(connection)
    made, taken = (_in_state(connection, actor, state) for state in ("MADE", "TAKEN"))
    return (
        change
        for found, whose in (
            (about(connection, owners.catalogue(connection)), actor),
            (of_clients(connection, made), actor),
            (of_clients(connection, taken), None),
        )
        for change in found
        if change.actor != whose  # what it wrote itself is there, but for who left and goes along again
    )


def _in_state(connection: Connection, actor: str, state: str) -> list[str]:
    rows = connection.execute(
        "SELECT client_id FROM at_laptop WHERE laptop = ? AND state = ? ORDER BY client_id",
        (number_of(connection, actor), state),
    )
    return [row[0] for row in rows]


def of_clients(connection: Connection, client_ids: Sequence[str]) -> Iterator[Change]:
    """All changes of these clients and what hangs under them that are not held back."""
    found = owners.records_of(connection, client_ids)
    return about(connection, [record_id for kind in STORED for record_id in sorted(found.get(kind, ()))])


def about(connection: Connection, record_ids: Sequence[str]) -> Iterator[Change]:
    """All changes of these records that are not held back."""
    for ids in owners.batches(record_ids, _BATCH):
        yield from changelog.of_records(connection, ids)


def again(connection: Connection, keys: Iterable[Key]) -> None:
    """Changes of these records are let in or shown only now: all laptops that have them get them."""
    every = sorted(set(keys))
    clients = owners.clients_of(connection, every)
    connection.executemany(
        "UPDATE at_laptop SET due = 1 WHERE client_id = ? AND state != 'RELEASED'",
        [(client_id,) for client_id in sorted(set(clients.values()))],
    )
    nobodys = [record_id for kind, record_id in every if kind in STORED and kind not in OF_PERSONS]
    rows = connection.execute(
        "SELECT actor, everything FROM giving JOIN actor ON actor.number = laptop"
    ).fetchall()
    for actor, everything in rows:
        with adding(connection, actor) as stream:
            stream.refer(about(connection, [record_id for _, record_id in every] if everything else nobodys))
