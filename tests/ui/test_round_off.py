"""Rounding off keeps today's conversation once, and plans the next."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.domain.trajectories import AdviceStep, LearningQuestion, Option, Session
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.pages.dossier.round_off import RoundOffDialog


@pytest.fixture
def view(workspace):
    return dossiers.create(workspace, first_name="Amina")


@pytest.fixture
def ask(qtbot, desk, view, ground):
    def make():
        now = dossiers.reload(desk.workspace, view.client.id)
        assert now.trajectory is not None
        dialog = RoundOffDialog(desk, now, now.trajectory.id, ground)
        dialog.open()
        return dialog

    return make


def sessions(desk, view):
    return dossiers.reload(desk.workspace, view.client.id).of(Session)


def test_keeps_today_and_plans_the_next(qtbot, desk, view, ask):
    dialog = ask()
    qtbot.keyClicks(dialog.minutes.widget, "50")
    dialog.step.editor.set_value("3")
    qtbot.keyClicks(dialog.next.widget.line, "2/6/2026")
    qtbot.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    held, planned = sessions(desk, view)
    today = desk.workspace.today()
    assert (held.date, held.minutes, held.step_reached, held.attended) == (today, 50, "3", "J")
    assert (planned.date, planned.attended) == (date(2026, 6, 2), "GEPLAND")


@pytest.mark.parametrize(
    ("kind", "values", "step"),
    [
        (None, {}, None),
        (Talent, {"description": "geduldig"}, "1"),
        (LearningQuestion, {"dream": "Kok worden"}, "2"),
        (Option, {"title": "Koken"}, "3"),
        (AdviceStep, {"what": "Ik ga naar de school"}, "4"),
        (AdviceStep, {"who": "CLIENT"}, None),
    ],
)
def test_the_step_that_was_reached_is_proposed(desk, view, ask, kind, values, step):
    if kind is not None:
        owner = view.dossier.id if kind is Talent else view.trajectory.id
        dossiers.add(desk.workspace, kind, owner, **values)
    dialog = ask()
    assert dialog.step.editor.value() == step
    dialog.accept()
    assert [one.step_reached for one in sessions(desk, view)] == [step]


def test_the_step_that_was_said_stays(desk, view, ask):
    dossiers.add(desk.workspace, Option, view.trajectory.id, title="Koken")
    today = desk.workspace.today()
    dossiers.add(desk.workspace, Session, view.trajectory.id, date=today, attended="J", step_reached="1")
    assert ask().step.editor.value() == "1"


def test_enter_in_a_line_rounds_off_and_chooses_nothing_else(qtbot, desk, view, ask):
    dialog = ask()
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    qtbot.keyClicks(dialog.minutes.widget, "50")
    qtbot.keyClick(dialog.minutes.widget, Qt.Key.Key_Return)
    (held,) = sessions(desk, view)
    assert (held.minutes, held.mode) == (50, None)


def test_the_second_time_today_changes_the_same_conversation(qtbot, desk, view, ask):
    ask().accept()
    dialog = ask()
    qtbot.keyClicks(dialog.minutes.widget, "20")
    dialog.accept()
    assert [one.minutes for one in sessions(desk, view)] == [20]


def test_what_does_not_fit_keeps_it_open(qtbot, desk, view, ask):
    dialog = ask()
    qtbot.keyClicks(dialog.minutes.widget, "lang")
    qtbot.keyClicks(dialog.next.widget.line, "morgen")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.minutes.problem.text()
    assert dialog.next.problem.text()
    assert sessions(desk, view) == ()


def test_not_yet_keeps_nothing(desk, view, ask):
    ask().reject()
    assert sessions(desk, view) == ()


def test_the_next_has_its_hour(qtbot, desk, view, ask):
    dialog = ask()
    qtbot.keyClicks(dialog.next.widget.line, "2/6/2026")
    qtbot.keyClicks(dialog.next_at.widget, "9u30")
    dialog.accept()
    assert [one.starts_at for one in sessions(desk, view)] == [None, "09:30"]


def test_what_was_planned_today_becomes_the_talk_and_what_was_cancelled_stays_so(desk, view, ask):
    today = desk.workspace.today()
    made = [
        dossiers.add(desk.workspace, Session, view.trajectory.id, date=today, attended=attended)
        for attended in ("GEPLAND", "GEANNULEERD")
    ]
    ask().accept()
    assert [(one.id, one.attended) for one in sessions(desk, view)] == [
        (made[0].id, "J"),
        (made[1].id, "GEANNULEERD"),
    ]
