"""Draws what people fill in by hand: the box to tick and the line to write on."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.looks import INK, MUTED
from leerwinkel_desktop.printing.tagging import FIGURE, tagged


def draw_tick_box(canvas: Canvas, left: float, bottom: float, size: float) -> None:
    """An empty box of `size` points with its lower left corner at (left, bottom)."""
    box = (left, bottom, left + size, bottom + size)
    with tagged(canvas, FIGURE, alt=_("Vakje om af te vinken"), box=box):
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.3)
        canvas.roundRect(left, bottom, size, size, 2, stroke=1, fill=0)


def draw_writing_line(canvas: Canvas, left: float, right: float, y: float) -> None:
    """A dotted line at the height `y`."""
    with tagged(canvas, FIGURE, alt=_("Lijn om op te schrijven"), box=(left, y - 1, right, y + 1)):
        canvas.setStrokeColor(MUTED)
        canvas.setLineWidth(0.8)
        canvas.setDash(1, 3)
        canvas.line(left, y, right, y)
        canvas.setDash()
