"""What somebody had seen of a record when they wrote it: the `base` of their change (FORMAT.md §7.4).

A change covers the versions that its writer had in sight, not those that came while they typed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

from leerwinkel_desktop.store import changelog
from leerwinkel_desktop.store.connection import Connection
from sync.merge import merge, undecided


def bases_of(connection: Connection, record_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """Which changes of each record are here: id -> actor -> highest number; to be kept with what is shown."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    rows = connection.execute(
        "SELECT record_id, actor.actor, max(change.seq) FROM json_each(?) AS wanted "
        "JOIN change ON change.record_id = wanted.value JOIN actor ON actor.number = change.actor "
        "WHERE held IS NULL GROUP BY record_id, change.actor",
        (json.dumps(list(record_ids)),),
    )
    for record_id, actor, seq in rows:
        found[record_id][actor] = seq
    return dict(found)


def base_as_seen(connection: Connection, record_id: str, seen: Mapping[str, int]) -> dict[str, int]:
    """The `base` of a change by somebody who saw this of a record; what was written here counts as seen."""
    known = changelog.base_of(connection, record_id)
    own = changelog.own_actor(connection)
    return {
        actor: seq if actor == own else min(seq, seen[actor])
        for actor, seq in known.items()
        if actor == own or actor in seen
    }


def ask(connection: Connection, kind: str, record_id: str) -> None:
    """Put down which fields of a record wait for a decision, by what is logged now."""
    changes = changelog.logged(connection, [(kind, record_id)])[kind, record_id]
    connection.execute("DELETE FROM conflict WHERE kind = ? AND record_id = ?", (kind, record_id))
    connection.executemany(
        "INSERT INTO conflict VALUES (?, ?, ?)",
        [(kind, record_id, name) for name in undecided(changes, merge(changes))],
    )
