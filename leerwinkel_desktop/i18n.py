"""Gives the words of window, command line and paper; the source language is Dutch (ARCHITECTURE.md "Text").

Catalogues are gettext `.mo` files in `resources/locale/<language>/LC_MESSAGES/leerwinkel.mo`; a text that a
catalogue lacks stays Dutch.
"""

from __future__ import annotations

import gettext
from functools import cache
from typing import Final

from leerwinkel_desktop.paths import resources

DOMAIN: Final = "leerwinkel"
SOURCE_LANGUAGE: Final = "nl"


@cache
def catalogue(language: str = SOURCE_LANGUAGE) -> gettext.NullTranslations:
    """The catalogue of a language (ISO 639 code); the Dutch source texts when there is none."""
    return gettext.translation(DOMAIN, resources() / "locale", [language], fallback=True)


def _(text: str) -> str:
    """The text in the language of the program, which is Dutch."""
    return catalogue().gettext(text)


def counted(one: str, many: str, n: int) -> str:
    """The text for one or for many, with `{n}` filled in: "1 dossier", "3 dossiers"."""
    return catalogue().ngettext(one, many, n).replace("{n}", str(n))
