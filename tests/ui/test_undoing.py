"""Undo and redo with keys and buttons in a dossier, and the history of one field."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.trajectories import LearningQuestion
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.field_box import FieldBox
from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.pages.dossier.field_history import FieldHistoryDialog
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.places import has_cursor, inner
from leerwinkel_desktop.ui.shell import Shell

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def shell(qtbot, dressed, workspace, answers):
    made = Shell(workspace, ImmediateJobs(), answers)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    client_view().set(False)


class Hands:
    """Types in the dossier that is open, and presses its keys."""

    def __init__(self, qtbot: Any, shell: Shell) -> None:
        self.qtbot, self.shell = qtbot, shell

    @property
    def page(self) -> DossierPage:
        assert self.shell.dossier is not None
        return self.shell.dossier

    def box(self, name: str) -> FieldBox:
        return next(form.boxes[name] for form in self.page.forms() if name in form.boxes)

    def enter(self, name: str) -> None:
        self.box(name).widget.setFocus()

    def type(self, name: str, text: str, *, keep: bool = True) -> None:
        self.enter(name)
        self.qtbot.keyClicks(inner(self.box(name).widget), text)
        if keep:
            for form in self.page.in_sight():
                form.flush()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
        focused = QApplication.focusWidget() or self.page
        self.qtbot.keyClick(focused, key, modifier)

    def undo(self) -> None:
        self.press(Qt.Key.Key_Z)

    def redo(self) -> None:
        self.press(Qt.Key.Key_Z, CTRL | SHIFT)


@pytest.fixture
def hands(qtbot, shell, workspace) -> Hands:
    view = dossiers.create(workspace, first_name="Amina", last_name="Voorbeeld")
    shell.open_dossier(view.client.id)
    return Hands(qtbot, shell)


def stored(workspace: Workspace, hands: Hands) -> Client:
    return dossiers.reload(workspace, hands.page.view.client.id).client


def test_nothing_can_be_undone_in_a_dossier_that_was_just_opened(hands: Hands) -> None:
    bar = hands.page.undoing
    assert not bar.undo_button.isEnabled()
    assert not bar.redo_button.isEnabled()


def test_a_field_goes_back_under_the_cursor_and_forth_again(hands: Hands, workspace) -> None:
    hands.type("last_name", "tje")
    bar, typed = hands.page.undoing, inner(hands.box("last_name").widget)
    after = stored(workspace, hands).last_name
    assert bar.undo_button.isEnabled()
    assert "Achternaam" in bar.undo_button.toolTip()
    hands.undo()
    assert stored(workspace, hands).last_name == "Voorbeeld"
    assert typed.property("text") == "Voorbeeld"
    assert has_cursor(hands.box("last_name").widget)
    toast = hands.shell.toast
    assert toast.accessibleName() == "Achternaam teruggezet op ‘Voorbeeld’"
    assert toast.act.text() == "Opnieuw"
    toast.act.click()
    assert stored(workspace, hands).last_name == after
    assert typed.property("text") == after
    hands.undo()
    hands.press(Qt.Key.Key_Y)
    assert stored(workspace, hands).last_name == after


@pytest.mark.parametrize("name", ["last_name", "notes"])
def test_typing_that_is_not_kept_goes_first(hands: Hands, workspace, name: str) -> None:
    hands.type(name, "eerst")
    kept = getattr(stored(workspace, hands), name)
    hands.type(name, "dan", keep=False)
    hands.undo()
    assert hands.box(name).editor.value() == kept
    assert not hands.box(name).dirty
    assert getattr(stored(workspace, hands), name) == kept
    hands.redo()
    assert hands.box(name).dirty
    assert hands.box(name).editor.value() != kept
    hands.undo()
    hands.undo()
    assert getattr(stored(workspace, hands), name) != kept


def test_what_does_not_fit_goes_back_to_what_is_stored(hands: Hands, workspace) -> None:
    hands.type("birth_date", "31/02")
    assert hands.box("birth_date").dirty
    hands.undo()
    assert inner(hands.box("birth_date").widget).property("text") == ""
    assert hands.box("birth_date").problem.isHidden()
    assert stored(workspace, hands).birth_date is None


def test_the_field_is_in_sight_also_on_a_card_further_down(hands: Hands) -> None:
    hands.type("phone", "0400 00 00 01")
    hands.enter("last_name")
    hands.undo()
    box = hands.box("phone")
    assert has_cursor(box.widget)
    toast = hands.shell.toast
    foot = box.mapTo(hands.shell, box.rect().bottomLeft()).y()
    assert foot < toast.mapTo(hands.shell, QPoint(0, 0)).y()


def test_it_leads_to_the_part_where_the_field_is(hands: Hands) -> None:
    hands.type("last_name", "tje")
    hands.page.go("perspective")
    hands.undo()
    assert hands.page.part.key == "data"
    assert has_cursor(hands.box("last_name").widget)


def test_it_leads_to_the_trajectory_where_the_field_is(hands: Hands, workspace) -> None:
    first = hands.page.trajectory
    assert first is not None
    hands.page.go("perspective")
    hands.type("dream", "bakker")
    hands.page._add_trajectory()
    assert hands.page.trajectory != first
    hands.undo()  # the trajectory itself
    hands.undo()
    assert hands.page.trajectory is not None
    assert hands.page.trajectory.id == first.id
    assert has_cursor(hands.box("dream").widget)
    assert dossiers.reload(workspace, hands.page.view.client.id).of(LearningQuestion) == ()


def test_a_record_that_typing_made_can_be_typed_again(hands: Hands, workspace) -> None:
    hands.page.go("perspective")
    hands.type("dream", "bakker")
    (made,) = dossiers.reload(workspace, hands.page.view.client.id).of(LearningQuestion)
    hands.undo()
    assert hands.box("dream").editor.value() is None
    assert has_cursor(hands.box("dream").widget)
    hands.redo()
    assert hands.box("dream").editor.value() == "bakker"
    (again,) = dossiers.reload(workspace, hands.page.view.client.id).of(LearningQuestion)
    assert again.id == made.id
    hands.undo()
    hands.type("dream", "kapper")
    kept = dossiers.reload(workspace, hands.page.view.client.id).of(LearningQuestion)
    assert [one.dream for one in kept] == ["kapper"]
    assert kept[0].id != made.id


def test_a_row_that_was_taken_away_comes_back(hands: Hands, workspace) -> None:
    made = dossiers.add(workspace, Talent, hands.page.view.dossier.id, description="geduldig")
    hands.shell.open_dossier(hands.page.view.client.id)
    dossiers.remove(workspace, made)
    hands.shell.desk.kept.emit()
    hands.undo()
    assert hands.page.view.of(Talent) == (made,)
    assert hands.page.part.key == "talents" or any(made.kind == c.kind.kind for c in hands.page.part.cards)


def test_a_refusal_says_why_and_the_one_before_comes_next(hands: Hands, workspace, shell) -> None:
    hands.type("last_name", "tje")
    hands.type("phone", "0400 00 00 01")
    number = hands.page.view.client.id
    with workspace.database.together():  # as if a workbook said more than fits one step
        for made in range(401):
            dossiers.change(workspace, Client, number, phone=f"0400 00 0{made:03}")
    hands.undo()
    assert "niet ongedaan gemaakt" in shell.banner.text
    assert stored(workspace, hands).phone == "0400 00 0400"
    hands.undo()
    assert stored(workspace, hands).last_name == "Voorbeeld"


def test_a_client_who_looks_along_reads_no_values(hands: Hands, workspace) -> None:
    hands.type("last_name", "tje")
    client_view().set(True)
    assert not hands.page.undoing.isVisible()
    hands.undo()
    assert stored(workspace, hands).last_name == "Voorbeeld"
    assert hands.shell.toast.accessibleName() == "Ongedaan gemaakt"


def test_the_history_of_a_field(hands: Hands, workspace, qtbot) -> None:
    hands.type("last_name", "tje")
    hands.press(Qt.Key.Key_H, ALT)
    dialog = hands.page.findChild(FieldHistoryDialog)
    assert dialog is not None
    lines = [label.text() for label in dialog.findChildren(type(hands.page.state)) if label.text()]
    assert any("Voorbeeld" in line for line in lines)
    assert any(workspace.user in line for line in lines)
    assert any("dit toestel" in line or workspace.device().name in line for line in lines)
    buttons = dialog.findChildren(QPushButton)
    back = next(one for one in buttons if one.text() == "Zet terug" and one.isVisible())
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert stored(workspace, hands).last_name == "Voorbeeld"
    assert not dialog.isVisible()
    assert hands.box("last_name").editor.value() == "Voorbeeld"
    hands.undo()  # putting back is a step, too
    assert stored(workspace, hands).last_name != "Voorbeeld"


def test_the_history_is_not_for_the_client(hands: Hands) -> None:
    hands.enter("last_name")
    client_view().set(True)
    hands.press(Qt.Key.Key_H, ALT)
    assert hands.page.findChild(FieldHistoryDialog) is None


@pytest.mark.parametrize("name", ["last_name", "notes", "gender"])
def test_the_menu_of_a_field_leads_to_its_history(hands: Hands, name: str) -> None:
    typed = inner(hands.box(name).widget)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), typed.mapToGlobal(QPoint(1, 1))
    )
    QApplication.sendEvent(typed, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entry = next(one for one in menu.actions() if "Geschiedenis van dit veld" in one.text())
    entry.trigger()
    menu.close()
    assert hands.page.findChild(FieldHistoryDialog) is not None
