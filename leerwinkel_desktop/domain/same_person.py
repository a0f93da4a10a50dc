"""How likely two descriptions are of one person: a score with reasons, and keys that bring them together.

SECURITY.md §4 ("The same person twice"); docs/decisions/0014-doubles.md says how features, weights and
thresholds were chosen. Only what stands on the client itself is looked at, never anything of a dossier.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import combinations
from typing import Final

from rapidfuzz.distance import OSA

from leerwinkel_desktop.domain.names import Name, likeness, name_of, skeleton

HINT: Final = 7
"""From this score on a hint is worth a look while a new client is typed."""
DECIDE: Final = 10
"""From this score on a pair is listed for the office to decide."""
EQUAL, STRONG, SOME = 0.999, 0.92, 0.78
"""How alike names are at least, 0 to 1, to be called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What two people are compared on; everything may be unknown."""

    first_name: str | None = None
    last_name: str | None = None
    birth_date: date | None = None
    birth_year: int | None = None
    gender: str | None = None
    nis_code: str | None = None
    phone: str | None = None
    email: str | None = None


class Reason(Enum):
    """One thing that speaks for two people being one, or against it, with its weight in points."""

    NAME_EQUAL = ("name_equal", 10)
    NAME_STRONG = ("name_strong", 8)
    NAME_SOME = ("name_some", 5)
    NAME_FIRST = ("name_first", 1)
    NAME_LAST = ("name_last", -6)
    NAME_OTHER = ("name_other", -9)
    NAME_CROSSED = ("name_crossed", -1)
    BIRTH_EQUAL = ("birth_equal", 8)
    BIRTH_SWAPPED = ("birth_swapped", 6)
    BIRTH_DIGIT = ("birth_digit", 4)
    BIRTH_YEAR = ("birth_year", 3)
    BIRTH_OTHER = ("birth_other", -6)
    SEX_EQUAL = ("sex_equal", 1)
    SEX_OTHER = ("sex_other", -4)
    PLACE_EQUAL = ("place_equal", 1)
    PLACE_OTHER = ("place_other", -1)
    PHONE_EQUAL = ("phone_equal", 5)
    EMAIL_EQUAL = ("email_equal", 6)

    @property
    def weight(self) -> int:
        """What it adds to the score."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two people are: the sum of the weights of the reasons, those that weigh most first."""

    score: int
    reasons: tuple[Reason, ...]


def compare(one: Person, other: Person) -> Likeness:
    """How likely it is that these are one person."""
    found = [*_name(one, other), *_birth(one, other), *_rest(one, other)]
    found.sort(key=lambda reason: -abs(reason.weight))
    return Likeness(sum(reason.weight for reason in found), tuple(found))


def _name(one: Person, other: Person) -> Iterator[Reason]:
    first, last = name_of(one.first_name), name_of(one.last_name)
    straight = _alike(first, last, name_of(other.first_name), name_of(other.last_name))
    crossed = _alike(first, last, name_of(other.last_name), name_of(other.first_name))
    if straight is None or crossed is None:
        return
    if min(crossed) >= SOME and min(crossed) > min(straight):
        yield Reason.NAME_CROSSED
        straight = crossed
    yield _name_reason(*straight)


def _alike(first: Name, last: Name, other_first: Name, other_last: Name) -> tuple[float, float] | None:
    """How alike the first names and the last names are; an unknown part cannot say more than SOME."""
    one, other = likeness(first, other_first), likeness(last, other_last)
    if one is None and other is None:
        return None
    return SOME if one is None else one, SOME if other is None else other


def _name_reason(first: float, last: float) -> Reason:
    least, most = sorted((first, last))
    if least >= EQUAL:
        return Reason.NAME_EQUAL
    if least >= STRONG:
        return Reason.NAME_STRONG
    if least >= SOME and most >= STRONG:
        return Reason.NAME_SOME
    if most < STRONG:
        return Reason.NAME_OTHER
    return Reason.NAME_FIRST if first > last else Reason.NAME_LAST


def _birth(one: Person, other: Person) -> Iterator[Reason]:
    years = [person.birth_date.year if person.birth_date else person.birth_year for person in (one, other)]
    if None in years:
        return
    days = [_known_day(person.birth_date) for person in (one, other)]
    if days[0] is None or days[1] is None:
        yield Reason.BIRTH_YEAR if years[0] == years[1] else Reason.BIRTH_OTHER
    elif days[0] == days[1]:
        yield Reason.BIRTH_EQUAL
    elif swapped(days[0]) == days[1]:
        yield Reason.BIRTH_SWAPPED
    else:
        yield Reason.BIRTH_DIGIT if _one_slip(days[0], days[1]) else Reason.BIRTH_OTHER


def _known_day(day: date | None) -> date | None:
    """The day, unless it is 1 January: that is written down when only the year is known."""
    return None if day is None or (day.month, day.day) == (1, 1) else day


def swapped(day: date) -> date | None:
    """The day with day and month changed round, or None where that is no other day."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 and day.day != day.month else None


def _one_slip(one: date, other: date) -> bool:
    """Whether one digit differs, or two neighbours changed places."""
    return OSA.distance(f"{one:%Y%m%d}", f"{other:%Y%m%d}") == 1


def _rest(one: Person, other: Person) -> Iterator[Reason]:
    sexes = {one.gender, other.gender}
    if sexes <= {"M", "V"}:
        yield Reason.SEX_EQUAL if len(sexes) == 1 else Reason.SEX_OTHER
    if one.nis_code and other.nis_code:
        yield Reason.PLACE_EQUAL if one.nis_code == other.nis_code else Reason.PLACE_OTHER
    if _phone(one.phone) and _phone(one.phone) == _phone(other.phone):
        yield Reason.PHONE_EQUAL
    if _email(one.email) and _email(one.email) == _email(other.email):
        yield Reason.EMAIL_EQUAL


def _phone(text: str | None) -> str:
    """The last eight digits, the same with or without a country in front; nothing for fewer."""
    digits = "".join(filter(str.isdigit, text or ""))[-8:]
    return digits if len(digits) == 8 else ""


def _email(text: str | None) -> str:
    return (text or "").strip().lower()


def keys(person: Person) -> set[str]:
    """What a client is found by: who shares no key with somebody is not compared with them."""
    return set(_keys(person, same_day=False))


def asked_keys(person: Person) -> set[str]:
    """What to look for: the keys, and those of the same day written the other way round."""
    return set(_keys(person, same_day=True))


def _keys(person: Person, same_day: bool) -> Iterator[str]:
    sounds = sorted({skeleton(word) for word in _words(person)})
    year = person.birth_date.year if person.birth_date else person.birth_year
    day = _known_day(person.birth_date)
    if day is not None:
        yield f"b{day.isoformat()}"
        other = swapped(day) if same_day else None
        if other is not None:
            yield f"b{other.isoformat()}"
    if year is not None:
        yield from (f"y{year}{sound}" for sound in sounds)
    yield from (f"n{one} {other}" for one, other in combinations(sounds, 2))
    if phone := _phone(person.phone):
        yield f"p{phone}"
    if email := _email(person.email):
        yield f"e{email}"


def _words(person: Person) -> Iterator[str]:
    for text in (person.first_name, person.last_name):
        yield from name_of(text).words[:3]
