"""Finds words in free text that do not belong in a dossier: offences, diagnoses, beliefs (DOMAIN.md §9).

The words are dated data (`resources/free_text/guard.toml`); this module parses its text and reads no file. It
runs while somebody types, so words are looked for with plain searches; it warns and never refuses.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

DETENTION = "detention"
"""The one reason that does not hold inside the detention block itself."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why words do not belong, in Dutch, and what to write instead."""

    code: str
    why: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One place in a text: from `start` up to `end`, the word as typed, and the reason."""

    start: int
    end: int
    word: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Rule:
    reason: Reason
    start: tuple[str, ...]
    whole: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    agrees: Callable[[str], bool]


class _Plain(dict[int, str]):
    """Brings each character to one without accent or capital; no text changes its length."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign.isspace():
            plain = " "
        elif sign in "‘’´`":
            plain = "'"
        elif sign in "‐‑–—":
            plain = "-"
        else:
            bare = unicodedata.normalize("NFKD", sign)[0].lower()
            plain = bare if len(bare) == 1 else sign
        self[code] = plain
        return plain


_PLAIN = _Plain()


def belgian_national_number(text: str) -> bool:
    """Whether eleven digits are a national register number: the last two check the others (mod 97)."""
    digits = "".join(filter(str.isdigit, text))
    if len(digits) != 11:
        return False
    month, number, check = int(digits[2:4]), int(digits[:9]), int(digits[9:])
    return month % 20 <= 12 and check in (97 - number % 97, 97 - (2_000_000_000 + number) % 97)


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "": lambda _text: True,
    "belgian_national_number": belgian_national_number,
}


class Guard:
    """All words that do not belong, ready to look through a text."""

    def __init__(self, rules: tuple[_Rule, ...]) -> None:
        self._rules = rules

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """All reasons, in the order of the file."""
        return tuple(rule.reason for rule in self._rules)

    def check(self, text: str, *, in_block: bool = False) -> tuple[Finding, ...]:
        """The places in a text that hold what does not belong, from left to right, none over another.

        `in_block`: the text stands in the detention block, where detention itself is no news.
        """
        plain = text.translate(_PLAIN)
        found = [
            Finding(start, end, text[start:end], rule.reason)
            for rule in self._rules
            if not (in_block and rule.reason.code == DETENTION)
            for start, end in _places(rule, text, plain)
        ]
        found.sort(key=lambda one: (one.start, -one.end))
        return tuple(_apart(found))


def _apart(found: list[Finding]) -> Iterator[Finding]:
    end = 0
    for one in found:
        if one.start >= end:
            yield one
            end = one.end


def _places(rule: _Rule, text: str, plain: str) -> Iterator[tuple[int, int]]:
    for word in rule.start:
        for start, end in _hits(plain, word):
            while end < len(plain) and plain[end].isalnum():
                end += 1
            yield start, end
    for word in rule.whole:
        for start, end in _hits(plain, word):
            if end == len(plain) or not plain[end].isalnum():
                yield start, end
    for pattern in rule.patterns:
        for hit in pattern.finditer(text):
            if rule.agrees(hit[0]):
                yield hit.span()


def _hits(plain: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word begins at the beginning of a word."""
    at = plain.find(word)
    while at >= 0:
        if at == 0 or not (plain[at - 1].isalnum() or plain[at - 1] == "-"):
            yield at, at + len(word)
        at = plain.find(word, at + 1)


def parse(text: str) -> Guard:
    """The guard that a TOML text describes. Raises ValueError or KeyError when it is not one."""
    return Guard(tuple(map(_rule, tomllib.loads(text)["reason"])))


def _rule(block: dict[str, Any]) -> _Rule:
    unknown = set(block) - {"code", "why", "suggestion", "start", "whole", "pattern", "check"}
    if unknown:
        raise ValueError(sorted(unknown))
    return _Rule(
        Reason(block["code"], block["why"], block["suggestion"]),
        tuple(word.translate(_PLAIN) for word in block.get("start", ())),
        tuple(word.translate(_PLAIN) for word in block.get("whole", ())),
        tuple(re.compile(pattern) for pattern in block.get("pattern", ())),
        _CHECKS[block.get("check", "")],
    )
