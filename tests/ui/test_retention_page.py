"""The yearly list shows what was kept long enough, and each row is decided on by hand."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.clients import Dossier
from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.domain.rights import RetentionDecision
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.pages.retention import RetentionPage


@pytest.fixture
def old(workspace):
    """Three people who were last here long ago, the oldest first, and one of today."""
    made = []
    for number, first_name in enumerate(("Amina", "Bram", "Chantal")):
        view, then = dossiers.create(workspace, first_name=first_name), date(2015 + number, 3, 2)
        assert view.trajectory is not None
        dossiers.change(workspace, Dossier, view.dossier.id, opened_on=then)
        dossiers.change(workspace, Trajectory, view.trajectory.id, intake_date=then)
        made.append(dossiers.reload(workspace, view.client.id))
    dossiers.create(workspace, first_name="Vandaag")
    return made


@pytest.fixture
def page(qtbot, desk, old):
    made = RetentionPage(desk)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


def names(page):
    model = page.table.model()
    return [page.table.at(model.index(number, 0)).name for number in range(model.rowCount())]


def test_only_what_was_kept_long_enough_is_listed(page):
    assert names(page) == ["Amina", "Bram", "Chantal"]
    assert page.told.text().startswith("3 dossiers wachten")
    assert page.keep.isEnabled()
    assert not page.block.isEnabled(), "nobody of them has a shielded part"


def test_a_dossier_is_kept_longer_with_a_reason(qtbot, page, desk, old):
    page.ask_keep()
    dialog = page.keeping
    dialog.until.editor.set_value(None)
    dialog.accept()
    assert dialog.until.problem.text()
    dialog.until.editor.set_value(date(2028, 1, 1))
    dialog.accept()
    assert dialog.reason.problem.text()
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.reason.widget, "Een controle van het programma loopt nog.")
    dialog.accept()
    assert names(page) == ["Bram", "Chantal"]
    (kept,) = dossiers.reload(desk.workspace, old[0].client.id).of(RetentionDecision)
    assert (kept.until, kept.reason) == (date(2028, 1, 1), "Een controle van het programma loopt nog.")


def test_several_are_made_anonymous_at_once(qtbot, page, desk, banner):
    page.table.selectRow(0)
    page.table.selectionModel().select(
        page.table.model().index(2, 0),
        page.table.selectionModel().SelectionFlag.Select | page.table.selectionModel().SelectionFlag.Rows,
    )
    assert not page.keep.isEnabled()
    page.ask_anonymise()
    assert not page.dialog.go_on.isEnabled()
    qtbot.keyClicks(page.dialog.typed, "anoniem")
    page.dialog.go_on.click()
    assert names(page) == ["Bram"]
    assert banner.text.startswith("2 dossiers zijn anoniem.")
    assert dossiers.count(desk.workspace) == 2


def test_the_shielded_part_goes_alone(qtbot, page, desk, banner):
    view, then = dossiers.create(desk.workspace, first_name="Dirk"), date(2024, 3, 2)
    assert view.trajectory is not None
    dossiers.change(desk.workspace, Dossier, view.dossier.id, opened_on=then)
    dossiers.change(desk.workspace, Trajectory, view.trajectory.id, intake_date=then)
    dossiers.add(desk.workspace, DetentionEpisode, view.dossier.id, prison="Voorbeeldstad")
    page.refresh()
    assert names(page)[-1] == "Dirk"
    page.table.selectRow(3)
    assert page.block.isEnabled()
    assert not page.keep.isEnabled()
    assert not page.anonymise.isEnabled(), "the rest of the dossier is not old enough"
    page.ask_block()
    page.dialog.go_on.click()
    assert banner.text == "Het afgeschermde deel is gewist."
    assert names(page) == ["Amina", "Bram", "Chantal"]
    left = dossiers.reload(desk.workspace, view.client.id)
    assert (left.client.first_name, left.has_block) == ("Dirk", False)


def test_enter_opens_the_dossier(qtbot, page, desk, old):
    with qtbot.waitSignal(desk.sent) as sent:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert sent.args == [f"dossier/{old[0].client.id}"]


def test_the_buttons_follow_what_is_marked(qtbot, page):
    assert page.open.isEnabled()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.chosen()) == 3
    assert (page.open.isEnabled(), page.keep.isEnabled()) == (False, False)
    assert page.anonymise.isEnabled()
    page.table.clearSelection()
    assert not page.anonymise.isEnabled()
