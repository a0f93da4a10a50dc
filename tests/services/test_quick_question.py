"""A quick info question: one transaction, no double, no blank overwritten, and it grows without retyping."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.organisation import Event, ServiceLocation, SittingDay
from leerwinkel_desktop.domain.trajectories import LearningQuestion, Session, Trajectory
from leerwinkel_desktop.services import dossiers, profile, quick_question
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.quick_question import Asked, Moment, Where

ASKED = Asked(
    first_name="Amina",
    last_name="Voorbeeld",
    birth_year=1998,
    gender="V",
    level="27",
    question="DIPLOMA_SO",
    referral="VDAB",
)


def trajectory_of(view: DossierView) -> Trajectory:
    assert view.trajectory is not None
    return view.trajectory


def test_six_answers_make_a_whole_dossier(office, tools):
    kept = quick_question.keep(office, ASKED, Where("INLOOP"))
    view = dossiers.reload(office, kept.client_id)
    assert (view.client.first_name, view.client.birth_year, view.client.gender) == ("Amina", 1998, "V")
    assert view.dossier.status == "ACTIVE"
    (trajectory,) = view.of(Trajectory)
    assert (trajectory.service_type, trajectory.contact_mode, trajectory.programme) == (
        "INFO",
        "INLOOP",
        "CITY",
    )
    assert (trajectory.level_at_intake, trajectory.referral_source) == ("27", "VDAB")
    assert (trajectory.counsellor, trajectory.intake_date) == (office.user, tools.TODAY)
    (question,) = view.of(LearningQuestion)
    assert (question.trajectory_id, question.type) == (trajectory.id, "DIPLOMA_SO")
    (talk,) = view.of(Session)
    assert (talk.trajectory_id, talk.date, talk.attended, talk.mode) == (
        trajectory.id,
        tools.TODAY,
        "J",
        "INLOOP",
    )


def test_a_bad_answer_keeps_nothing_and_uses_no_number(office, tools):
    before = tools.dump(office)
    with pytest.raises(InvalidValue):
        quick_question.keep(office, replace(ASKED, question="ZZZ"), Where())
    assert tools.dump(office) == before
    kept = quick_question.keep(office, ASKED, Where())
    assert dossiers.reload(office, kept.client_id).client.client_no == "MEC-2026-0001"


def test_a_name_alone_is_enough_and_no_question_is_invented(office):
    kept = quick_question.keep(office, Asked(first_name="Bram"), Where())
    view = dossiers.reload(office, kept.client_id)
    assert view.of(LearningQuestion) == ()
    assert len(view.of(Session)) == 1


def test_kept_twice_after_a_power_cut_it_is_there_once(office):
    born = new_id()
    first, second = (quick_question.keep(office, ASKED, Where(), born=born) for _ in range(2))
    assert first.client_id == second.client_id == born
    assert dossiers.count(office) == 1
    assert len(dossiers.reload(office, born).of(Session)) == 1


def test_who_is_known_gets_the_question_and_only_blanks_are_filled(office):
    known = dossiers.create(office, first_name="Amina", birth_date=date(1998, 3, 14))
    dossiers.change(
        office, Trajectory, trajectory_of(known).id, level_at_intake="33", service_type="GUIDANCE"
    )
    kept = quick_question.keep(office, ASKED, Where(), client_id=known.client.id)
    view = dossiers.reload(office, known.client.id)
    assert (view.client.last_name, view.client.birth_year, view.client.gender) == (None, None, "V")
    (trajectory,) = view.of(Trajectory)
    assert (trajectory.level_at_intake, trajectory.service_type) == ("33", "GUIDANCE")
    assert trajectory.referral_source == "VDAB"
    assert len(view.of(LearningQuestion)) == len(view.of(Session)) == 1
    quick_question.take_back(office, kept)
    after = dossiers.reload(office, known.client.id)
    assert after.client == known.client
    assert trajectory_of(after) == replace(
        trajectory_of(known), level_at_intake="33", service_type="GUIDANCE"
    )
    assert (*after.of(LearningQuestion), *after.of(Session)) == ()


def test_who_is_known_with_all_closed_gets_another_trajectory(office):
    known = dossiers.create(office, first_name="Amina")
    dossiers.change(office, Trajectory, trajectory_of(known).id, status="CLOSED")
    kept = quick_question.keep(office, ASKED, Where(), client_id=known.client.id)
    old, new = dossiers.reload(office, known.client.id).of(Trajectory)
    assert (old.status, new.seq, new.service_type) == ("CLOSED", 2, "INFO")
    quick_question.take_back(office, kept)
    assert [one.id for one in dossiers.reload(office, known.client.id).of(Trajectory)] == [old.id]


def test_a_new_one_is_taken_back_whole(office):
    kept = quick_question.keep(office, ASKED, Where())
    quick_question.take_back(office, kept)
    assert dossiers.count(office) == 0
    with office.database.read() as reader:
        assert [reader.find(kind) for kind in (Client, Trajectory, Session, LearningQuestion)] == [[]] * 4


def test_the_moment_of_today_is_offered_and_counted(office, tools):
    fair = Event(id=new_id(), type="JOBBEURS", date=tools.TODAY, location="Nekkerhal")
    place = ServiceLocation(id=new_id(), name="Sociaal Huis")
    days = [
        SittingDay(id=new_id(), location_id=place.id, date=tools.TODAY, held=held) for held in (None, False)
    ]
    other = Event(id=new_id(), type="PROEFLES", date=date(2026, 2, 3), location="Elders")
    for record in (fair, other, place, *days):
        dossiers.save(office, record)
    here = Moment(fair.id, "JOBBEURS", "Nekkerhal", "POPUP")
    assert quick_question.moments(office) == [here, Moment(None, None, "Sociaal Huis", "ZITDAG")]
    assert quick_question.usual(office) == Where("POPUP", here)
    kept = quick_question.keep(office, ASKED, quick_question.usual(office))
    view = dossiers.reload(office, kept.client_id)
    assert trajectory_of(view).intake_location == "Nekkerhal"
    assert [one.group_session for one in view.of(Session)] == [fair.id]


def test_the_last_way_is_the_usual_one(office):
    assert quick_question.usual(office) == Where("POPUP", None)
    quick_question.keep(office, ASKED, Where("TELEFOON"))
    assert quick_question.usual(office) == Where("TELEFOON", None)


def test_a_programme_that_ended_is_not_put_on_anybody(office):
    profile.choose(office, "prison")
    kept = quick_question.keep(office, ASKED, Where())
    assert trajectory_of(dossiers.reload(office, kept.client_id)).programme is None


def test_it_grows_into_guidance_and_keeps_everything(office):
    kept = quick_question.keep(office, ASKED, Where())
    before = dossiers.reload(office, kept.client_id)
    trajectory = trajectory_of(before)
    closed = {"status": "CLOSED", "closed_on": date(2026, 2, 2), "close_reason": "INFO_VOLSTAAT"}
    dossiers.change(office, Trajectory, trajectory.id, **closed)
    assert quick_question.may_grow(before, trajectory.id)
    was = quick_question.grow(office, trajectory.id)
    after = dossiers.reload(office, kept.client_id)
    assert trajectory_of(after) == replace(trajectory, service_type="GUIDANCE")
    assert after.of(LearningQuestion) == before.of(LearningQuestion)
    assert not quick_question.may_grow(after, trajectory.id)
    dossiers.save(office, was)
    assert trajectory_of(dossiers.reload(office, kept.client_id)).close_reason == "INFO_VOLSTAAT"
