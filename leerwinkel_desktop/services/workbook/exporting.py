"""Writes everything of the vault that the workbook knows, in the same sheets; and the empty template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from leerwinkel_desktop.domain.clients import Dossier
from leerwinkel_desktop.domain.codelists import CodeList
from leerwinkel_desktop.domain.fields import Kind
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workbook.columns import (
    CLIENTS,
    CODES,
    EXPLANATION,
    SHEETS,
    TRAJECTORIES,
    Column,
    Sheet,
)
from leerwinkel_desktop.services.workbook.files import guarded
from leerwinkel_desktop.services.workbook.importing import number_of, person_dossiers
from leerwinkel_desktop.services.workbook.package import Book
from leerwinkel_desktop.services.workbook.writing import Plain, Row, csv_text, shown
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.database import Reader
from leerwinkel_desktop.store.files import write_durably

_KINDS = {
    Kind.TEXT: "tekst",
    Kind.NOTE: "tekst",
    Kind.INTEGER: "geheel getal",
    Kind.DECIMAL: "getal",
    Kind.BOOLEAN: "J of N",
    Kind.DATE: "datum (jjjj-mm-dd)",
    Kind.CODE: "één code of label",
    Kind.CODES: "codes of labels, met komma's ertussen",
}


def export_workbook(workspace: Workspace, path: Path, *, progress: Progress = silent) -> dict[str, int]:
    """Write all sheets to an .xlsx, or to a folder of .csv when `path` has no suffix; rows by sheet.

    Raises DiskFull or VaultUnreachable and Cancelled; an existing workbook is replaced whole or not at all.
    """
    with workspace.database.read() as reader:
        sheets = {sheet.name: rows for sheet, rows in _all_rows(reader, progress)}
    if path.suffix.lower() == ".xlsx":
        write_durably(path, workbook_bytes(sheets))
    else:
        write_folder(path, sheets)
    return {name: len(rows) for name, rows in sheets.items()}


def workbook_bytes(sheets: Mapping[str, Iterable[Row]]) -> bytes:
    """The .xlsx of these rows, by sheet, in the order of the declared columns."""
    book = Book()
    for sheet in SHEETS:
        book.sheet(sheet.name, [column.name for column in sheet.columns], sheets.get(sheet.name, ()))
    return book.data()


def write_folder(path: Path, sheets: Mapping[str, Iterable[Row]]) -> None:
    """Write one .csv for each sheet. Raises DiskFull or VaultUnreachable."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise named(error) from error
    for sheet in SHEETS:
        heading = [column.name for column in sheet.columns]
        write_durably(path / f"{sheet.name}.csv", csv_text(heading, sheets.get(sheet.name, ()), guarded))


def template(path: Path, lists: Mapping[str, CodeList]) -> None:
    """Write the empty workbook with a sheet that explains each column, and one with all codes.

    Raises DiskFull or VaultUnreachable.
    """
    book = Book()
    for sheet in SHEETS:
        book.sheet(sheet.name, [column.name for column in sheet.columns], ())
    heading = ("blad", "kolom", "verplicht", "wat", "soort", "codelijst")
    book.sheet(EXPLANATION, heading, _explanation(), widths=(16, 22, 10, 40, 36, 22))
    book.sheet(CODES, ("codelijst", "code", "label"), _codes(lists), widths=(22, 18, 70))
    write_durably(path, book.data())


def _explanation() -> Iterator[Row]:
    for sheet in SHEETS:
        for column in sheet.columns:
            field = sheet.field(column)
            what = f"Nummer van het blad {column.refers}" if column.refers else field.label
            required = "ja" if column.required else ""
            yield sheet.name, column.name, required, what, _KINDS[field.kind], field.codelist


def _codes(lists: Mapping[str, CodeList]) -> Iterator[Row]:
    fields = (sheet.field(column) for sheet in SHEETS for column in sheet.columns)
    for name in dict.fromkeys(field.codelist for field in fields if field.codelist):
        for code in lists[name]:
            yield name, code.code, code.label


def _all_rows(reader: Reader, progress: Progress) -> Iterator[tuple[Sheet, list[Row]]]:
    """Every sheet with its rows in a fixed order; what was merged stands under whom it was merged into."""
    ends = person_dossiers(reader)
    client_of = dict(reader.rows(Dossier, ("id", "client_id")))
    aliases = {client_of[dossier] for dossier, end in ends.items() if dossier != end}
    numbers: dict[str, dict[str, str]] = defaultdict(dict)
    for done, sheet in enumerate(SHEETS):
        progress(done, len(SHEETS), f"Blad {sheet.name} schrijven")
        records: list[Any] = reader.find(sheet.record)
        if sheet is CLIENTS:
            records = [client for client in records if client.id not in aliases]
            numbers[sheet.name] = {client.id: number_of(client, "client_no") for client in records}
        elif sheet is TRAJECTORIES:
            by_client = numbers[CLIENTS.name]
            numbers[CLIENTS.name] = {d: by_client.get(client_of[end], "") for d, end in ends.items()}
            records.sort(key=lambda trajectory: trajectory.seq or 0)
        if sheet.number and sheet is not CLIENTS:
            numbers[sheet.name] = {record.id: number_of(record, sheet.number) for record in records}
        yield sheet, sorted((_row(sheet, record, numbers) for record in records), key=_in_order(sheet))


def _in_order(sheet: Sheet) -> Callable[[Row], tuple[str, ...]]:
    """By what the row belongs to, then by its text; trajectories of one person stay in their own order."""
    parent = sheet.place(sheet.parent.field) if sheet.parent else 0
    places = (parent,) if sheet is TRAJECTORIES else (parent, *range(len(sheet.columns)))
    return lambda row: tuple(shown(row[place]) for place in places)


def _row(sheet: Sheet, record: Any, numbers: Mapping[str, Mapping[str, str]]) -> Row:
    return [_value(sheet, column, record, numbers) for column in sheet.columns]


def _value(sheet: Sheet, column: Column, record: Any, numbers: Mapping[str, Mapping[str, str]]) -> Plain:
    value: Plain = getattr(record, column.field)
    if column.refers:
        return numbers[column.refers].get(str(value))
    if column.field == sheet.number:
        return numbers[sheet.name][record.id]
    return value
