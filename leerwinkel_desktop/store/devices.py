"""Who this device is, whose changes it holds, and how far each stream has come (SECURITY.md §3, §4)."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import Literal

from leerwinkel_desktop.store.connection import Connection

Role = Literal["office", "laptop"]
ZERO = bytes(32)


@dataclass(frozen=True, slots=True, repr=False)
class Device:
    """This device: its place in the organisation and its keys.

    `number` picks the block of dossier numbers (None until the office gives one); `town` begins each number.
    """

    role: Role
    name: str
    number: int | None
    town: str
    organisation: str | None
    organisation_name: str | None
    actor: str
    signing_key: bytes
    identity: str
    recovery_recipient: str | None


@dataclass(frozen=True, slots=True)
class Peer:
    """Another device: its keys, and where the streams between us stand.

    `upto`/`chain`: its own changes that we hold; `acked`/`acked_chain`: how far the other side confirmed to
    hold what we sent; `sent`/`received`: positions of the office's stream to one laptop, on either side.
    """

    actor: str
    name: str | None
    role: str | None
    device_number: int | None
    verify_key: bytes | None
    recipient: str | None
    state: str
    upto: int
    chain: bytes
    acked: int
    acked_chain: bytes
    sent: int
    sent_chain: bytes
    received: int
    received_chain: bytes


_DEVICE = (
    "role, name, number, town, organisation, organisation_name, "
    "actor, signing_key, identity, recovery_recipient"
)
_PEER = (
    "actor, name, role, device_number, verify_key, recipient, state, upto, chain, acked, acked_chain, "
    "sent, sent_chain, received, received_chain"
)


def write_device(connection: Connection, device: Device) -> None:
    """Put down who this device is; the first time it also becomes actor number 1."""
    values = [getattr(device, name) for name in _DEVICE.split(", ")]
    marks = ", ".join("?" * len(values))
    updates = ", ".join(f"{name} = excluded.{name}" for name in _DEVICE.split(", "))
    connection.execute(
        f"INSERT INTO device (one, {_DEVICE}) VALUES (1, {marks}) ON CONFLICT DO UPDATE SET {updates}",  # noqa: S608
        values,
    )
    add_actor(connection, device.actor, device.name, device.role, device.number)


def read_device(connection: Connection) -> Device:
    """Who this device is."""
    return Device(*connection.execute(f"SELECT {_DEVICE} FROM device").fetchone())  # noqa: S608


def add_actor(
    connection: Connection,
    actor: str,
    name: str | None = None,
    role: str | None = None,
    device_number: int | None = None,
    verify_key: bytes | None = None,
    recipient: str | None = None,
) -> None:
    """Know a device, or what is new about it; positions stay as they are."""
    connection.execute(
        "INSERT INTO actor (actor, name, role, device_number, verify_key, recipient, chain, acked_chain, "
        "sent_chain, received_chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (actor) DO UPDATE SET "
        "name = coalesce(excluded.name, name), role = coalesce(excluded.role, role), "
        "device_number = coalesce(excluded.device_number, device_number), "
        "verify_key = coalesce(excluded.verify_key, verify_key), "
        "recipient = coalesce(excluded.recipient, recipient)",
        (actor, name, role, device_number, verify_key, recipient, ZERO, ZERO, ZERO, ZERO),
    )


def peers(connection: Connection) -> list[Peer]:
    """All devices, this one first."""
    return [Peer(*row) for row in connection.execute(f"SELECT {_PEER} FROM actor ORDER BY number")]  # noqa: S608


def peer(connection: Connection, actor: str) -> Peer | None:
    """One device, or None when it is unknown here."""
    row = connection.execute(f"SELECT {_PEER} FROM actor WHERE actor = ?", (actor,)).fetchone()  # noqa: S608
    return None if row is None else Peer(*row)


_POSITIONS = {"upto": "chain", "acked": "acked_chain", "sent": "sent_chain", "received": "received_chain"}


def set_position(connection: Connection, actor: str, which: str, number: int, chain: bytes) -> None:
    """Move one stream forward; `which` is upto, acked, sent or received."""
    connection.execute(
        f"UPDATE actor SET {which} = ?, {_POSITIONS[which]} = ? WHERE actor = ?",  # noqa: S608
        (number, chain, actor),
    )


def set_state(connection: Connection, actor: str, state: str) -> None:
    """Make a device ACTIVE or REVOKED; REVOKED keeps the position at which it was."""
    connection.execute("UPDATE actor SET state = ? WHERE actor = ?", (state, actor))


@dataclass(frozen=True, slots=True)
class BundleRow:
    """A bundle that was written (OUT) or read (IN) here."""

    id: str
    direction: Literal["IN", "OUT"]
    kind: str
    file_name: str
    at_ms: int
    actor: str
    first: int
    last: int
    lines: int


def last_written(connection: Connection, actor: str) -> int:
    """Up to which number of its stream a bundle was ever written for, or by, this actor; 0 for never."""
    row = connection.execute("SELECT max(last) FROM bundle WHERE direction = 'OUT' AND actor = ?", (actor,))
    return int(row.fetchone()[0] or 0)


def log_bundle(connection: Connection, row: BundleRow) -> None:
    """Remember a bundle that was written or read."""
    connection.execute("INSERT OR REPLACE INTO bundle VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", astuple(row))


def bundles(connection: Connection, **equals: str) -> list[BundleRow]:
    """The bundles whose columns equal the given values, newest first."""
    where = " AND ".join(f"{name} = ?" for name in equals) or "1"
    rows = connection.execute(
        f"SELECT * FROM bundle WHERE {where} ORDER BY at_ms DESC",  # noqa: S608
        list(equals.values()),
    )
    return [BundleRow(*row) for row in rows]


def give(connection: Connection, actor: str, number: int, line: bytes) -> None:
    """Keep a line for a laptop under its number in that laptop's stream."""
    connection.execute(
        "INSERT INTO given_line SELECT number, ?, ? FROM actor WHERE actor = ?", (number, line, actor)
    )


def given(connection: Connection, actor: str) -> list[tuple[int, bytes]]:
    """The lines that a laptop was given and has not confirmed, in order."""
    return connection.execute(  # type: ignore[no-any-return]
        "SELECT given_line.number, line FROM given_line JOIN actor ON actor.number = given_line.actor "
        "WHERE actor.actor = ? ORDER BY given_line.number",
        (actor,),
    ).fetchall()


def forget_given(connection: Connection, actor: str, upto: int) -> None:
    """Drop the lines that a laptop confirmed."""
    connection.execute(
        "DELETE FROM given_line WHERE actor = (SELECT number FROM actor WHERE actor = ?) AND number <= ?",
        (actor, upto),
    )


def next_device_number(connection: Connection) -> int:
    """The lowest block of dossier numbers that no device was given."""
    row = connection.execute("SELECT coalesce(max(device_number), 0) + 1 FROM actor").fetchone()
    return int(row[0])
