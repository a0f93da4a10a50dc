"""The week as a grid for the keyboard, the day as a list, and a file for another agenda."""

from __future__ import annotations

from datetime import timedelta

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.agenda import week_of
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import appointments, dossiers
from leerwinkel_desktop.ui.pages.today.agenda import AgendaPage
from leerwinkel_desktop.ui.pages.today.week import ENTRIES, WeekModel
from leerwinkel_desktop.ui.planning import PlanDialog
from tests.windows import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def amina(workspace):
    return dossiers.create(workspace, first_name="Amina")


@pytest.fixture
def page(qtbot, desk):
    made = AgendaPage(desk)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def planned(workspace, view, **values):
    return appointments.plan(workspace, view.trajectory.id, **{"date": TODAY, "starts_at": "14:30", **values})


def put_cursor(page, clock, day=TODAY):
    week = page.grid.week
    headers = [
        week.headerData(n, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole)
        for n in range(week.rowCount())
    ]
    page.grid.setCurrentIndex(week.index(headers.index(clock), week.days.index(day)))


def test_the_model_is_a_model(qtmodeltester, workspace, amina):
    planned(workspace, amina)
    planned(workspace, amina, starts_at=None)
    model = WeekModel()
    model.show_week(week_of(TODAY), appointments.between(workspace, TODAY, TODAY))
    qtmodeltester.check(model, force_py=True)


def test_an_appointment_takes_its_half_hours_and_says_so(workspace, amina, page):
    planned(workspace, amina, minutes=75)
    page.refresh()
    put_cursor(page, "14:30")
    index = page.grid.currentIndex()
    assert index.data() == "Amina"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "dinsdag 12 mei 2026, 14:30: Amina"
    for clock, taken in (("14:00", 0), ("15:00", 1), ("15:30", 1), ("16:00", 0)):
        put_cursor(page, clock)
        assert len(page.grid.currentIndex().data(ENTRIES)) == taken, clock
    put_cursor(page, "16:00")
    assert page.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole).endswith("16:00: vrij")


def test_early_and_late_hours_are_there_when_something_is_planned(workspace, amina, page):
    assert page.grid.week.rowCount() == 20
    planned(workspace, amina, starts_at="19:15", minutes=30)
    page.refresh()
    put_cursor(page, "19:30")
    assert page.current is not None


def test_arrows_walk_and_enter_opens_or_plans(qtbot, desk, workspace, amina, page):
    planned(workspace, amina)
    page.refresh()
    put_cursor(page, "14:00")
    assert not page.open.isEnabled()
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Down)
    assert page.open.isEnabled()
    with qtbot.waitSignal(desk.sent) as sent:
        qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert sent.args == [f"dossier/{amina.client.id}"]
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    page.acting.dialog._on_go_on()
    dialog = page.acting.dialog
    assert isinstance(dialog, PlanDialog)
    dialog.accept()
    made = dossiers.reload(workspace, amina.client.id).of(Session)[-1]
    assert (made.date, made.starts_at, made.attended) == (TODAY + DAY, "14:30", "GEPLAND")


def test_two_at_once_lead_to_the_list_of_the_day(qtbot, workspace, amina, page):
    planned(workspace, amina)
    planned(workspace, amina)
    page.refresh()
    put_cursor(page, "14:30")
    assert page.current is None
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)
    assert page.view.code() == "day"
    assert page.table.rows.rowCount() == 2
    assert page.table.hasFocus()


def test_from_the_list_somebody_did_not_come(workspace, amina, page):
    session = planned(workspace, amina)
    page.show_day(TODAY)
    page.absent.click()
    assert [one.attended for one in appointments.between(workspace, TODAY, TODAY)] == ["AFWEZIG"]
    assert not page.absent.isEnabled()
    assert session.attended == "GEPLAND"


def test_weeks_and_days_go_by_and_come_back(qtbot, page):
    assert "11 mei – 17 mei 2026" in page._title.text()
    page.after.click()
    assert "18 mei – 24 mei 2026" in page._title.text()
    page.view.button("day").click()
    assert page._title.text() == "dinsdag 19 mei 2026"
    assert page._views.currentWidget() is page.empty
    page.now.click()
    page.step(2)
    assert page._title.text() == "donderdag 14 mei 2026 · O.L.H.-Hemelvaart"


def test_one_counsellor_or_all(workspace, amina, page):
    planned(workspace, amina)
    dossiers.change(workspace, type(amina.trajectory), amina.trajectory.id, counsellor="Zoë")
    page.show_day(TODAY)
    assert {page.whose.itemText(n) for n in range(page.whose.count())} == {"Iedereen", "Zoë", workspace.user}
    page.whose.setCurrentIndex(page.whose.findData(workspace.user))
    page.refresh()
    assert page._found == []
    page.whose.setCurrentIndex(page.whose.findData("Zoë"))
    page.refresh()
    assert len(page._found) == 1


@pytest.mark.parametrize("names", [False, True])
def test_a_file_for_another_agenda(qtbot, desk, answers, banner, workspace, amina, page, tmp_path, names):
    planned(workspace, amina, location="Sociaal Huis")
    page.out.click()
    assert page.export is not None
    page.export.names.setChecked(names)
    assert page.export.warning.isVisible() is names
    answers.saved = tmp_path / "uit.ics"
    page.export.go_on.click()
    (event,) = Calendar.from_ical(answers.saved.read_bytes()).walk("VEVENT")
    assert event["SUMMARY"] == ("Leerwinkel: gesprek (Amina)" if names else "Leerwinkel: gesprek")
    assert "1 afspraak" in banner.text


def test_thinking_again_writes_nothing(answers, page, tmp_path):
    page.out.click()
    answers.saved = None
    page.export.go_on.click()
    assert page.export.isVisible()
    assert list(tmp_path.glob("*.ics")) == []
