"""From a locked laptop to a kept question with the keyboard alone; a lock in between loses nothing."""

from __future__ import annotations

import string
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop.domain.trajectories import LearningQuestion, Session
from leerwinkel_desktop.services import dossiers
from tests.windows import PASSPHRASE

CTRL = Qt.KeyboardModifier.ControlModifier
KEYS = 25
"""After the passphrase: Ctrl+I, 18 letters in six fields, and six times Enter."""


class Keyboard:
    """Presses keys in whatever window is in front, and counts them."""

    def __init__(self, qtbot) -> None:
        self._qtbot = qtbot
        self.pressed = 0

    def type(self, text: str) -> None:
        for letter in text:
            self.press(Qt.Key.Key_Space if letter == " " else letter)

    def press(self, key: object, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.waitUntil(lambda: QApplication.activeWindow() is not None)
        window = QApplication.activeWindow()
        assert window is not None
        QTest.keyClick(window.windowHandle(), key, modifier)  # type: ignore[call-overload]
        self.pressed += 1


@pytest.fixture
def keyboard(qtbot):
    return Keyboard(qtbot)


@pytest.fixture
def unlocked(qtbot, open_window, make_vault, idle, keyboard) -> Any:
    """A window that was unlocked by keyboard."""
    make_vault().close()
    window = open_window()
    unlock(qtbot, window, keyboard, idle)
    return window


def unlock(qtbot, window, keyboard, idle):
    qtbot.waitUntil(window.page.open.isEnabled)
    with qtbot.waitActive(window):
        window.activateWindow()
    window.page.passphrase.setFocus()
    keyboard.type(PASSPHRASE)
    keyboard.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=15_000)
    idle(window)


def in_front(qtbot, window):
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def test_a_locked_laptop_a_queue_and_two_questions(qtbot, unlocked, keyboard, idle):
    keyboard.pressed = 0
    keyboard.press(Qt.Key.Key_I, CTRL)
    in_front(qtbot, unlocked.shell.asking.dialog)
    assert keyboard.pressed == 1, "unlock and one key to the name"
    for part in ("amina", "98", "v", "6 bso", "dip", "vd"):
        keyboard.type(part)
        keyboard.press(Qt.Key.Key_Return, CTRL if part == "vd" else Qt.KeyboardModifier.NoModifier)
    assert keyboard.pressed == KEYS
    keyboard.type("bram")
    keyboard.press(Qt.Key.Key_Return, CTRL)
    keyboard.press(Qt.Key.Key_Escape)
    idle(unlocked)
    bram, amina = (
        dossiers.reload(unlocked.workspace, hit.client_id) for hit in dossiers.search(unlocked.workspace, "")
    )
    assert (amina.client.first_name, amina.client.birth_year, amina.client.gender) == ("amina", 1998, "V")
    assert [one.type for one in amina.of(LearningQuestion)] == ["DIPLOMA_SO"]
    assert [one.attended for one in amina.of(Session)] == ["J"]
    assert bram.client.first_name == "bram"
    assert unlocked.shell.asking.dialog is None


def test_a_lock_keeps_it_and_brings_it_back(qtbot, unlocked, keyboard, idle):
    keyboard.press(Qt.Key.Key_I, CTRL)
    in_front(qtbot, unlocked.shell.asking.dialog)
    keyboard.type("amina")
    keyboard.press(Qt.Key.Key_Return)
    keyboard.type("9")
    unlocked.lock()
    locked = unlocked.shell is None
    assert locked
    unlock(qtbot, unlocked, keyboard, idle)
    dialog = unlocked.shell.asking.dialog
    in_front(qtbot, dialog)
    assert dialog.boxes["name"].editor.typed() == "amina"
    keyboard.type("8")
    assert dialog.boxes["birth"].editor.typed() == "98"
    keyboard.press(Qt.Key.Key_Return, CTRL)
    (hit,) = dossiers.search(unlocked.workspace, "")
    assert dossiers.reload(unlocked.workspace, hit.client_id).client.birth_year == 1998


def test_what_was_left_with_esc_waits_behind_a_lock_without_coming_up(
    qtbot, unlocked: Any, keyboard: Keyboard, idle
) -> None:
    keyboard.press(Qt.Key.Key_I, CTRL)
    in_front(qtbot, unlocked.shell.asking.dialog)
    keyboard.type("amina")
    qtbot.keyClick(unlocked.shell.asking.dialog, Qt.Key.Key_Escape)
    unlocked.lock()
    unlock(qtbot, unlocked, keyboard, idle)
    asking: Any = unlocked.shell.asking
    came_up = asking.dialog
    assert came_up is None
    keyboard.press(Qt.Key.Key_I, CTRL)
    assert asking.dialog.boxes["name"].editor.typed() == "amina"
    asking.dialog.reject()


def test_nothing_of_it_stands_in_a_title(qtbot, unlocked, keyboard):
    keyboard.press(Qt.Key.Key_I, CTRL)
    dialog = in_front(qtbot, unlocked.shell.asking.dialog)
    keyboard.type("amina")
    assert not set(dialog.windowTitle().casefold()) - set(string.ascii_lowercase)
    assert {one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()} == {"Leerwinkel"}
