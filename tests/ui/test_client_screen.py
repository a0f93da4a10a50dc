"""F11 leaves in sight what a client may see of their own dossier, and nothing of anybody else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from leerwinkel_desktop.services.demo import people
from leerwinkel_desktop.ui import app
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.rail_places import PLACES
from tests.windows import PASSPHRASE


@pytest.fixture
def window(qtbot, dressed, make_vault, tmp_path, answers):
    made = MainWindow(tmp_path / "vault", ImmediateJobs(), answers, new=False)
    qtbot.addWidget(made)
    made.open(make_vault())
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    yield made
    made.close()
    client_view().set(False)


def in_sight(window):
    return [label.text() for label in window.findChildren(QLabel) if label.isVisible() and label.text()]


def press(qtbot, window, key):
    qtbot.keyClick(window, key)


def test_keys_and_the_button_turn_it_on_and_off(qtbot, window):
    screen = window.shell.client_screen
    for on, off in (
        (lambda: press(qtbot, window, Qt.Key.Key_F11), lambda: press(qtbot, window, Qt.Key.Key_F11)),
        (lambda: press(qtbot, window, Qt.Key.Key_F11), lambda: press(qtbot, window, Qt.Key.Key_Escape)),
        (screen.button.click, screen.button.click),
    ):
        on()
        assert client_view().on
        assert screen.button.text() == "Klantscherm verlaten"
        off()
        assert not client_view().on
        assert screen.button.text() == "Klantscherm"


def test_escape_is_free_while_nobody_looks_along(qtbot, window):
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not client_view().on
    assert not window.shell.client_screen._leave.isEnabled()


@pytest.mark.parametrize("key", [place.key for place in PLACES if not place.for_client])
def test_a_page_with_others_on_it_is_behind_the_curtain(qtbot, window, key):
    people.guided(window.workspace)
    window.shell.go(key)
    press(qtbot, window, Qt.Key.Key_F11)
    assert in_sight(window) == ["Welkom bij de Leerwinkel", "Zo meteen gaan we verder."]
    press(qtbot, window, Qt.Key.Key_F11)
    assert window.shell.pages.isVisible()
    assert not window.shell.client_screen.curtain.isVisible()


def test_it_survives_a_change_of_page_and_no_key_leads_to_others(qtbot, window):
    view = people.guided(window.workspace)
    window.shell.open_dossier(view.client.id)
    press(qtbot, window, Qt.Key.Key_F11)
    assert window.shell.pages.isVisible()
    for place in PLACES:
        qtbot.keyClick(window, str(place.number), Qt.KeyboardModifier.ControlModifier)
    assert window.shell.pages.currentWidget() is window.shell.dossier
    window.shell.go("dossiers")
    assert client_view().on
    assert not window.shell.pages.isVisible()
    window.shell.open_dossier(view.client.id)
    assert window.shell.pages.isVisible()


def test_what_the_window_says_waits_for_the_counsellor(qtbot, window):
    shell = window.shell
    press(qtbot, window, Qt.Key.Key_F11)
    assert not shell.client_screen.waiting.isVisible()
    shell.desk.say("Nour Voorbeeld wacht")
    shell.desk.toast("Nour Voorbeeld weggehaald")
    assert not shell.banner.isVisible()
    assert not shell.toast.isVisible()
    assert shell.client_screen.waiting.isVisible()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert shell.banner.isVisible()
    assert not shell.client_screen.waiting.isVisible()


def test_a_lock_ends_it(qtbot, window):
    press(qtbot, window, Qt.Key.Key_F11)
    window.lock()
    assert not client_view().on
    window.page.passphrase.setText(PASSPHRASE)
    window.page.unlock()
    assert window.shell is not None
    assert not window.shell.client_screen.curtain.isVisible()


def test_the_text_grows_two_steps_and_shrinks_again(qtbot, window, dressed):
    told = []
    window.look_changed.connect(lambda wanted: app.dress(dressed, wanted))
    window.look_changed.connect(lambda _wanted: told.append(dressed.font().pointSizeF()))
    press(qtbot, window, Qt.Key.Key_F11)
    press(qtbot, window, Qt.Key.Key_F11)
    assert told == [15.75, 10.5]
