"""Vandaag finds what is due and about whom to worry, of open trajectories only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from leerwinkel_desktop.domain.early_signals import Sign
from leerwinkel_desktop.domain.training import FollowUp, Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import Barrier, Session, Trajectory
from leerwinkel_desktop.services import dossiers, today, undecided
from tests.services.conftest import TODAY, Clock, make

DAY = timedelta(days=1)


@pytest.fixture
def office(tmp_path):
    made = make(tmp_path / "office", Clock())
    yield made
    made.close()


@pytest.fixture
def amina(office):
    return dossiers.create(office, first_name="Amina")


def under(office, view, kind, **values):
    return dossiers.add(office, kind, view.trajectory.id, **values)


def signs(office):
    return [(one.person.first_name, one.sign) for one in today.signals(office)]


def test_what_is_due_is_told_longest_first_until_it_is_done(office, amina):
    late = under(office, amina, FollowUp, moment="F1", due_on=TODAY - DAY)
    now = under(office, amina, FollowUp, moment="F3", due_on=TODAY, attempts=2)
    under(office, amina, FollowUp, moment="F4", due_on=TODAY + DAY)
    under(office, amina, FollowUp, moment="F1", due_on=TODAY - DAY, done_on=TODAY)
    found, total = today.due(office)
    assert [(one.id, one.attempts) for one in found] == [(late.id, 0), (now.id, 2)]
    assert total == 2
    assert today.due(office, "Iemand anders") == ([], 0)
    dossiers.change(office, Trajectory, amina.trajectory.id, status="CLOSED")
    assert today.due(office) == ([], 0)


def test_a_long_list_is_cut_and_counted_whole(office, amina):
    for _ in range(today.MOST + 3):
        under(office, amina, FollowUp, moment="F1", due_on=TODAY)
    found, total = today.due(office)
    assert (len(found), total) == (today.MOST, today.MOST + 3)


def test_the_four_worries_come_from_what_is_stored(office):
    people = {name: dossiers.create(office, first_name=name) for name in ("Amina", "Bram", "Zoë", "Dawit")}
    under(office, people["Amina"], FollowUp, moment="F2", due_on=TODAY - DAY)
    for ago in (9, 2):
        under(office, people["Bram"], Session, date=TODAY - DAY * ago, attended="AFWEZIG")
    under(office, people["Zoë"], TrainingStart, start_date=date(2025, 9, 1), status="ONGOING")
    under(office, people["Dawit"], TrainingStart, start_date=TODAY + DAY * 30, status="ENROLLED")
    blocking = under(office, people["Dawit"], Barrier, code="GELD", weight=3, status="OPEN")
    assert signs(office) == [
        ("Dawit", Sign.BARRIER),
        ("Bram", Sign.ABSENT),
        ("Amina", Sign.UNANSWERED),
        ("Zoë", Sign.NO_CERTIFICATE),
    ]
    assert today.signals(office, "Iemand anders") == []
    dossiers.change(office, Barrier, blocking.id, status="SOLVED")
    under(office, people["Bram"], Session, date=TODAY, attended="J")
    assert signs(office) == [("Amina", Sign.UNANSWERED), ("Zoë", Sign.NO_CERTIFICATE)]


def test_a_certificate_ends_the_worry(office, amina):
    start = under(office, amina, TrainingStart, start_date=date(2025, 9, 1), status="ONGOING")
    assert signs(office) == [("Amina", Sign.NO_CERTIFICATE)]
    dossiers.add(office, Qualification, start.id, type="DEELCERT", awarded_on=TODAY, partial=True)
    assert signs(office) == []


def test_who_is_closed_or_taken_away_is_no_worry(office, amina):
    due = under(office, amina, FollowUp, moment="F2", due_on=TODAY - DAY)
    dossiers.change(office, Trajectory, amina.trajectory.id, status="CLOSED")
    assert signs(office) == []
    dossiers.change(office, Trajectory, amina.trajectory.id, status="OPEN")
    dossiers.remove(office, due)
    assert signs(office) == []


def test_nothing_waits_in_a_new_vault(office):
    assert undecided.how_many(office) == 0
