"""The demo shows a desk at work: a day in which time passes, a month, three options, and sheets that wait."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from leerwinkel_desktop.domain import week as rules
from leerwinkel_desktop.domain.clients import EducationRecord, LifeEvent, Talent
from leerwinkel_desktop.domain.life import bars
from leerwinkel_desktop.domain.trajectories import Barrier, Option, Support
from leerwinkel_desktop.services import appointments, dossiers, moments, sheet_files, today, vaults, week
from leerwinkel_desktop.services.demo import desk, fair, lives, offers, people, story

DAY = story.DAY
QUEUE = 12


@pytest.fixture
def make(tools, tmp_path):
    made = []

    def fill(name):
        folder = tmp_path / name
        new = vaults.create(folder, tools.PASSPHRASE, cost=vaults.TESTS_ONLY, today=lambda: DAY)
        workspace = new.workspace
        made.append(workspace)
        offers.fill(workspace)
        fair.queue(workspace, random.Random(1), QUEUE)
        lives.weigh(workspace, people.guided(workspace))
        people.inside(fair.on(workspace, DAY - timedelta(days=1), "14:00"))
        desk.fill(workspace)
        return workspace

    yield fill
    for workspace in made:
        workspace.close()


@pytest.fixture
def workspace(make):
    return make("one")


def talks(workspace, first=DAY, last=DAY):
    return appointments.between(workspace, first, last)


def of(workspace, name):
    return dossiers.reload(workspace, next(iter(dossiers.search(workspace, name, 1))).client_id)


def test_the_day_is_spread_with_people_who_came_who_are_to_come_and_one_who_walked_in(workspace):
    found = talks(workspace)
    times = [one.starts_at for one in found]
    assert None not in times
    assert len(set(times)) == len(times) == 7
    assert [one.attended for one in found] == ["J"] * 4 + ["GEPLAND"] * 3
    assert [one.mode for one in found].count("INLOOP") == 1


def test_nobody_is_at_two_talks_at_once(workspace):
    monday = DAY - timedelta(days=1)
    for one in talks(workspace, monday, monday + timedelta(days=6)):
        own = one.person.trajectory_id
        met = appointments.conflicts(workspace, own, one.date, one.starts_at, one.minutes, leave_out=one.id)
        assert met == []


def test_one_stayed_away_last_week_and_some_are_to_be_called(workspace):
    week_ago = talks(workspace, DAY - timedelta(days=7), DAY - timedelta(days=1))
    assert [one.person.first_name for one in week_ago if one.attended == "AFWEZIG"] == ["Rachida"]
    due, total = today.due(workspace)
    assert [one.person.first_name for one in due] == ["Stijn", "Pieter", "Wout"]
    assert total == 3
    worried = [one.person.first_name for one in today.signals(workspace)]
    assert set(worried) == {"Rachida", "Stijn", "Wout"}


def test_the_month_has_sitting_days_a_fair_with_its_intakes_and_a_workshop_with_who_was_there(workspace):
    found = moments.between(workspace, date(2026, 5, 1), date(2026, 5, 31))
    kinds = [one.type for one in found]
    assert kinds.count(moments.SITTING) == 4
    fairs = {one.type: one for one in found}
    assert len(fairs["JOBBEURS"].intakes) == QUEUE
    assert fairs["JOBBEURS"].attendees == fair.AT_THE_DOOR
    there = moments.attendees(workspace, fairs["WORKSHOP_KANDIDAAT"].record.id)
    assert len(there) == len(desk.AT_THE_WORKSHOP)
    assert [len(one.intakes) for one in found if one.type == moments.SITTING] == [2, 1, 0, 0]


def test_a_life_is_drawn_and_three_options_are_weighed_against_the_week(workspace):
    view = of(workspace, "Samira")
    lanes = {bar.lane for bar in bars(view.of(EducationRecord), view.of(LifeEvent), DAY.year)}
    assert lanes == {"SCHOOL", "WORK", "HOME", "OTHER"}
    assert all(one.shown_where for one in view.of(Talent))
    marks = rules.taken(week.slots(workspace, view.trajectory.id))
    options = view.of(Option)
    assert len(options) == 3
    assert all(one.fits_dream and one.fits_reality and one.fits_preconditions for one in options)
    fits = [rules.fit(marks, one.schedule, one.hours_week) for one in options]
    assert [one and one.fits for one in fits] == [True, False, False]
    assert {one.code for one in view.of(Support)} == {one.support_code for one in view.of(Barrier)}


def test_his_timeline_tells_nothing_of_where_he_is(workspace):
    view = of(workspace, "Joris")
    assert len(view.of(LifeEvent)) == 3
    assert all(one.shown_where != "DETENTION" for one in view.of(Talent))


def test_one_sheet_waits_for_a_printer_and_one_has_a_second_language(workspace):
    assert [one.name for one in sheet_files.to_print(workspace)] == ["Mehmet Verzonnen"]
    (ready,) = sheet_files.kept(workspace, of(workspace, "Oksana").trajectory.id)
    assert ready.beside == "Oekraïens"
    assert ready.printed_on == DAY


def test_it_is_the_same_each_time(make):
    one, two = (
        [(a.person.first_name, a.date, a.starts_at, a.mode, a.attended) for a in talks(w, date.min, date.max)]
        for w in (make("one"), make("two"))
    )
    assert one == two


def test_the_whole_story_is_told(tmp_path):
    steps = list(story.tell(tmp_path / "demo", 1))
    assert len(steps) == len(story._STEPS)
    assert len(list((tmp_path / "demo" / "sheets").glob("*.pdf"))) == 3
