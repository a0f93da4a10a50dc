"""Looking after the vault from the window: what it says is what was found, and what it does is done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop import settings
from leerwinkel_desktop.services import sheets, vaults
from leerwinkel_desktop.store.errors import WrongPassphrase
from leerwinkel_desktop.ui.pages.administration import AdministrationPage

OLD = "appel fiets wolk lamp rivier stoel"
NEW = "bloem trein regen tafel wolk berg"


@pytest.fixture
def page(qtbot, desk):
    made = AdministrationPage(desk)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def test_a_healthy_vault(page, banner):
    page.check.click()
    assert "in orde" in banner.text
    assert banner.property("tone") == "good"


def test_a_broken_log_is_told(page, desk, banner):
    with desk.workspace.database.bare() as connection:
        connection.execute("UPDATE audit_entry SET action = 'niets gebeurd' WHERE number = 1")
    page.check.click()
    assert "logboek" in banner.text
    assert banner.property("tone") == "danger"


def test_the_passphrase_changes(qtbot, page, desk, banner, tmp_path):
    assert not page.change.isEnabled()
    qtbot.keyClicks(page.passphrase.first, NEW)
    qtbot.keyClicks(page.passphrase.again, NEW)
    qtbot.mouseClick(page.change, Qt.MouseButton.LeftButton)
    assert "nieuwe wachtzin" in banner.text
    assert page.passphrase.first.text() == ""
    with pytest.raises(WrongPassphrase):
        vaults.unlock(desk.workspace.folder, OLD)
    vaults.unlock(desk.workspace.folder, NEW).close()


def test_the_look_is_kept_and_told(qtbot, page):
    with qtbot.waitSignal(page.look_changed) as told:
        page.theme.setCurrentIndex(page.theme.findData("dark"))
        page.percent.setCurrentIndex(page.percent.findData(150))
        page.percent.activated.emit(0)
    assert told.args[0] == settings.Settings("dark", 150)
    assert settings.load(settings.file()) == settings.Settings("dark", 150)


def test_what_stands_on_the_sheet_is_kept_once_left(qtbot, page, desk, toast):
    qtbot.keyClicks(page.house["phone"], "0400 00 00 07")
    page.leave()
    assert sheets.told_house(desk.workspace)["phone"] == "0400 00 00 07"
    assert toast.isVisibleTo(toast.parentWidget())


def test_this_device_is_in_the_list(page, desk):
    assert page.devices.rows.rowCount() == 1
    assert page.devices.at(page.devices.model().index(0, 0)).actor == desk.workspace.device().actor
