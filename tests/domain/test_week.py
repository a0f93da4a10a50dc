"""The week: marking changes as little as it can, two laptops merge, and lessons fit or do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerwinkel_desktop.domain import week
from leerwinkel_desktop.domain.trajectories import WeekSlot
from leerwinkel_desktop.domain.week import Fit, Unit

HOURS = st.tuples(st.integers(7, 21), st.integers(1, 6)).map(lambda pair: (pair[0], pair[0] + pair[1]))
MARKS = st.tuples(st.sampled_from(week.DAYS), HOURS, st.sampled_from(("WORK", "CHILDREN", "OTHER", None)))


def apply(slots, day, hours, use):
    save, gone = week.marked(slots, "t", day, hours, use)
    saved = {one.id: one for one in save}
    kept = [one for one in slots if one.id not in saved and one not in gone]
    return [*kept, *save], save, gone


def of(*marks):
    slots: list[WeekSlot] = []
    for day, hours, use in marks:
        slots, _save, _gone = apply(slots, day, hours, use)
    return slots


@given(st.lists(MARKS, max_size=30))
def test_what_is_marked_is_what_a_plain_grid_says(marks):
    slots: list[WeekSlot] = []
    grid: dict[tuple[str, int], str] = {}
    for day, hours, use in marks:
        slots, save, gone = apply(slots, day, hours, use)
        assert not {one.id for one in save} & {one.id for one in gone}
        for hour in range(*hours):
            grid.pop((day, hour), None)
            if use:
                grid[day, hour] = use
    assert week.taken(slots) == grid
    told = {day: week.spans(grid, day) for day in week.DAYS}
    assert len(slots) == sum(map(len, told.values())), "neighbours are one span"
    assert grid == {(day, h): use for day in told for a, b, use in told[day] for h in range(a, b)}


def test_hours_that_join_are_one_record_and_a_hole_makes_two():
    slots = of(("MA", (8, 10), "WORK"), ("MA", (10, 12), "WORK"))
    (one,) = slots
    assert (one.from_hour, one.to_hour) == (8, 12)
    head, tail = sorted(apply(slots, "MA", (9, 10), None)[0], key=lambda slot: slot.from_hour)
    assert head.id == one.id
    assert (head.to_hour, tail.from_hour, tail.to_hour) == (9, 10, 12)


def test_two_laptops_that_mark_other_hours_of_one_day_both_stand():
    shared = of(("MA", (8, 12), "WORK"))
    here, there = of(("MA", (13, 16), "CHILDREN")), of(("MA", (18, 20), "OTHER"))
    marks = week.taken([*shared, *here, *there])
    assert week.spans(marks, "MA") == [(8, 12, "WORK"), (13, 16, "CHILDREN"), (18, 20, "OTHER")]


def test_a_span_that_is_not_whole_takes_nothing():
    assert week.taken([WeekSlot(id="x", day="MA", use="WORK", from_hour=9), WeekSlot(id="y")]) == {}


@pytest.mark.parametrize(
    ("schedule", "hours", "told"),
    [
        ("EVENING", 6, Fit(Unit.EVENING, 3, 2)),
        ("EVENING", 10, Fit(Unit.EVENING, 3, 4)),
        ("EVENING", None, Fit(Unit.EVENING, 3, None)),
        ("DAY", 9, Fit(Unit.HALF_DAY, 10, 3)),
        ("WEEKEND", 3, Fit(Unit.WEEKEND, 3, 1)),
        ("DISTANCE", 4, Fit(Unit.HOUR, 7 * 15 - 9, 4)),
    ],
)
def test_lessons_are_held_against_what_is_free(schedule, hours, told):
    slots = of(("MA", (18, 22), "CHILDREN"), ("WO", (20, 21), "WORK"), ("ZA", (8, 12), "WORK"))
    assert week.fit(week.taken(slots), schedule, hours) == told


def test_fitting_says_yes_no_or_unknown():
    assert [Fit(Unit.EVENING, 3, needed).fits for needed in (3, 4, None)] == [True, False, None]


@pytest.mark.parametrize("schedule", [None, "BLENDED", "INSIDE_PRISON"])
def test_lessons_of_which_the_hours_are_not_known_are_not_judged(schedule):
    assert week.fit({}, schedule, 6) is None
