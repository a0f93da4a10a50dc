"""The command palette: pages, actions and persons by keyboard, nobody's name in client view, nothing kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop import settings
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.commanding.commander import MOST_RECENT
from leerwinkel_desktop.ui.commanding.commands import COMMANDS
from leerwinkel_desktop.ui.commanding.matching import best, distance
from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.rail_places import PLACES, SIDE_PLACES
from tests.ui.test_accessible import judge

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, dressed, tmp_path, answers, workspace):
    made = MainWindow(tmp_path / "none", ImmediateJobs(), answers, new=False)
    qtbot.addWidget(made)
    made.open(workspace)
    made.resize(1366, 768)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    yield made
    client_view().set(False)
    made.close()


@pytest.fixture
def shell(window):
    return window.shell


@pytest.fixture
def palette(qtbot, window, shell):
    """Opens the palette with its keys."""

    def make():
        qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
        return shell.commander.palette

    return make


def rows(palette):
    return [palette.table.rows.row(at).key for at in range(palette.table.rows.rowCount())]


def type_in(qtbot, palette, text):
    qtbot.keyClicks(palette.line, text)
    palette.look()


def take(qtbot, palette):
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("typed", "words", "far"),
    [
        ("verg", "Vergrendel", 0),
        ("infov snel", "Snelle infovraag", 0),
        ("grendel", "Vergrendel", 1),
        ("afsprk", "Afspraak plannen", 2),
        ("knt", "klant zonder afspraak", 2),
        ("cijfers", "Vergrendel", None),
        ("lant x", "klant zonder afspraak", None),
    ],
)
def test_how_far_off(typed, words, far):
    assert distance(typed, words) == far


def test_accents_do_not_count_and_the_nearest_comes_first(shell):
    assert best("heroriënt", shell.commander.entries()) == []
    assert next(iter(best("agenda", shell.commander.entries()))).label == "Agenda"
    assert distance("financiele", "Kosten en financiële steun") == 0
    assert [one.label for one in best("tekst", shell.commander.entries())] == [
        "Tekst groter",
        "Tekst kleiner",
    ]


def test_every_page_and_action_is_in_it(palette):
    wanted = {f"do/{one.key}" for one in COMMANDS} | {f"go/{one.key}" for one in (*PLACES, *SIDE_PLACES)}
    assert set(rows(palette())) == wanted


def test_a_page(qtbot, shell, palette):
    made = palette()
    type_in(qtbot, made, "cijf")
    take(qtbot, made)
    assert shell.pages.currentWidget() is shell._made["figures"]
    assert not made.isVisible()


def test_a_person_and_who_was_looked_for_comes_first_after(qtbot, shell, workspace, palette):
    view = dossiers.create(workspace, first_name="Zohra", last_name="Voorbeeld")
    made = palette()
    type_in(qtbot, made, "zoh")
    assert rows(made) == [f"dossier/{view.client.id}"]
    assert "Zohra Voorbeeld" in made.line.accessibleDescription()
    take(qtbot, made)
    assert shell.dossier.view.client.id == view.client.id
    assert rows(palette())[0] == f"dossier/{view.client.id}"


def test_enter_waits_for_no_pause(qtbot, shell, workspace, palette):
    view = dossiers.create(workspace, first_name="Zohra")
    made = palette()
    qtbot.keyClicks(made.line, "zohra")
    take(qtbot, made)
    assert shell.dossier.view.client.id == view.client.id


def test_recent_ones_are_few_and_each_once(qtbot, shell, palette):
    keys = ("vandaag", "cijfers", "beheer", "dossiers", "overdracht", "agenda", "cijfers")
    for text in keys:
        made = palette()
        type_in(qtbot, made, text)
        take(qtbot, made)
    assert len(shell.commander.recent) == MOST_RECENT
    assert [one.key for one in shell.commander.recent][:3] == ["go/figures", "go/agenda", "go/handover"]
    assert len(rows(palette())) == len(set(rows(palette())))


def test_arrows_walk_while_the_cursor_stays(qtbot, palette):
    made = palette()
    for key, at in (
        (Qt.Key.Key_Down, 1),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_PageDown, 9),
    ):
        qtbot.keyClick(made.line, key)
        assert made.table.currentIndex().row() == at
        assert made.table.current().label in made.line.accessibleDescription()
    assert made.line.hasFocus() or made.focusWidget() is made.line


def test_nothing_found_is_said(qtbot, palette):
    made = palette()
    type_in(qtbot, made, "qqqq")
    assert rows(made) == []
    assert not made.none.isHidden()
    take(qtbot, made)
    assert made.isVisible()
    qtbot.keyClick(made.line, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_while_the_client_looks_along_it_names_nobody(qtbot, shell, workspace, palette):
    view = dossiers.create(workspace, first_name="Zohra")
    made = palette()
    type_in(qtbot, made, "zohra")
    take(qtbot, made)
    client_view().set(True)
    made = palette()
    assert set(rows(made)) == {f"do/{one.key}" for one in COMMANDS if one.for_client}
    type_in(qtbot, made, "zohra")
    assert rows(made) == []
    client_view().set(False)
    assert not made.isVisible()
    assert f"dossier/{view.client.id}" in rows(palette())


def test_the_model_keeps_its_promises(qtbot, qtmodeltester, palette):
    made = palette()
    for text in ("", "a", "qqqq"):
        made.line.setText(text)
        made.typed()
        qtmodeltester.check(made.table.rows)
        qtmodeltester.check(made.table.model())


def test_the_look_from_the_keyboard(qtbot, window, shell):
    qtbot.keyClick(window, Qt.Key.Key_Plus, CTRL)
    assert settings.load(settings.file()).text_percent == 125
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    qtbot.keyClick(window, Qt.Key.Key_Minus, CTRL)
    assert settings.load(settings.file()).text_percent == 100
    turn = next(one for one in COMMANDS if one.key == "theme")
    with qtbot.waitSignals([shell.look_changed] * 2):
        turn.act(shell)
        dark = settings.load(settings.file()).theme
        turn.act(shell)
    assert {dark, settings.load(settings.file()).theme} == {"dark", "light"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one.key)
def test_each_action_does_something(qtbot, window, shell, command):
    before = [shell.pages.currentWidget(), client_view().on, settings.load(settings.file())]
    told = []
    shell.lock_asked.connect(lambda: told.append("lock"))
    command.act(shell)
    after = [shell.pages.currentWidget(), client_view().on, settings.load(settings.file())]
    dialog = QApplication.activeModalWidget() or shell.helping.window
    smallest = command.key == "smaller"
    assert after != before or dialog is not None or told or smallest
    if dialog is not None:
        dialog.close()


def test_the_keys_are_listed_as_they_are_bound(qtbot, shell):
    shell.show_keys()
    told = dict(shell.commander.told())
    assert told["Snelle infovraag"] == "Ctrl+I"
    assert told["Zoek of doe iets"] == "Ctrl+K"
    assert all(one.keys in told.values() for one in COMMANDS if one.keys)
    judge(shell.commander.keys)
    shell.commander.keys.close()


def test_both_dialogs_can_be_read_and_hit(palette, shell):
    judge(palette())
    shell.commander.palette.reject()
    judge(shell.asking.ask())
    shell.asking.dialog.reject()


def test_the_rail_is_in_the_order_of_its_numbers():
    assert [place.number for place in PLACES] == sorted(place.number for place in PLACES)
