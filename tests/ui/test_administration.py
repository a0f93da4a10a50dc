"""Looking after the vault from the window: what it says is what was found, and what it does is done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop import settings
from leerwinkel_desktop.domain.organisation import Programme
from leerwinkel_desktop.services import backups, dossiers, profile, sheets, users, vaults
from leerwinkel_desktop.store.errors import WrongPassphrase
from leerwinkel_desktop.ui.pages.administration.log_words import ACTIONS
from leerwinkel_desktop.ui.pages.administration.page import AdministrationPage

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
    page.sections.go("health").check.click()
    assert "in orde" in banner.text
    assert banner.property("tone") == "good"


def test_a_broken_log_is_told(page, desk, banner):
    with desk.workspace.database.bare() as connection:
        connection.execute("UPDATE audit_entry SET action = 'niets gebeurd' WHERE number = 1")
    page.sections.go("health").check.click()
    assert "logboek" in banner.text
    assert banner.property("tone") == "danger"


def test_the_passphrase_changes(qtbot, page, desk, banner, tmp_path):
    own = page.sections.go("passphrase")
    assert not own.change.isEnabled()
    own.passphrase.way.button("own").click()
    qtbot.keyClicks(own.passphrase.own.first, NEW)
    qtbot.keyClicks(own.passphrase.own.again, NEW)
    qtbot.mouseClick(own.change, Qt.MouseButton.LeftButton)
    question = page.work.dialog
    qtbot.keyClicks(question.secret, NEW)
    question.go_on.click()
    assert "past niet" in question.problem, "only whoever knows the passphrase of now changes it"
    vaults.unlock(desk.workspace.folder, OLD).close()
    qtbot.keyClicks(question.secret, OLD)
    question.go_on.click()
    assert "nieuwe wachtzin" in banner.text
    assert own.passphrase.own.first.text() == ""
    with pytest.raises(WrongPassphrase):
        vaults.unlock(desk.workspace.folder, OLD)
    vaults.unlock(desk.workspace.folder, NEW).close()


def test_the_look_is_kept_and_told(qtbot, page):
    with qtbot.waitSignal(page.look_changed) as told:
        window = page.sections.go("window")
        window.theme.setCurrentIndex(window.theme.findData("dark"))
        window.percent.setCurrentIndex(window.percent.findData(150))
        window.percent.activated.emit(0)
    assert told.args[0] == settings.Settings("dark", 150)
    assert settings.load(settings.file()) == settings.Settings("dark", 150)


def test_what_stands_on_the_sheet_is_kept_once_left(qtbot, page, desk, toast):
    qtbot.keyClicks(page.sections.go("window").house["phone"], "0400 00 00 07")
    page.leave()
    assert sheets.told_house(desk.workspace)["phone"] == "0400 00 00 07"
    assert toast.isVisibleTo(toast.parentWidget())


def test_the_profile_asks_the_passphrase_before_it_lets_go(qtbot, page, desk, banner):
    section = page.sections.go("profile")
    section.choice.button("prison").click()
    assert profile.current(desk.workspace).code == "prison"
    desk.workspace.opened.confirmed_ms = None
    section.choice.button("office").click()
    assert profile.current(desk.workspace).code == "prison"
    dialog = page.work.dialog
    for passphrase, code in ((NEW, "prison"), (OLD, "office")):
        qtbot.keyClicks(dialog.secret, passphrase)
        dialog.go_on.click()
        assert profile.current(desk.workspace).code == code
        if code == "prison":
            assert "past niet" in dialog.problem
    assert section.choice.code() == "office"


def test_a_backup_is_made_and_found_again(page, desk, banner, answers, tmp_path):
    section = page.sections.go("backup")
    assert "nog geen kopie" in section.told.text()
    answers.saved = tmp_path / "kopie.lwk"
    section.write.click()
    assert "kopie.lwk" in banner.text
    assert backups.inspect(answers.saved).vault_id == desk.workspace.opened.vault_id
    assert "kopie.lwk" in section.told.text()


def test_the_log_is_filtered_and_kept_without_users(page, desk, answers, tmp_path, banner):
    client = dossiers.create(desk.workspace, first_name="Amina").client
    section = page.sections.go("log")
    everything = section.listed.rows.rowCount()
    section.action.setCurrentIndex(section.action.findData("vault.created"))
    section.action.activated.emit(0)
    assert section.listed.rows.rowCount() == 1 < everything
    assert "1 regel" in section.told.text()
    section.action.setCurrentIndex(0)
    section.subject.setText("nergens")
    section.subject.editingFinished.emit()
    assert section.listed.rows.rowCount() == 0
    section.subject.clear()
    section.subject.editingFinished.emit()
    row = next(place for place in range(everything) if section.listed.rows.row(place).subject)
    section.listed.activated.emit(section.listed.model().index(row, 0))
    assert section.listed.rows.rowCount() < everything, "a row that is opened shows all about the same"
    assert section.listed.rows.row(0).subject == section.subject.text()
    section.listed.activated.emit(section.listed.model().index(0, 0))
    assert section.listed.rows.rowCount() == everything
    answers.saved = tmp_path / "logboek.csv"
    section.export.click()
    text = answers.saved.read_text("utf-8-sig")
    assert "vault.created" in text
    assert desk.workspace.user not in text
    assert "Amina" not in text
    assert client.id


def test_every_action_that_the_program_notes_has_words():
    source = Path(users.__file__).parent
    noted = set()
    for path in source.rglob("*.py"):
        noted |= set(re.findall(r'note\(\s*"([a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8")))
        noted |= set(re.findall(r'_note\(workspace, "([a-z_.]+)"', path.read_text(encoding="utf-8")))
    assert len(noted) > 30
    assert noted - set(ACTIONS) == set()


def test_the_logos_of_a_programme_are_filled_in_here_and_once(qtbot, desk, page):
    section = page.sections.go("programmes")
    section.which.setCurrentIndex(section.which.findData("LIO"))
    section.which.activated.emit(section.which.currentIndex())
    qtbot.keyClicks(section.form.boxes["logo_set"].widget, "EU, Stad Mechelen")
    page.sections.go("window")
    page.sections.go("programmes")
    section.which.setCurrentIndex(section.which.findData("CITY"))
    section.which.activated.emit(section.which.currentIndex())
    assert section.form.boxes["logo_set"].editor.value() is None
    section.which.setCurrentIndex(section.which.findData("LIO"))
    section.which.activated.emit(section.which.currentIndex())
    qtbot.keyClicks(section.form.boxes["funder"].widget, "ESF")
    page.leave()
    with desk.workspace.database.read() as reader:
        (kept,) = reader.find(Programme)
    assert (kept.code, kept.logo_set, kept.funder) == ("LIO", "EU, Stad Mechelen", "ESF")
