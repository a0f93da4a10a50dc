"""A quick question grows into guidance from its dossier; everything stays, and it can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.trajectories import LearningQuestion, Session, Trajectory
from leerwinkel_desktop.services import dossiers, quick_question
from leerwinkel_desktop.services.quick_question import Asked, Where
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage


@pytest.fixture
def page(qtbot, desk):
    asked = Asked(first_name="Amina", level="27", question="DIPLOMA_SO")
    kept = quick_question.keep(desk.workspace, asked, Where())
    made = DossierPage(desk, kept.client_id)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    return made


def kinds(page):
    return [one.service_type for one in page.view.of(Trajectory)]


def test_one_click_and_nothing_is_asked_twice(qtbot, page, toast):
    before = page.view
    assert page._another.isHidden()
    qtbot.mouseClick(page.growing.button, Qt.MouseButton.LeftButton)
    assert kinds(page) == ["GUIDANCE"]
    for kind in (LearningQuestion, Session):
        assert page.view.of(kind) == before.of(kind)
    assert page.trajectory.level_at_intake == "27"
    assert page.growing.button.isHidden()
    assert not page._another.isHidden()
    qtbot.mouseClick(toast.undo, Qt.MouseButton.LeftButton)
    assert kinds(page) == ["INFO"]
    assert not page.growing.button.isHidden()


def test_what_is_being_typed_stays(qtbot, page):
    form = next(form for form in page.forms() if "first_name" in form.boxes)
    qtbot.keyClicks(form.boxes["first_name"].widget, "x")
    page.growing.grow()
    page.leave()
    stored = dossiers.reload(page._desk.workspace, page.view.client.id)
    assert (stored.client.first_name, kinds(page)) == ("xAmina", ["GUIDANCE"])


def test_a_client_who_looks_along_sees_no_such_button(page):
    client_view().set(True)
    assert not page.growing.button.isVisible()
    client_view().set(False)
    assert page.growing.button.isVisible()
