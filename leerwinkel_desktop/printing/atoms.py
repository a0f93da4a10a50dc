"""Fills pages with atoms: pieces of a sheet that are never cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas, float], None]
"""Draws an atom whose top is at the given height, in points from the bottom of the page."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece that is never cut; `with_next` keeps it on the page of the next one, `space` is only white."""

    height: float
    draw: Draw
    with_next: bool = False
    space: bool = False


def white(height: float) -> Atom:
    """White space, left out at the top of a page."""
    return Atom(height, nothing, space=True)


def nothing(_canvas: Canvas, _top: float) -> None:
    """Draw nothing."""


def fill_pages(atoms: list[Atom], top: float, bottom: float) -> list[list[tuple[float, Atom]]]:
    """Fill pages from the top; a group held together by `with_next` moves on as one when it can."""
    pages: list[list[tuple[float, Atom]]] = [[]]
    y = top
    for group in _groups(atoms):
        needed = sum(atom.height for atom in group)
        if y - needed < bottom and pages[-1] and needed <= top - bottom:
            pages.append([])
            y = top
        for atom in group:
            if y - atom.height < bottom and pages[-1] and not atom.space:
                pages.append([])
                y = top
            if atom.space and not pages[-1]:
                continue
            pages[-1].append((y, atom))
            y -= atom.height
    return pages


def _groups(atoms: list[Atom]) -> Iterator[list[Atom]]:
    group: list[Atom] = []
    for atom in atoms:
        group.append(atom)
        if not (atom.with_next or atom.space):
            yield group
            group = []
    if group:
        yield group
