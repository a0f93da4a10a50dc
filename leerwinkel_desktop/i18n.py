"""Gives the words of window, command line and paper; the source language is Dutch (ARCHITECTURE.md "Text").

Catalogues are gettext files in `resources/locale/<language>/LC_MESSAGES/leerwinkel.po`, read as they are; a
text that a catalogue lacks stays Dutch.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from typing import Final

import polib

from leerwinkel_desktop.paths import resources

DOMAIN: Final = "leerwinkel"
SOURCE_LANGUAGE: Final = "nl"
SECOND_LANGUAGES: Final = ("fr", "en", "ar", "tr", "uk")
"""The languages that can stand beside the Dutch of a sheet (ISO 639), each with a whole catalogue."""


@cache
def catalogue(language: str = SOURCE_LANGUAGE) -> gettext.NullTranslations:
    """The catalogue of a language (ISO 639 code); the Dutch source texts when there is none."""
    path = resources() / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not path.is_file():
        return gettext.NullTranslations()
    return gettext.GNUTranslations(io.BytesIO(polib.pofile(str(path), encoding="utf-8").to_binary()))


def _(text: str) -> str:
    """The text in the language of the program, which is Dutch."""
    return catalogue().gettext(text)


def counted(one: str, many: str, n: int) -> str:
    """The text for one or for many, with `{n}` filled in: "1 dossier", "3 dossiers"."""
    return catalogue().ngettext(one, many, n).replace("{n}", str(n))
