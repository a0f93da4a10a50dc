"""The bars of a life stand in their lane and their years; what has no year is in no drawing."""

from __future__ import annotations

from leerwinkel_desktop.domain.clients import EducationRecord, LifeEvent
from leerwinkel_desktop.domain.life import Bar, bars, span


def told(schools=(), events=()):
    return [(bar.lane, bar.first, bar.last, bar.goes_on) for bar in bars(schools, events, 2026)]


def event(**values):
    return LifeEvent(id="e", **values)


def test_lanes_stand_in_their_order_and_years_in_theirs():
    schools = [EducationRecord(id="s", title="6 BSO", year=2015), EducationRecord(id="t", year=2010)]
    events = [
        event(sort="HOME", from_year=2019, to_year=2020),
        event(sort="WORK", from_year=2016, to_year=2018),
    ]
    assert told(schools, events) == [
        ("SCHOOL", 2010, 2010, False),
        ("SCHOOL", 2015, 2015, False),
        ("WORK", 2016, 2018, False),
        ("HOME", 2019, 2020, False),
    ]


def test_without_an_end_it_goes_on_until_now():
    assert told(events=[event(sort="WORK", from_year=2020)]) == [("WORK", 2020, 2026, True)]
    assert told(events=[event(sort="WORK", from_year=2030)]) == [("WORK", 2030, 2030, True)]


def test_only_an_end_is_one_year_and_turned_years_are_turned_back():
    assert told(events=[event(sort="WORK", to_year=2020)]) == [("WORK", 2020, 2020, False)]
    assert told(events=[event(sort="WORK", from_year=2020, to_year=2018)]) == [("WORK", 2018, 2020, False)]


def test_what_has_no_year_is_not_drawn_and_what_has_no_sort_is_something_else():
    assert told([EducationRecord(id="s", title="Koken")], [event(what="Reizen")]) == []
    assert told(events=[event(what="Reizen", from_year=2020, to_year=2021)]) == [("OTHER", 2020, 2021, False)]


def test_the_years_run_up_to_now_and_are_never_few():
    assert span([], 2026) == (2021, 2026)
    assert span([Bar("life_event", "e", "WORK", "", 1999, 2003)], 2026) == (1999, 2026)
