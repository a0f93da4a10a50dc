"""Lays a paper out in two columns on one side, for what people take home on one page (DOMAIN.md §9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from leerwinkel_desktop.printing.atoms import Atom
from leerwinkel_desktop.printing.content import Content
from leerwinkel_desktop.printing.layout import Setter
from leerwinkel_desktop.printing.looks import DENSITIES, PAGE_WIDTH, Density, Look

Side = list[tuple[float, Atom]]
GAP: Final = 28
"""Between the columns, in points."""
WHITES: Final = ((1.2, 1.5), (0.9, 1.5), (0.75, 1.45), (0.6, 1.4), (0.5, 1.35), (0.4, 1.3))
"""How tight it is tried, widest first: the white between things, and the distance between lines."""


def lay_out_in_columns(content: Content, look: Look) -> Side | None:
    """One side, as airy as fits, with the sections whole in two columns; None when they do not fit."""
    tries = (replace(DENSITIES[0], whole=False, white=air, spacing=spacing) for air, spacing in WHITES)
    return next((side for density in tries if (side := _side(content, look, density))), None)


def _side(content: Content, look: Look, density: Density) -> Side | None:
    across, narrow = Setter(content, look, density), replace(look, gutter=0)
    left = Setter(content, narrow, density, right=(PAGE_WIDTH - GAP) / 2)
    right = Setter(content, narrow, density, left=(PAGE_WIDTH + GAP) / 2)
    title, closing = across.title(), across.small_print()
    sections = [left.section(each) for each in content.sections]
    first = _first_of_right([_height(atoms) for atoms in sections])
    columns = (_joined(sections[:first]), _joined([right.section(each) for each in content.sections[first:]]))
    begin = across.top - title.height
    end = begin - max(map(_height, columns))
    if end - _height(closing) < across.bottom:
        return None
    return [(across.top, title), *(_at(begin, columns[0])), *_at(begin, columns[1]), *_at(end, closing)]


def _first_of_right(heights: Sequence[float]) -> int:
    """Where the right column begins, so that the taller of the two is as low as can be."""
    return min(
        range(len(heights) + 1), key=lambda first: (max(sum(heights[:first]), sum(heights[first:])), -first)
    )


def _joined(sections: Sequence[Sequence[Atom]]) -> list[Atom]:
    return [atom for section in sections for atom in section]


def _height(atoms: Sequence[Atom]) -> float:
    return sum(atom.height for atom in atoms)


def _at(top: float, atoms: Sequence[Atom]) -> Iterator[tuple[float, Atom]]:
    for atom in atoms:
        yield top, atom
        top -= atom.height
