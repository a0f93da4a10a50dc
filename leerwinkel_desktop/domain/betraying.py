"""Finds words that would betray on paper that somebody is or was in prison (DOMAIN.md §6 B, §9).

The vocabulary is dated data (`resources/plain_language/betraying_words.toml`); this module parses its text
and reads no file.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from leerwinkel_desktop.domain.codelists import fold


class Group(StrEnum):
    """What a word gives away."""

    PLACE = "place"
    JUSTICE = "justice"
    STATUS = "status"
    OFFENCE = "offence"
    GUARD = "guard"


class Match(StrEnum):
    """How a word is looked for: anywhere, at the start of a word, as whole words, or in exactly this case."""

    PART = "part"
    START = "start"
    WHOLE = "whole"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class BetrayingEntry:
    """One entry of the vocabulary."""

    word: str
    group: Group
    match: Match

    def pattern(self) -> str:
        """The regular expression for this entry, on folded text (EXACT: on the text as it is)."""
        word = re.escape(self.word if self.match is Match.EXACT else fold(self.word)).replace(r"\ ", r"\s+")
        match self.match:
            case Match.PART:
                return word
            case Match.START:
                return rf"(?<!\w){word}\w*"
            case Match.EXACT:
                return rf"(?<![\w-]){word}(?![\w-])"
            case Match.WHOLE:
                return rf"(?<!\w){word}(?!\w)"


@dataclass(frozen=True)
class BetrayingWords:
    """The whole vocabulary, ready to search a text."""

    entries: tuple[BetrayingEntry, ...]

    @cached_property
    def _patterns(self) -> tuple[tuple[Group, bool, re.Pattern[str]], ...]:
        keys = sorted({(entry.group, entry.match is Match.EXACT) for entry in self.entries})
        return tuple((group, exact, self._compiled(group, exact)) for group, exact in keys)

    def _compiled(self, group: Group, exact: bool) -> re.Pattern[str]:
        chosen = [e for e in self.entries if e.group is group and (e.match is Match.EXACT) is exact]
        return re.compile("|".join(entry.pattern() for entry in chosen))

    def find(self, text: str, groups: Collection[Group] = tuple(Group)) -> str | None:
        """The first betraying word of those groups in the text, as it was recognised, or None."""
        return next(self._found(text, groups), None)

    def _found(self, text: str, groups: Collection[Group]) -> Iterator[str]:
        plain = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
        folded = fold(plain)
        for group, exact, pattern in self._patterns:
            if group in groups and (hit := pattern.search(plain if exact else folded)):
                yield hit[0]


def parse(text: str) -> BetrayingWords:
    """The vocabulary that a TOML text describes; raise ValueError for an unknown group or way of matching."""
    raw = tomllib.loads(text)
    return BetrayingWords(
        tuple(
            BetrayingEntry(word, Group(block["group"]), Match(block["match"]))
            for block in raw["words"]
            for word in block["list"]
        )
    )
