"""Everything on every page has a name, can be reached with the keyboard, and is large enough to hit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView, QWidget

from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services.demo import people
from leerwinkel_desktop.ui.jobs import ImmediateJobs
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.dossier.parts import PARTS
from leerwinkel_desktop.ui.pages.dossier.rows import RowCard

INTERACTIVE = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QTableView)
LEAST = 40


@pytest.fixture
def window(qtbot, dressed, tmp_path, answers):
    made = MainWindow(tmp_path / "none", ImmediateJobs(), answers, new=False)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def parts_of(page: QWidget) -> list[QWidget]:
    found = [widget for kind in INTERACTIVE for widget in page.findChildren(kind) if widget.isVisible()]
    inner = (QComboBox, QTableView)
    return [
        widget
        for widget in found
        if not isinstance(widget.parent(), inner) and not widget.objectName().startswith("qt_")
    ]


def judge(page: QWidget) -> None:
    found = parts_of(page)
    assert found
    for widget in found:
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, (
            f"{type(widget).__name__} in {type(widget.parent()).__name__} has no name"
        )
        if not isinstance(widget, QTableView):
            assert widget.height() >= LEAST, f"{widget.accessibleName() or text} is {widget.height()} high"


def test_locked_and_first_run(qtbot, dressed, tmp_path, answers):
    for new in (True, False):
        made = MainWindow(tmp_path / "none", ImmediateJobs(), answers, new=new)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        made.show()
        judge(made)
        made.close()


@pytest.mark.parametrize("role", ["office", "laptop"])
@pytest.mark.parametrize(
    "key",
    ["today", "agenda", "dossiers", "offers", "handover", "figures", "administration", "retention", "papers"],
)
def test_pages(window, make_vault, role, key):
    window.open(make_vault(role=role))
    window.shell.go(key)
    judge(window)


@pytest.mark.parametrize("key", [part.key for part in PARTS])
def test_parts_of_a_dossier_with_all_rows_open(window, workspace, key):
    view = people.inside(workspace)
    assert view.of(Trajectory)
    window.open(workspace)
    window.shell.open_dossier(view.client.id)
    window.shell.dossier.go(key)
    for card in window.shell.dossier.findChildren(RowCard):
        card.unfold(True)
    judge(window)


def test_every_field_has_its_own_label_as_buddy(window, workspace):
    view = people.guided(workspace)
    window.open(workspace)
    window.shell.open_dossier(view.client.id)
    for form in window.shell.dossier.forms():
        for box in form.boxes.values():
            assert box.caption.buddy() is box.widget
            inner = box.widget.focusProxy() or box.widget
            assert box.field.label in inner.accessibleName()


def test_tab_walks_through_a_form_and_arrows_through_segments(qtbot, window, workspace):
    view = people.guided(workspace)
    window.open(workspace)
    window.shell.open_dossier(view.client.id)
    window.shell.dossier.go("perspective")
    form = next(form for form in window.shell.dossier.forms() if "willingness" in form.boxes)
    scale = form.boxes["willingness"].widget
    scale.setFocus()
    scale.set_value(3)
    qtbot.keyClick(scale.button("3"), Qt.Key.Key_Right)
    assert scale.value() == 4
    stops = [n for n in range(11) if scale.button(str(n)).focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [4]
    qtbot.mouseClick(scale.button("4"), Qt.MouseButton.LeftButton)
    assert scale.value() is None


def test_the_keys_of_the_rail(qtbot, window, workspace):
    window.open(workspace)
    window.activateWindow()
    for key, name in (
        (Qt.Key.Key_5, "handover"),
        (Qt.Key.Key_7, "administration"),
        (Qt.Key.Key_2, "dossiers"),
        (Qt.Key.Key_3, "offers"),
        (Qt.Key.Key_1, "today"),
    ):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        assert window.shell.pages.currentWidget() is window.shell._made[name]
        assert window.shell._buttons[name].isChecked()
