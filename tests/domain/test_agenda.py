"""What overlaps, the days on which the house is closed, and the ends of semesters."""

from __future__ import annotations

from datetime import date

import pytest

from leerwinkel_desktop.domain import agenda


@pytest.mark.parametrize(
    ("other", "minutes", "shared"),
    [
        ("09:00", None, False),
        ("09:01", None, True),
        ("09:30", 30, False),
        ("10:59", 15, True),
        ("11:00", 15, False),
        ("10:15", 5, True),
    ],
)
def test_an_hour_is_taken_when_nobody_said_how_long(other, minutes, shared):
    assert agenda.overlap("10:00", None, other, minutes) is shared
    assert agenda.overlap(other, minutes, "10:00", None) is shared


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1961, (4, 2)),
        (2000, (4, 23)),
        (2008, (3, 23)),
        (2024, (3, 31)),
        (2025, (4, 20)),
        (2026, (4, 5)),
        (2038, (4, 25)),
    ],
)
def test_easter(year, day):
    assert agenda.easter(year) == date(year, *day)


def test_the_ten_legal_holidays_and_the_two_sundays():
    days = (
        date.fromordinal(number)
        for number in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())
    )
    closed = {day: name for day in days if (name := agenda.holiday(day))}
    assert len(closed) == 12
    assert closed[date(2026, 5, 14)] == "O.L.H.-Hemelvaart"
    assert closed[date(2026, 5, 25)] == "Pinkstermaandag"
    assert closed[date(2026, 7, 21)] == "Nationale feestdag"
    assert [day.weekday() for day, name in closed.items() if name in ("Pasen", "Pinksteren")] == [6, 6]


def test_a_week_begins_on_monday():
    week = agenda.week_of(date(2026, 5, 17))
    assert (week[0], week[-1]) == (date(2026, 5, 11), date(2026, 5, 17))
    assert [agenda.is_weekend(day) for day in week] == [False] * 5 + [True] * 2


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2025, 9, 1), date(2026, 1, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 1, 12), date(2026, 6, 30)),
        (date(2026, 6, 15), date(2027, 1, 31)),
    ],
)
def test_who_starts_just_before_the_end_has_the_next_semester_first(start, end):
    assert agenda.first_semester_end(start) == end


def test_minutes_and_clock_are_each_others_way_back():
    assert [agenda.clock_of(agenda.minute_of(clock)) for clock in ("00:00", "09:05", "23:59")] == [
        "00:00",
        "09:05",
        "23:59",
    ]
