"""Checks whether typed text is plain Dutch: short active sentences, no jargon, plain dates (DOMAIN.md §6).

The rules are dated data (`resources/plain_language/rules.toml`); this module parses their text and reads no
file. It advises and never blocks.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Final


class Fault(StrEnum):
    """What can be plainer."""

    LONG_SENTENCE = "long_sentence"
    JARGON = "jargon"
    DATE_FORMAT = "date_format"
    AMOUNT = "amount"
    PASSIVE = "passive"


REPLACEABLE: Final = frozenset({Fault.JARGON, Fault.DATE_FORMAT, Fault.AMOUNT})
"""Faults whose suggestion may stand in the place of what was found."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that can be plainer: `text[start:end]` of `field`.

    `suggestion` is the replacement of jargon, a date in full, an amount in euro, or the number of words of a
    long sentence; empty for a passive.
    """

    fault: Fault
    field: str
    start: int
    end: int
    found: str
    suggestion: str

    @property
    def replaceable(self) -> bool:
        """Whether the suggestion can be put in by itself."""
        return self.fault in REPLACEABLE


def mended(text: str, finding: Finding) -> str | None:
    """The text with the suggestion in it; None when the finding is gone, or has no suggestion."""
    if not finding.replaceable or text[finding.start : finding.end] != finding.found:
        return None
    instead = finding.suggestion
    if finding.found[:1].isupper() and not finding.found.isupper():
        instead = instead[:1].upper() + instead[1:]
    return text[: finding.start] + instead + text[finding.end :]


@dataclass(frozen=True)
class Passive:
    """How a passive is recognised: a form of "worden" near a participle, or one of "zijn" with "door" too.

    `reach` is the most words between them; `never` are words that look like a participle and are none.
    """

    worden: frozenset[str]
    zijn: frozenset[str]
    participle: re.Pattern[str]
    never: frozenset[str]
    reach: int

    def find(self, sentence: str) -> tuple[int, int] | None:
        """Where the first passive of a sentence begins and ends, or None."""
        words = [(hit.start(), hit[0].rstrip(".'’-")) for hit in _WORD.finditer(sentence)]
        told = [word.casefold() for _, word in words]
        doers = [place for place, word in enumerate(told) if self._is_participle(word)]
        helpers = self.worden | self.zijn if "door" in told else self.worden
        for at, word in enumerate(told):
            near = [place for place in doers if 0 < abs(place - at) <= self.reach]
            if word in helpers and near:
                first, last = sorted((at, min(near, key=lambda place: abs(place - at))))
                return words[first][0], words[last][0] + len(words[last][1])
        return None

    def _is_participle(self, word: str) -> bool:
        return word not in self.never and self.participle.fullmatch(word) is not None


@dataclass(frozen=True)
class PlainLanguage:
    """The rules: jargon with its replacement, what a passive is, and the most words of a sentence."""

    exact: Mapping[str, str]
    loose: Mapping[str, str]
    longest_sentence: int
    passive: Passive

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        flags = ((self.exact, 0), (self.loose, re.IGNORECASE))
        return tuple(_any_of(words, flag) for words, flag in flags if words)

    def check(self, field: str, text: str) -> tuple[Finding, ...]:
        """All findings in one text, in the order of the text; `field` is passed on as it is."""
        found = (
            *self._long_sentences(field, text),
            *self._passives(field, text),
            *self._jargon(field, text),
            *_dates(field, text),
            *_amounts(field, text),
        )
        return tuple(sorted(found, key=lambda finding: (finding.start, finding.fault)))

    def _long_sentences(self, field: str, text: str) -> Iterator[Finding]:
        for sentence in _SENTENCE.finditer(text):
            words = len(_WORD.findall(sentence[0]))
            if words > self.longest_sentence:
                start, end = sentence.span()
                yield Finding(Fault.LONG_SENTENCE, field, start, end, sentence[0], str(words))

    def _passives(self, field: str, text: str) -> Iterator[Finding]:
        for sentence in _SENTENCE.finditer(text):
            if (span := self.passive.find(sentence[0])) is not None:
                start, end = sentence.start() + span[0], sentence.start() + span[1]
                yield Finding(Fault.PASSIVE, field, start, end, text[start:end], "")

    def _jargon(self, field: str, text: str) -> Iterator[Finding]:
        for pattern in self._patterns:
            for hit in pattern.finditer(text):
                instead = self.exact.get(hit[0]) or self.loose[hit[0].casefold()]
                yield Finding(Fault.JARGON, field, hit.start(), hit.end(), hit[0], instead)


_SENTENCE: Final = re.compile(r"[^\s.!?](?:[^.!?\n]|[.!?](?=\S))*[.!?]*")
_WORD: Final = re.compile(r"\w[\w'’.-]*")
_ISO: Final = r"(?P<y1>\d{4})-(?P<m1>\d{1,2})-(?P<d1>\d{1,2})"
_LOCAL: Final = r"(?P<d2>\d{1,2})(?P<sep>[/.-])(?P<m2>\d{1,2})(?P=sep)(?P<y2>\d{4}|(?<=[/-])\d{2})"
_SHORT_MONTH: Final = (
    r"(?P<d3>\d{1,2})\s+(?P<m3>jan|feb|mrt|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?(?:\s+(?P<y3>\d{4}))?"
)
_DATE: Final = re.compile(rf"(?<![\d/.-])(?:{_ISO}|{_LOCAL}|{_SHORT_MONTH})(?![\d/-])", re.IGNORECASE)
_SHORT: Final = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_DAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def in_full(day: date) -> str:
    """The date as it stands on paper: "maandag 3 maart 2025" (DOMAIN.md §6)."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _any_of(words: Mapping[str, str], flags: int) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    choices = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w.])(?:{choices})(?!\w)", flags)


def _dates(field: str, text: str) -> Iterator[Finding]:
    for hit in _DATE.finditer(text):
        if (suggestion := _suggested(hit)) is not None:
            yield Finding(Fault.DATE_FORMAT, field, hit.start(), hit.end(), hit[0], suggestion)


def _suggested(hit: re.Match[str]) -> str | None:
    """The date in full (without the weekday when the year is unknown), or None for what is no date."""
    parts = hit.groupdict()
    year = next((parts[key] for key in ("y1", "y2", "y3") if parts[key]), None)
    month = next((parts[key] for key in ("m1", "m2", "m3") if parts[key]), "")
    number = int(month) if month.isdigit() else _SHORT.index(month.casefold()[:3]) + 1
    day = int(next(parts[key] for key in ("d1", "d2", "d3") if parts[key]))
    if year is None:
        return f"{day} {_MONTHS[number - 1]}"
    try:
        return in_full(date(int(year) + (2000 if len(year) == 2 else 0), number, day))
    except ValueError:
        return None


_NUMBER: Final = r"\d{1,3}(?:[. ]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_EURO: Final = r"(?:€|EUR\b)"
_AMOUNT: Final = re.compile(
    rf"{_EURO}\s?(?P<a1>{_NUMBER})(?:,-)?(?![\d,.]*\d)|(?<![\d.,])(?P<a2>{_NUMBER})(?:,-)?\s?{_EURO}",
    re.IGNORECASE,
)


def _amounts(field: str, text: str) -> Iterator[Finding]:
    for hit in _AMOUNT.finditer(text):
        told = f"{_plain_number(hit['a1'] or hit['a2'])} euro"
        yield Finding(Fault.AMOUNT, field, hit.start(), hit.end(), hit[0], told)


def _plain_number(number: str) -> str:
    """Digits without marks for thousands: 1.500,00 is 1500, and 12.5 is 12,50."""
    whole, cents = number, ""
    if found := re.search(r"[.,](\d{1,2})$", number):
        whole, cents = number[: found.start()], found[1].ljust(2, "0")
    whole = re.sub(r"\D", "", whole)
    return whole if cents in ("", "00") else f"{whole},{cents}"


def parse(text: str) -> PlainLanguage:
    """The rules that a TOML text describes; raise KeyError or tomllib.TOMLDecodeError for another text."""
    raw = tomllib.loads(text)
    exact = {entry["word"]: entry["instead"] for entry in raw["jargon"] if entry.get("exact")}
    loose = {entry["word"].casefold(): entry["instead"] for entry in raw["jargon"] if not entry.get("exact")}
    return PlainLanguage(exact, loose, raw["longest_sentence"], _passive(raw["passive"]))


def _passive(raw: Mapping[str, Any]) -> Passive:
    return Passive(
        frozenset(raw["worden"]),
        frozenset(raw["zijn"]),
        re.compile("|".join(raw["participles"])),
        frozenset(raw["never"]),
        raw["reach"],
    )
