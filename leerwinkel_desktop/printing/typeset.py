"""Sets text: measures, breaks into lines, shortens at a word, orders directions, and draws as real text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from bidi import get_display
from bidi.mirror import MIRRORED
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import shapeStr
from reportlab.pdfgen.canvas import Canvas

from leerwinkel_desktop.printing.fonts import ISOLATES, Piece, is_rtl, legible, pieces
from leerwinkel_desktop.printing.tagging import read_as

ELLIPSIS: Final = "…"
_GAPS: Final = re.compile(r"[^\S\u00a0]+")
"""Where a line may end: at any white but the one that holds two words together."""
_TELLTALE: Final = "\ufe00"
_BRACKETS: Final = "".join(map(re.escape, MIRRORED))
_BRACKET: Final = re.compile(f"([{_BRACKETS}])")
_TOLD: Final = re.compile(f"(?P<left>[{_BRACKETS}]){_TELLTALE}|{_TELLTALE}(?P<right>[{_BRACKETS}])")
FAKE_BOLD: Final = 0.022
"""Stroke of a fallback font in bold text, as a part of the size: these fonts come without a bold cut."""


@dataclass(frozen=True, slots=True)
class Style:
    """Size in points, weight and the distance between lines as a factor of the size."""

    size: float
    bold: bool = False
    spacing: float = 1.5

    @property
    def leading(self) -> float:
        """Distance between the base lines, in points."""
        return self.size * self.spacing


@dataclass(frozen=True, slots=True)
class Lines:
    """Broken text; `shortened` when words were left out at the end, which then shows "…"."""

    texts: tuple[str, ...]
    shortened: bool = False


def width(text: str, style: Style) -> float:
    """The width of the text on one line, in points."""
    return sum(_piece_width(piece, style.size) for piece in pieces(text, style.bold))


@lru_cache(maxsize=8192)
def _piece_width(piece: Piece, size: float) -> float:
    if piece.shaped:
        return float(sum(glyph.x_advance for glyph in _shaped(piece, size).__shapeData__) * size / 1000)
    return float(pdfmetrics.stringWidth(piece.text, piece.font, size))


def _shaped(piece: Piece, size: float) -> Any:
    return shapeStr(piece.text, piece.font, size, force=True)


@lru_cache(maxsize=2048)
def break_lines(text: str, style: Style, room: float, most: int | None = None, indent: float = 0) -> Lines:
    """The text in lines no wider than `room` points; line ends in the text are kept.

    The first line is `indent` points shorter, and stays empty when its first word does not fit there. With
    `most`, later words are left out and the last line ends in "…". A word wider than the room is broken.
    """
    lines: list[str] = []
    for paragraph in text.splitlines():
        lines += _broken(paragraph, style, room, 0 if lines else indent)
    if not ISOLATES.isdisjoint(text):
        lines = list(_isolated(lines))
    if most is None or len(lines) <= most:
        return Lines(tuple(lines))
    last = _with_ellipsis(lines[most - 1], style, room - (indent if most == 1 else 0))
    return Lines((*lines[: most - 1], last), shortened=True)


def _isolated(lines: list[str]) -> Iterator[str]:
    """The lines with what is set apart closed at the end of each, and open again on the next."""
    begin, end = sorted(ISOLATES)
    still = ""
    for line in lines:
        whole = still + line
        still = begin if whole.rfind(begin) > whole.rfind(end) else ""
        yield whole + end if still else whole


def _broken(paragraph: str, style: Style, room: float, indent: float) -> Iterator[str]:
    line = ""
    for word in _words(legible(paragraph).text, style, room):
        longer = f"{line} {word}" if line else word
        if (line or indent) and width(longer, style) > room - indent:
            yield line
            line, indent = word, 0
        else:
            line = longer
    if line:
        yield line


def _words(text: str, style: Style, room: float) -> Iterator[str]:
    """The words, those too wide for a line broken into parts that fit."""
    for word in filter(None, _GAPS.split(text)):
        if width(word, style) <= room:
            yield word
            continue
        part = ""
        for sign in word:
            if part and width(part + sign, style) > room:
                yield part
                part = ""
            part += sign
        yield part


def _with_ellipsis(line: str, style: Style, room: float) -> str:
    """The line with "…" after its last word that leaves room for it; a lone word is cut."""
    words = line.rstrip(",;:.").split()
    while len(words) > 1 and width(" ".join(words) + " " + ELLIPSIS, style) > room:
        words.pop()
    kept = " ".join(words)
    while len(kept) > 1 and width(f"{kept} {ELLIPSIS}", style) > room:
        kept = kept[:-1]
    return f"{kept} {ELLIPSIS}"


def visual(text: str, bold: bool, rtl: bool | None = None) -> tuple[Piece, ...]:
    """The pieces of one line from left to right; the letters of a right-to-left piece stay as they are read.

    The order is Unicode's (UAX 9); the paragraph's direction is `rtl`, or that of its first letter.
    """
    if not rtl and not any(map(is_rtl, text)):
        return pieces(text, bold)
    cut = pieces(_ordered(text, None if rtl is None else "R" if rtl else "L"), bold)
    return tuple(replace(piece, text=piece.text[::-1]) if piece.rtl else piece for piece in cut)


def _ordered(text: str, direction: str | None) -> str:
    """The signs of a line as they stand from left to right.

    The library gives the order and leaves a bracket as it was; a mark without ink after each bracket tells
    afterwards in which direction that bracket is read.
    """
    told = _BRACKET.sub(rf"\1{_TELLTALE}", text.replace(_TELLTALE, ""))
    return _TOLD.sub(lambda hit: hit["left"] or MIRRORED[hit["right"]], get_display(told, base_dir=direction))


def starts_rtl(text: str) -> bool:
    """Whether the first letter of the text is of a right-to-left script, so that the paragraph is."""
    return next((is_rtl(sign) for sign in text if sign.isalpha()), False)


def draw_lines(
    canvas: Canvas,
    texts: tuple[str, ...],
    left: float,
    right: float,
    top: float,
    style: Style,
    rtl: bool | None = None,
) -> None:
    """Draw lines below `top`; those that run to the left end at `right`. `rtl` says it for all of them."""
    for number, text in enumerate(texts):
        backwards = starts_rtl(text) if rtl is None else rtl
        x = right - width(text, style) if backwards else left
        draw_line(canvas, text, x, baseline(top - number * style.leading, style), style, rtl)


def baseline(top: float, style: Style) -> float:
    """The base line of a line whose box begins at `top`: capitals stand in the middle of the box."""
    return top - style.leading / 2 - style.size * 0.34


def draw_line(canvas: Canvas, text: str, x: float, y: float, style: Style, rtl: bool | None = None) -> None:
    """Draw one line with its base line at `y`, starting at `x` (points, origin at the bottom left)."""
    line = visual(text, style.bold, rtl)
    with read_as(canvas, _bare(text)) if any(piece.rtl for piece in line) else nullcontext():
        for piece in line:
            _draw_piece(canvas, piece, x, y, style)
            x += _piece_width(piece, style.size)


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign not in ISOLATES)


def _draw_piece(canvas: Canvas, piece: Piece, x: float, y: float, style: Style) -> None:
    fake = style.bold and not piece.font.startswith(("LeerwinkelBold", "LeerwinkelText"))
    canvas.saveState()
    if fake:
        canvas.setLineWidth(style.size * FAKE_BOLD)
        canvas.setStrokeColor(canvas._fillColorObj)
    if piece.shaped:
        drawn = piece.text[::-1] if piece.rtl else piece.text  # who copies from a page turns it round again
        canvas._code.append(f"/Span <</ActualText <{_utf16(drawn)}>>> BDC")
    run = canvas.beginText(x, y)
    run.setFont(piece.font, style.size)
    run.setTextRenderMode(2 if fake else 0)
    run.textOut(_shaped(piece, style.size) if piece.shaped else piece.text)
    canvas.drawText(run)
    if piece.shaped:
        canvas._code.append("EMC")
    canvas.restoreState()


def _utf16(text: str) -> str:
    return "FEFF" + text.encode("utf-16-be").hex().upper()
