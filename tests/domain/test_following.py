"""Each moment of DOMAIN.md §7 is proposed in its window, once, and never in a weekend."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.early_signals import Lesson
from leerwinkel_desktop.domain.following import Case, Proposal, months_after, proposals, unreachable

FOLDER = Path(__file__).parents[2] / "resources" / "codelists"
CODES = CodeLists(lambda name: (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["follow_up_moment"]
TODAY = date(2026, 5, 12)
DAY = timedelta(days=1)


def proposed(case: Case, today: date = TODAY) -> list[Proposal]:
    return proposals(CODES, case, today)


def moments(case: Case, today: date = TODAY) -> list[str]:
    return [one.moment for one in proposed(case, today)]


def test_nothing_is_asked_of_who_got_no_advice():
    assert proposed(Case()) == []


def test_f1_is_two_to_four_weeks_after_the_advice():
    (found,) = proposed(Case(advised_on=TODAY))
    assert (found.moment, found.first, found.last) == ("F1", TODAY + DAY * 14, TODAY + DAY * 28)
    assert found.due_on == date(2026, 6, 2)


def test_the_best_day_is_never_in_a_weekend():
    for ago in range(21):
        assert proposed(Case(advised_on=TODAY - DAY * ago))[0].due_on.weekday() < 5


def test_a_window_that_went_by_is_for_now_and_after_half_a_year_it_is_no_more():
    late = proposed(Case(advised_on=TODAY - DAY * 60))
    assert [one.due_on for one in late] == [TODAY]
    assert proposed(Case(advised_on=TODAY - DAY * (28 + 183)))
    assert not proposed(Case(advised_on=TODAY - DAY * (28 + 184)))


@pytest.mark.parametrize(("ago", "asks"), [(0, False), (5, False), (11, True)])
def test_a_moment_that_is_planned_or_done_since_the_advice_is_not_proposed_again(ago, asks):
    case = Case(advised_on=TODAY - DAY * 10, known=(("F1", TODAY - DAY * ago), ("F2", TODAY)))
    assert bool(proposed(case)) is asks


def test_f2_is_two_weeks_after_each_planned_start():
    start = TODAY + DAY * 20
    case = Case(lessons=(Lesson(start, "ENROLLED"), Lesson(start, None), Lesson(TODAY, "STOPPED")))
    (found,) = proposed(case)
    assert (found.moment, found.first, found.last) == ("F2", start + DAY * 14, start + DAY * 14)


@pytest.mark.parametrize(
    ("start", "today", "end"),
    [
        (date(2025, 9, 1), date(2025, 9, 2), date(2026, 1, 31)),
        (date(2025, 9, 1), date(2026, 2, 10), date(2026, 1, 31)),
        (date(2025, 9, 1), TODAY, date(2026, 6, 30)),
        (date(2026, 1, 15), date(2026, 1, 16), date(2026, 6, 30)),
    ],
)
def test_f3_is_the_end_of_the_semester(start, today, end):
    (found,) = proposed(Case(lessons=(Lesson(start, "ONGOING"),)), today)
    assert (found.moment, found.last) == ("F3", end)
    known = Case(lessons=(Lesson(start, "ONGOING"),), known=(("F3", end + DAY * 2),))
    assert proposed(known, today) == []


def test_the_last_semester_does_not_answer_for_this_one():
    case = Case(lessons=(Lesson(date(2025, 9, 1), "ONGOING"),), known=(("F3", date(2026, 1, 31)),))
    assert [one.last for one in proposed(case)] == [date(2026, 6, 30)]


def test_after_the_close_come_f4_f5_and_f6():
    case = Case(advised_on=TODAY - DAY, closed_on=TODAY)
    assert [(one.moment, one.first, one.last) for one in proposed(case)] == [
        ("F4", TODAY, TODAY + DAY * 28),
        ("F5", date(2026, 11, 12) - DAY * 28, date(2026, 11, 12) + DAY * 28),
        ("F6", date(2027, 5, 12), date(2027, 5, 12)),
    ]


def test_f6_comes_each_year_while_the_training_goes_on():
    closed, lessons = date(2023, 2, 1), (Lesson(date(2023, 9, 1), "ONGOING"),)
    assert "F6" not in moments(Case(closed_on=closed))
    found = [one for one in proposed(Case(closed_on=closed, lessons=lessons)) if one.moment == "F6"]
    assert [one.first for one in found] == [date(2027, 2, 1)]
    done = Case(closed_on=closed, lessons=lessons, known=(("F6", date(2027, 2, 3)),))
    assert "F6" not in moments(done)


def test_fd_needs_consent_to_be_called_after_release():
    moved = Case(moved=(TODAY - DAY * 3,))
    assert proposed(moved) == []
    allowed = Case(moved=moved.moved, consents=frozenset({"CONTACT_AFTER_RELEASE"}))
    assert [(one.moment, one.first) for one in proposed(allowed)] == [
        ("FD", TODAY - DAY * 3),
        ("FD", date(2026, 6, 9)),
    ]
    called = Case(moved=moved.moved, consents=allowed.consents, known=(("FD", TODAY),))
    assert [one.first for one in proposed(called)] == [date(2026, 6, 9)]


@pytest.mark.parametrize(
    ("attempts", "channels", "gone"),
    [
        (3, ("TELEFOON", "SMS"), True),
        (3, ("TELEFOON", "TELEFOON", "TELEFOON"), False),
        (3, ("TELEFOON", None, None), False),
        (2, ("TELEFOON", "SMS"), False),
        (4, ("TELEFOON", "SMS", "POST"), True),
    ],
)
def test_three_attempts_by_two_ways_make_somebody_unreachable(attempts, channels, gone):
    assert unreachable(attempts, channels) is gone


def test_a_month_later_is_never_in_the_month_after():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
