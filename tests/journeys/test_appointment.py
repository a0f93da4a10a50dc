"""An appointment is planned in the dossier, stands on Vandaag, is come to, and is rounded off."""

from __future__ import annotations

from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.pages.dossier.planner import PlannerCard
from leerwinkel_desktop.ui.pages.dossier.round_off import RoundOffDialog
from leerwinkel_desktop.ui.pages.today.page import TodayPage
from tests.windows import TODAY


def test_planned_come_and_rounded_off(qtbot, open_window, make_vault):
    workspace = make_vault()
    view = dossiers.create(workspace, first_name="Amina")
    window = open_window()
    window.open(workspace)
    shell = window.shell
    assert isinstance(shell.pages.currentWidget(), TodayPage), "the page after unlocking"

    shell.open_dossier(view.client.id)
    shell.dossier.go("sessions")
    (planner,) = shell.dossier.findChildren(PlannerCard)
    planner.plan.click()
    boxes = planner.dialog.boxes
    qtbot.keyClicks(boxes["date"].widget.line, f"{TODAY:%d/%m/%Y}")
    qtbot.keyClicks(boxes["starts_at"].widget, "14u30")
    planner.dialog.done_button.click()
    qtbot.waitUntil(lambda: "14:30" in planner.told.text())

    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    page = shell.pages.currentWidget()
    qtbot.waitUntil(lambda: [row.title.text() for row in page.card("appointments").rows] == ["Amina"])
    page.card("appointments").rows[0].acts[0].click()
    qtbot.waitUntil(lambda: shell.dossier is not None and shell.dossier.isVisible())

    shell.dossier.round_off.click()
    (dialog,) = shell.dossier.findChildren(RoundOffDialog)
    qtbot.keyClicks(dialog.next.widget.line, "2/6/2026")
    qtbot.keyClicks(dialog.next_at.widget, "9.15")
    dialog.done_button.click()
    held, following = dossiers.reload(workspace, view.client.id).of(Session)
    assert (held.date, held.starts_at, held.attended, held.minutes) == (TODAY, "14:30", "J", 60)
    assert (f"{following.date:%d/%m/%Y}", following.starts_at) == ("02/06/2026", "09:15")
    assert following.attended == "GEPLAND"
