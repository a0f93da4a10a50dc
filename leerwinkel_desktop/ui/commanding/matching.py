"""Forgiving search over labels: without accents, words in any order, letters may be missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Protocol, TypeVar

from leerwinkel_desktop.domain.codelists import fold

BEGINS: Final = 0
WITHIN: Final = 1
LETTERS: Final = 2
"""How a typed word is found: at the beginning of a word, in one, or its letters in one word in this order."""


class Named(Protocol):
    """Something with a name, and other words that find it too."""

    @property
    def label(self) -> str: ...
    @property
    def more(self) -> str: ...


N = TypeVar("N", bound=Named)


def distance(typed: str, words: str) -> int | None:
    """How far off these words are from what was typed, 0 is next to nothing; None when they do not fit."""
    wanted, told = fold(typed).split(), fold(words).split()
    found = [_nearest(one, told) for one in wanted]
    return None if None in found else sum(step for step in found if step is not None)


def _nearest(wanted: str, told: Sequence[str]) -> int | None:
    if any(word.startswith(wanted) for word in told):
        return BEGINS
    if any(wanted in word for word in told):
        return WITHIN
    return LETTERS if any(_in_order(wanted, word) for word in told) else None


def _in_order(wanted: str, word: str) -> bool:
    """Whether the letters stand in the word in this order, from its first letter on."""
    letters = iter(word)
    return word[:1] == wanted[:1] and all(letter in letters for letter in wanted)


def best(typed: str, candidates: Iterable[N]) -> list[N]:
    """Those that fit: by their name first, nearest first, else in the order given."""
    fitting = [(far, one) for one in candidates if (far := _far(typed, one)) is not None]
    return [one for _far_off, one in sorted(fitting, key=lambda found: found[0])]


def _far(typed: str, one: Named) -> tuple[bool, int] | None:
    by_name = distance(typed, one.label)
    if by_name is not None:
        return False, by_name
    by_more = distance(typed, f"{one.label} {one.more}")
    return None if by_more is None else (True, by_more)
