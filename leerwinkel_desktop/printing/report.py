"""Prints a report as a table on A4: title, conditions, groups of rows, notes, page numbers (DOMAIN.md §8)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.canvas import new_canvas
from leerwinkel_desktop.printing.fonts import faces
from leerwinkel_desktop.printing.looks import ACCENT, HAIRLINE, INK, MUTED, PAGE_HEIGHT, PAGE_WIDTH, SOFT
from leerwinkel_desktop.printing.tagging import artifact, tagged
from leerwinkel_desktop.printing.typeset import Style, break_lines, draw_line, width

MARGIN: Final = 50.0
PAD: Final = 6.0
ROOM: Final = PAGE_WIDTH - 2 * MARGIN
TOP: Final = PAGE_HEIGHT - MARGIN
BOTTOM: Final = 62.0

TITLE: Final = Style(22, True, 1.3)
TEXT: Final = Style(10.5, spacing=1.45)
STRONG: Final = Style(10.5, True, 1.45)
NOTE: Final = Style(9.5, spacing=1.45)


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column; `share` is its part of the width, `right` puts numbers at the right."""

    heading: str
    share: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of ready-made texts, as many as there are columns; `strong` for a total."""

    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class ReportGroup:
    """Rows under one heading (empty: no heading)."""

    heading: str
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A report as it is printed; `subtitles` say period, as-of date, filters and definitions."""

    title: str
    subtitles: tuple[str, ...]
    columns: tuple[ReportColumn, ...]
    groups: tuple[ReportGroup, ...]
    footnotes: tuple[str, ...] = ()
    author: str = ""


def render_report(table: ReportTable) -> bytes:
    """The report as a PDF; the same table always gives the same bytes.

    Raises ValueError when a row has another number of cells than there are columns.
    """
    faces()
    for group in table.groups:
        for row in group.rows:
            if len(row.cells) != len(table.columns):
                raise ValueError(row.cells[:1])
    pages = _count(table)
    target = io.BytesIO()
    canvas = new_canvas(target)
    canvas.setTitle(table.title)
    canvas.setAuthor(table.author)
    canvas.setCreator("Leerwinkel Desktop")
    _Press(canvas, table, pages).run()
    canvas.save()
    return target.getvalue()


def _count(table: ReportTable) -> int:
    """How many pages the report takes: laid out once on paper that is thrown away."""
    press = _Press(new_canvas(io.BytesIO()), table, 0)
    press.run()
    return press.page


class _Press:
    """Writes from the top down and turns the page in time."""

    def __init__(self, canvas: Canvas, table: ReportTable, pages: int) -> None:
        self.canvas = canvas
        self.table = table
        self.pages = pages
        self.page = 1
        self.y = TOP
        total = sum(column.share for column in table.columns)
        self.widths = [ROOM * column.share / total for column in table.columns]

    def run(self) -> None:
        self._paragraph(self.table.title, TITLE, ACCENT, "H1")
        self.y -= 4
        for subtitle in self.table.subtitles:
            self._paragraph(subtitle, TEXT, MUTED)
        self.y -= 12
        with tagged(self.canvas, "TR"):
            self._columns()
        for group in self.table.groups:
            self._group(group)
        self.y -= 12
        for note in self.table.footnotes:
            self._paragraph(note, NOTE, MUTED)
        self._foot()
        self.canvas.showPage()

    def _paragraph(self, text: str, style: Style, color: HexColor, role: str = "P") -> None:
        with tagged(self.canvas, role):
            for line in break_lines(text, style, ROOM).texts:
                self._reserve(style.leading)
                self.canvas.setFillColor(color)
                draw_line(self.canvas, line, MARGIN, self.y - style.size, style)
                self.y -= style.leading

    def _reserve(self, height: float, *, columns: bool = False) -> None:
        """Turn the page when this height does not fit any more; `columns` repeats the head of the table."""
        if self.y - height >= BOTTOM:
            return
        self._foot()
        self.canvas.showPage()
        self.page += 1
        self.y = TOP
        if columns:
            with artifact(self.canvas):
                self._columns()

    def _columns(self) -> None:
        cells = [
            break_lines(c.heading, STRONG, w - PAD).texts
            for c, w in zip(self.table.columns, self.widths, strict=True)
        ]
        self.canvas.setFillColor(INK)
        self._cells(cells, STRONG, "TH")
        self._rule(ACCENT, 1.4)

    def _group(self, group: ReportGroup) -> None:
        if group.heading:
            self._reserve(3 * TEXT.leading + 14, columns=True)
            self.y -= 8
            height = STRONG.leading + 5
            self.canvas.setFillColor(SOFT)
            self.canvas.rect(MARGIN, self.y - height, ROOM, height, stroke=0, fill=1)
            self.canvas.setFillColor(ACCENT)
            with tagged(self.canvas, "TR"), tagged(self.canvas, "TH", span=len(self.widths)):
                draw_line(self.canvas, group.heading, MARGIN + PAD, self.y - STRONG.size - 4, STRONG)
            self.y -= height + 2
        for row in group.rows:
            self._row(row)

    def _row(self, row: ReportRow) -> None:
        style = STRONG if row.strong else TEXT
        cells = [
            break_lines(text, style, size - PAD).texts
            for text, size in zip(row.cells, self.widths, strict=True)
        ]
        self._reserve(max(map(len, cells)) * style.leading + 4, columns=True)
        self.canvas.setFillColor(INK)
        with tagged(self.canvas, "TR"):
            self._cells(cells, style, "TD")
        self._rule(HAIRLINE, 0.5)

    def _cells(self, cells: list[tuple[str, ...]], style: Style, role: str) -> None:
        for (x, size, right), lines in zip(self._places(), cells, strict=True):
            with tagged(self.canvas, role):
                for number, line in enumerate(lines):
                    start = x + size - width(line, style) if right else x
                    y = self.y - style.size - 2 - number * style.leading
                    draw_line(self.canvas, line, start, y, style)
        self.y -= max(1, *map(len, cells)) * style.leading + 3

    def _places(self) -> Iterator[tuple[float, float, bool]]:
        """Left edge, usable width and alignment of each column."""
        x = MARGIN
        for column, size in zip(self.table.columns, self.widths, strict=True):
            yield x + (0 if column.right else PAD), size - PAD, column.right
            x += size

    def _rule(self, color: HexColor, thickness: float) -> None:
        self.canvas.setStrokeColor(color)
        self.canvas.setLineWidth(thickness)
        self.canvas.line(MARGIN, self.y, MARGIN + ROOM, self.y)
        self.y -= 1

    def _foot(self) -> None:
        self.canvas.setFillColor(MUTED)
        count = _("{page} van {pages}").format(page=self.page, pages=self.pages)
        title = break_lines(self.table.title, NOTE, ROOM - 80, 1).texts[0]
        with artifact(self.canvas):
            draw_line(self.canvas, title, MARGIN, 34, NOTE)
            draw_line(self.canvas, count, MARGIN + ROOM - width(count, NOTE), 34, NOTE)
