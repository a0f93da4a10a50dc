"""Aanbod: found by keyboard, laid side by side, kept up to date, and put at a client."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from leerwinkel_desktop.domain.offers import Offering, Provider
from leerwinkel_desktop.domain.trajectories import Option
from leerwinkel_desktop.services import catalogue, dossiers
from leerwinkel_desktop.services.demo import offers
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.pages.offers.page import OffersPage
from leerwinkel_desktop.ui.screenshots import settle


@pytest.fixture
def page(qtbot, desk):
    made = OffersPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def filled(workspace, page):
    offers.fill(workspace)
    page.list.refresh()
    return page


def titles(page):
    rows = page.list.table.rows
    return [rows.row(number).offering.title for number in range(rows.rowCount())]


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_an_empty_catalogue_says_what_to_do(page):
    assert not page.list.table.isVisible()
    assert "Voeg" in page.list.empty.text()


def test_the_list_is_a_sound_model(qtmodeltester, filled):
    qtmodeltester.check(filled.list.table.rows)


def test_typing_finds_also_with_a_slip_and_enter_opens(qtbot, filled):
    qtbot.keyClicks(filled.list.search, "logsitiek")
    assert titles(filled) == ["Logistiek assistent in de zorg"]
    qtbot.keyClick(filled.list.search, Qt.Key.Key_Return)
    assert filled.stack.currentWidget() is filled.side
    assert "Logistiek assistent in de zorg" in texts(filled.side)
    assert "015 00 00 02" in texts(filled.side)


def test_filters_narrow_the_list_and_say_so(filled):
    filled.list.place.setCurrentIndex(filled.list.place.findData("12021"))
    filled.list.schedule.setCurrentIndex(filled.list.schedule.findData("EVENING"))
    assert titles(filled) == ["Rekenen voor elke dag"]
    assert filled.list.count.text() == "1 van 22 opleidingen"
    filled.list.inside.setChecked(True)
    assert "filters" in filled.list.empty.text()


def test_old_facts_carry_a_warning(filled):
    for line in filled.list.lines:
        filled.show_lines([line])
        settle(filled)
        warned = any(text.startswith("⚠") for text in texts(filled.side))
        assert warned is line.is_old(filled._desk.workspace.today())


def test_three_stand_side_by_side_and_a_fourth_is_too_many(qtbot, filled):
    table = filled.list.table
    table.setFocus()
    for _ in range(2):
        qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert filled.open.text() == "Leg 3 naast elkaar"
    filled.open.click()
    assert [line.offering.title for line in filled.side.lines] == titles(filled)[:3]
    filled.show_list()
    table.selectAll()
    assert not filled.open.isEnabled()


def test_a_new_course_is_kept_as_it_is_typed_with_a_new_provider(qtbot, workspace, page):
    page.add.click()
    view = page.editing
    qtbot.keyClicks(view.course.boxes["title"].widget, "Bakker")
    view.fresh.click()
    qtbot.keyClicks(view.provider.boxes["name"].widget, "CVO Voorbeeld")
    view.leave_it()
    (line,) = catalogue.lines(workspace)
    assert line.offering.title == "Bakker"
    assert line.checked_on == workspace.today()
    assert line.provider is not None
    assert line.provider.name == "CVO Voorbeeld"
    assert titles(page) == ["Bakker"]


def test_a_course_gets_another_provider(workspace, filled):
    course = next(line for line in filled.list.lines if line.offering.title == "Lasser")
    filled.edit(course.offering.id)
    who = filled.editing.who
    who.setCurrentIndex(who.findText("CVO Voorbeeld"))
    who.activated.emit(who.currentIndex())
    with workspace.database.read() as reader:
        found = reader.get(Provider, reader.get(Offering, course.offering.id).provider_id)
    assert found.name == "CVO Voorbeeld"
    assert filled.editing.provider.boxes["name"].editor.value() == "CVO Voorbeeld"


def test_what_is_typed_comes_back_after_a_lock(qtbot, workspace, desk, filled):
    course = filled.list.lines[0].offering
    filled.edit(course.id)
    qtbot.keyClicks(filled.editing.course.boxes["hours_week"].widget, "x")
    memo = filled.memo()
    again = OffersPage(desk)
    qtbot.addWidget(again)
    again.show()
    again.recall(memo)
    assert again.stack.currentWidget() is again.editing
    form = again.editing.course
    assert form is not None
    assert form.boxes["hours_week"].editor.typed() == f"x{course.hours_week}"


def test_put_at_a_client_makes_an_option_and_opens_the_dossier(qtbot, workspace, desk, filled):
    view = dossiers.create(workspace, first_name="Amina", last_name="Voorbeeld")
    line = filled.list.lines[0]
    filled.put(line.offering.id)
    with qtbot.waitSignal(desk.sent) as sent:
        filled.dialog.go_on.click()
    assert sent.args == [f"dossier/{view.client.id}"]
    (option,) = dossiers.reload(workspace, view.client.id).of(Option)
    assert (option.offering_id, option.client_rank) == (line.offering.id, 1)


def test_a_client_who_looks_along_sees_courses_and_no_buttons_for_others(filled):
    filled.show_lines(list(filled.list.lines[:1]))
    client_view().set(True)
    try:
        assert not filled.side.change.isVisible()
        assert not any("klant" in text.lower() for text in texts(filled.side))
    finally:
        client_view().set(False)
