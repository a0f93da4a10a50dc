"""Too many wrong passphrases: a sentence that counts, and nothing can be tried until it is over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.store import tries
from leerwinkel_desktop.ui.pages.unlock import UnlockPage, waiting

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


def attempt(qtbot, page, passphrase):
    qtbot.keyClicks(page.passphrase, passphrase)
    qtbot.mouseClick(page.open, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, ""),
        (1, "over 1 seconde."),
        (5, "over 5 seconden."),
        (60, "over 1 minuut."),
        (125, "over 2 minuten 5 seconden."),
    ],
)
def test_the_sentence(seconds, told):
    assert waiting(seconds).endswith(told)


def test_after_the_free_tries_the_page_waits_and_then_opens(qtbot, open_window, make_vault):
    make_vault().close()
    window = open_window()
    page = window.page
    assert isinstance(page, UnlockPage)
    for _ in range(tries.FREE):
        qtbot.waitUntil(page.open.isEnabled)
        attempt(qtbot, page, "een heel andere zin dan deze")
        qtbot.waitUntil(lambda: bool(page.banner.text) and not window.jobs.busy)
    qtbot.waitUntil(page.wait.isVisible)
    assert "Te vaak een verkeerde wachtzin" in page.wait.text()
    assert page.passphrase.isReadOnly()
    assert not page.open.isEnabled()
    page.unlock()
    assert not window.jobs.busy, "nothing is tried"
    window.close()

    again = open_window()
    page = again.page
    qtbot.waitUntil(page.wait.isVisible)
    assert not page.open.isEnabled(), "another window does not help"
    assert vaults.wait_seconds(again.folder) > 0

    tries.start(again.folder)
    page.look()
    qtbot.waitUntil(page.open.isEnabled)
    assert not page.wait.isVisible()
    page.passphrase.clear()
    attempt(qtbot, page, PASSPHRASE)
    qtbot.waitUntil(lambda: again.shell is not None)
