"""Moments are proposed from what a dossier holds, planned once, and let go after three attempts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.domain.early_signals import Sign
from leerwinkel_desktop.domain.training import ContactAttempt, FollowUp, Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import Barrier, Session, Trajectory
from leerwinkel_desktop.services import dossiers, following, to_do, today
from leerwinkel_desktop.services.rights import consents
from leerwinkel_desktop.services.to_do import Sort

DAY = timedelta(days=1)


class Desk:
    """A dossier with its vault; `add` puts a record in its trajectory."""

    def __init__(self, workspace, view):
        self.workspace, self.id, self.trajectory = workspace, view.client.id, view.trajectory
        self.today = workspace.today()

    def records(self, kind):
        view = dossiers.reload(self.workspace, self.id)
        return (view.client,) if kind.kind == "client" else view.of(kind)

    def add(self, kind, owner_id=None, **values):
        return dossiers.add(self.workspace, kind, owner_id or self.trajectory.id, **values)

    def proposed(self):
        return following.proposed(self.workspace, self.records)

    def to_do(self, seen=lambda _kind, _name: True):
        return [(one.sort, one.what) for one in to_do.to_do(self.workspace, self.records, seen)]

    def urgent(self):
        return [one for one in self.to_do() if one[0] is not Sort.MISSING]


@pytest.fixture
def desk(office):
    return Desk(office, dossiers.create(office, first_name="Amina", birth_year=1990))


def test_a_talk_that_came_to_the_advice_asks_for_f1(desk):
    desk.add(Session, date=desk.today, attended="J", step_reached="3")
    desk.add(Session, date=desk.today, attended="GEPLAND", step_reached="4")
    assert desk.proposed() == []
    desk.add(Session, date=desk.today, attended="J", step_reached="4")
    (found,) = desk.proposed()
    assert (found.moment, found.first) == ("F1", desk.today + DAY * 14)


def test_a_planned_moment_is_not_proposed_again(desk):
    desk.add(Session, date=desk.today, attended="J", step_reached="4")
    (found,) = desk.proposed()
    made = following.plan(desk.workspace, desk.trajectory.id, found)
    assert (made.moment, made.due_on) == ("F1", found.due_on)
    assert desk.proposed() == []
    dossiers.remove(desk.workspace, made)
    assert desk.proposed() == [found]


def test_a_planned_start_and_a_close_ask_for_theirs(desk):
    desk.add(TrainingStart, start_date=desk.today + DAY * 7, status="ENROLLED")
    assert [one.moment for one in desk.proposed()] == ["F2"]
    dossiers.change(desk.workspace, Trajectory, desk.trajectory.id, status="CLOSED", closed_on=desk.today)
    assert [one.moment for one in desk.proposed()] == ["F4", "F2", "F5", "F6"]


def test_a_release_asks_only_with_consent(desk):
    dossier = desk.trajectory.dossier_id
    desk.add(DetentionEpisode, dossier, released_on=desk.today)
    assert desk.proposed() == []
    consents.answer(desk.workspace, dossier, "CONTACT_AFTER_RELEASE", "GIVEN")
    assert [one.moment for one in desk.proposed()] == ["FD", "FD"]
    consents.answer(desk.workspace, dossier, "CONTACT_AFTER_RELEASE", "WITHDRAWN")
    assert desk.proposed() == []


def test_after_three_attempts_by_two_ways_a_moment_may_rest(desk):
    moment = desk.add(FollowUp, moment="F1", due_on=desk.today - DAY)
    for channel in ("TELEFOON", "TELEFOON"):
        desk.add(ContactAttempt, moment.id, date=desk.today, channel=channel, reached=False)
    assert following.out_of_reach(desk.records) == []
    assert desk.urgent() == [(Sort.DUE, "F1")]
    (due,), _total = today.due(desk.workspace)
    assert due.attempts == 2
    desk.add(ContactAttempt, moment.id, date=desk.today, channel="SMS", reached=False)
    assert [one.id for one in following.out_of_reach(desk.records)] == [moment.id]
    assert desk.urgent() == [(Sort.GONE, "F1")]
    before = following.rest(desk.workspace, moment.id)
    (now,) = desk.records(FollowUp)
    assert (now.outcome, now.reached, now.done_on) == ("UNREACHABLE", False, desk.today)
    assert desk.urgent() == []
    dossiers.save(desk.workspace, before)
    assert desk.urgent() == [(Sort.GONE, "F1")]


def test_attempts_that_were_only_counted_count_too(desk):
    moment = desk.add(FollowUp, moment="F1", due_on=desk.today, attempts=3)
    for channel in ("TELEFOON", "POST"):
        desk.add(ContactAttempt, moment.id, channel=channel)
    assert following.out_of_reach(desk.records) == [moment]


def test_worries_and_our_own_barriers_are_to_do(desk):
    desk.add(Barrier, code="KINDEROPVANG", owner="COUNSELLOR", status="OPEN", weight=3)
    desk.add(Barrier, code="GELD", owner="CLIENT", status="OPEN")
    desk.add(Barrier, code="TAAL", owner="COUNSELLOR", status="SOLVED")
    start = desk.add(TrainingStart, start_date=desk.today + DAY * 9, status="ENROLLED")
    assert desk.urgent() == [(Sort.WORRY, Sign.BARRIER), (Sort.BARRIER, "KINDEROPVANG")]
    dossiers.change(desk.workspace, TrainingStart, start.id, status="STOPPED")
    assert desk.urgent() == [(Sort.BARRIER, "KINDEROPVANG")]


def test_the_same_worries_as_on_the_page_of_today(desk):
    for ago in (9, 2):
        desk.add(Session, date=desk.today - DAY * ago, attended="AFWEZIG")
    lesson = desk.add(TrainingStart, start_date=desk.today - DAY * 250, status="ONGOING")
    desk.add(FollowUp, moment="F2", due_on=desk.today - DAY)
    told = [(Sort.WORRY, one.sign) for one in today.signals(desk.workspace)]
    assert len(told) == 3
    assert [one for one in desk.urgent() if one[0] is Sort.WORRY] == told
    desk.add(Qualification, lesson.id, type="DEELCERT")
    assert (Sort.WORRY, Sign.NO_CERTIFICATE) not in desk.urgent()


def test_what_a_figure_needs_is_told_softly_and_never_what_was_said_otherwise(desk):
    missing = [what for sort, what in desk.to_do() if sort is Sort.MISSING]
    assert "Geslacht" in missing
    assert "Geboortedatum" not in missing
    assert desk.to_do(lambda _kind, _name: False) == []
    for source, asks in (("VDAB", False), ("EIGEN", True)):
        dossiers.change(desk.workspace, Trajectory, desk.trajectory.id, referral_source=source)
        assert ("Hoe kende je ons" in [what for _sort, what in desk.to_do()]) is asks


def test_of_a_closed_trajectory_only_empty_fields_are_left(desk):
    desk.add(FollowUp, moment="F1", due_on=desk.today)
    desk.add(Barrier, code="GELD", owner="COUNSELLOR", status="OPEN")
    dossiers.change(desk.workspace, Trajectory, desk.trajectory.id, status="CLOSED")
    assert desk.urgent() == []
