"""Draws the way to a goal as boxes with arrows: "NT2 B1 → AAV + Handel → diploma SO" (DOMAIN.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color, white
from reportlab.pdfgen.canvas import Canvas

from leerwinkel_desktop.printing.typeset import Lines, Style, break_lines, draw_line, width

ARROW: Final = 26.0
PAD: Final = 9.0
WIDEST: Final = 0.46
"""The widest box, as a part of the room; its text goes on over more lines."""
MOST_LINES: Final = 3


@dataclass(frozen=True, slots=True)
class Box:
    """One box in its row: `x` from the left of the drawing, all in points."""

    x: float
    width: float
    lines: Lines
    goal: bool


@dataclass(frozen=True, slots=True)
class PathDrawing:
    """The boxes in rows, with the texts that had to be shortened; all boxes of a row are equally high."""

    rows: tuple[tuple[Box, ...], ...]
    style: Style
    shortened: tuple[str, ...]

    @property
    def height(self) -> float:
        """Of the whole drawing, in points."""
        return sum(self._row_height(row) for row in self.rows) + PAD * (len(self.rows) - 1)

    def _row_height(self, row: tuple[Box, ...]) -> float:
        return max(len(box.lines.texts) for box in row) * self.style.leading + PAD * 1.5

    def draw(self, canvas: Canvas, left: float, top: float, accent: Color, ink: Color) -> None:
        """Draw with the top left corner at (left, top); the goal is a filled box."""
        first = True
        for row in self.rows:
            height = self._row_height(row)
            for box in row:
                if not first:
                    _arrow(canvas, left + box.x - ARROW, top - height / 2, ink)
                self._draw_box(canvas, box, left, top, height, accent, ink)
                first = False
            top -= height + PAD

    def _draw_box(
        self, canvas: Canvas, box: Box, left: float, top: float, height: float, accent: Color, ink: Color
    ) -> None:
        canvas.setStrokeColor(accent)
        canvas.setLineWidth(1.5)
        canvas.setFillColor(accent if box.goal else white)
        canvas.roundRect(left + box.x, top - height, box.width, height, 6, stroke=1, fill=1)
        canvas.setFillColor(white if box.goal else ink)
        style = Style(self.style.size, box.goal, self.style.spacing)
        y = top - height / 2 + len(box.lines.texts) * style.leading / 2
        for line in box.lines.texts:
            x = left + box.x + (box.width - width(line, style)) / 2
            draw_line(canvas, line, x, y - style.leading / 2 - style.size * 0.34, style)
            y -= style.leading


def drawing_of(texts: tuple[str, ...], style: Style, room: float, most: int = MOST_LINES) -> PathDrawing:
    """Place the boxes in as many rows as the room (points) asks, each with at most `most` lines."""
    rows: list[list[Box]] = [[]]
    shortened: list[str] = []
    x = 0.0
    for place, text in enumerate(texts):
        goal = place == len(texts) - 1
        bold = Style(style.size, goal, style.spacing)
        lines = break_lines(text, bold, room * WIDEST - 2 * PAD, most)
        if lines.shortened:
            shortened.append(text)
        size = max(width(line, bold) for line in lines.texts) + 2 * PAD
        before = ARROW if place else 0.0
        if rows[-1] and x + before + size > room:
            rows.append([])
            x = 0.0
        rows[-1].append(Box(x + before, size, lines, goal))
        x += before + size
    return PathDrawing(tuple(map(tuple, rows)), style, tuple(shortened))


def _arrow(canvas: Canvas, x: float, y: float, color: Color) -> None:
    """An arrow of ARROW points wide, with some air at both ends."""
    canvas.setStrokeColor(color)
    canvas.setLineWidth(1.6)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    start, end = x + 5, x + ARROW - 5
    canvas.line(start, y, end, y)
    canvas.line(end - 5, y + 4, end, y)
    canvas.line(end - 5, y - 4, end, y)
