"""The quick info question: the keyboard alone, the queue, who is known, and nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.organisation import Event
from leerwinkel_desktop.domain.trajectories import LearningQuestion, Session, Trajectory
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.ui.editors.values import parse_birth
from leerwinkel_desktop.ui.quick.asking import Asking
from tests.windows import TODAY

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def asking(qtbot, desk, ground):
    ground.show()
    return Asking(desk, ground)


@pytest.fixture
def ask(qtbot, asking):
    """Opens the question and waits until it has the keyboard."""

    def make():
        made = asking.ask()
        with qtbot.waitActive(made):
            made.activateWindow()
        return made

    return make


@pytest.fixture
def dialog(ask):
    return ask()


@pytest.fixture
def press(qtbot):
    """Types as a keyboard does: into the window, which knows who has the cursor."""

    def type_(*parts):
        for part in parts:
            for key in part if isinstance(part, str) else [part]:
                window = QApplication.activeWindow()
                assert window is not None
                if key is Qt.Key.Key_Escape:
                    qtbot.keyClick(window, key)  # the window is gone before the key comes up
                    return
                QTest.keyClick(window.windowHandle(), *(key if isinstance(key, tuple) else (key,)))

    return type_


ENTER, KEEP = Qt.Key.Key_Return, (Qt.Key.Key_Return, CTRL)


def everybody(desk):
    found = dossiers.search(desk.workspace, "")
    return [dossiers.reload(desk.workspace, hit.client_id) for hit in found]


def test_six_fields_by_keyboard_and_ready_for_the_next(desk, dialog, press):
    press("Amina", ENTER, "98", ENTER, "v", ENTER, "6 bso", ENTER, "dipl", ENTER, "vd", KEEP)
    press("Bram", KEEP)
    bram, amina = everybody(desk)
    assert (amina.client.first_name, amina.client.birth_year, amina.client.gender) == ("Amina", 1998, "V")
    trajectory = amina.trajectory
    assert (trajectory.level_at_intake, trajectory.referral_source) == ("30", "VDAB")
    assert [one.type for one in amina.of(LearningQuestion)] == ["DIPLOMA_SO"]
    assert [(one.attended, one.mode) for one in amina.of(Session)] == [("J", "POPUP")]
    assert bram.client.first_name == "Bram"
    assert (bram.client.gender, bram.of(LearningQuestion)) == (None, ())
    assert dialog.isVisible()
    assert dialog.boxes["name"].typing
    assert not dialog.typed


def test_a_question_may_be_in_their_own_words_and_a_birth_may_be_a_day(desk, dialog, press):
    press("Elif Voorbeeld", ENTER, "14/3/1998", ENTER, ENTER, ENTER, "Iets met dieren en bomen", KEEP)
    (elif_,) = everybody(desk)
    assert (elif_.client.last_name, elif_.client.birth_date) == ("Voorbeeld", date(1998, 3, 14))
    assert [(one.type, one.own_words) for one in elif_.of(LearningQuestion)] == [
        (None, "Iets met dieren en bomen")
    ]


def test_what_does_not_fit_keeps_it_open_and_nothing_is_written(desk, dialog, press):
    press("Elif", ENTER, "lang geleden", KEEP)
    assert dialog.boxes["birth"].problem.text()
    press(*[Qt.Key.Key_Backspace] * 12, "1700", KEEP)
    assert dialog.boxes["birth"].problem.text()
    assert everybody(desk) == []
    assert dialog.boxes["birth"].typing


def test_nothing_typed_keeps_nothing(desk, dialog, press):
    press(KEEP)
    assert everybody(desk) == []
    assert dialog.boxes["name"].problem.text()


def test_who_resembles_can_be_pointed_out(qtbot, desk, dialog, press):
    known = dossiers.create(desk.workspace, first_name="Amina", last_name="Voorbeeld", birth_year=1998)
    press("Amina Voorbeeld", ENTER, "1998", ENTER)
    dialog.known.look()
    it_is = next(one for one in dialog.known.findChildren(QPushButton) if "Dat is" in one.text())
    assert "Amina Voorbeeld · 1998" in it_is.accessibleName()
    qtbot.mouseClick(it_is, Qt.MouseButton.LeftButton)
    press("v", ENTER, ENTER, "ned", KEEP)
    (amina,) = everybody(desk)
    assert (amina.client.id, amina.client.gender) == (known.client.id, "V")
    assert [one.type for one in amina.of(LearningQuestion)] == ["NEDERLANDS"]
    assert dialog.known.isHidden()
    press("Bram", KEEP)
    assert len(everybody(desk)) == 2


def test_it_was_somebody_else_after_all(qtbot, desk, dialog, press):
    known = dossiers.create(desk.workspace, first_name="Amina", last_name="Voorbeeld")
    press("Amina Voorbeeld")
    dialog.known.point_out(known.client.id, "Amina Voorbeeld")
    other = next(one for one in dialog.known.findChildren(QPushButton) if "anders" in one.text())
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert dialog.known.client_id is None
    dialog.keep()
    assert len(everybody(desk)) == 2


def test_the_moment_of_today_is_the_default(desk, ask):
    fair = Event(id=new_id(), type="JOBBEURS", date=TODAY, location="Nekkerhal")
    dossiers.save(desk.workspace, fair)
    dialog = ask()
    assert dialog.place.moment.currentText() == "Jobbeurs · Nekkerhal"
    dialog.boxes["name"].editor.retype("Amina")
    dialog.keep()
    (amina,) = everybody(desk)
    assert [(one.group_session, one.location) for one in amina.of(Session)] == [(fair.id, "Nekkerhal")]


def test_undo_and_open_of_the_one_before(qtbot, desk, asking, dialog, press):
    press("Amina", KEEP, "Bram", KEEP)
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    assert [one.client.first_name for one in everybody(desk)] == ["Amina"]
    assert dialog.undo.isHidden()
    press("Chantal", KEEP)
    with qtbot.waitSignal(asking.opened) as opened:
        qtbot.mouseClick(dialog.open_last, Qt.MouseButton.LeftButton)
    assert opened.args == [everybody(desk)[0].client.id]
    assert asking.dialog is None


def test_after_esc_the_toast_opens_and_undoes(qtbot, desk, ask, asking, dialog, press, toast):
    press("Amina", KEEP, Qt.Key.Key_Escape)
    assert "Amina" not in toast.accessibleName()
    with qtbot.waitSignal(asking.opened):
        qtbot.mouseClick(toast.act, Qt.MouseButton.LeftButton)
    ask()
    press("Bram", KEEP, Qt.Key.Key_Escape)
    qtbot.mouseClick(toast.undo, Qt.MouseButton.LeftButton)
    assert [one.client.first_name for one in everybody(desk)] == ["Amina"]


def test_esc_keeps_what_was_typed_for_the_next_time(desk, ask, asking, dialog, press):
    press("Amina", ENTER, "98", Qt.Key.Key_Escape)
    assert asking.unkept
    assert asking.memo()["open"] is False
    again = ask()
    assert again is not dialog
    assert (again.boxes["name"].editor.typed(), again.boxes["birth"].editor.typed()) == ("Amina", "98")
    assert again.boxes["birth"].typing
    again.keep()
    assert [one.client.birth_year for one in everybody(desk)] == [1998]
    again.reject()
    assert not asking.unkept
    assert asking.memo() == {}


def test_kept_again_after_a_power_cut_it_is_one(desk, asking, dialog, press):
    press("Amina")
    memo = asking.memo()
    press(KEEP)
    dialog.reject()
    asking.recall(memo)
    asking.dialog.keep()
    assert len(everybody(desk)) == 1


def test_a_busy_vault_is_waited_for(desk, dialog, press, monkeypatch):
    write = type(desk.workspace.database).write

    def busy(_database):
        raise VaultBusy

    monkeypatch.setattr(type(desk.workspace.database), "write", busy)
    press("Amina", KEEP)
    assert not dialog.keep_button.isEnabled()
    assert dialog.typed
    monkeypatch.setattr(type(desk.workspace.database), "write", write)
    desk.later.look()
    assert [one.client.first_name for one in everybody(desk)] == ["Amina"]
    assert dialog.keep_button.isEnabled()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", None),
        ("98", 1998),
        ("05", 2005),
        ("20", 1920),
        ("1998", 1998),
        ("14/3/98", date(1998, 3, 14)),
        ("14031998", date(1998, 3, 14)),
    ],
)
def test_a_year_or_a_day_of_birth(typed, meant):
    assert parse_birth("birth_year", typed, TODAY) == meant


@pytest.mark.parametrize("typed", ["9", "199", "zeven", "31/2/1998"])
def test_what_is_no_birth(typed):
    with pytest.raises(InvalidValue):
        parse_birth("birth_year", typed, TODAY)


def test_every_trajectory_of_the_queue_is_a_question(desk, dialog, press):
    press("Amina", KEEP)
    assert [one.of(Trajectory)[0].service_type for one in everybody(desk)] == ["INFO"]
