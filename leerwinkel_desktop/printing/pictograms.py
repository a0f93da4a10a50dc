"""Draws the pictograms of the sheet: ten at most, always the same, read from `resources/icons/` (DOMAIN.md §6)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from leerwinkel_desktop.paths import resources

SQUARE: Final = 24.0
_POINTS: Final = {"M": 1, "L": 1, "C": 3, "Z": 0}

Stroke = tuple[tuple[str, tuple[float, ...]], ...]
"""One line: letters M, L, C or Z, each with its coordinates."""


@cache
def pictograms() -> Mapping[str, tuple[Stroke, ...]]:
    """Every pictogram by name, as strokes in a square of 24 by 24 with the origin at the top left."""
    raw = tomllib.loads((resources() / "icons" / "pictograms.toml").read_text(encoding="utf-8"))
    return {name: tuple(map(_stroke, entry["strokes"])) for name, entry in raw.items()}


def _stroke(text: str) -> Stroke:
    words = iter(text.split())
    return tuple((letter, tuple(float(next(words)) for _ in range(2 * _POINTS[letter]))) for letter in words)


def draw_pictogram(canvas: Canvas, name: str, x: float, top: float, size: float) -> None:
    """Stroke the pictogram in a square of `size` points whose top left corner is (x, top)."""
    scale = size / SQUARE
    canvas.saveState()
    canvas.translate(x, top)
    canvas.scale(scale, -scale)
    canvas.setLineWidth(1.7)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in pictograms()[name]:
        path = canvas.beginPath()
        _trace(path, stroke)
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()


def _trace(path: PDFPathObject, stroke: Stroke) -> None:
    for letter, numbers in stroke:
        match letter:
            case "M":
                path.moveTo(*numbers)
            case "L":
                path.lineTo(*numbers)
            case "C":
                path.curveTo(*numbers)
            case _:
                path.close()
