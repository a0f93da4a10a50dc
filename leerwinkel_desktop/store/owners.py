"""Finds to whom records belong, many at once: up the declared owners, or down from the client."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

import msgspec

from leerwinkel_desktop.domain.fields import Field, owner_of
from leerwinkel_desktop.domain.registry import OF_PERSONS, RECORDS, STORED, children_of
from leerwinkel_desktop.store.connection import Connection

Key = tuple[str, str]  # kind and id of a record
CLIENT = "client"
_encode = msgspec.json.Encoder().encode


def listed(ids: Iterable[str]) -> str:
    """Ids as one value for `json_each`."""
    return _encode(sorted(ids)).decode()


def clients_of(connection: Connection, keys: Iterable[Key]) -> dict[Key, str]:
    """The client of each record; those that belong to nobody, or to somebody unknown here, are left out."""
    wanted: dict[str, set[str]] = {}
    for kind, record_id in keys:
        if kind in OF_PERSONS:
            wanted.setdefault(kind, set()).add(record_id)
    asked = {kind: set(ids) for kind, ids in wanted.items()}
    above: dict[Key, Key] = {}
    for record in reversed(RECORDS):  # children before parents
        kind, owner = record.kind, owner_of(record)
        if kind == CLIENT or kind not in wanted or owner is None or owner.target is None:
            continue
        for record_id, owner_id in _owners(connection, kind, owner.name, wanted[kind]):
            above[kind, record_id] = owner.target, owner_id
            wanted.setdefault(owner.target, set()).add(owner_id)
    found = {}
    for key in ((kind, record_id) for kind, ids in asked.items() for record_id in ids):
        top = key
        while top in above:
            top = above[top]
        if top[0] == CLIENT:
            found[key] = top[1]
    return found


def _owners(connection: Connection, kind: str, name: str, ids: set[str]) -> list[tuple[str, str]]:
    return connection.execute(  # type: ignore[no-any-return]
        f'SELECT {kind}.id, "{name}" FROM json_each(?) AS wanted '  # noqa: S608
        f'CROSS JOIN {kind} ON {kind}.id = wanted.value WHERE "{name}" IS NOT NULL',
        (listed(ids),),
    ).fetchall()


def records_of(connection: Connection, client_ids: Iterable[str]) -> dict[str, set[str]]:
    """The ids of all records of these clients that stand in the tables, by kind; themselves too."""
    found = {CLIENT: set(client_ids)}
    _down(connection, CLIENT, found)
    return found


def _down(connection: Connection, kind: str, found: dict[str, set[str]]) -> None:
    for child in children_of(STORED[kind]):
        owner = cast(Field, owner_of(child))  # by it the child was found
        rows = connection.execute(
            f"SELECT {child.kind}.id FROM json_each(?) AS wanted CROSS JOIN {child.kind} "  # noqa: S608
            f'ON "{owner.name}" = wanted.value',
            (listed(found[kind]),),
        ).fetchall()
        if rows:
            found.setdefault(child.kind, set()).update(row[0] for row in rows)
            _down(connection, child.kind, found)


def catalogue(connection: Connection) -> list[str]:
    """The ids of all records that belong to nobody."""
    return [
        record_id
        for kind in STORED
        if kind not in OF_PERSONS
        for (record_id,) in connection.execute(f"SELECT id FROM {kind}")  # noqa: S608
    ]


def batches(ids: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    """The ids in portions."""
    return (ids[begin : begin + size] for begin in range(0, len(ids), size))
