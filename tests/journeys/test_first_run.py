"""From an empty computer to an open vault: who, a passphrase, and a sheet that was rehearsed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop.printing.pages import extract_text
from leerwinkel_desktop.services import recovery, vaults
from leerwinkel_desktop.ui.pages.first_run import FirstRunPage
from leerwinkel_desktop.ui.pages.unlock import UnlockPage

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def first(open_window):
    window = open_window("nieuw")
    assert isinstance(window.page, FirstRunPage)
    return window, window.page


def to_passphrase(qtbot, page):
    qtbot.mouseClick(page.further, LEFT)
    assert page.make.isVisible()


def make_with_words(qtbot, page):
    to_passphrase(qtbot, page)
    offered = page.passphrase.words.offered
    qtbot.keyClicks(page.passphrase.words.typed, offered)
    qtbot.mouseClick(page.make, LEFT)
    return offered


def test_six_words_are_offered_and_typed_over(qtbot, first):
    window, page = first
    to_passphrase(qtbot, page)
    words = page.passphrase.words
    before = words.offered
    assert len(before.split()) == 6
    assert words.told.text() == before
    qtbot.keyClicks(words.typed, before[:-1])
    assert not page.make.isEnabled()
    qtbot.keyClicks(words.typed, before[-1])
    assert page.make.isEnabled()
    qtbot.mouseClick(words.other, LEFT)
    assert words.offered != before
    assert words.typed.text() == ""
    assert not page.make.isEnabled(), "the words of before are no passphrase any more"
    assert window.shell is None


def test_enter_goes_on_from_the_names(qtbot, first):
    _, page = first
    assert not page.make.isVisible()
    qtbot.keyClicks(page.user, "Lore")
    qtbot.keyClick(page.user, Qt.Key.Key_Return)
    assert page.make.isVisible()


def test_a_look_at_the_help_keeps_the_names_and_no_passphrase(qtbot, first):
    window, page = first
    page.role.button("laptop").click()
    qtbot.keyClicks(page.user, "Lore")
    qtbot.keyClicks(page.name, "Jobbeurs")
    to_passphrase(qtbot, page)
    qtbot.keyClicks(page.passphrase.words.typed, page.passphrase.words.offered)
    qtbot.mouseClick(page.back, LEFT)
    qtbot.mouseClick(page.help, LEFT)
    qtbot.mouseClick(window.page.back, LEFT)
    again = window.page
    assert isinstance(again, FirstRunPage)
    assert again is not page
    assert (again.role.code(), again.user.text(), again.name.text()) == ("laptop", "Lore", "Jobbeurs")
    assert not again.house.isVisible()
    assert again.passphrase.value is None
    assert not again.passphrase.typed


def test_ones_own_must_be_strong_and_typed_twice(qtbot, first):
    _, page = first
    qtbot.keyClicks(page.user, "Annelies")
    to_passphrase(qtbot, page)
    page.passphrase.way.button("own").click()
    own = page.passphrase.own
    for weak in ("te kort", "wachtwoordwachtwoord", "annelies annelies"):
        own.clear()
        qtbot.keyClicks(own.first, weak)
        qtbot.keyClicks(own.again, weak)
        assert not page.make.isEnabled(), weak
    own.clear()
    qtbot.keyClicks(own.first, PASSPHRASE)
    qtbot.keyClicks(own.again, PASSPHRASE[:-1])
    assert not page.make.isEnabled()
    qtbot.keyClicks(own.again, PASSPHRASE[-1])
    assert page.make.isEnabled()


def test_an_office_rehearses_its_sheet_before_it_goes_on(qtbot, first, answers, tmp_path):
    window, page = first
    qtbot.keyClicks(page.user, "Lore")
    qtbot.keyClicks(page.house, "Leerwinkel Demostad")
    offered = make_with_words(qtbot, page)
    qtbot.waitUntil(lambda: page.rehearsal is not None)
    step = page.rehearsal
    qtbot.waitUntil(lambda: QApplication.focusWidget() is step.print_button)
    assert not window.close(), "the keys would be gone for good"
    assert "nooit meer terug" in page.banner.text

    answers.saved = tmp_path / "blad.pdf"
    qtbot.mouseClick(step.keep_button, LEFT)
    qtbot.waitUntil(lambda: "Druk het af" in page.banner.text)
    text = extract_text(answers.saved.read_bytes())
    assert "Leerwinkel Demostad" in text
    assert "LEERWINKEL-ROOT-1" in text
    identity = recovery.sheet_identity(text)

    last = recovery.groups(identity)[-1]
    for wrong in ("", last[:-1], recovery.groups(identity)[-2]):
        step.typed.clear()
        qtbot.keyClicks(step.typed, wrong)
        qtbot.mouseClick(step.onward, LEFT)
        assert step.problem.isVisible()
        assert window.shell is None, wrong
    step.typed.clear()
    qtbot.keyClicks(step.typed, last.lower())
    qtbot.keyClick(step.typed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None)
    assert window.workspace.device().role == "office"
    assert window.workspace.user == "Lore"
    state = recovery.sheet_state(window.workspace)
    assert state.printed_ms
    assert state.rehearsed_ms
    window.lock()
    assert isinstance(window.page, UnlockPage)
    vaults.unlock(window.folder, offered).close()


def test_the_sheet_is_printed(qtbot, first, answers, tmp_path):
    _, page = first
    make_with_words(qtbot, page)
    qtbot.waitUntil(lambda: page.rehearsal is not None)
    answers.printed = tmp_path / "papier.pdf"
    qtbot.mouseClick(page.rehearsal.print_button, LEFT)
    qtbot.waitUntil(lambda: "naar de printer" in page.banner.text)
    assert answers.printed.read_bytes().startswith(b"%PDF")
    answers.printed = tmp_path / "weg" / "papier.pdf"
    qtbot.mouseClick(page.rehearsal.print_button, LEFT)
    qtbot.waitUntil(lambda: "niet begonnen" in page.banner.text)


def test_a_laptop_hears_what_comes_next(qtbot, first):
    window, page = first
    page.role.button("laptop").click()
    assert not page.house.isVisible()
    qtbot.keyClicks(page.name, "Laptop 7")
    make_with_words(qtbot, page)
    qtbot.waitUntil(page.onward.isVisible)
    assert page.rehearsal is None
    assert window.shell is None
    page.onward.setFocus()
    qtbot.keyClick(page.onward, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None)
    assert (window.workspace.device().role, window.workspace.device().name) == ("laptop", "Laptop 7")


def test_going_back_keeps_what_was_typed(qtbot, first):
    _, page = first
    qtbot.keyClicks(page.user, "Lore")
    to_passphrase(qtbot, page)
    qtbot.mouseClick(page.back, LEFT)
    assert page.user.isVisible()
    assert page.user.text() == "Lore"
