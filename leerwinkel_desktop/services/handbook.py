"""The handbook: pages in plain Dutch, in a fixed order, found by words that need not be spelled well."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final

from leerwinkel_desktop.domain.codelists import fold
from leerwinkel_desktop.paths import resources

ORDER: Final = (
    *("eerste-dag", "op-de-beurs", "in-de-gevangenis", "overdracht", "als-het-misgaat", "sneltoetsen"),
    *("vandaag", "agenda", "dossiers", "aanbod", "momenten", "kantoor", "te-beslissen", "cijfers", "beheer"),
    *("bewaartermijnen", "papieren", "dossier", "in-kaart", "perspectief", "realiteit", "advies"),
    *("opvolging", "gesprekken", "rechten", "geschiedenis"),
)
FIRST: Final = ORDER[0]
KEYS_HERE: Final = "[[sneltoetsen]]"
"""Where the window puts what each key does: that is declared with the keys."""
PICTURE: Final = re.compile(r"!\[([^\]]*)\]\(([\w-]+)\.png\)")
LINK: Final = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)]*)\)")
ALIKE: Final = 0.8
_NAME: Final = re.compile(r"[\w-]+")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: Markdown, of which the first line is the title."""

    key: str
    title: str
    text: str

    @property
    def pictures(self) -> tuple[str, ...]:
        """The scenes of `screenshots` that it shows."""
        return tuple(found[2] for found in PICTURE.finditer(self.text))

    @property
    def links(self) -> tuple[str, ...]:
        """Where its links lead: keys of other pages."""
        return tuple(found[2] for found in LINK.finditer(self.text))


def folder() -> Path:
    """Where the pages are; their pictures are in `pictures` below it, once they were drawn."""
    return resources() / "handbook"


@cache
def pages() -> tuple[Page, ...]:
    """All pages in their order."""
    return tuple(_read(key) for key in ORDER)


def _read(key: str) -> Page:
    text = (folder() / f"{key}.md").read_text(encoding="utf-8")
    return Page(key, text.partition("\n")[0].removeprefix("# ").strip(), text)


def page(key: str) -> Page:
    """One page. Raises KeyError for a key that is not there."""
    return {one.key: one for one in pages()}[key]


def picture(name: str) -> Path | None:
    """The file of a picture; None while it was not drawn (ui/handbook_pictures.py), or for no name of one."""
    found = folder() / "pictures" / f"{name}.png"
    return found if _NAME.fullmatch(name) and found.is_file() else None


def shown(one: Page) -> str:
    """The Markdown of a page without the pictures that were not drawn."""
    return PICTURE.sub(lambda found: found[0] if picture(found[2]) else "", one.text)


def find(text: str) -> list[Page]:
    """Pages in which each of these words is, or one much like it; those with them in the title first."""
    wanted = _WORD.findall(fold(text))
    found = [(not _has(wanted, fold(one.title)), one) for one in pages() if _has(wanted, fold(one.text))]
    return [one for _in_text, one in sorted(found, key=lambda pair: pair[0])]


def _has(wanted: Sequence[str], text: str) -> bool:
    words = set(_WORD.findall(text))
    return all(
        any(word.startswith(one) for word in words) or bool(get_close_matches(one, words, 1, ALIKE))
        for one in wanted
    )
