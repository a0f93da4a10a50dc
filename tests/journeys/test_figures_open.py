"""A figure opens the dossiers behind it, and the figures leave as files."""

from __future__ import annotations

import json
import threading
from datetime import date

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.pages.dossiers import DossiersPage

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


@pytest.fixture
def window(qtbot, open_window, make_vault):
    workspace = make_vault()
    for name, level in (("Amina", "20"), ("Bram", "20"), ("Chantal", "32")):
        view = dossiers.create(
            workspace, first_name=name, last_name="Voorbeeld", gender="V" if name != "Bram" else "M"
        )
        assert view.trajectory is not None
        dossiers.change(
            workspace,
            Trajectory,
            view.trajectory.id,
            level_at_intake=level,
            programme="CITY",
            service_type="GUIDANCE",
        )
    workspace.close()
    made = open_window()
    qtbot.keyClicks(made.page.passphrase, PASSPHRASE)
    qtbot.keyClick(made.page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.shell is not None)
    return made


@pytest.fixture
def page(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    page = window.shell.pages.currentWidget()
    page.boxes["start"].editor.line.setText("1/1/2026")
    page.boxes["end"].editor.line.setText("31/12/2026")
    page.boxes["as_of"].editor.line.setText("31/12/2026")
    with qtbot.waitSignal(page.counted):
        page.count()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    return page


def place(page, figure, key=None):
    model = page.table.model()
    for number in range(model.rowCount()):
        each = page.table.at(model.index(number, 0))
        if (each.line.id, each.line.key) == (figure, key) and not each.line.heading:
            return model.index(number, 0)
    raise KeyError(figure)


def names(page):
    model = page.table.model()
    return {page.table.at(model.index(number, 0)).first_name for number in range(model.rowCount())}


def test_a_figure_opens_the_people_it_counts(qtbot, window, page):
    page.table.setCurrentIndex(place(page, "G05"))
    assert page.table.current().line.n == 2
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    behind = window.shell.pages.currentWidget()
    assert isinstance(behind, DossiersPage)
    assert names(behind) == {"Amina", "Bram"}
    behind._unfilter.click()
    assert names(behind) == {"Amina", "Bram", "Chantal"}


def test_a_row_of_a_breakdown_and_a_count_of_trajectories_open_too(qtbot, window, page):
    page.table.activated.emit(place(page, "G08", "V"))
    assert names(window.shell.pages.currentWidget()) == {"Amina", "Chantal"}
    window.shell.go("figures")
    page.table.activated.emit(place(page, "G01"))
    assert names(window.shell.pages.currentWidget()) == {"Amina", "Bram", "Chantal"}


def test_an_impossible_period_stands_beside_the_field(qtbot, window, page):
    page.boxes["end"].editor.line.setText("1/1/2020")
    page.count()
    qtbot.waitUntil(lambda: bool(page.boxes["end"].problem.text()))
    page.boxes["end"].editor.line.setText("gisteren")
    page.count()
    assert page.boxes["end"].problem.text()


def test_an_answer_that_is_overtaken_is_dropped(qtbot, window, page):
    gate, told = threading.Event(), []
    page.counted.connect(lambda: told.append(page.report.request.end))
    window.jobs.start(page, lambda progress: gate.wait(10), lambda _: None, lambda error: None)
    for end in ("1/6/2026", "2/6/2026", "3/6/2026"):
        page.boxes["end"].editor.line.setText(end)
        page.count()
    gate.set()
    qtbot.waitUntil(lambda: not window.jobs.busy)
    assert told == [date(2026, 6, 3)]


@pytest.mark.parametrize("kind", ["json", "csv", "xlsx", "pdf"])
def test_the_figures_leave_as_files(qtbot, window, page, answers, tmp_path, kind):
    answers.saved = tmp_path / "cijfers"
    page.export(kind)
    qtbot.waitUntil(lambda: bool(window.shell.banner.text))
    data = (tmp_path / f"cijfers.{kind}").read_bytes()
    if kind == "json":
        rows = {(row["id"], row["key"]): row["n"] for row in json.loads(data)["figures"]}
        assert rows["G05", None] == 2
    assert data


def test_the_button_follows_the_figure_that_is_chosen(qtbot, page):
    rows = {bool(each.row and each.row.behind): number for number, each in enumerate(page.table.rows._rows)}
    assert set(rows) == {True, False}
    for opens in (True, False, True):
        page.table.setCurrentIndex(page.table.model().index(rows[opens], 0))
        assert page.open_button.isEnabled() is opens
