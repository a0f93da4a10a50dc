"""Moments: days that repeat, counts at the door, people attached once, and intakes counted from dossiers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.organisation import Event, ServiceLocation, SittingDay
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import dossiers, moments, quick_question
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.quick_question import Asked, Where

DAY = timedelta(days=1)


@pytest.fixture
def fair(office, tools):
    return moments.save_event(office, None, type="JOBBEURS", date=tools.TODAY, location="Nekkerhal")


def the(office, record):
    return next(
        one for one in moments.between(office, record.date, record.date) if one.record.id == record.id
    )


def newest(view: DossierView) -> Trajectory:
    assert view.trajectory is not None
    return view.trajectory


def asked_today(office, name, at=0):
    where = quick_question.moments(office)[at]
    return quick_question.keep(office, Asked(first_name=name), Where(where.mode, where)).client_id


def test_every_tuesday_until_the_end_of_june_without_holidays():
    found = moments.series(date(2026, 5, 14), date(2026, 6, 30))
    assert found.closed == ((date(2026, 5, 14), "O.L.H.-Hemelvaart"),)
    assert found.days == tuple(date(2026, 5, 21) + 7 * DAY * n for n in range(6))
    assert moments.series(date(2026, 5, 12), date(2026, 5, 31), weeks=2).days == (
        date(2026, 5, 12),
        date(2026, 5, 26),
    )


@pytest.mark.parametrize("last", [date(2026, 5, 11), date(2226, 5, 12)])
def test_a_series_that_cannot_be_is_refused(last):
    with pytest.raises(InvalidValue):
        moments.series(date(2026, 5, 12), last)


def test_sitting_days_are_made_once_and_so_is_their_place(office, tools):
    days = [tools.TODAY, tools.TODAY + 7 * DAY]
    assert len(moments.plan_sitting(office, "Sociaal Huis", days)) == 2
    assert moments.plan_sitting(office, " sociaal  huis", [*days, tools.TODAY + 14 * DAY])[0].date == (
        tools.TODAY + 14 * DAY
    )
    assert moments.places(office) == ["Sociaal Huis"]
    found = moments.between(office, tools.TODAY, tools.TODAY + 30 * DAY)
    assert [one.date for one in found] == [*days, tools.TODAY + 14 * DAY]
    assert {one.place for one in found} == {"Sociaal Huis"}


def test_the_door_counts_up_and_down_and_never_below_nobody(office, fair):
    assert [moments.count(office, fair.id, more) for more in (1, 5, -2, -9)] == [1, 6, 4, 0]
    assert the(office, fair).attendees == 0


def test_a_quick_question_at_the_fair_is_an_intake_of_it(office, fair):
    person = asked_today(office, "Amina")
    assert the(office, fair).intakes == (person,)


def test_a_quick_question_on_a_sitting_day_is_an_intake_of_that_day(office, tools):
    (sitting,) = moments.plan_sitting(office, "Sociaal Huis", [tools.TODAY])
    moments.plan_sitting(office, "Elders", [tools.TODAY])
    person = asked_today(office, "Amina")
    found = {one.place: one.intakes for one in moments.between(office, tools.TODAY, tools.TODAY)}
    assert found == {"Sociaal Huis": (person,), "Elders": ()}
    assert isinstance(the(office, sitting).record, SittingDay)


def test_an_intake_at_a_fair_is_not_one_of_the_sitting_day_at_the_same_place(office, tools, fair):
    (sitting,) = moments.plan_sitting(office, "Nekkerhal", [tools.TODAY])
    person = asked_today(office, "Amina", at=0)
    assert the(office, fair).intakes == (person,)
    assert the(office, sitting).intakes == ()


def test_who_was_guided_before_is_there_but_is_no_intake(office, tools, fair):
    view = dossiers.create(office, first_name="Amina")
    trajectory = dossiers.change(office, Trajectory, newest(view).id, intake_date=tools.TODAY - DAY)
    moments.attach(office, fair.id, [view.client.id])
    assert [one.name for one in moments.attendees(office, fair.id)] == ["Amina"]
    assert the(office, fair).intakes == ()
    dossiers.change(office, Trajectory, trajectory.id, intake_date=tools.TODAY + DAY)
    assert the(office, fair).intakes == (view.client.id,)


def test_an_intake_after_two_moments_counts_for_the_last(office, tools, fair):
    before = moments.save_event(office, None, type="PROEFLES", date=tools.TODAY - DAY)
    view = dossiers.create(office, first_name="Amina")
    for event in (before, fair):
        moments.attach(office, event.id, [view.client.id])
    assert the(office, before).intakes == ()
    assert the(office, fair).intakes == (view.client.id,)


def test_people_are_attached_once_and_all_or_none(office, fair):
    views = [dossiers.create(office, first_name=name) for name in ("Amina", "Bram")]
    ids = [view.client.id for view in views]
    assert len(moments.attach(office, fair.id, [*ids, ids[0]])) == 2
    assert moments.attach(office, fair.id, ids) == []
    (talk,) = dossiers.reload(office, ids[0]).of(Session)
    assert (talk.date, talk.mode, talk.location, talk.attended, talk.group_session) == (
        fair.date,
        "GROEP",
        "Nekkerhal",
        "J",
        fair.id,
    )
    other = dossiers.create(office, first_name="Chiara").client.id
    with pytest.raises(NotFound):
        moments.attach(office, fair.id, [other, "nobody"])
    assert len(moments.attendees(office, fair.id)) == 2


def test_who_is_taken_off_the_list_can_come_back(office, fair):
    view = dossiers.create(office, first_name="Amina")
    moments.attach(office, fair.id, [view.client.id])
    gone = moments.detach(office, moments.attendees(office, fair.id)[0].session_id)
    assert moments.attendees(office, fair.id) == []
    dossiers.save(office, gone)
    assert len(moments.attendees(office, fair.id)) == 1


def test_who_is_closed_begins_anew_on_the_day_of_the_event(office, tools):
    event = moments.save_event(
        office, None, type="WORKSHOP_KANDIDAAT", date=tools.TODAY - DAY, location="Ligo"
    )
    view = dossiers.create(office, first_name="Amina")
    dossiers.change(office, Trajectory, newest(view).id, status="CLOSED")
    moments.attach(office, event.id, [view.client.id])
    begun = newest(dossiers.reload(office, view.client.id))
    assert (begun.seq, begun.intake_date, begun.intake_location) == (2, event.date, "Ligo")
    assert the(office, event).intakes == (view.client.id,)


def test_who_registers_for_a_later_day_has_not_been_there(office, tools):
    event = moments.save_event(office, None, type="PROEFLES", date=tools.TODAY + DAY)
    view = dossiers.create(office, first_name="Amina")
    (talk,) = moments.attach(office, event.id, [view.client.id])
    assert talk.attended == "GEPLAND"
    assert len(moments.attendees(office, event.id)) == 1
    assert the(office, event).intakes == ()


def test_totals_leave_out_what_was_not_held_or_is_to_come(office, tools, fair):
    moments.count(office, fair.id, 40)
    called_off = moments.save_event(
        office, None, type="JOBBEURS", date=tools.TODAY, attendees_count=9, held=False
    )
    moments.save_event(office, None, type="EXPERTTALK_ONLINE", date=tools.TODAY + DAY, attendees_count=9)
    moments.plan_sitting(office, "Sociaal Huis", [tools.TODAY, tools.TODAY - DAY])
    moments.plan_sitting(office, "Elders", [tools.TODAY + DAY])
    asked_today(office, "Amina")
    told = moments.totals(office, moments.between(office, tools.TODAY - DAY, tools.TODAY + DAY))
    assert (told.moments, told.attendees, told.intakes, told.places) == (6, 40, 1, 1)
    assert told.by_row == {"POPUP": 1}
    moments.say_held(office, called_off, True)
    told = moments.totals(office, moments.between(office, tools.TODAY, tools.TODAY))
    assert (told.attendees, told.by_row) == (49, {"POPUP": 2})


def test_a_moment_that_was_called_off_is_not_offered_in_a_quick_question(office, fair):
    assert [one.event_id for one in quick_question.moments(office)] == [fair.id]
    moments.say_held(office, fair, False)
    assert quick_question.moments(office) == []


def test_a_removed_dossier_counts_nowhere(office, fair):
    person = asked_today(office, "Amina")
    dossiers.take_back(office, person)
    assert the(office, fair).intakes == ()
    assert moments.attendees(office, fair.id) == []


def test_what_is_changed_stays_what_it_was_otherwise(office, tools, fair):
    changed = moments.save_event(office, fair.id, name="Jobdag")
    assert (changed.name, changed.type, changed.location) == ("Jobdag", "JOBBEURS", "Nekkerhal")
    with office.database.read() as reader:
        assert len(reader.find(Event)) == 1
        assert reader.find(ServiceLocation) == []
