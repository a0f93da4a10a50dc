"""Times and days of an agenda: what overlaps, when a semester ends, and when the house is closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

USUAL_MINUTES: Final = 60
"""How long an appointment is when nobody said so: talks take about an hour (DOMAIN.md §1)."""
SATURDAY: Final = 5
FIXED: Final = {
    (1, 1): "Nieuwjaar",
    (5, 1): "Dag van de Arbeid",
    (7, 21): "Nationale feestdag",
    (8, 15): "O.L.V.-Hemelvaart",
    (11, 1): "Allerheiligen",
    (11, 11): "Wapenstilstand",
    (12, 25): "Kerstmis",
}
AFTER_EASTER: Final = {
    0: "Pasen",
    1: "Paasmaandag",
    39: "O.L.H.-Hemelvaart",
    49: "Pinksteren",
    50: "Pinkstermaandag",
}
SEMESTER_ENDS: Final = ((1, 31), (6, 30))
"""DOMAIN.md §7, F3."""
SHORTEST_SEMESTER: Final = timedelta(days=30)
"""Who starts in January starts the second semester."""


def minute_of(clock: str) -> int:
    """Minutes since midnight of a time "HH:MM"."""
    return int(clock[:2]) * 60 + int(clock[3:])


def clock_of(minute: int) -> str:
    """The time "HH:MM" so many minutes since midnight."""
    return f"{minute // 60:02}:{minute % 60:02}"


def overlap(one: str, one_minutes: int | None, other: str, other_minutes: int | None) -> bool:
    """Whether two appointments on the same day, with their starts and lengths, share a moment."""
    first, second = minute_of(one), minute_of(other)
    return first < second + (other_minutes or USUAL_MINUTES) and second < first + (
        one_minutes or USUAL_MINUTES
    )


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the "anonymous" computus; Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)


def holiday(day: date) -> str | None:
    """The name of the legal holiday in Belgium on that day, or None."""
    return FIXED.get((day.month, day.day)) or AFTER_EASTER.get((day - easter(day.year)).days)


def is_weekend(day: date) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return day.weekday() >= SATURDAY


def week_of(day: date) -> tuple[date, ...]:
    """The seven days of the week in which a day is, from Monday."""
    monday = day - timedelta(days=day.weekday())
    return tuple(monday + timedelta(days=more) for more in range(7))


def first_semester_end(start: date) -> date:
    """The first 31 January or 30 June by which somebody who started then had a semester of lessons."""
    ends = (date(year, *end) for year in (start.year, start.year + 1) for end in SEMESTER_ENDS)
    return next(end for end in ends if end - start >= SHORTEST_SEMESTER)
