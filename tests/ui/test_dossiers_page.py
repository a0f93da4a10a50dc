"""Find as you type, empty lists that say what to do, and a new client from what was typed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.pages.dossiers import DossiersPage


@pytest.fixture
def page(qtbot, desk):
    made = DossiersPage(desk)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def three(workspace):
    people = (("Amina", "Voorbeeld"), ("Bram", "van den Voorbeeld"), ("Zoë", "Proef"))
    return [dossiers.create(workspace, first_name=first, last_name=last).client.id for first, last in people]


def names(page):
    model = page.table.model()
    return [page.table.at(model.index(place, 0)).first_name for place in range(model.rowCount())]


def test_an_empty_vault_says_what_to_do(page):
    assert "Nieuwe klant" in page._empty.text()
    assert page._empty.isVisible()
    assert not page.table.isVisible()


def test_finds_while_typing_and_opens_with_enter(qtbot, three, page):
    assert set(names(page)) == {"Amina", "Bram", "Zoë"}
    qtbot.keyClicks(page.search, "voorbe")
    assert set(names(page)) == {"Amina", "Bram"}
    qtbot.keyClicks(page.search, " am")
    assert names(page) == ["Amina"]
    assert "1 van 3" in page._count.text()
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert opened.args == [three[0]]


def test_arrow_down_walks_into_the_list(qtbot, three, page):
    page.activateWindow()
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [three[1]]


def test_a_name_that_nobody_has_becomes_the_new_client(qtbot, desk, three, page):
    qtbot.keyClicks(page.search, "Dawit de Nieuwe")
    assert "Niemand gevonden" in page._empty.text()
    with qtbot.waitSignal(page.opened) as opened:
        page.add.click()
    client = dossiers.load(desk.workspace, opened.args[0]).client
    assert (client.first_name, client.last_name) == ("Dawit", "de Nieuwe")


def test_a_number_that_nobody_has_is_no_name(qtbot, desk, page):
    qtbot.keyClicks(page.search, "0400 12")
    with qtbot.waitSignal(page.opened) as opened:
        page.add.click()
    assert dossiers.load(desk.workspace, opened.args[0]).client.first_name is None


def test_a_search_that_found_somebody_names_nobody(qtbot, desk, three, page):
    qtbot.keyClicks(page.search, "Amina")
    with qtbot.waitSignal(page.opened) as opened:
        page.add.click()
    assert dossiers.load(desk.workspace, opened.args[0]).client.first_name is None


def test_only_the_dossiers_behind_a_figure(qtbot, three, page):
    page.show_only([three[2]], "Achter het cijfer")
    assert names(page) == ["Zoë"]
    page.show_only([], "Achter het cijfer")
    assert "Geen dossiers bij dit cijfer" in page._empty.text()
    page.show_only(None, "")
    assert len(names(page)) == 3


def test_who_is_nearly_called_so_is_said_to_be_and_is_not_taken_for_the_new_client(qtbot, desk, page):
    dossiers.create(desk.workspace, first_name="Yusuf", last_name="El Amrani")
    page.search.setText("Youssef Amrani")
    assert names(page) == ["Yusuf"]
    assert "precies zo" in page._count.text()
    with qtbot.waitSignal(page.opened) as opened:
        page.make_client()
    made = dossiers.reload(desk.workspace, opened.args[0]).client
    assert (made.first_name, made.last_name) == ("Youssef", "Amrani")
