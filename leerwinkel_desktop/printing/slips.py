"""Prints small papers to cut apart: four on a side of A4, two in large print (DOMAIN.md §6)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from leerwinkel_desktop.printing.atoms import Atom
from leerwinkel_desktop.printing.canvas import new_canvas
from leerwinkel_desktop.printing.content import Content
from leerwinkel_desktop.printing.documents import Paper, content_of
from leerwinkel_desktop.printing.fonts import faces
from leerwinkel_desktop.printing.layout import Setter
from leerwinkel_desktop.printing.looks import DENSITIES, MUTED, PAGE_HEIGHT, PAGE_WIDTH, WHITES, Look

SMALL: Final = Look(body=12, heading=13, title=19, small=12, margin=26, gutter=0, label=0, icon=20)
LARGE: Final = Look(body=18, heading=18, title=24, small=14, margin=26, gutter=0, label=0, icon=24)
GRIDS: Final = ((2, 2), (1, 2), (1, 1))
"""Columns and rows on a side, the most slips first: a slip with long texts gets the room that it needs."""

Placed = list[tuple[float, Atom]]


def render_slips(papers: Sequence[Paper], *, large_print: bool = False) -> bytes:
    """The slips as a PDF on A4, with dotted lines to cut along; the same slips always give the same bytes.

    Nothing is shortened: when one does not fit on a quarter, all get half a side, and then a whole one.
    """
    faces()
    look, grids = (LARGE, GRIDS[1:]) if large_print else (SMALL, GRIDS)
    grid = next((grid for grid in grids if all(_fits(paper, look, grid) for paper in papers)), grids[-1])
    target = io.BytesIO()
    canvas = new_canvas(target)
    canvas.setTitle(papers[0].title)
    canvas.setAuthor(papers[0].house)
    canvas.setCreator("Leerwinkel Desktop")
    places = grid[0] * grid[1]
    for first in range(0, len(papers), places):
        slips = [
            _placed(content_of(paper), look, grid, place)
            for place, paper in enumerate(papers[first : first + places])
        ]
        for side in zip_longest(*slips, fillvalue=()):
            for top, atom in chain(*side):
                atom.draw(canvas, top)
            _draw_cuts(canvas, *grid)
            canvas.showPage()
    canvas.save()
    return target.getvalue()


def _fits(paper: Paper, look: Look, grid: tuple[int, int]) -> bool:
    return len(_placed(content_of(paper), look, grid, 0)) == 1


def _placed(content: Content, look: Look, grid: tuple[int, int], place: int) -> list[Placed]:
    """The widest setting in which a slip fits in its place, counted from the top left; else the tightest."""
    columns, rows = grid
    wide, high = PAGE_WIDTH / columns, PAGE_HEIGHT / rows
    left, top = place % columns * wide, PAGE_HEIGHT - place // columns * high
    for air, spacing in WHITES:
        density = replace(DENSITIES[0], whole=False, most={}, white=air, spacing=spacing)
        setter = Setter(content, look, density, left + look.margin, left + wide - look.margin)
        setter.top, setter.bottom = top - look.margin, top - high + look.margin
        pages = setter.placed().pages
        if len(pages) == 1:
            break
    return pages


def _draw_cuts(canvas: Canvas, columns: int, rows: int) -> None:
    canvas.setStrokeColor(MUTED)
    canvas.setLineWidth(0.6)
    canvas.setDash(2, 4)
    for column in range(1, columns):
        canvas.line(PAGE_WIDTH * column / columns, 0, PAGE_WIDTH * column / columns, PAGE_HEIGHT)
    for row in range(1, rows):
        canvas.line(0, PAGE_HEIGHT * row / rows, PAGE_WIDTH, PAGE_HEIGHT * row / rows)
    canvas.setDash()
