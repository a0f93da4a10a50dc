"""Derives the SQL of each kind of record from its declared fields: rows in, records out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.fields import Field, Kind, Record, Value, Wire, field_of, fields_of, to_wire
from leerwinkel_desktop.store.connection import Connection

R = TypeVar("R", bound=Record)
Cell = None | int | str
_encode = msgspec.json.Encoder().encode
_decode_list = msgspec.json.Decoder(list[str]).decode


def to_cell(value: Wire) -> Cell:
    """The form of a wire value in a table: booleans as 0 or 1, lists as JSON text, an empty list as null."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list):
        return _encode(value).decode() if value else None
    return value


def _codes(cell: Cell) -> tuple[str, ...]:
    return tuple(_decode_list(cell)) if isinstance(cell, str) else ()


_READERS: dict[Kind, Callable[[Any], Value]] = {
    Kind.DATE: date.fromisoformat,
    Kind.DECIMAL: Decimal,
    Kind.BOOLEAN: bool,
}


def from_cell(field: Field, cell: Cell) -> Value:
    """The value behind a cell of a table."""
    if field.kind in (Kind.CODES, Kind.REFS):
        return _codes(cell)
    reader = _READERS.get(field.kind)
    return cell if cell is None or reader is None else reader(cell)


def wire_of(record: Record) -> dict[str, Wire]:
    """All values of a record in wire form, by field name."""
    return {field.name: to_wire(getattr(record, field.name)) for field in fields_of(type(record))}


class Repository:
    """The SQL for one kind of record, made once and used with any connection."""

    def __init__(self, record: type[Record]) -> None:
        """Prepare the statements for this record class."""
        self.record = record
        self.fields = fields_of(record)
        self.names = tuple(field.name for field in self.fields)
        columns = ", ".join(f'"{name}"' for name in ("id", *self.names))
        self._select = f"SELECT {columns} FROM {record.kind}"  # noqa: S608 (names are declared, never typed in)
        marks = ", ".join("?" * (len(self.names) + 2))
        self._upsert = f"INSERT OR REPLACE INTO {record.kind} ({columns}, removed) VALUES ({marks})"  # noqa: S608

    def _records(self, rows: Iterator[tuple[Cell, ...]]) -> list[Any]:
        return [
            self.record(
                id=str(row[0]),
                **{f.name: from_cell(f, cell) for f, cell in zip(self.fields, row[1:], strict=True)},
            )
            for row in rows
        ]

    def get(self, connection: Connection, record_id: str) -> Any:
        """One record. Raises NotFound when it is absent or removed."""
        rows = connection.execute(f"{self._select} WHERE id = ? AND removed = 0", (record_id,))
        found = self._records(rows)
        if not found:
            raise NotFound(self.record.kind, record_id)
        return found[0]

    def find(self, connection: Connection, **equals: Value) -> list[Any]:
        """All records whose fields equal the given values, in the order in which they were made."""
        where, values = self._where(equals)
        return self._records(connection.execute(f"{self._select} WHERE {where} ORDER BY id", values))

    def rows(self, connection: Connection, names: Sequence[str], **equals: Value) -> list[tuple[Any, ...]]:
        """The named fields (or "id") of all matching records, for figures that read many."""
        readers = [None if name == "id" else _reader(field_of(self.record, name)) for name in names]
        where, values = self._where(equals)
        columns = ", ".join(f'"{name}"' for name in names)
        cursor = connection.execute(
            f"SELECT {columns} FROM {self.record.kind} WHERE {where} ORDER BY id",  # noqa: S608
            values,
        )
        needed = [(at, reader) for at, reader in enumerate(readers) if reader is not None]
        return [_converted(row, needed) for row in cursor]

    def _where(self, equals: dict[str, Value]) -> tuple[str, list[Cell]]:
        parts, values = ["removed = 0"], []
        for name, value in equals.items():
            if name != "id":
                field_of(self.record, name)
            parts.append(f'"{name}" IS ?')
            values.append(to_cell(to_wire(value)))
        return " AND ".join(parts), values

    def stored(self, connection: Connection, record_id: str) -> dict[str, Wire] | None:
        """The wire values as they stand, removed or not, or None when there never was such a record."""
        row = connection.execute(f"{self._select} WHERE id = ?", (record_id,)).fetchone()
        if row is None:
            return None
        return {
            field.name: to_wire(from_cell(field, cell))
            for field, cell in zip(self.fields, row[1:], strict=True)
        }

    def write(self, connection: Connection, rows: Sequence[tuple[Cell, ...]]) -> None:
        """Write whole rows (id, the fields in order, removed)."""
        connection.executemany(self._upsert, rows)


def _reader(field: Field) -> Callable[[Any], Value] | None:
    return _codes if field.kind in (Kind.CODES, Kind.REFS) else _READERS.get(field.kind)


def _converted(row: tuple[Any, ...], needed: Sequence[tuple[int, Callable[[Any], Value]]]) -> tuple[Any, ...]:
    if not needed:
        return row
    values = list(row)
    for at, reader in needed:
        if values[at] is not None or reader is _codes:
            values[at] = reader(values[at])
    return tuple(values)


_REPOSITORIES: dict[str, Repository] = {}


def repository(record: type[Record]) -> Repository:
    """The repository of a record class."""
    if record.kind not in _REPOSITORIES:
        _REPOSITORIES[record.kind] = Repository(record)
    return _REPOSITORIES[record.kind]
