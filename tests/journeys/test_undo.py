"""A counsellor mistypes, takes it back and forth, and finds in a field's history what it said before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import dossiers, exchange
from leerwinkel_desktop.ui.pages.dossier.cards import ListCard
from leerwinkel_desktop.ui.pages.dossier.field_history import FieldHistoryDialog
from leerwinkel_desktop.ui.places import inner

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(make_vault, enter):
    make_vault().close()
    return enter("vault")


def box(window, name):
    return next(form.boxes[name] for form in window.shell.dossier.forms() if name in form.boxes)


def press(qtbot, window, key, modifier=CTRL):
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def now(window):
    return dossiers.reload(window.workspace, window.shell.dossier.view.client.id)


def test_a_dossier_goes_back_and_forth_with_the_keyboard(qtbot, window):
    shell = window.shell
    shell.open_dossier(dossiers.create(window.workspace, first_name="Amina").client.id)
    page = shell.dossier
    qtbot.keyClicks(inner(box(window, "last_name").widget), "Voorbeeld")
    qtbot.waitUntil(lambda: page.state.text() == "✓ bewaard")  # by itself, while the cursor stays
    page.go("map")
    talents = next(one for one in page.cards if isinstance(one, ListCard) and one.box._spec.kind is Talent)
    talents.box.adding.click()
    qtbot.keyClicks(QApplication.focusWidget(), "geduldig")
    qtbot.waitUntil(lambda: len(now(window).of(Talent)) == 1)
    (made,) = now(window).of(Talent)

    press(qtbot, window, Qt.Key.Key_Z)
    assert now(window).of(Talent) == ()
    assert talents.box.row_cards() == []
    press(qtbot, window, Qt.Key.Key_Z)
    assert now(window).client.last_name is None
    assert page.part.key == "data"
    press(qtbot, window, Qt.Key.Key_Y)
    press(qtbot, window, Qt.Key.Key_Y)
    assert now(window).client.last_name == "Voorbeeld"
    assert [one.id for one in now(window).of(Talent)] == [made.id]
    assert page.state.text() == "✓ bewaard"


def test_rounding_off_is_one_step(qtbot, window):
    shell = window.shell
    shell.open_dossier(dossiers.create(window.workspace, first_name="Amina").client.id)
    dialog = shell.dossier._round_off()
    qtbot.keyClicks(inner(dialog.minutes.widget), "45")
    qtbot.keyClicks(inner(dialog.next.widget), "31/12/2030")
    dialog.done_button.click()
    assert len(now(window).of(Session)) == 2
    shell.dossier.undoing.undo_button.click()
    assert now(window).of(Session) == ()
    shell.dossier.undoing.redo_button.click()
    assert sorted(one.minutes or 0 for one in now(window).of(Session)) == [0, 45]


def test_what_a_colleague_wrote_stays_and_stands_in_the_history(qtbot, enrolled, enter, tmp_path, idle):
    enrolled()
    laptop, office = enter("laptop"), enter("kantoor")
    view = dossiers.create(laptop.workspace, first_name="Amina", phone="0400 00 00 01")
    first = exchange.write_bundle(laptop.workspace, tmp_path).path
    exchange.import_bundle(office.workspace, first)
    office.shell.open_dossier(view.client.id)
    typed = inner(box(office, "phone").widget)
    assert isinstance(typed, QLineEdit)
    typed.setFocus()
    typed.selectAll()
    qtbot.keyClicks(typed, "0400 00 00 02")
    for form in office.shell.dossier.forms():
        form.flush()
    dossiers.change(laptop.workspace, Client, view.client.id, phone="0400 00 00 03")
    exchange.import_bundle(office.workspace, exchange.write_bundle(laptop.workspace, tmp_path).path)
    office.shell.desk.kept.emit()
    shown = now(office).client.phone

    press(qtbot, office, Qt.Key.Key_Z)
    assert "niet ongedaan gemaakt" in office.shell.banner.text
    assert now(office).client.phone == shown

    box(office, "phone").widget.setFocus()
    press(qtbot, office, Qt.Key.Key_H, ALT)
    dialog = office.shell.dossier.findChild(FieldHistoryDialog)
    values = [
        one for one in dialog.findChildren(QPushButton) if one.text() == "Zet terug" and one.isVisible()
    ]
    assert len(values) == 2
    values[-1].click()
    assert now(office).client.phone == "0400 00 00 01"
