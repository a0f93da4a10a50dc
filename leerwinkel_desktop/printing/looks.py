"""Holds the looks of paper: colours, sizes in normal and large print, and how dense a layout may get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4

from leerwinkel_desktop.printing.content import Length

ACCENT: Final = HexColor("#0A6A6A")
SOFT: Final = HexColor("#E9F3F2")
INK: Final = HexColor("#14191C")
MUTED: Final = HexColor("#414B53")
HAIRLINE: Final = HexColor("#B9C4C3")
SIDES: Final = 2
FOOT: Final = 0.55
"""Where the foot line stands, as a part of the margin."""
LARGEST_WHOLE: Final = 0.6
"""A section higher than this part of a side may go on over the page."""
PAGE_WIDTH, PAGE_HEIGHT = A4
MARK: Final = 38.0
"""How far the mark of a draft or a copy stands from the right edge, in points."""


@dataclass(frozen=True, slots=True)
class Density:
    """How tight a try is.

    `white` scales the space between things, `most` limits the lines of long texts, `whole` keeps a section on
    one side, `brief` says details in running text, `spacing` is the distance between lines (it leaves
    the 1.5 of DOMAIN.md §6 only rather than lose words, and at the last).
    """

    white: float
    most: dict[Length, int]
    whole: bool = False
    brief: bool = True
    spacing: float = 1.5


def _most(dream: int, talent: int, fact: int, step: int) -> dict[Length, int]:
    return {Length.DREAM: dream, Length.TALENT: talent, Length.FACT: fact, Length.STEP: step}


_AMPLE: Final = _most(12, 4, 5, 4)
DENSITIES: Final = (
    Density(1.0, _AMPLE, whole=True, brief=False),
    Density(0.75, _AMPLE, whole=True, brief=False),
    Density(0.75, _AMPLE, whole=True),
    Density(0.5, _AMPLE, whole=True),
    Density(0.75, _AMPLE),
    Density(0.5, _AMPLE),
    Density(0.3, _AMPLE),
    Density(0.1, _AMPLE),
    Density(0.2, _AMPLE, spacing=1.4),
    Density(0.4, _most(6, 3, 3, 2)),
    Density(0.3, _most(4, 2, 2, 2)),
    Density(0.2, _most(3, 2, 2, 1)),
    Density(0.2, _most(3, 1, 1, 1)),
    Density(0.1, _most(2, 1, 1, 1), spacing=1.38),
)
AIRY: Final = (
    *(density for density in DENSITIES if density.most is _AMPLE),
    Density(0.1, _AMPLE, spacing=1.35),
)
"""Those that leave long texts as they are, as far as their fields allow."""
WHITES: Final = ((0.75, 1.5), (0.5, 1.5), (0.5, 1.4), (0.3, 1.35))
"""How tight a paper without a limit is tried: the white between things, and the distance between lines."""


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes in points of normal or large print."""

    body: float
    heading: float
    title: float
    small: float
    margin: float
    gutter: float
    label: float
    icon: float


WIDER: Final = 1.28
"""How much more room labels have in two languages."""
NORMAL: Final = Look(body=13, heading=16, title=30, small=12, margin=50, gutter=44, label=140, icon=30)
LARGE: Final = Look(body=18, heading=20, title=30, small=14, margin=38, gutter=0, label=0, icon=28)
