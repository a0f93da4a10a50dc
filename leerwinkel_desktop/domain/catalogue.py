"""Finds courses as somebody types, forgiving of accents and slips, and makes an option of one (step 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from leerwinkel_desktop.domain.codelists import CodeLists, fold
from leerwinkel_desktop.domain.names import begins_nearly
from leerwinkel_desktop.domain.offers import Offering, Provider
from leerwinkel_desktop.domain.trajectories import Option

OLD_AFTER_DAYS: Final = 183
"""Half a year; after that what was checked may not hold any more (DOMAIN.md §3)."""
FORGIVING_FROM: Final = 5
"""A word of so many letters is also found with one slip in it."""
INSIDE: Final = "INSIDE_PRISON"
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Line:
    """A course with who gives it, and the folded words by which it is found."""

    offering: Offering
    provider: Provider | None
    words: tuple[str, ...]

    @property
    def nis_code(self) -> str | None:
        """Where the lessons are: that of the course, or else of its provider."""
        return self.offering.nis_code or (self.provider.nis_code if self.provider else None)

    @property
    def place(self) -> str | None:
        """The address of the lessons."""
        return self.offering.place or (self.provider.address if self.provider else None)

    @property
    def checked_on(self) -> date | None:
        """When somebody last looked whether it still holds."""
        return self.offering.checked_on

    def is_old(self, today: date) -> bool:
        """Whether nobody looked for half a year, or ever."""
        return self.checked_on is None or (today - self.checked_on).days > OLD_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Filter:
    """What a course must be; None does not matter. `most_hours` are hours a week."""

    nis_code: str | None = None
    vks_level: int | None = None
    category: str | None = None
    schedule: str | None = None
    most_hours: int | None = None
    inside_prison: bool = False
    without_internet: bool = False

    def takes(self, line: Line) -> bool:
        """Whether a course passes; one that does not say its hours does not pass a limit on them."""
        course = line.offering
        hours = course.hours_week
        return (
            self.nis_code in (None, line.nis_code)
            and self.vks_level in (None, course.vks_level)
            and self.category in (None, course.category)
            and self.schedule in (None, course.schedule)
            and (self.most_hours is None or (hours is not None and hours <= self.most_hours))
            and (not self.inside_prison or bool(course.inside_prison))
            and (not self.without_internet or bool(course.without_internet))
        )


def line_of(lists: CodeLists, offering: Offering, provider: Provider | None) -> Line:
    """A course made ready to be found."""
    codes = (
        ("territory", offering.nis_code or (provider.nis_code if provider else None)),
        ("study_area", offering.study_area),
        ("training_category", offering.category),
    )
    told = [lists[name].label_of(code) for name, code in codes if code]
    own = [offering.title, offering.code, offering.place, provider.name if provider else None]
    text = fold(" ".join(filter(None, (*own, *told))))
    return Line(offering, provider, tuple(dict.fromkeys(_WORD.findall(text))))


def find(lines: Iterable[Line], text: str, wanted: Filter) -> list[Line]:
    """The courses that hold every typed word (its beginning is enough), in the order given.

    When none does, those that hold every word with one slip in it.
    """
    typed = _WORD.findall(fold(text))
    passing = [line for line in lines if wanted.takes(line)]
    known = {word for line in passing for word in line.words}  # courses share most of their words
    return _holding(passing, known, typed, str.startswith) or _holding(passing, known, typed, _nearly)


def _holding(
    lines: Iterable[Line], known: Set[str], typed: Iterable[str], fits: Callable[[str, str], bool]
) -> list[Line]:
    meant = [{word for word in known if fits(word, one)} for one in typed]
    return [line for line in lines if all(not words.isdisjoint(line.words) for words in meant)]


def _nearly(word: str, typed: str) -> bool:
    if len(typed) < FORGIVING_FROM:
        return word.startswith(typed)
    return begins_nearly(word, typed)


def option_of(lists: CodeLists, line: Line, option: Option) -> Option:
    """An option with everything that the catalogue knows of a course; what it does not know stays empty."""
    course, provider = line.offering, line.provider
    facts: dict[str, Any] = {
        "offering_id": course.id,
        "title": course.title,
        "provider_id": course.provider_id,
        "provider_name": provider.name if provider else None,
        "address": line.place,
        "phone": provider.phone if provider else None,
        "opening_hours": provider.opening_hours if provider else None,
        "start_text": course.start_dates,
        "schedule": course.schedule,
        "hours_week": course.hours_week,
        "duration_text": course.duration,
        "dutch_level": course.language_level_required,
        "certificate": _label(lists, "qualification_type", course.certificate_type),
        "support_codes": (course.fee_rule,) if course.fee_rule else (),
        "inside": True if course.schedule == INSIDE else None,
        "checked_on": course.checked_on,
    }
    return replace(option, **facts)


def _label(lists: CodeLists, name: str, code: str | None) -> str | None:
    return lists[name].label_of(code) if code else None


def free_rank(options: Sequence[Option]) -> int | None:
    """The first rank that no option has, or None when all three are given."""
    used = {option.client_rank for option in options}
    return next((rank for rank in (1, 2, 3) if rank not in used), None)
