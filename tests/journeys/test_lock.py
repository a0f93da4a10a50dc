"""Locking never waits for a form and never drops one: after the passphrase everything is where it was."""

from __future__ import annotations

import errno
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import dossiers, drafts, profile
from leerwinkel_desktop.services.progress import Cancelled
from leerwinkel_desktop.store import drafts as sealed
from leerwinkel_desktop.ui import idle
from leerwinkel_desktop.ui.clipboard import Copied
from leerwinkel_desktop.ui.main_window import TITLE
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.unlock import UnlockPage

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def at_work(qtbot, open_window, make_vault, clock):
    """An open vault with one client in sight."""
    make_vault().close()
    window = open_window(clock=clock)
    unlock(qtbot, window)
    window.shell.new_client()
    return window


def unlock(qtbot, window):
    assert isinstance(window.page, UnlockPage)
    qtbot.keyClicks(window.page.passphrase, PASSPHRASE)
    qtbot.keyClick(window.page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None)


def inner(shell, name: str) -> Any:
    form = next(form for form in shell.dossier.forms() if name in form.boxes)
    widget = form.boxes[name].widget
    return widget.focusProxy() or widget


def courses(shell) -> Any:
    """The rows of the courses that somebody followed."""
    return next(
        card.box for card in shell.dossier.cards if hasattr(card, "box") and "year" in card.box._spec.names
    )


def kept(window) -> dict[str, Any]:
    draft = drafts.find(window.workspace)
    assert draft is not None
    return draft.memo


def rest(window, clock: Clock) -> None:
    """Nobody touches anything for as long as it takes."""
    clock.now += window.idle.limit
    window.idle.look()


def test_the_very_field_comes_back_with_what_does_not_fit(qtbot, at_work, clock):
    qtbot.keyClicks(inner(at_work.shell, "first_name"), "Amina")
    born = inner(at_work.shell, "birth_date")
    born.setFocus()
    qtbot.keyClicks(born, "31/02/1990")
    born.setCursorPosition(4)
    rest(at_work, clock)
    assert isinstance(at_work.page, UnlockPage)
    assert at_work.workspace is None

    unlock(qtbot, at_work)
    shell = at_work.shell
    assert isinstance(shell.pages.currentWidget(), DossierPage)
    assert shell.dossier.view.client.first_name == "Amina"
    born = inner(shell, "birth_date")
    assert born.text() == "31/02/1990"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is born)
    assert born.cursorPosition() == 4
    qtbot.keyClick(born, Qt.Key.Key_Delete)
    assert born.text() == "31/0/1990"
    qtbot.keyClicks(born, "1")
    shell.dossier.leave()
    assert shell.dossier.view.client.birth_date.isoformat() == "1990-01-31"


def test_a_touch_puts_the_lock_off(qtbot, at_work, clock):
    clock.now += at_work.idle.limit - 1
    qtbot.keyClick(at_work, Qt.Key.Key_Shift)
    clock.now += at_work.idle.limit - 1
    at_work.idle.look()
    assert at_work.workspace is not None
    clock.now += 1
    at_work.idle.look()
    assert at_work.workspace is None


def test_a_prison_locks_sooner(at_work, clock):
    assert at_work.idle.limit == 300
    profile.choose(at_work.workspace, "prison")
    at_work.shell.desk.kept.emit()
    clock.now += 90
    at_work.idle.look()
    assert at_work.workspace is None


def test_a_long_sleep_counts_as_idle():
    assert idle.seconds() > 0
    assert idle.seconds() <= idle.seconds()


def test_part_note_and_selection_come_back(qtbot, at_work, clock):
    at_work.shell.dossier.go("map")
    note = inner(at_work.shell, "went_well")
    note.setFocus()
    qtbot.keyClicks(note, "de lagere school")
    cursor = note.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(9, cursor.MoveMode.KeepAnchor)
    note.setTextCursor(cursor)
    rest(at_work, clock)
    unlock(qtbot, at_work)
    assert at_work.shell.dossier.part.key == "map"
    note = inner(at_work.shell, "went_well")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is note)
    assert note.textCursor().selectedText() == "lagere"
    assert note.textCursor().position() == 9


def test_a_row_that_does_not_exist_yet_comes_back(qtbot, at_work, clock):
    shell = at_work.shell
    shell.dossier.go("map")
    box = courses(shell)
    box.adding.click()
    year = box.row_cards()[0].form.boxes["year"].widget
    year.setFocus()
    qtbot.keyClicks(year, "tweeduizend")
    rest(at_work, clock)
    unlock(qtbot, at_work)
    year = inner(at_work.shell, "year")
    assert year.text() == "tweeduizend"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is year)
    assert len(kept(at_work)["forms"]) == 1


def test_a_folded_row_is_unfolded_where_the_cursor_was(qtbot, at_work, clock):
    shell = at_work.shell
    shell.dossier.go("map")
    box = courses(shell)
    box.adding.click()
    form = box.row_cards()[0].form
    qtbot.keyClicks(form.boxes["title"].widget, "Snit en naad")
    form.flush()
    year = form.boxes["year"].widget
    year.setFocus()
    qtbot.keyClicks(year, "199")
    rest(at_work, clock)
    unlock(qtbot, at_work)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is inner(at_work.shell, "year"))
    assert inner(at_work.shell, "year").text() == "199"
    assert inner(at_work.shell, "title").text() == "Snit en naad"


def test_the_open_dialog_comes_back_with_what_was_filled_in(qtbot, at_work, clock):
    dialog = at_work.shell.dossier._round_off()
    minutes = dialog.minutes.widget
    minutes.setFocus()
    qtbot.keyClicks(minutes, "45")
    following = dialog.next.widget.focusProxy()
    following.setFocus()
    qtbot.keyClicks(following, "31/02")
    rest(at_work, clock)
    assert isinstance(at_work.page, UnlockPage)
    assert [other for other in QApplication.topLevelWidgets() if other.isVisible()] == [at_work]
    unlock(qtbot, at_work)
    dialog = at_work.shell.dossier._dialog
    assert dialog.isVisible()
    assert dialog.minutes.editor.value() == 45
    assert dialog.next.widget.focusProxy().text() == "31/02"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.next.widget.focusProxy())
    dialog.next.widget.focusProxy().clear()
    dialog.done_button.click()
    view = dossiers.reload(at_work.workspace, at_work.shell.dossier.view.client.id)
    assert [one.minutes for one in view.of(Session)] == [45]


def test_the_search_comes_back(qtbot, at_work, clock):
    qtbot.keyClicks(inner(at_work.shell, "first_name"), "Amina")
    page = at_work.shell.go("dossiers")
    page.search.setFocus()
    qtbot.keyClicks(page.search, "ami")
    rest(at_work, clock)
    unlock(qtbot, at_work)
    page = at_work.shell.pages.currentWidget()
    assert page.search.text() == "ami"
    assert page.table.rows.rowCount() == 1
    assert at_work.shell.dossier is None


def test_nothing_personal_is_left_in_sight(qtbot, at_work):
    qtbot.keyClicks(inner(at_work.shell, "first_name"), "Samira")
    qtbot.keyClick(at_work, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not at_work.findChildren(DossierPage))
    said = [
        str(widget.property(name))
        for widget in QApplication.allWidgets()
        for name in ("text", "plainText", "windowTitle", "accessibleName", "toolTip")
    ]
    assert not [text for text in said if "Samira" in text]
    assert at_work.windowTitle() == TITLE


def test_a_running_job_is_stopped_and_joined(qtbot, at_work):
    begun, stopped = threading.Event(), threading.Event()

    def work(progress):
        begun.set()
        try:
            while True:
                progress(0, 0, "")
        except Cancelled:
            stopped.set()
            raise

    at_work.jobs.start(at_work, work, lambda _: None, lambda _: None)
    assert begun.wait(10)
    with qtbot.waitSignal(at_work.locked) as told:
        at_work.lock()
    assert stopped.is_set()
    assert told.args == [True]


def test_a_lock_does_not_wait_for_work_that_never_answers(qtbot, at_work, monkeypatch):
    monkeypatch.setattr("leerwinkel_desktop.ui.main_window.LONGEST_WAIT_MS", 20)
    begun, gate = threading.Event(), threading.Event()

    def work(progress):
        begun.set()
        gate.wait(10)

    at_work.jobs.start(at_work, work, lambda _: None, lambda _: None)
    assert begun.wait(10)
    workspace = at_work.workspace
    at_work.lock()
    assert isinstance(at_work.page, UnlockPage)
    gate.set()
    at_work.jobs.close()
    workspace.close()


def test_a_draft_that_cannot_be_kept_is_told_without_a_name(qtbot, at_work):
    qtbot.keyClicks(inner(at_work.shell, "birth_date"), "31/02/1990")
    sealed.clear(at_work.workspace.folder)
    (at_work.workspace.folder / sealed.FOLDER).write_bytes(b"no folder can be made here")
    with qtbot.waitSignal(at_work.locked) as told:
        at_work.lock()
    assert told.args == [False]
    at_work.say_unkept(True)
    assert at_work.page.banner.text.startswith("Wat je het laatst typte, kon niet bewaard worden.")


def test_closing_keeps_only_what_is_nowhere_else(qtbot, at_work, open_window):
    at_work.close()
    again = open_window()
    unlock(qtbot, again)
    assert again.shell.dossier is None
    again.shell.new_client()
    qtbot.waitUntil(lambda: again.shell.dossier is not None)
    qtbot.keyClicks(inner(again.shell, "birth_date"), "31/02/1990")
    again.close()
    third = open_window()
    unlock(qtbot, third)
    assert inner(third.shell, "birth_date").text() == "31/02/1990"


def test_a_power_cut_costs_two_seconds_at_most(qtbot, at_work):
    at_work.keeper.look()
    assert drafts.find(at_work.workspace) is None, "all fits: nothing to keep"
    qtbot.keyClicks(inner(at_work.shell, "birth_date"), "31/02/1990")
    at_work.keeper.look()
    assert kept(at_work)["forms"][0]["typed"]["birth_date"][:2] == ["31/02/1990", True]
    inner(at_work.shell, "birth_date").clear()
    at_work.shell.leave()
    at_work.keeper.look()
    assert drafts.find(at_work.workspace) is None, "a power cut must not bring back what was cleared"


def test_a_damaged_draft_is_told_once_and_the_vault_opens(qtbot, at_work, open_window):
    qtbot.keyClicks(inner(at_work.shell, "birth_date"), "31/02/1990")
    at_work.close()
    (path,) = (at_work.folder / sealed.FOLDER).iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    again = open_window()
    unlock(qtbot, again)
    assert again.shell.dossier is None
    assert "niet terug te halen" in again.shell.banner.text
    again.close()
    third = open_window()
    unlock(qtbot, third)
    assert third.shell.banner.text == ""


def test_typing_goes_on_while_the_disk_is_full(qtbot, at_work, monkeypatch):
    """The banner tells it once; as soon as there is room the draft is kept."""
    place = at_work.workspace.folder / sealed.FOLDER
    whole = Path.open

    def full(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        if path.parent == place and mode == "wb":
            raise OSError(errno.ENOSPC, "full")
        return whole(path, mode, *more, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", full)
        qtbot.keyClicks(inner(at_work.shell, "birth_date"), "31/02")
        qtbot.waitUntil(lambda: "De schijf is vol" in at_work.shell.banner.text)
        at_work.shell.banner.hide()
        qtbot.keyClicks(inner(at_work.shell, "birth_date"), "/1990")
        at_work.keeper.look()
        assert not at_work.shell.banner.isVisible()
        assert drafts.find(at_work.workspace) is None
    qtbot.waitUntil(lambda: drafts.find(at_work.workspace) is not None)
    assert kept(at_work)["forms"][0]["typed"]["birth_date"][0] == "31/02/1990"


def problem(shell, name: str) -> Any:
    return next(form.boxes[name].problem for form in shell.dossier.forms() if name in form.boxes)


def test_what_does_not_fit_stays_while_another_part_is_in_sight(qtbot, at_work):
    page = at_work.shell.dossier
    qtbot.keyClicks(inner(at_work.shell, "birth_date"), "31/02/1990")
    page.go("map")
    assert page.unkept
    qtbot.keyClicks(inner(at_work.shell, "went_well"), "de bakkerij")
    page.go("history")
    page.go("map")
    assert inner(at_work.shell, "went_well").toPlainText() == "de bakkerij"
    assert not problem(at_work.shell, "went_well").isVisible()
    assert page.state.text() == "⚠ niet alles is bewaard"
    page.go("data")
    born = inner(at_work.shell, "birth_date")
    assert born.text() == "31/02/1990"
    assert "geen datum" in problem(at_work.shell, "birth_date").text()
    born.selectAll()
    qtbot.keyClicks(born, "28/02/1990")
    page.go("map")
    assert not page.unkept
    page.go("data")
    assert inner(at_work.shell, "birth_date").text() == "28/02/1990"
    assert page.view.client.birth_date == date(1990, 2, 28)


def test_what_does_not_fit_in_a_new_row_and_in_another_trajectory_stays_too(qtbot, at_work):
    page = at_work.shell.dossier
    page.go("map")
    courses(at_work.shell).append()
    qtbot.keyClicks(inner(at_work.shell, "year"), "12")
    page.go("data")
    qtbot.keyClicks(inner(at_work.shell, "birth_date"), "gisteren")
    inner(at_work.shell, "intake_date").selectAll()
    qtbot.keyClicks(inner(at_work.shell, "intake_date"), "morgen")
    page._another.click()
    assert inner(at_work.shell, "birth_date").text() == "gisteren", "the client is the same one"
    assert inner(at_work.shell, "intake_date").text() != "morgen"
    page._on_trajectory(0)
    assert inner(at_work.shell, "birth_date").text() == "gisteren"
    assert inner(at_work.shell, "intake_date").text() == "morgen"
    page.go("map")
    assert inner(at_work.shell, "year").text() == "12"
    assert len(courses(at_work.shell).row_cards()) == 1


def test_what_waits_in_another_part_comes_through_a_lock(qtbot, at_work):
    qtbot.keyClicks(inner(at_work.shell, "birth_date"), "31/02/1990")
    at_work.shell.dossier.go("map")
    at_work.keeper.look()
    at_work.lock()
    unlock(qtbot, at_work)
    assert at_work.shell.dossier.part.key == "map"
    at_work.shell.dossier.go("data")
    assert inner(at_work.shell, "birth_date").text() == "31/02/1990"


def test_a_client_that_is_gone_leads_to_the_list(qtbot, at_work, clock):
    client = at_work.shell.dossier.view.client
    rest(at_work, clock)
    unlock(qtbot, at_work)
    with at_work.workspace.database.write() as transaction:
        transaction.remove(client)
    drafts.keep(at_work.workspace, at_work.shell.draft())
    at_work.shell.go("dossiers")
    at_work.keeper.recall()
    assert at_work.shell.dossier is None


def test_the_clipboard_is_emptied_of_what_was_copied_here(qtbot, at_work):
    copied = Copied(at_work)
    clipboard = QGuiApplication.clipboard()
    at_work.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive)
    first = inner(at_work.shell, "first_name")
    qtbot.keyClicks(first, "Amina")
    first.selectAll()
    first.copy()
    assert clipboard.text() == "Amina"
    copied.clear()
    assert clipboard.text() == ""


def test_what_others_copied_stays_on_the_clipboard(qtbot, dressed):
    in_front = [True]
    copied = Copied(None, lambda: in_front[0])
    QGuiApplication.clipboard().setText("van hier")
    in_front.clear()
    in_front.append(False)
    QGuiApplication.clipboard().setText("van een ander programma")
    copied.clear()
    assert QGuiApplication.clipboard().text() == "van een ander programma"
