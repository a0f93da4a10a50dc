"""Sets a text in two languages: the Dutch, and the other beside it or below it (DOMAIN.md §6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from leerwinkel_desktop.printing.languages import RIGHT_TO_LEFT, second_of
from leerwinkel_desktop.printing.tagging import tagged
from leerwinkel_desktop.printing.typeset import (
    Lines,
    Style,
    baseline,
    break_lines,
    draw_line,
    draw_lines,
    width,
)

BESIDE: Final = 10.0
"""Between the Dutch and the other language on one line, in points."""
TIGHT: Final = 1.28
"""Distance between the lines of the other language: close to the Dutch that they belong to."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Dutch lines, and those of the other language: on the last Dutch line when `beside`, else below it."""

    first: Lines
    style: Style
    second: tuple[str, ...]
    quiet: Style
    language: str
    beside: bool
    flush: bool = False
    apart: float = 0.0

    @property
    def height(self) -> float:
        """Of the whole, in points."""
        below = 0.0 if self.beside or not self.second else len(self.second) * self.quiet.leading + self.apart
        return len(self.first.texts) * self.style.leading + below

    def draw(self, canvas: Canvas, left: float, right: float, top: float, ink: Color, muted: Color) -> None:
        """Draw both between `left` and `right`; what runs to the left ends at the right."""
        canvas.setFillColor(ink)
        draw_lines(canvas, self.first.texts, left, right, top, self.style)
        if not self.second:
            return
        canvas.setFillColor(muted)
        with tagged(canvas, "Span", lang=self.language):
            if self.beside:
                self._draw_beside(canvas, left, right, top)
            else:
                below = top - len(self.first.texts) * self.style.leading
                draw_lines(canvas, self.second, left, right, below, self.quiet, self.rtl)

    @property
    def rtl(self) -> bool:
        """Whether the second language runs to the left."""
        return self.language in RIGHT_TO_LEFT

    def _draw_beside(self, canvas: Canvas, left: float, right: float, top: float) -> None:
        last = self.first.texts[-1]
        y = baseline(top - (len(self.first.texts) - 1) * self.style.leading, self.style)
        x = left + width(last, self.style) + BESIDE
        if self.rtl or self.flush:
            x = right - width(self.second[0], self.quiet)
        draw_line(canvas, self.second[0], x, y, self.quiet, self.rtl)


def pair(
    text: str,
    first: Lines,
    style: Style,
    room: float,
    language: str,
    *,
    beside: bool = False,
    quiet: Style | None = None,
    flush: bool = False,
    apart: float = 0.0,
) -> Pair:
    """The broken Dutch of a text together with its second language, in `room` points.

    With `beside` it goes on the same line when there is room for it, at its end with `flush`. `quiet` is the
    style of the second language, where that is not the same size in regular weight; `apart` is white below
    the two, so that the eye sees which belong together.
    """
    second = second_of(text)
    quiet = quiet or replace(style, bold=False, spacing=min(style.spacing, TIGHT))
    lines = break_lines(second, quiet, room).texts
    last = first.texts[-1] if first.texts else ""
    fits = len(lines) == 1 and width(last, style) + BESIDE + width(second, quiet) <= room
    return Pair(first, style, lines, quiet, language, beside and fits, flush, apart)
