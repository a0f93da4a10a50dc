"""Writes an .xlsx in memory: typed cells, no formula, and no temporary file with people in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from leerwinkel_desktop.services.workbook.files import GUARDED
from leerwinkel_desktop.services.workbook.writing import Plain, Row, shown

WIDTH = 18
LONGEST_TEXT = 32_767
LAST_CHOICE = 20_000
_MADE = datetime(2000, 1, 1)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Book:
    """An .xlsx that is made sheet by sheet."""

    def __init__(self) -> None:
        self._target = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._target, _OPTIONS)
        self._book.set_properties({"created": _MADE})
        self._heading = self._book.add_format({"bold": True, "num_format": "@"})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._text = self._book.add_format({"num_format": "@"})
        self._guarded = self._book.add_format({"num_format": "@", "quote_prefix": True})

    def sheet(
        self,
        name: str,
        heading: Sequence[str],
        rows: Iterable[Row],
        widths: Sequence[int] = (),
        choices: Mapping[int, str] | None = None,
    ) -> None:
        """Add a sheet with a bold first row that stays in view.

        `widths` are in characters; `choices` gives for columns (from 0) a range of cells to choose from,
        where anything else may still be typed.
        """
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for at, title in enumerate(heading):
            sheet.set_column(at, at, widths[at] if at < len(widths) else WIDTH)
            sheet.write_string(0, at, title, self._heading)
        for number, row in enumerate(rows, start=1):
            for at, value in enumerate(row):
                self._write(sheet, number, at, value)
        for at, place in (choices or {}).items():
            offered = {"validate": "list", "source": f"={place}", "show_error": False}
            sheet.data_validation(1, at, LAST_CHOICE, at, offered)

    def _write(self, sheet: Worksheet, number: int, at: int, value: Plain) -> None:
        if value is None or value in ("", ()):
            return
        if isinstance(value, date):
            sheet.write_datetime(number, at, value, self._date)
        elif isinstance(value, int | Decimal) and _is_exact(value):
            sheet.write_number(number, at, float(value))
        else:
            self._write_text(sheet, number, at, shown(value)[:LONGEST_TEXT])

    def _write_text(self, sheet: Worksheet, number: int, at: int, text: str) -> None:
        style: Format = self._guarded if text.startswith(GUARDED) else self._text
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a text for its own markup; in two pieces it stays what it is.
            sheet.write_rich_string(number, at, text[:3], style, text[3:], style)
        else:
            sheet.write_string(number, at, text, style)

    def data(self) -> bytes:
        """The whole file; nothing can be added after this."""
        self._book.close()
        return self._target.getvalue()


def _is_exact(value: int | Decimal) -> bool:
    """Whether a spreadsheet's number holds the value as it is; a yes or no is no number."""
    return not isinstance(value, bool) and Decimal(repr(float(value))) == value
