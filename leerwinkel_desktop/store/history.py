"""What was saved in a record through time: who changed which fields to what, and what merged quietly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leerwinkel_desktop.domain.fields import Wire
from leerwinkel_desktop.store import changelog
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.owners import listed
from sync.changes import Change
from sync.merge import quietly_merged


@dataclass(frozen=True, slots=True)
class Saved:
    """One entry of a record's history: who changed which fields to what, and when (milliseconds, UTC).

    `merged`: it came together with a save of another device that did not know of it, in other fields.
    """

    actor: str
    name: str | None
    seq: int
    at_ms: int
    kind: str
    record_id: str
    patch: Mapping[str, Wire]
    merged: bool = False


def saves_of(connection: Connection, record_ids: Sequence[str]) -> list[Saved]:
    """All changes of these records, newest first."""
    found = changelog.about(connection, record_ids)
    merged = _merged(change for change, _, held in found if not held)
    return [
        Saved(
            actor=change.actor,
            name=name,
            seq=change.seq,
            at_ms=change.hlc >> 16,
            kind=change.kind,
            record_id=change.id,
            patch=change.patch or {},
            merged=(change.actor, change.seq) in merged,
        )
        for change, name, _ in found
    ]


def first_and_last(connection: Connection, record_ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """When each of these records was first and last saved, on whichever device (milliseconds, UTC)."""
    rows = connection.execute(
        "SELECT record_id, min(hlc), max(hlc) FROM json_each(?) AS wanted "
        "CROSS JOIN change ON record_id = wanted.value GROUP BY record_id",
        (listed(record_ids),),
    )
    return {record_id: (first >> 16, last >> 16) for record_id, first, last in rows}


def _merged(changes: Iterable[Change]) -> set[tuple[str, int]]:
    records: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        records[change.kind, change.id].append(change)
    return set().union(*map(quietly_merged, records.values()))
