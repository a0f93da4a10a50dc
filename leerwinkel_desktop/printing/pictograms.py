"""Draws the pictograms of the sheet: ten, always the same, and the European emblem (DOMAIN.md §6)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from math import cos, pi, sin
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.paths import resources
from leerwinkel_desktop.printing.tagging import FIGURE, tagged

SQUARE: Final = 24.0
_POINTS: Final = {"M": 1, "L": 1, "C": 3, "Z": 0}
ALTS: Final = {
    "dream": "Ster",
    "talents": "Duim omhoog",
    "choice": "Wegwijzer",
    "cost": "Euroteken",
    "steps": "Lijst met vinkjes",
    "help": "Twee mensen",
    "call": "Telefoon",
    "calendar": "Kalender",
    "agreement": "Blad met een vinkje",
    "move": "Pijl naar buiten",
}
"""What each pictogram shows, for who does not see it."""

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
    box = (x, top - size, x + size, top)
    with tagged(canvas, FIGURE, alt=_(ALTS[name]), box=box):
        _stroke_all(canvas, pictograms()[name], x, top, size / SQUARE)


def _stroke_all(canvas: Canvas, strokes: tuple[Stroke, ...], x: float, top: float, scale: float) -> None:
    canvas.saveState()
    canvas.translate(x, top)
    canvas.scale(scale, -scale)
    canvas.setLineWidth(1.7)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in strokes:
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


EMBLEM_HEIGHT: Final = 28.35
"""One centimetre in points, the least that the Union asks of its emblem (Regulation 2021/1060, annex IX)."""
EMBLEM_WIDTH: Final = EMBLEM_HEIGHT * 1.5


def draw_emblem(canvas: Canvas, x: float, y: float) -> None:
    """The European emblem: twelve stars on blue, with its lower left corner at (x, y)."""
    box = (x, y, x + EMBLEM_WIDTH, y + EMBLEM_HEIGHT)
    with tagged(canvas, FIGURE, alt=_("Vlag van de Europese Unie"), box=box):
        _draw_flag(canvas, x, y)


def _draw_flag(canvas: Canvas, x: float, y: float) -> None:
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(EMBLEM_HEIGHT / 24, EMBLEM_HEIGHT / 24)
    canvas.setFillColor(HexColor("#003399"))
    canvas.rect(0, 0, 36, 24, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#FFCC00"))
    for hour in range(12):
        angle = hour * pi / 6
        _star(canvas, 18 + 8 * sin(angle), 12 + 8 * cos(angle), 1.33)
    canvas.restoreState()


def _star(canvas: Canvas, x: float, y: float, radius: float) -> None:
    path = canvas.beginPath()
    for point in range(10):
        reach = radius if point % 2 == 0 else radius * 0.382
        place = (x + reach * sin(point * pi / 5), y + reach * cos(point * pi / 5))
        (path.lineTo if point else path.moveTo)(*place)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
