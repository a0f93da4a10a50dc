"""Somebody comes, works under an own passphrase, may not administer, and goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.services import access, detention, users, vaults
from leerwinkel_desktop.store.errors import WrongPassphrase

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
LEFT = Qt.MouseButton.LeftButton


def unlock(qtbot, window, passphrase):
    page = window.page
    qtbot.waitUntil(page.open.isEnabled)
    qtbot.keyClicks(page.passphrase, passphrase)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=15_000)
    return window.shell.go("administration").sections


def idle(qtbot, window):
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=15_000)


def add(qtbot, window, section, name, role):
    qtbot.mouseClick(section.new, LEFT)
    form = section.form
    qtbot.keyClicks(form.name, name)
    form.role.setCurrentIndex(form.role.findData(role))
    offered = form.passphrase.words.offered
    qtbot.keyClicks(form.passphrase.words.typed, offered)
    qtbot.mouseClick(form.done, LEFT)
    idle(qtbot, window)
    return offered


def names(section):
    model = section.listed.rows
    return [model.row(place).name for place in range(model.rowCount())]


def test_a_user_comes_works_and_goes(qtbot, open_window, make_vault):
    make_vault().close()
    window = open_window()
    section = unlock(qtbot, window, PASSPHRASE).go("users")
    assert len(names(section)) == 1
    assert not section.remove.isEnabled(), "nobody removes himself"
    secret = add(qtbot, window, section, "Tom", "COUNSELLOR")
    assert names(section)[1:] == ["Tom"]
    assert "Tom kan de kluis nu openen" in window.shell.banner.text
    assert not section.form.isVisible()
    assert section.form.passphrase.words.offered != secret

    window.lock()
    section = unlock(qtbot, window, secret).go("users")
    assert window.workspace.user == "Tom"
    assert not section.new.isVisible()
    assert not section.remove.isVisible()
    assert "Alleen een beheerder" in section.told.text()
    section.open_new()
    add_form = section.form
    qtbot.keyClicks(add_form.name, "Sluiper")
    qtbot.keyClicks(add_form.passphrase.words.typed, add_form.passphrase.words.offered)
    section.add_user()
    idle(qtbot, window)
    assert "mag alleen een beheerder" in window.shell.banner.text
    assert "Sluiper" not in [user.name for user in users.users(window.workspace)]
    log = window.shell.go("administration").sections.go("log")
    assert "Alleen een beheerder" in log.told.text()
    assert not log.listed.isVisible()

    window.lock()
    section = unlock(qtbot, window, PASSPHRASE).go("users")
    key = window.workspace.opened.key
    section.listed.setCurrentIndex(section.listed.model().index(1, 0))
    qtbot.mouseClick(section.remove, LEFT)
    assert "Tom verwijderen?" in [label.text() for label in section.dialog.findChildren(type(section.told))]
    section.dialog.go_on.click()
    idle(qtbot, window)
    assert "Tom kan de kluis niet meer openen" in window.shell.banner.text
    assert len(names(section)) == 1
    assert window.workspace.opened.key != key, "the vault has another key"
    folder = window.folder
    window.lock()
    with pytest.raises(WrongPassphrase):
        vaults.unlock(folder, secret)
    unlock(qtbot, window, PASSPHRASE)


def test_the_administrator_changes_a_role_and_a_passphrase(qtbot, open_window, make_vault):
    make_vault().close()
    window = open_window()
    section = unlock(qtbot, window, PASSPHRASE).go("users")
    first = add(qtbot, window, section, "Tom", "COUNSELLOR")
    section.listed.setCurrentIndex(section.listed.model().index(1, 0))
    section.role.setCurrentIndex(section.role.findData("ADMINISTRATOR"))
    section.role.activated.emit(0)
    idle(qtbot, window)
    assert users.find(window.workspace, "Tom").role == "ADMINISTRATOR"
    section.listed.setCurrentIndex(section.listed.model().index(1, 0))
    qtbot.mouseClick(section.forgot, LEFT)
    assert not section.form.name.isVisible()
    second = section.form.passphrase.words.offered
    qtbot.keyClicks(section.form.passphrase.words.typed, second)
    qtbot.mouseClick(section.form.done, LEFT)
    idle(qtbot, window)
    folder = window.folder
    window.lock()
    with pytest.raises(WrongPassphrase):
        vaults.unlock(folder, first)
    unlock(qtbot, window, second)
    assert access.allowed(window.workspace, "ADMINISTRATOR")


def test_the_prison_profile_asks_again_before_it_adds(qtbot, open_window, make_vault):
    make_vault().close()
    window = open_window()
    sections = unlock(qtbot, window, PASSPHRASE)
    profile = sections.go("profile")
    profile.choice.button("prison").click()
    idle(qtbot, window)
    window.lock()
    sections = unlock(qtbot, window, PASSPHRASE)
    window.workspace.opened.confirmed_ms = None
    section = sections.go("users")
    add(qtbot, window, section, "Tom", "COUNSELLOR")
    dialog = window.shell.pages.currentWidget().work.dialog
    assert dialog.isVisible()
    assert len(users.users(window.workspace)) == 1
    qtbot.keyClicks(dialog.secret, PASSPHRASE)
    dialog.go_on.click()
    qtbot.waitUntil(lambda: len(users.users(window.workspace)) == 2, timeout=15_000)
    idle(qtbot, window)


def test_access_to_the_shielded_block_is_given_kept_and_taken_back(qtbot, open_window, make_vault):
    make_vault().close()
    window = open_window()
    section = unlock(qtbot, window, PASSPHRASE).go("users")
    add(qtbot, window, section, "Tom", "COUNSELLOR")
    tom = users.find(window.workspace, "Tom").id
    section.listed.setCurrentIndex(section.listed.model().index(1, 0))
    assert section.shield.text() == "Geef toegang"
    qtbot.mouseClick(section.shield, LEFT)
    idle(qtbot, window)
    assert detention.has_access(window.workspace, tom)
    qtbot.mouseClick(section.forgot, LEFT)
    secret = section.form.passphrase.words.offered
    qtbot.keyClicks(section.form.passphrase.words.typed, secret)
    qtbot.mouseClick(section.form.done, LEFT)
    idle(qtbot, window)
    window.lock()
    unlock(qtbot, window, secret)
    assert detention.may_open(window.workspace), "a new passphrase takes nothing away"
    window.lock()
    section = unlock(qtbot, window, PASSPHRASE).go("users")
    section.listed.setCurrentIndex(section.listed.model().index(1, 0))
    assert section.shield.text() == "Neem toegang terug"
    qtbot.mouseClick(section.shield, LEFT)
    idle(qtbot, window)
    assert not detention.has_access(window.workspace, tom)
    section.listed.setCurrentIndex(section.listed.model().index(0, 0))
    qtbot.mouseClick(section.shield, LEFT)
    idle(qtbot, window)
    assert "de laatste" in window.shell.banner.text
    assert detention.may_open(window.workspace)
