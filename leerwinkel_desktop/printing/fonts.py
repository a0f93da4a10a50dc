"""Chooses a font for each letter, so that a name in any script prints as text or visibly as replaced.

Atkinson Hyperlegible carries the text; Noto Sans and Noto Sans Arabic carry what it lacks (DOMAIN.md §6).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import fontpkg
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from leerwinkel_desktop.printing.words import latin_letters

REPLACEMENT: Final = "\ufffd"
_BY_HAND: Final = {
    "→": "›",
    "⇒": "›",
    "➔": "›",
    "➜": "›",
    "\u200b": "",
    "\u2011": "-",
    "\u202f": "\u00a0",
    "✓": "v",
}
_SHAPED_SCRIPTS: Final = ("ARABIC", "DEVANAGARI", "COMBINING")
_JOINERS: Final = frozenset("\u200c\u200d")
ISOLATES: Final = frozenset("\u2068\u2069")
"""Around a typed value in words of ours that run to the left; they order letters and leave no ink."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file, registered with ReportLab under `name`; `letters` are the code points that it has."""

    name: str
    letters: frozenset[int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one font; `shaped` when glyphs depend on their neighbours, `rtl` when read to the left."""

    text: str
    font: str
    shaped: bool = False
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Legible:
    """A text that our fonts can print; `romanised` and `lost` are the letters that were replaced."""

    text: str
    romanised: str = ""
    lost: str = ""


def _file(family: str, weight: int | None) -> Path:
    upright = (file for file in fontpkg.family(family).files if file.style == "normal")
    return Path(next(file.path for file in upright if file.weight == weight))


@cache
def faces() -> tuple[Face, ...]:
    """The four faces, registered at first use: text, bold text, and the two fallbacks."""
    return (
        _register("LeerwinkelText", _file("atkinson-hyperlegible", 400)),
        _register("LeerwinkelBold", _file("atkinson-hyperlegible", 700)),
        _register("LeerwinkelOther", _file("noto-sans", None)),
        _register("LeerwinkelArabic", _file("noto-sans-arabic", None)),
    )


def _register(name: str, path: Path) -> Face:
    font = TTFont(name, str(path))
    letters = frozenset(font.face.charToGlyph)
    _name_all_glyphs(font)
    pdfmetrics.registerFont(font)
    return Face(name, letters)


def _name_all_glyphs(font: Any) -> None:
    """Give each glyph without a letter its private one now, in order.

    ReportLab does it when a glyph is first met; then the bytes of a sheet would depend on earlier sheets.
    """
    shaper = font.hbFont()
    for glyph in range(font.hbFace.glyph_count):
        if glyph and glyph not in font.face.glyphToChar:
            font.hbAddPrivate(shaper.glyph_to_string(glyph), glyph, shaper.get_glyph_h_advance(glyph))


def is_rtl(sign: str) -> bool:
    """Whether the sign belongs to a script that is read from right to left."""
    return unicodedata.bidirectional(sign) in ("R", "AL")


@lru_cache(maxsize=4096)
def legible(text: str) -> Legible:
    """The text in NFC; letters that no font has become Latin letters, or else a visible sign."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii():
        return Legible("".join(sign if sign >= " " else " " for sign in composed))
    return _replaced(composed)


def _replaced(text: str) -> Legible:
    out: list[str] = []
    romanised: list[str] = []
    lost: list[str] = []
    joined = False
    for sign in text:
        told = _told(sign)
        if sign in _JOINERS and out and out[-1] == REPLACEMENT:
            joined = True  # an emoji of several parts shows one replacement
        elif told is not None:
            out.append(told)
            joined = False
        elif (sound := _sound(sign)) is not None:
            out.append(sound.capitalize() if _starts_word(out) and not _has_case(sign) else sound)
            romanised.append(sign)
        elif unicodedata.category(sign) not in ("Cf", "Mn", "Sk", "Me"):
            out += [] if joined else [REPLACEMENT]
            lost.append(sign)
    return Legible("".join(out), "".join(romanised), "".join(lost))


def _told(sign: str) -> str | None:
    """The sign itself, or what stands for it without loss, when our fonts have it."""
    if sign in _BY_HAND:
        return _BY_HAND[sign]
    if unicodedata.category(sign) in ("Cc", "Zl", "Zp"):
        return " "
    return sign if sign in _JOINERS | ISOLATES or ord(sign) in _known() else None


def _starts_word(out: list[str]) -> bool:
    return not out or not out[-1][-1:].isalpha()


def _has_case(sign: str) -> bool:
    """Whether the script writes capitals (Georgian does on paper only in headlines)."""
    return sign.lower() != sign.upper() and not unicodedata.name(sign, "").startswith("GEORGIAN")


@cache
def _known() -> frozenset[int]:
    return frozenset().union(*(face.letters for face in faces())) - frozenset(range(0xE000, 0xF900))


def _sound(sign: str) -> str | None:
    if sign in latin_letters():
        return latin_letters()[sign]
    name = unicodedata.name(sign, "")
    return name.rsplit(" ", 1)[1].lower() if name.startswith("ETHIOPIC SYLLABLE ") else None


@lru_cache(maxsize=4096)
def pieces(text: str, bold: bool) -> tuple[Piece, ...]:
    """The legible text cut where the font, the need for shaping or the direction changes."""
    if text.isascii():
        return (Piece(text, faces()[1 if bold else 0].name),) if text else ()
    return tuple(_cut(text, bold))


def _cut(text: str, bold: bool) -> list[Piece]:
    text = "".join(sign for sign in text if sign not in ISOLATES)
    kinds = _kinds(text, bold)
    cut: list[Piece] = []
    for kind, group in groupby(zip(text, kinds, strict=True), key=lambda pair: pair[1]):
        font, rtl = kind
        letters = "".join(sign for sign, _ in group)
        cut.append(Piece(letters, font, rtl or _needs_shaping(letters), rtl))
    return cut


def _kinds(text: str, bold: bool) -> list[tuple[str, bool]]:
    """Font and direction of each sign; combining marks go with their letter."""
    kinds: list[tuple[str, bool]] = []
    for place, sign in enumerate(text):
        if kinds and (unicodedata.combining(sign) or sign in _JOINERS):
            kinds.append(kinds[-1])
            continue
        marked = place + 1 < len(text) and unicodedata.combining(text[place + 1]) != 0
        kinds.append((_font(sign, bold, marked), is_rtl(sign)))
    return kinds


def _font(sign: str, bold: bool, marked: bool) -> str:
    plain, heavy, other, arabic = faces()
    if is_rtl(sign):
        return arabic.name
    own = heavy if bold else plain
    if marked and ord(sign) in other.letters:
        return other.name
    return next((face.name for face in (own, other, arabic) if ord(sign) in face.letters), other.name)


def _needs_shaping(text: str) -> bool:
    return any(unicodedata.name(sign, "").startswith(_SHAPED_SCRIPTS) for sign in text)
