"""From an empty computer to a dossier that is still there after locking."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.main_window import TITLE
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.today.page import TodayPage
from leerwinkel_desktop.ui.pages.unlock import UnlockPage

PASSPHRASE = "appel fiets wolk lamp rivier stoel"


def unlock(qtbot, window, passphrase=PASSPHRASE):
    page = window.page
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.passphrase, passphrase)
    qtbot.keyClick(page.passphrase, Qt.Key.Key_Return)
    return page


def unlocked(qtbot, window):
    unlock(qtbot, window)
    qtbot.waitUntil(lambda: window.shell is not None)
    return window.shell


def field(shell, name):
    form = next(form for form in shell.dossier.forms() if name in form.boxes)
    widget = form.boxes[name].widget
    return form, widget.focusProxy() or widget


def test_a_wrong_passphrase_is_one_sentence_and_nothing_more(qtbot, open_window, make_vault):
    make_vault().close()
    window = open_window()
    page = unlock(qtbot, window, "een heel andere zin dan deze")
    qtbot.waitUntil(lambda: bool(page.banner.text))
    assert "wachtzin past niet" in page.banner.text
    assert window.shell is None
    assert page.passphrase.selectedText()
    unlocked(qtbot, window)


def test_a_foreign_and_a_missing_database_are_told(qtbot, open_window, make_vault, tmp_path):
    make_vault().close()
    (tmp_path / "vault" / "dossiers.db").unlink()
    window = open_window()
    page = unlock(qtbot, window)
    qtbot.waitUntil(lambda: bool(page.banner.text))
    assert page.banner.property("tone") == "danger"


def test_a_log_that_was_changed_from_outside_is_told(qtbot, open_window, make_vault):
    vault = make_vault()
    with vault.database.bare() as connection:
        connection.execute("UPDATE audit_entry SET action = 'nothing' WHERE number = 1")
    vault.close()
    shell = unlocked(qtbot, open_window())
    qtbot.waitUntil(lambda: "vanaf regel 1" in shell.banner.text)
    assert shell.banner.property("tone") == "danger"


def test_what_was_typed_is_still_there_after_locking(qtbot, open_window, make_vault):
    make_vault(role="laptop").close()
    window = open_window()
    shell = unlocked(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(shell.dossier, DossierPage)
    form, first = field(shell, "first_name")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is first)
    qtbot.keyClicks(first, "Amina")
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "Voorbeeld")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClicks(QApplication.focusWidget(), "30/02/1990")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert "geen datum" in form.boxes["birth_date"].problem.text()
    assert "niet alles" in shell.dossier.state.text()
    _, born = field(shell, "birth_date")
    born.selectAll()
    qtbot.keyClicks(born, "28/2/1990")

    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(window.page, UnlockPage)
    assert window.workspace is None
    assert window.windowTitle() == TITLE

    shell = unlocked(qtbot, window)
    assert isinstance(shell.pages.currentWidget(), DossierPage)
    shell.go("dossiers")
    assert shell.pages.currentWidget().table.rows.rowCount() == 1
    qtbot.keyClicks(shell.pages.currentWidget().search, "vOOrb ami")
    qtbot.keyClick(shell.pages.currentWidget().search, Qt.Key.Key_Return)
    client = shell.dossier.view.client
    assert (client.first_name, client.last_name, client.birth_date) == (
        "Amina",
        "Voorbeeld",
        date(1990, 2, 28),
    )
    assert field(shell, "birth_date")[1].text() == "28/02/1990"
    assert window.windowTitle() == TITLE


def test_what_could_not_be_kept_is_named_on_leaving(qtbot, open_window, make_vault):
    make_vault().close()
    shell = unlocked(qtbot, open_window())
    shell.new_client()
    qtbot.keyClicks(field(shell, "birth_date")[1], "31/02/1990")
    shell.dossier.go("map")
    stays = "Nog niet bewaard: Geboortedatum “31/02/1990”. Het blijft staan onder “Gegevens”."
    assert shell.banner.text == stays
    shell.dossier.go("data")
    qtbot.keyClicks(field(shell, "birth_year")[1], "12")
    shell.dossier.go("history")
    shell.go("dossiers")
    assert shell.banner.text == "Niet bewaard: Geboortedatum “31/02/1990”, Geboortejaar “12”."


def test_what_was_searched_before_names_nobody(qtbot, open_window, make_vault):
    make_vault().close()
    shell = unlocked(qtbot, open_window())
    page = shell.go("dossiers")
    qtbot.keyClicks(page.search, "Samira")
    shell.new_client()
    samira = shell.dossier.view.client
    assert samira.first_name == "Samira", "who searches in vain and makes a client has typed the name"
    page.search.setText("Samir")
    dossiers.change(shell.desk.workspace, Client, samira.id, first_name="Amina")
    shell.new_client()
    assert shell.dossier.view.client.first_name is None
    assert shell.dossier.view.client.id != samira.id


def test_the_top_bar_says_where_the_data_is(qtbot, open_window, make_vault):
    make_vault(role="laptop").close()
    window = open_window()
    shell = unlocked(qtbot, window)
    qtbot.waitUntil(lambda: "Nog niet aangemeld" in shell.whereabouts.label.text())
    shell.new_client()
    qtbot.waitUntil(lambda: "3 wijzigingen alleen op deze laptop" in shell.whereabouts.label.text())


def test_a_row_is_removed_and_brought_back(qtbot, open_window, make_vault):
    make_vault().close()
    window = open_window()
    shell = unlocked(qtbot, window)
    shell.new_client()
    shell.dossier.go("map")
    talents = next(card.box for card in shell.dossier.cards if hasattr(card, "box"))
    qtbot.mouseClick(talents.adding, Qt.MouseButton.LeftButton)
    (row,) = talents.row_cards()
    qtbot.keyClicks(row.form.boxes["description"].widget, "Ik kan goed luisteren")
    row.removed.emit()
    assert talents.row_cards() == []
    assert dossiers.reload(window.workspace, shell.dossier.view.client.id).of(Talent) == ()
    assert shell.toast.isVisible()
    qtbot.mouseClick(shell.toast.undo, Qt.MouseButton.LeftButton)
    (row,) = talents.row_cards()
    assert row.form.boxes["description"].editor.value() == "Ik kan goed luisteren"
    view = dossiers.reload(window.workspace, shell.dossier.view.client.id)
    assert [talent.description for talent in view.of(Talent)] == ["Ik kan goed luisteren"]


def test_all_parts_open_and_another_trajectory_starts_empty(qtbot, open_window, make_vault):
    make_vault().close()
    window = open_window()
    shell = unlocked(qtbot, window)
    shell.new_client()
    for key in ("data", "map", "perspective", "reality", "advice", "after", "sessions", "history"):
        shell.dossier.go(key)
        assert shell.dossier.part.key == key
    shell.dossier.go("data")
    shell.dossier.begin()
    qtbot.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert shell.dossier.part.key == "map"
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field(shell, "went_well")[1])
    shell.dossier.go("map")
    _, note = field(shell, "went_well")
    qtbot.keyClicks(note, "de lagere school")
    shell.dossier._another.click()
    shell.dossier.go("map")
    assert field(shell, "went_well")[1].toPlainText() == ""
    view = dossiers.reload(window.workspace, shell.dossier.view.client.id)
    assert [one.went_well for one in view.of(Trajectory)] == ["de lagere school", None]


def test_closing_the_window_keeps_the_last_letters(qtbot, open_window, make_vault):
    make_vault().close()
    window = open_window()
    shell = unlocked(qtbot, window)
    shell.new_client()
    qtbot.keyClicks(field(shell, "first_name")[1], "Nog net")
    window.close()
    assert window.workspace is None
    again = open_window()
    shell = unlocked(qtbot, again)
    assert isinstance(shell.pages.currentWidget(), TodayPage)
    table = shell.go("dossiers").table
    assert table.at(table.model().index(0, 0)).first_name == "Nog net"
