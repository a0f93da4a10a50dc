"""Long work gives the cursor back where it was."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from leerwinkel_desktop.ui.undecided import Undecided
from leerwinkel_desktop.ui.widgets.plain import Column
from leerwinkel_desktop.ui.work import LongWork


@pytest.fixture
def resting(qtbot, desk, ground):
    """Work with two buttons, of which the first rests while it runs."""
    work, first, second = LongWork(desk), QPushButton("Lees in"), QPushButton("Elders")
    layout = QVBoxLayout(ground)
    for part in (first, second, work):
        layout.addWidget(part)
    work.busy.connect(first.setDisabled)
    with qtbot.waitActive(ground):
        ground.show()
        ground.activateWindow()
    first.setFocus()
    return work, first, second


def test_the_cursor_comes_back_after_work(resting):
    work, first, _second = resting
    seen = []
    work.run("Inlezen …", lambda _progress: seen.append(first.hasFocus()), lambda _nothing: None)
    assert seen == [False], "a button that rests has no cursor"
    assert first.hasFocus()


def test_also_when_the_work_fails(resting):
    work, first, _second = resting

    def fail(_progress):
        raise FileNotFoundError

    work.run("Inlezen …", fail, lambda _nothing: None)
    assert first.hasFocus()


def test_a_cursor_that_was_taken_elsewhere_stays(resting, ground):
    work, _first, second = resting
    third = QPushButton("Nog verder", ground)
    third.show()
    work.run("Inlezen …", lambda _progress: third.setFocus(), lambda _nothing: None)
    assert third.hasFocus()
    work.run("Inlezen …", lambda _progress: None, lambda _nothing: second.setFocus())
    assert second.hasFocus()


def test_a_button_on_a_page_that_was_left_takes_no_cursor(resting, ground):
    work, first, second = resting
    page = QWidget()
    QVBoxLayout(page).addWidget(first)
    ground.layout().addWidget(page)
    first.setFocus()

    def leave(_progress):
        page.hide()
        second.setFocus()
        work._on_woken(None, second)

    work.run("Inlezen …", leave, lambda _nothing: None)
    assert second.hasFocus()


def test_the_page_does_not_scroll_while_buttons_rest(qtbot, desk, dressed):
    page, work = Column(), LongWork(desk)
    first, far = QPushButton("Schrijf wat klaarligt"), QPushButton("Plaats toevoegen …")
    between = QWidget()
    between.setFixedHeight(3000)
    for part in (work, first, between, far):
        page.add(part)
    work.busy.connect(first.setDisabled)
    qtbot.addWidget(page)
    page.resize(400, 300)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 0)
    first.setFocus()
    work.run("Schrijven …", lambda _progress: None, lambda _nothing: None)
    assert first.hasFocus()
    assert page.verticalScrollBar().value() == 0


def test_the_rail_does_not_grow_with_what_waits(qtbot, desk):
    entry = QPushButton("Te beslissen")
    qtbot.addWidget(entry)
    undecided = Undecided(desk, entry, "Te beslissen")
    for count, shown in ((0, "Te beslissen"), (99, "Te beslissen (99)"), (4386, "Te beslissen (99+)")):
        undecided._on_counted((count, False))
        assert entry.text() == shown
    assert entry.accessibleName() == "Te beslissen, 4386 wachten"
