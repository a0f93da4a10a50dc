"""Changes that are held back because a value does not fit: listed, let go, dropped (SECURITY.md §4).

A held change stands whole in the log and in its chain, and shows nothing. The fields are what decides: a code
that a code list does not know (yet) is no reason, since the list may be newer on the other side.
"""

from __future__ import annotations

from typing import NamedTuple

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.store import applying, changelog, giving
from leerwinkel_desktop.store.connection import Connection
from sync.changes import Change, erase

_JUDGED = "UPDATE change SET held = ? WHERE actor = (SELECT number FROM actor WHERE actor = ?) AND seq = ?"
_DROPPED = (
    "UPDATE change SET patch = NULL, salt = NULL, commitment = ?, held = NULL "
    "WHERE actor = (SELECT number FROM actor WHERE actor = ?) AND seq = ?"
)


class HeldChange(NamedTuple):
    """A change that is held back, the name of its device, and the field that did not fit."""

    change: Change
    device: str | None
    field: str


def held(connection: Connection) -> list[HeldChange]:
    """All changes that are held back, oldest first."""
    fields = {
        (actor, seq): (record_id, field)
        for actor, seq, record_id, field in connection.execute(
            "SELECT actor.actor, seq, record_id, held FROM change JOIN actor ON actor.number = change.actor "
            "WHERE held IS NOT NULL"
        )
    }
    ids = sorted({record_id for record_id, _ in fields.values()})
    found = [
        HeldChange(change, device, fields[change.actor, change.seq][1])
        for begin in range(0, len(ids), changelog.MOST_AT_ONCE)
        for change, device, is_held in changelog.about(
            connection, ids[begin : begin + changelog.MOST_AT_ONCE]
        )
        if is_held
    ]
    return sorted(found, key=lambda one: (one.change.hlc, one.change.actor, one.change.seq))


def let_go(connection: Connection, codelists: CodeLists) -> int:
    """Look again at what is held back: what fits now merges as if it came now; gives how many changes."""
    fitting: list[Change] = []
    for change, _, field in held(connection):
        now = applying.reason(change.kind, change.patch or {})
        if now is None:
            fitting.append(change)
        if now != field:
            connection.execute(_JUDGED, (now, change.actor, change.seq))
    applier = applying.Applier(connection, codelists)
    keys = sorted({(change.kind, change.id) for change in fitting})
    for begin in range(0, len(keys), changelog.MOST_AT_ONCE):
        batch = dict.fromkeys(keys[begin : begin + changelog.MOST_AT_ONCE], ())
        applier.write(applying.planned(connection, batch))
    giving.again(connection, keys)
    return len(fitting)


def drop(connection: Connection, change: Change) -> None:
    """Destroy the values of a held change; its commitment stays, so that the chain still checks (§7.2)."""
    connection.execute(_DROPPED, (erase(change).commitment, change.actor, change.seq))
