"""Erases records for good: rows, logged values and salts, search words, conflicts, decisions and kept lines.

SECURITY.md §4 "Erase": the commitments stay, so that every chain still checks; the ids go on the erased list,
and later changes for them are dropped (`applying.Applier`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.fields import owner_of
from leerwinkel_desktop.domain.registry import RECORDS, children_of, is_judicial
from leerwinkel_desktop.store import along, changelog, decisions, doubles, people, whereabouts
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.erased import ErasedEntry, listed

BATCH: Final = 400
_BY_KIND: Final = {record.kind: record for record in RECORDS}


def person(connection: Connection, client_id: str) -> dict[str, set[str]]:
    """The ids of all that belongs to a person, by kind; any of the clients who were merged will do.

    Removed records and changes that were held back are part of it.
    """
    found: dict[str, set[str]] = {"client": {client_id, people.person_of(connection, client_id)}}
    while True:
        size = sum(map(len, found.values()))
        dossiers = _ids(connection, "SELECT id FROM dossier WHERE client_id", found["client"])
        dossiers |= _ids(connection, "SELECT id FROM dossier WHERE merged_into", dossiers)
        found["dossier"] = found.get("dossier", set()) | dossiers
        found["client"] |= _ids(
            connection, "SELECT client_id FROM dossier WHERE client_id IS NOT NULL AND id", dossiers
        )
        below(connection, found)
        if sum(map(len, found.values())) == size:
            return found


def judicial(connection: Connection, dossier_id: str) -> dict[str, set[str]]:
    """The ids of the detention block of one dossier, by kind."""
    found: dict[str, set[str]] = {}
    for child in children_of(_BY_KIND["dossier"]):
        if is_judicial(child):
            source = f'SELECT id FROM {child.kind} WHERE "dossier_id"'  # noqa: S608
            found[child.kind] = _ids(connection, source, [dossier_id])
            _descend(connection, child.kind, found)
    return found


def below(connection: Connection, found: dict[str, set[str]]) -> None:
    """Add everything that hangs under what was found, also what never became a row (held, or unknown)."""
    for kind in [record.kind for record in RECORDS if record.kind in found]:
        _descend(connection, kind, found)
    everything = set().union(*found.values())
    while fresh := changelog.loose_ids(connection, everything) - everything:
        found["loose"] = found.get("loose", set()) | fresh
        everything |= fresh


def _descend(connection: Connection, kind: str, found: dict[str, set[str]]) -> None:
    for child in children_of(_BY_KIND[kind]):
        owner = owner_of(child)
        if owner is None:
            continue
        ids = _ids(connection, f'SELECT id FROM {child.kind} WHERE "{owner.name}"', found[kind])  # noqa: S608
        if ids:
            found[child.kind] = found.get(child.kind, set()) | ids
            _descend(connection, child.kind, found)


def erase(
    connection: Connection,
    codelists: CodeLists,
    found: dict[str, set[str]],
    at_ms: int,
    reason: str,
) -> int:
    """Erase these records, inside the caller's transaction; gives how many rows went.

    `found` are ids by kind, as `person` gives them.
    """
    everything = sorted(set().union(*found.values()))
    gone = destroy(connection, codelists, found)
    whereabouts.erased(connection, everything)
    along.erased(connection, everything)
    listed(connection, [ErasedEntry(record_id, at_ms, reason) for record_id in everything])
    return gone


def destroy(connection: Connection, codelists: CodeLists, found: dict[str, set[str]]) -> int:
    """Take these records out of all that holds their values; gives how many rows went. Commitments stay."""
    everything = sorted(set().union(*found.values()))
    gone = 0
    for kind, ids in found.items():
        if kind in _BY_KIND:
            gone += _count(connection, kind, ids)
            _each(connection, f"DELETE FROM {kind} WHERE id", ids)  # noqa: S608
    _each(connection, "DELETE FROM conflict WHERE record_id", everything)
    decisions.forget(connection, everything)
    _each(connection, "DELETE FROM unsealed WHERE id", everything)
    for batch in _batches(sorted(found.get("client", ()))):
        people.follow(connection, codelists, batch)
        doubles.forget(connection, batch)
    changelog.erase_values(connection, everything)
    changelog.erase_kept_lines(connection, everything)
    return gone


def come_back(connection: Connection) -> dict[str, set[str]]:
    """What stands in the tables although it is on the erased list, with all that hangs under it."""
    found: dict[str, set[str]] = {}
    for record in RECORDS:
        ids = {row[0] for row in connection.execute(_COME_BACK.format(kind=record.kind))}
        owner = owner_of(record)
        if owner is not None:
            query = _UNDER_ERASED.format(kind=record.kind, owner=owner.name)
            ids |= {row[0] for row in connection.execute(query)}
        if ids:
            found[record.kind] = ids
    logged = connection.execute(
        "SELECT DISTINCT change.record_id FROM change JOIN erased ON erased.record_id = change.record_id "
        "WHERE patch IS NOT NULL"
    )
    if ids := {row[0] for row in logged}:
        found["loose"] = ids
    if found:
        below(connection, found)
    return found


_COME_BACK: Final = "SELECT id FROM {kind} JOIN erased ON erased.record_id = {kind}.id"
_UNDER_ERASED: Final = 'SELECT id FROM {kind} JOIN erased ON erased.record_id = {kind}."{owner}"'


def _ids(connection: Connection, source: str, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for batch in _batches(sorted(ids)):
        marks = ",".join("?" * len(batch))
        found |= {row[0] for row in connection.execute(f"{source} IN ({marks})", batch)}
    return found


def _each(connection: Connection, source: str, ids: Iterable[str]) -> None:
    for batch in _batches(sorted(ids)):
        connection.execute(f"{source} IN ({','.join('?' * len(batch))})", batch)


def _count(connection: Connection, kind: str, ids: Iterable[str]) -> int:
    return len(_ids(connection, f"SELECT id FROM {kind} WHERE id", ids))  # noqa: S608


def _batches(ids: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while batch := list(islice(rest, BATCH)):
        yield batch
