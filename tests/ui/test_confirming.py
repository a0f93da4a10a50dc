"""A question that must not be answered in passing: Enter goes on only behind what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from leerwinkel_desktop.ui.widgets.confirming import ConfirmDialog


@pytest.fixture
def asked(qtbot, ground):
    """Opens a question; gives it, what was confirmed, and how it ended."""

    def open_one(**what):
        dialog = ConfirmDialog(ground, "Wissen?", ("Het gaat weg.",), "Wis", **what)
        confirmed: list[str] = []
        ended: list[int] = []
        dialog.confirmed.connect(confirmed.append)
        dialog.finished.connect(ended.append)
        with qtbot.waitActive(dialog):
            dialog.open()
            dialog.activateWindow()
        return dialog, confirmed, ended

    return open_one


def test_enter_behind_the_word_goes_on(asked):
    dialog, confirmed, ended = asked(typed="MEC-2026-0001")
    QTest.keyClicks(dialog.typed, "mec-2026-000")
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert (confirmed, ended) == ([], []), "not the whole word yet: nothing happens, nothing closes"
    QTest.keyClicks(dialog.typed, "1")
    QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert (confirmed, ended) == ([None], [])


def test_enter_behind_the_passphrase_goes_on(asked):
    dialog, confirmed, ended = asked(secret=True)
    QTest.keyClicks(dialog.secret, "appel fiets")
    QTest.keyClick(dialog.secret, Qt.Key.Key_Return)
    assert (confirmed, ended) == (["appel fiets"], [])


def test_enter_on_a_plain_question_thinks_again(asked):
    dialog, confirmed, ended = asked()
    QTest.keyClick(dialog.back, Qt.Key.Key_Return)
    assert (confirmed, ended) == ([], [0])
