"""A small dialog that is kept while an import holds the database waits, and asks nothing twice."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import dossiers, moments
from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.ui.pages.moments.asking import MomentDialog
from leerwinkel_desktop.ui.planning import PlanDialog
from tests.windows import TODAY


@pytest.fixture
def ground(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def view(workspace):
    return dossiers.create(workspace, first_name="Amina")


@pytest.fixture
def dialog(desk, view, ground):
    begin = {"date": TODAY, "starts_at": "14:30"}
    return PlanDialog(desk, view.trajectory.id, "Amina", ground, begin=begin)


@pytest.fixture
def busy(desk, monkeypatch):
    """The database is held by an import until what this gives is called."""

    def held(_database):
        raise VaultBusy

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.workspace.database), "write", held)

        def free():
            patch.undo()
            desk.later.look()

        yield free


def appointments_of(workspace, view):
    return dossiers.reload(workspace, view.client.id).of(Session)


def test_an_appointment_waits_for_the_database(qtbot, workspace, view, dialog, busy):
    dialog.open()
    dialog.done_button.click()
    assert dialog.isVisible()
    assert not dialog.done_button.isEnabled(), "it waits, and is not asked twice"
    with qtbot.waitSignal(dialog.planned):
        busy()
    (planned,) = appointments_of(workspace, view)
    assert planned.starts_at == "14:30"


def test_who_thinks_better_of_it_meanwhile_plans_nothing(qtbot, workspace, view, dialog, busy):
    dialog.open()
    dialog.done_button.click()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    busy()
    assert not appointments_of(workspace, view)


def test_a_moment_waits_too(qtbot, desk, ground, busy):
    dialog = MomentDialog(desk, TODAY, ground)
    dialog.boxes["type"].editor.set_value("PROEFLES")
    dialog.open()
    dialog.go_on.click()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.kept):
        busy()
    assert len(moments.between(desk.workspace, TODAY, TODAY)) == 1
