"""Writes the rows that were refused to a workbook beside the first, with the reasons in a last column."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from leerwinkel_desktop.services.workbook.book import Book
from leerwinkel_desktop.services.workbook.columns import REASON, SHEETS
from leerwinkel_desktop.services.workbook.reading import Draft, Refused
from leerwinkel_desktop.services.workbook.wording import one_line
from leerwinkel_desktop.services.workbook.writing import Plain
from leerwinkel_desktop.store.files import write_durably


def refused_path(path: Path) -> Path:
    """Beside the workbook, with `-geweigerd` behind its name."""
    stem = path.name if path.is_dir() else path.stem
    return path.with_name(f"{stem}-geweigerd.xlsx")


def write_refused(path: Path, draft: Draft) -> None:
    """Write all refused rows as they stood, in the same sheets. Raises DiskFull or VaultUnreachable."""
    book = Book()
    for sheet in SHEETS:
        heading = [*(column.name for column in sheet.columns), REASON]
        book.sheet(sheet.name, heading, map(_row, draft.refused[sheet.name]))
    write_durably(path, book.data())


def _row(refused: Refused) -> list[Plain]:
    reasons = " ".join(one_line(problem) for problem in refused.problems)
    return [*map(_plain, refused.cells), reasons]


def _plain(value: object) -> Plain:
    """What a refused cell held, as a value that can be written; a formula becomes its text."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float):
        return Decimal(repr(value)) if value == value and abs(value) < 1e15 else str(value)
    if value is None or isinstance(value, bool | int | str | date | Decimal | tuple):
        return value
    return str(getattr(value, "text", value))
