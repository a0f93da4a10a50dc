"""Whoever comes to the first page can type at once, also after a look at the help."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.helping.page import HelpPage


@pytest.fixture
def shown(qtbot, dressed, answers):
    """Opens the window on a folder, in front of all others."""

    def open_on(folder, *, new):
        window = MainWindow(folder, ImmediateJobs(), answers, new=new)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return open_on


def test_the_cursor_is_on_the_first_question(shown, tmp_path):
    window = shown(tmp_path / "kluis", new=True)

    def role():
        return window.page.role.button("office")

    assert role().hasFocus()
    window.page.user.setFocus()
    QTest.mouseClick(window.page._scroll.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert window.page.user.hasFocus(), "a click beside the card keeps the cursor"
    window.page.help.click()
    assert isinstance(window.page, HelpPage)
    assert window.page.sections.button("backup").hasFocus(), "Enter must not lead back at once"
    window.page.back.click()
    assert role().hasFocus()


def test_the_cursor_is_in_the_search_when_the_vault_opens(shown, make_vault):
    workspace = make_vault("kluis")
    window = shown(workspace.folder, new=False)
    assert window.page.passphrase.hasFocus()
    window.open(workspace)
    assert window.shell.go("dossiers").search.hasFocus()
    window.lock()
    assert window.page.passphrase.hasFocus()
