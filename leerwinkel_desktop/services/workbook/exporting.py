"""Writes everything of the vault that the workbook knows, in the same sheets; and the empty template."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from leerwinkel_desktop.domain.clients import Dossier
from leerwinkel_desktop.domain.codelists import CodeList
from leerwinkel_desktop.domain.fields import Kind
from leerwinkel_desktop.services import profile
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workbook.book import Book
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
from leerwinkel_desktop.services.workbook.numbering import numbers, person_dossiers
from leerwinkel_desktop.services.workbook.writing import Plain, Row, csv_text, shown
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.database import Reader
from leerwinkel_desktop.store.files import write_durably

GENERAL = "Alle bladen"
NOTES = (
    "Een lege cel verandert niets aan wat er al staat. Een rij die ontbreekt, wist niets.",
    "Dezelfde nummers zijn dezelfde mensen, trajecten en opleidingen: opnieuw inlezen werkt ze bij.",
    "Formules worden niet gelezen: typ de uitkomst, of plak ze als waarde.",
    "Codes en labels mogen allebei; meer codes in één cel krijgen komma's ertussen.",
    "Een map met .csv-bestanden (UTF-8) met dezelfde namen als de bladen kan ook.",
)
_KINDS = {
    Kind.TEXT: "tekst",
    Kind.NOTE: "tekst",
    Kind.INTEGER: "geheel getal",
    Kind.DECIMAL: "getal",
    Kind.BOOLEAN: "J of N",
    Kind.DATE: "datum (jjjj-mm-dd)",
    Kind.TIME: "uur (uu:mm)",
    Kind.CODE: "één code of label",
    Kind.CODES: "codes of labels, met komma's ertussen",
}


def export_workbook(workspace: Workspace, path: Path, *, progress: Progress = silent) -> dict[str, int]:
    """Write all sheets to an .xlsx, or to a folder of .csv when `path` has no suffix; rows by sheet.

    Raises PassphraseNeeded (prison profile), DiskFull or VaultUnreachable and Cancelled; an existing workbook
    is replaced whole or not at all.
    """
    profile.require(workspace)
    with workspace.database.write() as transaction:
        sheets = {sheet.name: rows for sheet, rows in _all_rows(transaction, progress)}
        transaction.note("workbook.exported", None, workspace.user)
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
    """Write the empty workbook with a list to choose from for each code, an explanation, and all codes.

    Raises DiskFull or VaultUnreachable.
    """
    book = Book()
    codes = list(_codes(lists))
    places = _places(codes)
    for sheet in SHEETS:
        fields = [sheet.field(column) for column in sheet.columns]
        choices = {at: places[str(f.codelist)] for at, f in enumerate(fields) if f.kind is Kind.CODE}
        book.sheet(sheet.name, [column.name for column in sheet.columns], (), choices=choices)
    heading = ("blad", "kolom", "verplicht", "wat", "soort", "codelijst")
    rows = [*_explanation(), (), *((GENERAL, "", "", note) for note in NOTES)]
    book.sheet(EXPLANATION, heading, rows, widths=(16, 22, 10, 70, 36, 22))
    book.sheet(CODES, ("codelijst", "code", "label"), codes, widths=(22, 18, 70))
    write_durably(path, book.data())


def _places(codes: list[Row]) -> dict[str, str]:
    """For each code list the range of its codes on the sheet with codes."""
    rows: dict[str, list[int]] = {}
    for row, (name, *_) in enumerate(codes, start=2):
        rows.setdefault(str(name), []).append(row)
    return {name: f"{CODES}!$B${own[0]}:$B${own[-1]}" for name, own in rows.items()}


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
    """Every sheet with its rows in a fixed order; what was merged stands under whom it was merged into.

    What hangs under something that was removed is left out with it.
    """
    ends = person_dossiers(reader)
    client_of = dict(reader.rows(Dossier, ("id", "client_id")))
    aliases = {client_of[dossier] for dossier, end in ends.items() if dossier != end}
    shown_as: dict[str, dict[str, str]] = {}
    for done, sheet in enumerate(SHEETS):
        progress(done, len(SHEETS), f"Blad {sheet.name} schrijven")
        records = _records(reader, sheet, shown_as)
        if sheet.number:
            own = ((record.id, getattr(record, sheet.number)) for record in records)
            shown_as[sheet.name] = numbers(own)
        if sheet is CLIENTS:
            records = [client for client in records if client.id not in aliases]
        yield sheet, sorted((_row(sheet, record, shown_as) for record in records), key=_in_order(sheet))
        if sheet is CLIENTS:
            clients = shown_as[CLIENTS.name]
            shown_as[CLIENTS.name] = {
                dossier: clients[client_of[end]] for dossier, end in ends.items() if client_of[end] in clients
            }


def _records(reader: Reader, sheet: Sheet, shown_as: Mapping[str, Mapping[str, str]]) -> list[Any]:
    """The records of a sheet whose parent is in the workbook; trajectories in their own order."""
    records: list[Any] = reader.find(sheet.record)
    parent = sheet.parent
    if parent is not None and parent.refers is not None:
        records = [r for r in records if getattr(r, parent.field) in shown_as[parent.refers]]
    if sheet is TRAJECTORIES:
        records.sort(key=lambda trajectory: trajectory.seq or 0)
    return records


def _in_order(sheet: Sheet) -> Callable[[Row], tuple[str, ...]]:
    """By what the row belongs to, then by its text; trajectories of one person stay in their own order."""
    parent = sheet.place(sheet.parent.field) if sheet.parent else 0
    places = (parent,) if sheet is TRAJECTORIES else (parent, *range(len(sheet.columns)))
    return lambda row: tuple(shown(row[place]) for place in places)


def _row(sheet: Sheet, record: Any, shown_as: Mapping[str, Mapping[str, str]]) -> Row:
    return [_value(sheet, column, record, shown_as) for column in sheet.columns]


def _value(sheet: Sheet, column: Column, record: Any, shown_as: Mapping[str, Mapping[str, str]]) -> Plain:
    value: Plain = getattr(record, column.field)
    if column.refers:
        return shown_as[column.refers][str(value)]
    if column.field == sheet.number:
        return shown_as[sheet.name][record.id]
    return value
