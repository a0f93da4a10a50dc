"""Momenten in the window: the list, the count at the door, intakes that open, and days that repeat."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.organisation import Event
from leerwinkel_desktop.services import dossiers, moments, quick_question
from leerwinkel_desktop.services.quick_question import Asked, Where
from leerwinkel_desktop.ui.pages.moments.asking import MomentDialog, SittingDialog
from leerwinkel_desktop.ui.pages.moments.page import MomentsPage
from leerwinkel_desktop.ui.table import RowTableModel
from tests.windows import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def fair(workspace):
    return moments.save_event(workspace, None, type="JOBBEURS", date=TODAY, location="Nekkerhal")


@pytest.fixture
def page(qtbot, desk, fair):
    made = MomentsPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def listed(page):
    return [page.table.rows.row(at) for at in range(page.table.rows.rowCount())]


def stored(workspace, event):
    return moments.stands(workspace, event.id)[0]


def amina_came(workspace):
    (moment,) = quick_question.moments(workspace)
    return quick_question.keep(workspace, Asked(first_name="Amina"), Where(moment.mode, moment)).client_id


def test_the_model_is_a_model(qtmodeltester, workspace, page):
    model = RowTableModel(page._columns())
    model.set_rows(moments.between(workspace, TODAY, TODAY))
    qtmodeltester.check(model, force_py=True)


def test_the_moment_of_today_is_chosen_and_the_door_counts(qtbot, workspace, fair, page):
    assert page.panel.moment.record.id == fair.id
    for _ in range(3):
        page.panel.more.click()
    page.panel.fewer.click()
    assert stored(workspace, fair).attendees_count == 2
    line = page.panel.form.boxes["attendees_count"].widget
    assert line.text() == "2"
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "40")
    page.panel.more.click()
    assert stored(workspace, fair).attendees_count == 41
    assert listed(page)[0].attendees == 41


def test_what_is_typed_is_kept_when_another_moment_is_chosen(workspace, fair, page):
    moments.plan_sitting(workspace, "Sociaal Huis", [TODAY + DAY])
    page.refresh()
    box = page.panel.form.boxes["attendees_count"]
    box.editor.retype("7")
    box.dirty = True
    page.table.select_first(lambda one: one.record.id != fair.id)
    assert stored(workspace, fair).attendees_count == 7
    assert page.panel.form is None
    assert not page.panel.more.isVisible()


def test_said_not_held_it_counts_no_more(workspace, fair, page):
    moments.count(workspace, fair.id, 12)
    page.refresh()
    assert "12 aanwezigen" in page._told.text()
    page.panel.held.button("N").click()
    assert stored(workspace, fair).held is False
    assert "0 aanwezigen" in page._told.text()
    assert page.table.model().index(0, 2).data() == "niet gehouden"


def test_the_figure_of_intakes_opens_those_dossiers(qtbot, workspace, page):
    assert not page.panel.intakes.isEnabled()
    client = amina_came(workspace)
    page.refresh()
    assert page.panel.intakes.text() == "1 intake hieruit"
    with qtbot.waitSignal(page.opened) as opened:
        page.panel.intakes.click()
    assert opened.args == [[client], "Intakes uit Jobbeurs, dinsdag 12 mei 2026"]


def test_what_was_typed_is_told_beside_what_is_counted(workspace, fair, page):
    amina_came(workspace)
    moments.save_event(workspace, fair.id, intakes_opened=5)
    page.refresh()
    assert "Getypt: 5" in page.panel.typed.text()
    assert page.panel.typed.isVisible()


def test_somebody_is_added_and_taken_off_and_back(desk, workspace, fair, page, toast):
    client = dossiers.create(workspace, first_name="Amina").client.id
    page.panel.add_person.click()
    page.panel.dialog._choose(client)
    assert [page.panel.people.item(0).text()] == ["Amina"]
    page.panel.people.setCurrentRow(0)
    page.panel.take_off.click()
    assert moments.attendees(workspace, fair.id) == []
    assert not page.panel.people.isVisible()
    toast.undo.click()
    assert page.panel.people.count() == 1


def test_a_moment_is_made_changed_and_removed(workspace, page, toast):
    page.add.click()
    assert isinstance(page.dialog, MomentDialog)
    page.dialog.accept()
    assert page.dialog.boxes["type"].problem.text()
    page.dialog.boxes["type"].editor.set_value("PROEFLES")
    page.dialog.boxes["name"].editor.set_value("Lassen proeven")
    page.dialog.accept()
    assert [one.name for one in listed(page)] == [None, "Lassen proeven"]
    page.table.select_first(lambda one: one.name is not None)
    page.panel.change.click()
    page.panel.dialog.boxes["location"].editor.set_value("VDAB")
    page.panel.dialog.accept()
    assert [one.place for one in listed(page)] == ["Nekkerhal", "VDAB"]
    page.panel.remove.click()
    assert len(listed(page)) == 1
    toast.undo.click()
    assert len(listed(page)) == 2


def test_every_tuesday_until_june_without_the_holiday(workspace, page):
    page.sitting.click()
    dialog = page.dialog
    assert isinstance(dialog, SittingDialog)
    dialog.boxes["place"].editor.set_value("Sociaal Huis")
    dialog.boxes["first"].editor.set_value(date(2026, 5, 14))
    dialog.boxes["last"].editor.set_value(date(2026, 5, 31))
    dialog.look()
    assert dialog.hint.text() == (
        "Dat zijn 2 zitdagen. De laatste is op donderdag 28 mei 2026.\n"
        "Valt weg: donderdag 14 mei 2026 (O.L.H.-Hemelvaart)."
    )
    dialog.accept()
    days = [one.date.day for one in listed(page) if one.type == moments.SITTING]
    assert days == [21, 28]


def test_a_last_day_before_the_first_is_said(page):
    page.ask_sitting()
    boxes = page.dialog.boxes
    boxes["place"].editor.set_value("Sociaal Huis")
    boxes["last"].editor.set_value(TODAY - DAY)
    page.dialog.accept()
    assert boxes["last"].problem.text()
    assert page.dialog.isVisible()


def test_filters_and_periods(workspace, page):
    moments.plan_sitting(workspace, "Sociaal Huis", [TODAY + DAY, TODAY + 60 * DAY])
    page.refresh()
    assert page._period.text() == "mei 2026"
    page.kinds.setCurrentIndex(page.kinds.findData("JOBBEURS"))
    page._show()
    assert [one.type for one in listed(page)] == ["JOBBEURS"]
    page.step(1)
    assert page._views.currentIndex() == 1
    assert page.panel.moment is None
    page.kinds.setCurrentIndex(0)
    page.view.button("year").click()
    assert page._period.text() == "2026"
    assert len(listed(page)) == 3
    page.places.setCurrentIndex(page.places.findData("Sociaal Huis"))
    page._show()
    assert len(listed(page)) == 2
    page.step(-1)
    assert page._period.text() == "2025"
    assert "Nog geen momenten" in page.empty.text()


def test_arrows_walk_and_enter_changes(qtbot, page):
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert isinstance(page.panel.dialog, MomentDialog)
    with_event = page.panel.dialog._changed
    assert isinstance(with_event, Event)
