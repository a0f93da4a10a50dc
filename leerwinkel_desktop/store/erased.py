"""The erased list: ids of records that are gone for good, and the gate that keeps them out of the log.

SECURITY.md §4 "Erase": an erasure wins over each edit, also over one that arrives later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.fields import Record, owner_of
from leerwinkel_desktop.domain.registry import RECORDS
from leerwinkel_desktop.store.connection import Connection
from sync.changes import Change, erase

LATE: Final = "LATE"
_OWNERS: Final = {record.kind: owner_of(record) for record in RECORDS}


class RecordErased(NotFound):
    """The record, or the one that it hangs under, was erased for good: nothing is made of it again."""


class ErasedEntry(NamedTuple):
    """One line of the erased list."""

    record_id: str
    at_ms: int
    reason: str


def erased_list(connection: Connection) -> list[ErasedEntry]:
    """The whole erased list; a backup is held against it when it is restored."""
    rows = connection.execute("SELECT record_id, at_ms, reason FROM erased ORDER BY record_id")
    return [ErasedEntry(*row) for row in rows]


def listed(connection: Connection, entries: Iterable[ErasedEntry]) -> None:
    """Put entries on the erased list; those that stand there stay as they are."""
    connection.executemany("INSERT OR IGNORE INTO erased VALUES (?, ?, ?)", list(entries))


def refuse_erased(connection: Connection, record: Record) -> None:
    """Refuse to make a record that was erased, or one under an erased owner. Raises RecordErased."""
    owner = _OWNERS[record.kind]
    above = getattr(record, owner.name) if owner else None
    for gone in _gone(connection, [each for each in (record.id, above) if each]):
        raise RecordErased(record.kind, gone)


def _gone(connection: Connection, ids: Sequence[str]) -> set[str]:
    marks = ",".join("?" * len(ids))
    rows = connection.execute(f"SELECT record_id FROM erased WHERE record_id IN ({marks})", ids)  # noqa: S608
    return {row[0] for row in rows}


class Gate:
    """Lets changes of others pass, without the values of those that are about somebody who was erased.

    A change is dropped when its record is on the erased list or its owner is: then a new record goes on the
    list too, so that what hangs under it is dropped as well. Its number and commitment stay in the log.
    """

    def __init__(self, connection: Connection) -> None:
        """Look at the list as it stands; nothing is written before `write`."""
        self._connection = connection
        self._late: list[tuple[str, str, str]] = []
        self._passed: set[str] = set()
        self.dropped = 0
        self.gone: set[str] = set()

    def passed(self, changes: Sequence[Change]) -> list[Change]:
        """The changes in their order, those that are dropped without values."""
        about = {each for change in changes for each in _about(change)}
        gone = _gone(self._connection, list(about)) | (about & self.gone)
        if not gone:
            self._passed.update(change.id for change in changes if change.patch is not None)
            return list(changes)
        self.gone |= gone
        known = self._known(changes)
        return [self._one(change, known) for change in changes]

    def write(self) -> None:
        """Put on the list what was dropped with its owner."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO erased SELECT ?, at_ms, ? FROM erased WHERE record_id = ?", self._late
        )
        self._late.clear()

    def _known(self, changes: Sequence[Change]) -> set[str]:
        ids = list({change.id for change in changes})
        marks = ",".join("?" * len(ids))
        rows = self._connection.execute(
            f"SELECT DISTINCT record_id FROM change WHERE record_id IN ({marks}) AND patch IS NOT NULL",  # noqa: S608
            ids,
        )
        return {row[0] for row in rows}

    def _one(self, change: Change, known: set[str]) -> Change:
        because = next((each for each in _about(change) if each in self.gone), None)
        if because is None:
            if change.patch is not None:
                self._passed.add(change.id)
            return change
        if change.id not in self.gone and change.id not in known and change.id not in self._passed:
            self.gone.add(change.id)
            self._late.append((change.id, LATE, because))
        if change.patch is None:
            return change
        self.dropped += 1
        return erase(change)


def _about(change: Change) -> Iterator[str]:
    """The record of a change and its owner; of an unknown kind every id that is named."""
    yield change.id
    if change.patch is None:
        return
    if change.kind not in _OWNERS:
        yield from (value for value in change.patch.values() if isinstance(value, str))
        return
    owner = _OWNERS[change.kind]
    above = change.patch.get(owner.name) if owner else None
    if isinstance(above, str):
        yield above
