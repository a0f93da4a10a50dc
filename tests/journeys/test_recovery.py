"""A forgotten passphrase: through the office, with the sheet alone, and out of a backup."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.services import backups, dossiers, enrolment, recovery, vaults
from leerwinkel_desktop.store.errors import WrongPassphrase
from leerwinkel_desktop.ui.pages.first_run import FirstRunPage
from leerwinkel_desktop.ui.pages.helping.page import HelpPage
from leerwinkel_desktop.ui.pages.unlock import UnlockPage

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
LEFT = Qt.MouseButton.LeftButton


def make(folder, role):
    return vaults.create(folder, PASSPHRASE, role=role, user="Lore", cost=vaults.TESTS_ONLY)


@pytest.fixture
def vaults_that_know_each_other(tmp_path):
    """An office and its laptop, closed, and the text of the office's sheet."""
    office, laptop = make(tmp_path / "kantoor", "office"), make(tmp_path / "laptop", "laptop")
    enrolment.write_enrol_card(laptop.workspace, tmp_path / "laptop.lwc")
    card = enrolment.read_enrol_card(tmp_path / "laptop.lwc")
    enrolment.welcome(office.workspace, card, tmp_path / "welkom.lwc")
    enrolment.accept(laptop.workspace, tmp_path / "welkom.lwc")
    client = dossiers.create(laptop.workspace, first_name="Amina").client
    for new in (office, laptop):
        new.workspace.close()
    return client.id, office.recovery_identity


def forgotten(qtbot, window):
    qtbot.mouseClick(window.page.forgotten, LEFT)
    assert isinstance(window.page, HelpPage)
    return window.page


def type_words(qtbot, passphrase):
    offered = passphrase.words.offered
    qtbot.keyClicks(passphrase.words.typed, offered)
    return offered


def idle(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=15_000)


def ask(qtbot, window, answers, path):
    section = forgotten(qtbot, window).sections.go("office")
    secret = type_words(qtbot, section.passphrase)
    answers.saved = path
    qtbot.keyClick(section.passphrase.words.typed, Qt.Key.Key_Return)
    idle(qtbot, window)
    return section, secret


def take_answer(qtbot, window, section, answers, path, secret):
    answers.opened = path
    section.typed.clear()
    qtbot.keyClicks(section.typed, secret)
    qtbot.mouseClick(section.read, LEFT)
    idle(qtbot, window)


def test_through_the_office_from_both_windows(
    qtbot, open_window, answers, tmp_path, vaults_that_know_each_other
):
    client_id, _ = vaults_that_know_each_other
    laptop, office = open_window("laptop"), open_window("kantoor")
    section, secret = ask(qtbot, laptop, answers, tmp_path / "vraag.lwr")
    assert section.signs.text == recovery.waiting_for_answer(laptop.folder) != ""
    assert section.read.isVisible()
    assert not section.ask.isVisible()

    qtbot.keyClicks(office.page.passphrase, PASSPHRASE)
    qtbot.mouseClick(office.page.open, LEFT)
    qtbot.waitUntil(lambda: office.shell is not None, timeout=15_000)
    helper = office.shell.go("administration").sections.go("recovering").answering
    answers.opened, answers.saved = tmp_path / "vraag.lwr", tmp_path / "antwoord.lwa"
    qtbot.mouseClick(helper.read, LEFT)
    idle(qtbot, office)
    assert "Laptop" in helper.name.text()
    other = enrolment.own_fingerprint(office.workspace)
    for wrong, told in (("", "niet juist overgetypt"), (other, "andere sleutel")):
        helper.signs.setText(wrong)
        qtbot.mouseClick(helper.answer, LEFT)
        idle(qtbot, office)
        assert told in office.shell.banner.text
        assert not (tmp_path / "antwoord.lwa").exists()
    helper.signs.setText(section.signs.text)
    qtbot.keyClick(helper.signs, Qt.Key.Key_Return)
    idle(qtbot, office)
    assert (tmp_path / "antwoord.lwa").exists()

    take_answer(qtbot, laptop, section, answers, tmp_path / "antwoord.lwa", "een andere zin dan gekozen")
    assert laptop.shell is None
    assert "past niet" in laptop.page.banner.text
    take_answer(qtbot, laptop, section, answers, tmp_path / "antwoord.lwa", secret)
    qtbot.waitUntil(lambda: laptop.shell is not None)
    assert laptop.workspace.user == "Lore"
    assert dossiers.reload(laptop.workspace, client_id).client.first_name == "Amina"
    folder = laptop.folder
    laptop.lock()
    with pytest.raises(WrongPassphrase):
        vaults.unlock(folder, PASSPHRASE)
    vaults.unlock(folder, secret).close()


def test_the_sheet_alone_helps_a_laptop_when_the_office_is_gone(
    qtbot, open_window, answers, tmp_path, vaults_that_know_each_other
):
    client_id, sheet = vaults_that_know_each_other
    laptop, bare = open_window("laptop"), open_window("niets")
    section, secret = ask(qtbot, laptop, answers, tmp_path / "vraag.lwr")
    assert isinstance(bare.page, FirstRunPage)
    qtbot.mouseClick(bare.page.help, LEFT)
    page: Any = bare.page  # mypy still takes it for the page before the click
    helper = page.sections.go("answer")
    answers.opened, answers.saved = tmp_path / "vraag.lwr", tmp_path / "antwoord.lwa"
    qtbot.mouseClick(helper.choose, LEFT)
    helper.signs.setText("ABCD")
    helper.key.typed.setPlainText(sheet)
    qtbot.mouseClick(helper.answer, LEFT)
    idle(qtbot, bare)
    assert bare.focusWidget() is helper.signs, "the cursor is at what is to be corrected"
    helper.signs.setText(section.signs.text)
    helper.key.typed.setPlainText(sheet[:-1])
    qtbot.mouseClick(helper.answer, LEFT)
    idle(qtbot, bare)
    assert "geen volledige herstelsleutel" in bare.page.banner.text
    assert bare.focusWidget() is helper.key.typed
    helper.key.typed.setPlainText(" \n".join(recovery.groups(sheet)))
    qtbot.mouseClick(helper.answer, LEFT)
    idle(qtbot, bare)
    assert helper.key.text == "", "the key does not stay on the screen"
    take_answer(qtbot, laptop, section, answers, tmp_path / "antwoord.lwa", secret)
    qtbot.waitUntil(lambda: laptop.shell is not None)
    assert dossiers.reload(laptop.workspace, client_id)


def test_the_office_opens_with_its_sheet(qtbot, open_window, answers, tmp_path, vaults_that_know_each_other):
    _, sheet = vaults_that_know_each_other
    window = open_window("kantoor")
    page = forgotten(qtbot, window)
    assert not page.sections.button("office").isVisible()
    section = page.sections.go("sheet")
    (tmp_path / "sleutel.txt").write_text(f"Herstelsleutel\n{sheet}\n", encoding="utf-8")
    answers.opened = tmp_path / "sleutel.txt"
    qtbot.mouseClick(section.key.read, LEFT)
    idle(qtbot, window)
    assert sheet in section.key.text
    section.key.typed.setPlainText("niets")
    type_words(qtbot, section.passphrase)
    qtbot.mouseClick(section.open, LEFT)
    idle(qtbot, window)
    assert window.focusWidget() is section.key.typed
    section.key.typed.setPlainText(sheet)
    section.passphrase.words.typed.clear()
    secret = type_words(qtbot, section.passphrase)
    qtbot.mouseClick(section.open, LEFT)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=15_000)
    folder = window.folder
    window.lock()
    vaults.unlock(folder, secret).close()


def test_a_laptop_never_takes_the_sheet(qtbot, open_window, vaults_that_know_each_other):
    page = forgotten(qtbot, open_window("laptop"))
    for key in ("sheet", "answer"):
        assert not page.sections.button(key).isVisible()
    qtbot.mouseClick(page.back, LEFT)


def test_a_backup_comes_back_with_the_passphrase_or_with_the_sheet(
    qtbot, open_window, answers, tmp_path, vaults_that_know_each_other
):
    _, sheet = vaults_that_know_each_other
    folder = tmp_path / "kantoor"
    workspace = vaults.unlock(folder, PASSPHRASE)
    dossiers.create(workspace, first_name="Voor")
    copy = backups.write(workspace, tmp_path / "kopie.lwk").path
    dossiers.create(workspace, first_name="Na")
    workspace.close()

    window = open_window("kantoor")
    section = forgotten(qtbot, window).sections.go("backup")
    answers.opened = copy
    assert not section.restore.isEnabled()
    qtbot.mouseClick(section.choose, LEFT)
    idle(qtbot, window)
    assert "is heel" in section.told.text()
    qtbot.keyClicks(section.typed, "een andere zin")
    qtbot.mouseClick(section.restore, LEFT)
    idle(qtbot, window)
    assert window.focusWidget() is section.typed
    section.typed.clear()
    qtbot.keyClicks(section.typed, PASSPHRASE)
    qtbot.mouseClick(section.restore, LEFT)
    qtbot.waitUntil(lambda: isinstance(window.page, UnlockPage), timeout=15_000)
    again = vaults.unlock(folder, PASSPHRASE)
    assert dossiers.count(again) == 1
    again.close()

    bare = open_window("niets")
    qtbot.mouseClick(bare.page.help, LEFT)
    section = bare.page.sections.go("backup")
    qtbot.mouseClick(section.choose, LEFT)
    idle(qtbot, bare)
    qtbot.mouseClick(section.restore, LEFT)
    idle(qtbot, bare)
    assert "herstelblad" in bare.page.banner.text
    again = open_window("niets")
    qtbot.waitUntil(lambda: isinstance(again.page, HelpPage))
    opening = again.page.sections.go("sheet")
    opening.key.typed.setPlainText(sheet)
    qtbot.keyClicks(opening.person.name, "Lore")
    type_words(qtbot, opening.passphrase)
    qtbot.mouseClick(opening.open, LEFT)
    qtbot.waitUntil(lambda: again.shell is not None, timeout=15_000)
    assert dossiers.count(again.workspace) == 1
    assert again.workspace.user == "Lore"
