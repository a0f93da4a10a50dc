"""Each of the four worries of DOMAIN.md §7, on the day it begins and the day before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leerwinkel_desktop.domain.early_signals import Facts, Lesson, Sign, signs

TODAY = date(2026, 5, 12)
DAY = timedelta(days=1)


def days(*pairs):
    return tuple((TODAY - DAY * ago, attended) for ago, attended in pairs)


def test_nothing_to_tell_is_no_worry():
    assert signs(Facts(), TODAY) == []


@pytest.mark.parametrize(("in_days", "worry"), [(-1, False), (0, True), (30, True), (31, False)])
def test_a_blocking_barrier_is_a_worry_in_the_30_days_before_the_start(in_days, worry):
    start = TODAY + DAY * in_days
    blocked = Facts(lessons=(Lesson(start, "ENROLLED"),), blocked=True)
    assert signs(blocked, TODAY) == ([(Sign.BARRIER, start)] if worry else [])
    assert signs(Facts(lessons=blocked.lessons), TODAY) == []
    assert signs(Facts(lessons=(Lesson(start, "STOPPED"),), blocked=True), TODAY) == []


@pytest.mark.parametrize(
    ("talks", "worry"),
    [
        (days((9, "AFWEZIG"), (2, "AFWEZIG")), True),
        (days((2, "AFWEZIG"), (9, "AFWEZIG"), (30, "J")), True),
        (days((9, "AFWEZIG"), (5, "GEANNULEERD"), (2, "AFWEZIG"), (-7, "GEPLAND")), True),
        (days((9, "AFWEZIG"), (5, "J"), (2, "AFWEZIG")), False),
        (days((9, "AFWEZIG"), (5, "AFWEZIG"), (2, "J")), False),
        (days((2, "AFWEZIG")), False),
        (days((300, "AFWEZIG"), (200, "AFWEZIG")), False),
    ],
)
def test_two_absences_in_a_row(talks, worry):
    assert bool(signs(Facts(talks=talks), TODAY)) is worry


@pytest.mark.parametrize(("moment", "ago", "worry"), [("F2", 1, True), ("F2", 0, False), ("F1", 9, False)])
def test_only_an_unanswered_start_is_a_worry_once_its_day_passed(moment, ago, worry):
    found = signs(Facts(asked=((moment, TODAY - DAY * ago),)), TODAY)
    assert found == ([(Sign.UNANSWERED, TODAY - DAY * ago)] if worry else [])


@pytest.mark.parametrize(
    ("start", "status", "worry"),
    [
        (date(2025, 9, 1), "ONGOING", True),
        (date(2025, 9, 1), "STARTED", True),
        (date(2025, 9, 1), "STOPPED", False),
        (date(2026, 2, 2), "ONGOING", False),
        (date(2024, 9, 2), "ONGOING", False),
    ],
)
def test_no_certificate_after_the_first_semester(start, status, worry):
    found = signs(Facts(lessons=(Lesson(start, status),)), TODAY)
    assert found == ([(Sign.NO_CERTIFICATE, date(2026, 1, 31))] if worry else [])


def test_several_worries_are_all_told_the_most_urgent_first():
    facts = Facts(
        asked=(("F2", TODAY - DAY),),
        talks=days((9, "AFWEZIG"), (2, "AFWEZIG")),
        lessons=(Lesson(TODAY + DAY, None),),
        blocked=True,
    )
    assert [sign for sign, _ in signs(facts, TODAY)] == [Sign.BARRIER, Sign.ABSENT, Sign.UNANSWERED]
