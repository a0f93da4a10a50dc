"""Draws the mark of a draft or a copy in the top margin of a page, and puts it on pages that exist."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from leerwinkel_desktop.printing.canvas import new_canvas
from leerwinkel_desktop.printing.looks import INK, MARK, PAGE_HEIGHT, PAGE_WIDTH
from leerwinkel_desktop.printing.tagging import artifact
from leerwinkel_desktop.printing.typeset import Style, draw_line, width

_STYLE: Final = Style(12, bold=True, spacing=1.2)
_PAD: Final = 8.0
_HEIGHT: Final = 17.0
_EDGE: Final = 15.0
"""From the edge of the paper, in points: where every printer can still print."""


def draw_mark(canvas: Canvas, text: str) -> None:
    """A word in a frame at the top right, above everything that a sheet has there."""
    room = width(text, _STYLE) + 2 * _PAD
    left, bottom = PAGE_WIDTH - MARK - room, PAGE_HEIGHT - _EDGE - _HEIGHT
    canvas.setStrokeColor(INK)
    canvas.setFillColor(INK)
    canvas.setLineWidth(1.4)
    canvas.roundRect(left, bottom, room, _HEIGHT, 4, stroke=1, fill=0)
    with artifact(canvas):
        draw_line(canvas, text, left + _PAD, bottom + 4.4, _STYLE)


def stamped(pdf: bytes, text: str) -> bytes:
    """The same pages with a mark on each; what stood on them is untouched."""
    out = io.BytesIO()
    with pypdfium2.PdfDocument(pdf) as document, pypdfium2.PdfDocument(_stamp(text)) as stamp:
        mark = stamp.page_as_xobject(0, document)
        for page in document:
            page.insert_obj(mark.as_pageobject())
            page.gen_content()
        document.save(out)
    return out.getvalue()


def _stamp(text: str) -> bytes:
    """An otherwise empty page with the mark."""
    target = io.BytesIO()
    canvas = new_canvas(target)
    draw_mark(canvas, text)
    canvas.showPage()
    canvas.save()
    return target.getvalue()
