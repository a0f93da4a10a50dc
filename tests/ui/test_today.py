"""Vandaag shows who comes and what is due, and what is done there is in the dossier at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.training import FollowUp
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import appointments, dossiers
from leerwinkel_desktop.ui.choosing_client import ClientDialog
from leerwinkel_desktop.ui.pages.today.cards import CARDS, LEFT
from leerwinkel_desktop.ui.pages.today.page import TodayPage
from leerwinkel_desktop.ui.planning import PlanDialog
from tests.windows import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def page(qtbot, desk):
    made = TodayPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def amina(workspace):
    return dossiers.create(workspace, first_name="Amina", last_name="Voorbeeld")


@pytest.fixture
def planned(workspace, amina):
    values = {"date": TODAY, "starts_at": "14:30", "mode": "AFSPRAAK", "location": "Sociaal Huis"}
    return appointments.plan(workspace, amina.trajectory.id, **values)


def session(workspace, planned):
    with workspace.database.read() as reader:
        return reader.get(Session, planned.id)


def titles(page, key):
    return [row.title.text() for row in page.card(key).rows]


def test_an_empty_day_says_what_to_do(page):
    for card in page.cards:
        assert card.empty.isVisible() is not bool(card.rows)
    assert "Klant zonder afspraak" in page.card("appointments").empty.text()


def test_a_line_tells_who_and_when_and_opens_the_dossier(qtbot, desk, amina, planned, page):
    (row,) = page.card("appointments").rows
    assert row.title.accessibleName() == "14:30, Amina Voorbeeld, Op afspraak · Sociaal Huis"
    with qtbot.waitSignal(desk.sent) as sent:
        qtbot.keyClick(row.title, Qt.Key.Key_Return)
    assert sent.args == [f"dossier/{amina.client.id}"]
    with qtbot.waitSignal(desk.sent):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)


def test_who_came_begins_the_talk_and_can_be_taken_back(qtbot, desk, toast, workspace, amina, planned, page):
    came, _absent, _move = page.card("appointments").rows[0].acts
    with qtbot.waitSignal(desk.sent) as sent:
        came.click()
    assert sent.args == [f"dossier/{amina.client.id}"]
    assert session(workspace, planned).attended == "J"
    assert page.card("appointments").rows[0].acts == []
    toast.undo.click()
    assert session(workspace, planned).attended == "GEPLAND"
    assert len(page.card("appointments").rows[0].acts) == 3


def test_who_is_still_to_come_stands_above_who_was_here(workspace, desk, planned, page):
    early = dossiers.create(workspace, first_name="Dawit", last_name="Voorbeeld")
    assert early.trajectory is not None
    values = {"date": TODAY, "starts_at": "09:00", "attended": appointments.HELD}
    appointments.plan(workspace, early.trajectory.id, **values)
    desk.kept.emit()
    assert titles(page, "appointments") == ["Amina Voorbeeld", "Dawit Voorbeeld"]


def test_a_line_that_counts_itself_is_not_counted_again(make_vault):
    (handover,) = (spec for spec in CARDS if spec.key == "handover")
    told = handover.read(make_vault(role="laptop"), None)
    assert (len(told.lines), told.total) == (1, 0)


def test_who_did_not_come_is_noted_and_the_cursor_stays_on_the_line(qtbot, workspace, planned, page):
    absent = page.card("appointments").rows[0].acts[1]
    absent.setFocus()
    qtbot.keyClick(absent, Qt.Key.Key_Return)
    assert session(workspace, planned).attended == "AFWEZIG"
    assert page.card("appointments").rows[0].title.hasFocus()


def test_an_appointment_moves(qtbot, workspace, planned, page):
    page.card("appointments").rows[0].acts[2].click()
    dialog = page.acting.dialog
    assert isinstance(dialog, PlanDialog)
    dialog.boxes["starts_at"].editor.retype("9u15")
    dialog.boxes["date"].editor.retype("13/5/2026")
    dialog.done_button.click()
    moved = session(workspace, planned)
    assert (moved.date, moved.starts_at, moved.attended) == (TODAY + DAY, "09:15", "GEPLAND")
    assert titles(page, "appointments") == []


def test_who_walks_in_is_found_or_made_and_the_talk_begins(qtbot, desk, workspace, amina, page):
    page.walk_in.click()
    dialog = page.acting.dialog
    assert isinstance(dialog, ClientDialog)
    qtbot.keyClicks(dialog.search, "ami")
    with qtbot.waitSignal(desk.sent) as sent:
        qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert sent.args == [f"dossier/{amina.client.id}"]
    (talk,) = dossiers.reload(workspace, amina.client.id).of(Session)
    assert (talk.mode, talk.attended) == ("INLOOP", "J")
    page.walk_in.click()
    assert isinstance(page.acting.dialog, ClientDialog)
    qtbot.keyClicks(page.acting.dialog.search, "Dawit Nieuw")
    with qtbot.waitSignal(desk.sent) as sent:
        qtbot.keyClick(page.acting.dialog.search, Qt.Key.Key_Return)
    made = dossiers.reload(workspace, sent.args[0].partition("/")[2])
    assert (made.client.first_name, made.client.last_name) == ("Dawit", "Nieuw")
    assert titles(page, "appointments") == ["Amina Voorbeeld", "Dawit Nieuw"]


def test_what_is_due_is_there_and_a_long_list_unfolds(qtbot, desk, workspace, amina, page):
    for ago in range(8):
        dossiers.add(workspace, FollowUp, amina.trajectory.id, moment="F1", due_on=TODAY - DAY * ago)
    desk.kept.emit()
    card = page.card("due")
    assert len(card.rows) == 6
    card.more.click()
    assert len(card.rows) == 8
    assert "(8)" in card._heading.text()


def test_only_what_is_mine(qtbot, workspace, amina, planned, page):
    trajectory = amina.trajectory
    dossiers.change(workspace, type(trajectory), trajectory.id, counsellor="Iemand anders")
    page.refresh()
    assert titles(page, "appointments") == ["Amina Voorbeeld"]
    page.whose.button("own").click()
    assert titles(page, "appointments") == []


def test_the_same_lines_are_not_drawn_again(desk, planned, page):
    before = page.card("appointments").rows
    desk.kept.emit()
    assert page.card("appointments").rows is before


def test_on_a_narrow_page_all_cards_stand_under_each_other(qtbot, page):
    left, right = page._sides
    assert right.count() > 1
    page.resize(500, 700)
    assert (left.count(), right.count()) == (len(CARDS) + 1, 1)
    page.resize(1180, 700)
    assert left.count() == sum(spec.side == LEFT for spec in CARDS) + 1


def plan(desk, ground, view, **begin):
    dialog = PlanDialog(desk, view.trajectory.id, "Amina", ground, begin=begin)
    dialog.open()
    return dialog


def test_what_stands_in_the_way_is_said_softly_and_without_names(desk, ground, amina, planned):
    dialog = plan(desk, ground, amina, date=TODAY, starts_at="15:00")
    assert dialog.hint.text() == "⚠ Je hebt dan al een afspraak, om 14:30."
    dialog.boxes["date"].editor.retype("14/5/2026")
    dialog.boxes["date"].editor.changed.emit()
    assert "O.L.H.-Hemelvaart" in dialog.hint.text()
    dialog.boxes["date"].editor.retype("10/5/2026")
    dialog.boxes["date"].editor.changed.emit()
    assert dialog.hint.text() == "⚠ Die dag is al voorbij.\n⚠ Dat is in het weekend."
    dialog.accept()
    assert len(dossiers.reload(desk.workspace, amina.client.id).of(Session)) == 2


def test_without_a_day_nothing_is_planned(desk, ground, amina):
    dialog = plan(desk, ground, amina)
    dialog.boxes["starts_at"].editor.retype("straks")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.boxes["date"].problem.text()
    assert "9u30" in dialog.boxes["starts_at"].problem.text()
    assert dossiers.reload(desk.workspace, amina.client.id).of(Session) == ()
