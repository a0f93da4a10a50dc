"""A lock before any dossier is open: nothing typed stays in sight, and no vault is left without its sheet."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from leerwinkel_desktop.services import recovery, vaults
from leerwinkel_desktop.ui.pages.first_run import FirstRunPage
from leerwinkel_desktop.ui.pages.helping.page import HelpPage
from leerwinkel_desktop.ui.pages.unlock import UnlockPage

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
LEFT = Qt.MouseButton.LeftButton


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def press(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def rest(window, clock):
    clock.now += window.idle.limit
    window.idle.look()


def in_sight():
    """Everything that stands in a line of any window of this program that is still there."""
    lines = [one for one in QApplication.allWidgets() if isinstance(one, QLineEdit | QPlainTextEdit)]
    return " ".join(one.text() if isinstance(one, QLineEdit) else one.toPlainText() for one in lines)


def typed_over(qtbot, page):
    qtbot.mouseClick(page.further, LEFT)
    offered = page.passphrase.words.offered
    qtbot.keyClicks(page.passphrase.words.typed, offered)
    return offered


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def first(open_window, clock):
    return open_window("nieuw", clock=clock)


@pytest.mark.parametrize("how", ["idle", "keys"])
def test_words_for_a_passphrase_do_not_stay(qtbot, first, clock, how):
    before = first.page
    offered = typed_over(qtbot, before)
    with qtbot.waitSignal(first.locked) as told:
        rest(first, clock) if how == "idle" else press(qtbot, first)
    assert told.args == [False]
    assert isinstance(first.page, FirstRunPage)
    assert first.page is not before
    assert first.page.further.isVisible(), "it begins anew"
    first.say_unkept(True)
    assert "Begin opnieuw" in first.page.banner.text
    qtbot.waitUntil(lambda: offered not in in_sight())
    assert not vaults.exists(first.folder)


def test_an_untouched_first_page_just_stays(qtbot, first, clock):
    page = first.page
    told: list[object] = []
    first.locked.connect(told.append)
    for _ in range(2):
        rest(first, clock)
    press(qtbot, first)
    assert first.page is page
    assert told == []
    typed_over(qtbot, page)
    qtbot.mouseClick(page.back, LEFT)
    rest(first, clock)
    assert told == [False], "what was typed in the second step counts in the first one too"


def test_an_office_without_its_sheet_on_paper_is_put_aside(qtbot, first, clock):
    typed_over(qtbot, first.page)
    qtbot.mouseClick(first.page.make, LEFT)
    qtbot.waitUntil(lambda: first.page.rehearsal is not None)
    with qtbot.waitSignal(first.locked) as told:
        rest(first, clock)
    assert told.args == [False]
    assert isinstance(first.page, FirstRunPage)
    assert not vaults.exists(first.folder)
    (aside,) = first.folder.glob("opzij-*")
    assert vaults.exists(aside), "nothing is ever thrown away"
    offered = typed_over(qtbot, first.page)
    qtbot.mouseClick(first.page.make, LEFT)
    qtbot.waitUntil(lambda: first.page.rehearsal is not None)
    vaults.unlock(first.folder, offered).close()


def test_an_office_with_its_sheet_on_paper_asks_the_passphrase(qtbot, first, answers, tmp_path):
    offered = typed_over(qtbot, first.page)
    qtbot.mouseClick(first.page.make, LEFT)
    qtbot.waitUntil(lambda: first.page.rehearsal is not None)
    answers.saved = tmp_path / "blad.pdf"
    qtbot.mouseClick(first.page.rehearsal.keep_button, LEFT)
    qtbot.waitUntil(lambda: "Druk het af" in first.page.banner.text)
    with qtbot.waitSignal(first.locked) as told:
        press(qtbot, first)
    assert told.args == [True]
    assert isinstance(first.page, UnlockPage)
    opened = vaults.unlock(first.folder, offered)
    assert recovery.sheet_state(opened).printed_ms
    opened.close()


def test_a_laptop_asks_the_passphrase(qtbot, first, clock):
    first.page.role.button("laptop").click()
    offered = typed_over(qtbot, first.page)
    qtbot.mouseClick(first.page.make, LEFT)
    qtbot.waitUntil(first.page.onward.isVisible)
    rest(first, clock)
    assert isinstance(first.page, UnlockPage)
    vaults.unlock(first.folder, offered).close()


@pytest.mark.parametrize("role", ["office", "laptop"])
def test_a_vault_that_was_just_being_made(qtbot, first, monkeypatch, role):
    made, gate, create = threading.Event(), threading.Event(), vaults.create

    def slow(*words, **more):
        new = create(*words, **more)
        made.set()
        gate.wait(10)
        return new

    monkeypatch.setattr(vaults, "create", slow)
    monkeypatch.setattr("leerwinkel_desktop.ui.main_window.LONGEST_WAIT_MS", 20)
    first.page.role.button(role).click()
    typed_over(qtbot, first.page)
    qtbot.mouseClick(first.page.make, LEFT)
    assert made.wait(10)
    press(qtbot, first)
    gate.set()
    assert isinstance(first.page, FirstRunPage if role == "office" else UnlockPage)
    assert vaults.exists(first.folder) is (role == "laptop")


@pytest.mark.parametrize("section", ["sheet", "backup"])
def test_the_key_of_the_sheet_and_a_passphrase_do_not_stay_on_the_help_page(
    qtbot, open_window, clock, tmp_path, section
):
    made = vaults.create(tmp_path / "vault", PASSPHRASE, cost=vaults.TESTS_ONLY)
    made.workspace.close()
    window = open_window(clock=clock)
    qtbot.mouseClick(window.page.forgotten, LEFT)
    page = window.page
    told: list[object] = []
    window.locked.connect(told.append)
    rest(window, clock)
    assert window.page is page, "nothing stands there yet"
    typed = page.sections.go(section)
    line = typed.key.typed if section == "sheet" else typed.typed
    secret = made.recovery_identity if section == "sheet" else PASSPHRASE
    qtbot.keyClicks(line, secret)
    assert isinstance(page, HelpPage)
    assert secret in in_sight()
    rest(window, clock)
    assert told == [True]
    assert isinstance(window.page, UnlockPage)
    qtbot.waitUntil(lambda: secret not in in_sight())


def test_the_page_with_the_passphrase_is_not_watched_and_the_dossiers_are(qtbot, open_window, make_vault):
    make_vault().close()
    window = open_window()
    qtbot.mouseClick(window.page.forgotten, LEFT)
    assert window.idle.limit == 300
    qtbot.mouseClick(window.page.back, LEFT)
    assert isinstance(window.page, UnlockPage)
    assert window.idle is None
    window.lock()
    assert isinstance(window.page, UnlockPage)
