"""Tells a laptop's unconfirmed changes again under a new actor (FORMAT.md §13.6)."""

from __future__ import annotations

from leerwinkel_desktop.store import changelog, devices
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.devices import Peer
from sync.changes import GENESIS, Change, canonical, link


def renumber(connection: Connection, own: Peer, actor: str) -> int:
    """Make `actor` this device's own instead of `own`; gives how many changes took new numbers.

    What the office confirmed stays under the old actor. The own actor keeps its short number, 1.
    """
    kept = own.acked
    unsent = list(changelog.stream(connection, own.actor, kept))
    connection.execute("UPDATE actor SET actor = ? WHERE actor = ?", (actor, own.actor))
    devices.add_actor(connection, own.actor, own.name, own.role)
    for which in ("upto", "acked"):
        devices.set_position(connection, own.actor, which, kept, own.acked_chain)
    connection.execute(
        "UPDATE change SET actor = (SELECT number FROM actor WHERE actor = ?) WHERE actor = "
        "(SELECT number FROM actor WHERE actor = ?) AND seq <= ?",
        (own.actor, actor, kept),
    )
    for change in unsent:  # in order, so that each number is free when it is taken
        connection.execute(
            "UPDATE change SET seq = ?, base = ? WHERE seq = ? AND actor = "
            "(SELECT number FROM actor WHERE actor = ?)",
            (change.seq - kept, _base(change, actor, kept), change.seq, actor),
        )
    _restart(connection, actor)
    return len(unsent)


def _base(change: Change, actor: str, kept: int) -> str:
    """What the change had seen, with the new numbers; its writer has always seen itself."""
    base = dict(change.base)
    seen = base.pop(change.actor, 0)
    if kept:
        base[change.actor] = kept
    if seen > kept:
        base[actor] = seen - kept
    return canonical(base).decode()


def _restart(connection: Connection, actor: str) -> None:
    """Follow the new stream from its beginning; nothing of it was confirmed."""
    chain, last = GENESIS, 0
    for change in changelog.stream(connection, actor, 0):
        chain, last = link(chain, change), change.seq
    devices.set_position(connection, actor, "upto", last, chain)
    devices.set_position(connection, actor, "acked", 0, GENESIS)
