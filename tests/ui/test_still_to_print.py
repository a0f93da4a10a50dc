"""What waits for a printer stands on Vandaag, and is printed from there in one go."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from leerwinkel_desktop.services import dossiers, sheet_files, sheets
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.pages.today.page import TodayPage
from leerwinkel_desktop.ui.still_to_print import StillToPrint, StillToPrintDialog


@pytest.fixture
def waiting(workspace):
    view = dossiers.create(workspace, first_name="Amina", last_name="Voorbeeld")
    assert view.trajectory is not None
    final = sheets.live(workspace, view.trajectory.id, "ORDINARY").final
    sheet = sheet_files.confirm(workspace, view.trajectory.id, "ORDINARY", final)
    sheet_files.print_later(workspace, sheet.id)
    return sheet


def test_it_stands_on_vandaag_until_it_is_printed(qtbot, desk, waiting, answers, tmp_path):
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    (line,) = page.card("print").rows
    assert line.title.text() == "Amina Voorbeeld"
    line.acts[0].click()
    dialog = page.acting.dialog
    assert isinstance(dialog, StillToPrintDialog)
    answers.printed = tmp_path / "printed.pdf"
    dialog.card.print_button.click()
    assert answers.printed.exists()
    assert page.card("print").rows == []
    assert sheet_files.to_print(desk.workspace) == ()


def test_thinking_again_at_the_printer_prints_nothing(qtbot, desk, waiting):
    card = StillToPrint(desk)
    qtbot.addWidget(card)
    card.print_chosen()
    assert list(card.boxes) == [waiting.id]
    assert card.print_button.isEnabled()


def test_everything_has_a_name_and_a_client_sees_none_of_it(desk, ground, waiting):
    card = StillToPrintDialog(desk, ground).card
    ground.show()
    card.window().show()
    for one in card.findChildren(QAbstractButton):
        assert one.accessibleName() or one.text()
    client_view().set(True)
    try:
        assert not card.isVisible()
    finally:
        client_view().set(False)
    assert card.isVisible()
