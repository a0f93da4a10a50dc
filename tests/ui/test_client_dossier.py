"""Of a dossier a client sees what was declared as theirs, in every part, and can type there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.trajectories import Barrier, LearningQuestion, Session, Trajectory
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.demo import people
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.field_box import FieldBox
from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.dossier.parts import PARTS
from leerwinkel_desktop.ui.pages.dossier.rows import RowCard
from leerwinkel_desktop.ui.screenshots import settle
from leerwinkel_desktop.ui.shell import Shell

SECRET = "Zegt dat Nour hem ook kent."
THEIRS = {
    "data": {"first_name", "last_name", "phone", "email", "preferred_contact", "postal_code"},
    "perspective": {"horizon_years", "dream", "why", "desired_occupation", "own_words"}
    | {"willingness", "willingness_why"},
}


@pytest.fixture
def shell(qtbot, dressed, workspace, answers):
    made = Shell(workspace, ImmediateJobs(), answers)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    client_view().set(False)


@pytest.fixture
def page(shell, workspace):
    view = people.inside(workspace)
    dossiers.change(workspace, Client, view.client.id, notes=SECRET, nis_code="12025")
    dossiers.add(workspace, Session, view.of(Trajectory)[0].id, attended="J", short_note=SECRET)
    dossiers.add(workspace, Barrier, view.of(Trajectory)[0].id, action=SECRET)
    dossiers.change(workspace, Trajectory, view.of(Trajectory)[0].id, willingness=7)
    shell.open_dossier(view.client.id)
    return shell.dossier


def draw(page: DossierPage, key: str) -> None:
    page.go(key)
    assert page.cards
    for card in page.findChildren(RowCard):
        card.unfold(True)


def names(page: DossierPage) -> set[str]:
    settle(page)
    return {box.field.name for box in page.findChildren(FieldBox) if box.isVisible()}


def sentences(page: DossierPage) -> str:
    settle(page)
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("part", [part for part in PARTS if part.for_client], ids=lambda part: part.key)
@pytest.mark.parametrize("before", [True, False], ids=["drawn before", "drawn after"])
def test_only_what_is_theirs_is_in_sight(page, part, before):
    if before:
        draw(page, part.key)
        assert names(page) > THEIRS.get(part.key, set())
        client_view().set(True)
    else:
        client_view().set(True)
        draw(page, part.key)
    declared = {
        name for card in part.cards for name in (card.names if card.for_client == ("*",) else card.for_client)
    }
    assert names(page)
    assert names(page) <= declared
    assert names(page) == THEIRS.get(part.key, names(page))
    told = sentences(page)
    assert page.view.client.client_no not in told
    assert "voor de cijfers" not in told
    assert page.view.client.first_name in page._name.text()


def test_the_other_parts_cannot_be_reached(qtbot, page):
    page.go("rights")
    client_view().set(True)
    assert page.part.key == "map"
    in_sight = [key for key, made in page.rail.buttons.items() if made.isVisible()]
    assert in_sight == ["data", "map", "perspective", "reality", "advice"]
    seen = set()
    for _ in PARTS:
        qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        seen.add(page.part.key)
    assert seen == set(in_sight)
    for key in ("rights", "history"):
        page.go(key)
        assert not page._middle.widget(0).isVisible()


def test_no_mark_tells_how_far_a_part_is(page):
    assert page.rail.buttons["data"].toolTip() == "ingevuld"
    client_view().set(True)
    for part in PARTS:
        assert page.rail.buttons[part.key].toolTip() == ""
        assert page.rail.buttons[part.key].accessibleName() == part.label
    page.refresh()
    assert page.rail.buttons["data"].accessibleName() == "Gegevens"
    client_view().set(False)
    assert page.rail.buttons["data"].toolTip() == "ingevuld"


def test_a_hint_that_comes_meanwhile_stays_away(page, shell, workspace):
    client_view().set(True)
    page.go("data")
    client = page.view.client
    dossiers.create(
        workspace, first_name=client.first_name, last_name=client.last_name, birth_date=client.birth_date
    )
    dossiers.change(workspace, Client, client.id, phone="0400 00 00 99")
    page.refresh()
    assert not page._resembling.isVisible()
    page.notices.undecided.tell("1 gegeven te beslissen")
    page.notices.show()
    assert not page.notices.isVisible()
    for form in page.forms():
        form.mark({client.id: {"phone"}})
    assert "Te beslissen" not in sentences(page)
    client_view().set(False)
    assert "Te beslissen" in sentences(page)
    assert page._resembling.isVisible()


def test_what_the_client_types_is_kept(page, workspace):
    client_view().set(True)
    page.go("perspective")
    form = next(form for form in page.forms() if "dream" in form.boxes)
    form.boxes["dream"].widget.setPlainText("Ik word bakker.")
    form.flush()
    client_view().set(False)
    found = dossiers.reload(workspace, page.view.client.id).of(LearningQuestion)
    assert found[-1].dream == "Ik word bakker."


def test_what_stays_moves_up_and_back(page):
    page.go("data")
    form = next(form for form in page.forms() if "postal_code" in form.boxes)
    box = form.boxes["postal_code"]
    before = form._grid.getItemPosition(form._grid.indexOf(box))
    client_view().set(True)
    assert form._grid.getItemPosition(form._grid.indexOf(box)) < before
    client_view().set(False)
    assert form._grid.getItemPosition(form._grid.indexOf(box)) == before
