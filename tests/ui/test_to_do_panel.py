"""Beside a dossier stands what is to do; a line leads to its field, and folding it away is remembered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.training import FollowUp
from leerwinkel_desktop.domain.trajectories import Barrier, Trajectory
from leerwinkel_desktop.services import dossiers, profile
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.dossier.to_do_panel import ToDoPanel
from leerwinkel_desktop.ui.screenshots import settle

DAY = timedelta(days=1)


@pytest.fixture
def client_id(workspace):
    view = dossiers.create(workspace, first_name="Amina", birth_year=1990)
    assert view.trajectory is not None
    dossiers.add(workspace, Barrier, view.trajectory.id, code="GELD", owner="COUNSELLOR", status="OPEN")
    return view.client.id


@pytest.fixture
def open_page(qtbot, desk, client_id):
    def opened(width=1180):
        made = DossierPage(desk, client_id)
        qtbot.addWidget(made)
        made.resize(width, 768)
        made.show()
        with qtbot.waitActive(made):
            made.activateWindow()
        settle(made)
        return made

    yield opened
    client_view().set(False)


def panel(page):
    (found,) = [
        one for one in page.findChildren(ToDoPanel) if one.parent() is not None and one.isVisibleTo(page)
    ]
    return found


def told(page):
    return [line.accessibleName() for line in panel(page).lines()]


def test_our_barriers_and_what_the_figures_need_are_told(open_page):
    page = open_page()
    assert told(page)[:2] == ["Inkomen en kosten", "Geslacht"]
    assert len(told(page)) == 6


def test_what_is_filled_in_or_solved_goes_away(open_page, workspace):
    page = open_page()
    (barrier,) = page.view.of(Barrier)
    dossiers.change(workspace, Barrier, barrier.id, status="SOLVED")
    page._desk.kept.emit()
    assert told(page)[0] == "Geslacht"


def test_a_moment_that_is_due_is_told_and_leads_to_its_outcome(qtbot, open_page, workspace):
    page = open_page()
    due = workspace.today() - DAY
    dossiers.add(workspace, FollowUp, page.view.trajectory.id, moment="F1", due_on=due)
    page._desk.kept.emit()
    line = next(panel(page).lines())
    assert line.accessibleName().startswith("Eerste opvolging · sinds")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.part.key == "after"
    form = next(form for form in page.forms() if "outcome" in form.boxes)
    assert form.boxes["outcome"].typing


def test_a_line_leads_to_its_field_in_another_part(qtbot, open_page):
    page = open_page()
    page.go("map")
    line = next(line for line in panel(page).lines() if line.accessibleName() == "Geslacht")
    line.click()
    assert page.part.key == "data"
    assert next(form.boxes["gender"] for form in page.forms() if "gender" in form.boxes).typing


def test_folded_away_it_stays_so_for_this_user(open_page, desk):
    page = open_page()
    assert page._middle.widget(1).width() > 200
    panel(page).fold.click()
    settle(page)
    assert page._middle.widget(1).width() < 100
    page.go("map")
    assert not any(line.isVisible() for line in panel(page).lines())
    again = open_page()
    assert not any(line.isVisible() for line in panel(again).lines())
    panel(again).fold.click()
    assert all(line.isVisible() for line in panel(open_page()).lines())


def test_a_narrow_window_begins_with_it_folded(open_page):
    page = open_page(width=900)
    assert not any(line.isVisible() for line in panel(page).lines())
    panel(page).fold.click()
    assert any(line.isVisible() for line in panel(page).lines())


def test_a_client_never_sees_it(open_page):
    page = open_page()
    client_view().set(True)
    settle(page)
    assert not page.findChildren(ToDoPanel)[0].isVisible()
    page.go("map")
    assert not any(one.isVisible() for one in page.findChildren(ToDoPanel))


def test_in_a_prison_nothing_is_asked_that_is_not_shown_there(open_page, workspace):
    before = told(open_page())
    profile.choose(workspace, "prison")
    shown = told(open_page())
    assert set(shown) <= set(before) | {"Contactwijze"}


def test_a_whole_dossier_is_praised(open_page, workspace):
    page = open_page()
    panel(page)._seen = lambda _kind, _name: False
    dossiers.change(workspace, Trajectory, page.view.trajectory.id, status="CLOSED")
    page._desk.kept.emit()
    assert told(page) == []
