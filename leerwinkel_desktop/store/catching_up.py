"""Shows after an upgrade what newer programs had sent before it: values that were kept in the log, unseen.

An older program logs fields and kinds that it does not know and shows nothing of them (FORMAT.md §7.1). The
upgrade that declares them writes their rows, in one transaction with the tables: cut off, it was never begun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.registry import STORED
from leerwinkel_desktop.store import applying, changelog, giving
from leerwinkel_desktop.store.changelog import Key
from leerwinkel_desktop.store.connection import Connection

Columns = Mapping[str, frozenset[str]]
_encode = msgspec.json.Encoder().encode


def columns(connection: Connection) -> Columns:
    """The columns of the table of each kind of record as they stand now; none where there is no table."""
    return {
        kind: frozenset(row[1] for row in connection.execute(f"PRAGMA table_info({kind})")) for kind in STORED
    }


def show(connection: Connection, codelists: CodeLists, before: Columns) -> int:
    """Write the rows of all records of which something was logged before its column was there.

    What does not fit the new field is held back, as it is when a bundle is read. Records of a kind that was
    not known are given to the laptops that they are for (FORMAT.md §15.1). Gives how many records.
    """
    after = columns(connection)
    keys = [key for kind in STORED for key in _unseen(connection, kind, before[kind], after[kind])]
    for begin in range(0, len(keys), changelog.MOST_AT_ONCE):
        batch = keys[begin : begin + changelog.MOST_AT_ONCE]
        _judge(connection, batch)
        plans = applying.planned(connection, dict.fromkeys(batch, ()))
        applying.Applier(connection, codelists).write([plan for plan in plans if plan.logged])
    giving.again(connection, [key for key in keys if not before[key[0]]])
    return len(keys)


def _unseen(connection: Connection, kind: str, before: frozenset[str], after: frozenset[str]) -> list[Key]:
    if before == after:
        return []
    logged = connection.execute(
        "SELECT DISTINCT record_id FROM change WHERE kind = ?1 AND patch IS NOT NULL AND held IS NULL "
        "AND (?2 = '[]' OR EXISTS (SELECT 1 FROM json_each(patch) JOIN json_each(?2) AS new "
        "ON json_each.key = new.value))",
        (kind, _encode(sorted(after - before) if before else []).decode()),
    )
    return [(kind, record_id) for (record_id,) in logged]


def _judge(connection: Connection, keys: Sequence[Key]) -> None:
    for (kind, _), changes in changelog.logged(connection, keys).items():
        connection.executemany(
            "UPDATE change SET held = ? WHERE actor = (SELECT number FROM actor WHERE actor = ?) AND seq = ?",
            [
                (name, change.actor, change.seq)
                for change in changes
                if change.patch is not None and (name := applying.reason(kind, change.patch)) is not None
            ],
        )
