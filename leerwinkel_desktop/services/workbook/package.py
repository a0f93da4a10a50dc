"""Writes an .xlsx (ECMA-376) in memory: typed cells, no formula, and no temporary file with people in it.

openpyxl writes each sheet to the system's temporary folder first; that is why it is not used here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from leerwinkel_desktop.services.workbook.files import ESCAPED, GUARDED, needs_escape
from leerwinkel_desktop.services.workbook.writing import Plain, Row, shown

WIDTH = 18
LONGEST_TEXT = 32_767
LAST_CHOICE = 20_000
_BOLD, _DATE, _TEXT, _QUOTED = 1, 2, 3, 4
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = date(1899, 12, 30)
_LEAP_BUG = date(1900, 3, 1)
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>'
    "</cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Book:
    """An .xlsx that is made sheet by sheet."""

    def __init__(self) -> None:
        self._target = io.BytesIO()
        self._package = zipfile.ZipFile(self._target, "w", zipfile.ZIP_DEFLATED)
        self._names: list[str] = []

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
        self._names.append(name)
        rows = list(rows)
        with self._package.open(f"xl/worksheets/sheet{len(self._names)}.xml", "w") as part:
            part.write(_sheet_start(heading, widths, len(rows) + 1).encode())
            part.write(_row_xml(1, heading, bold=True).encode())
            for number, row in enumerate(rows, start=2):
                part.write(_row_xml(number, row).encode())
            part.write(f"</sheetData>{_choices_xml(choices or {})}</worksheet>".encode())

    def data(self) -> bytes:
        """The whole file; nothing can be added after this."""
        for name, text in _parts(self._names).items():
            self._package.writestr(name, text)
        self._package.close()
        return self._target.getvalue()


def column_letter(place: int) -> str:
    """The letters of a column, counted from 0: A … Z, AA …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


_LETTERS = tuple(column_letter(place) for place in range(100))


def _sheet_start(heading: Sequence[str], widths: Sequence[int], height: int) -> str:
    each = [*widths, *[WIDTH] * len(heading)][: len(heading)]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(each, 1)
    )
    size = f"A1:{_LETTERS[len(heading) - 1]}{height}"
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><dimension ref="{size}"/>'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
    )


def _choices_xml(choices: Mapping[int, str]) -> str:
    """Lists to choose from; without an error message, so that a label fits as well as a code."""
    each = "".join(
        f'<dataValidation type="list" allowBlank="1" sqref="{_LETTERS[at]}2:{_LETTERS[at]}{LAST_CHOICE}">'
        f"<formula1>{escape(place)}</formula1></dataValidation>"
        for at, place in choices.items()
    )
    return f'<dataValidations count="{len(choices)}">{each}</dataValidations>' if choices else ""


def _row_xml(number: int, row: Row, *, bold: bool = False) -> str:
    cells = "".join(
        _cell_xml(f"{_LETTERS[at]}{number}", value, bold)
        for at, value in enumerate(row)
        if value is not None and value not in ("", ())
    )
    return f'<row r="{number}">{cells}</row>'


def _cell_xml(place: str, value: Plain, bold: bool) -> str:
    if isinstance(value, date):
        return f'<c r="{place}" s="{_DATE}"><v>{serial(value)}</v></c>'
    if isinstance(value, int | Decimal) and _is_exact(value):
        return f'<c r="{place}"><v>{value:f}</v></c>' if isinstance(value, Decimal) else _number(place, value)
    text = shown(value)[:LONGEST_TEXT]
    style = _BOLD if bold else _QUOTED if text.startswith(GUARDED) else _TEXT
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escaped(text)}</t></is></c>'
    )


def _number(place: str, value: int) -> str:
    return f'<c r="{place}"><v>{value}</v></c>'


def _is_exact(value: int | Decimal) -> bool:
    """Whether a spreadsheet's number holds the value as it is; a yes or no is no number."""
    return not isinstance(value, bool) and Decimal(repr(float(value))) == value


def serial(day: date) -> int:
    """The number of a day as Excel counts, which takes 1900 for a leap year."""
    return (day - _EPOCH).days - (day < _LEAP_BUG)


def escaped(text: str) -> str:
    """ECMA-376 §22.9.2.19: what XML cannot hold becomes _xHHHH_, and a real _xHHHH_ becomes _x005F_xHHHH_."""
    if not text.isascii() or not text.isprintable() or "_x" in text:
        text = ESCAPED.sub(lambda found: f"_x005F{found[0]}", text)
        text = "".join(f"_x{ord(sign):04X}_" if needs_escape(sign) else sign for sign in text)
    return escape(text)


def _parts(names: Sequence[str]) -> dict[str, str]:
    """Everything but the sheets themselves."""
    numbered = list(enumerate(names, start=1))
    sheets = "".join(f'<sheet name={quoteattr(n)} sheetId="{at}" r:id="rId{at}"/>' for at, n in numbered)
    links = "".join(
        f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at, _ in numbered
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_KIND}.worksheet+xml"/>'
        for at, _ in numbered
    )
    relations = f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{kinds}</Types>',
        "_rels/.rels": f'{relations}<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f"{relations}{links}"
        f'<Relationship Id="rId{len(names) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>",
        "xl/styles.xml": _STYLES,
    }
