"""Fits a sheet on its sides: denser step by step, first less white, then fewer lines for long texts."""

from __future__ import annotations

from leerwinkel_desktop.i18n import SOURCE_LANGUAGE
from leerwinkel_desktop.printing.content import Content
from leerwinkel_desktop.printing.layout import Placed, Setter
from leerwinkel_desktop.printing.looks import AIRY, DENSITIES, SIDES, Look


def lay_out(content: Content, look: Look) -> Placed:
    """The first density at which the sheet fits on two sides; words are shortened rather than to take more.

    In two languages none is lost for the sake of the translation: the sheet then takes the sides it needs.
    """
    alone = content.language == SOURCE_LANGUAGE
    tried: list[Placed] = []
    for density in DENSITIES if alone else AIRY:
        tried.append(Setter(content, look, density).placed())
        if len(tried[-1].pages) <= SIDES:
            return tried[-1]
    return tried[-1] if alone else min(tried, key=lambda placed: len(placed.pages))
