"""The pictures of Vandaag and the agenda: a day with people in it, a week, and the dialogs that plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, cast

from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.domain.training import FollowUp
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import appointments, dossiers
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.today.agenda import AgendaPage
from leerwinkel_desktop.ui.pages.today.page import TodayPage
from leerwinkel_desktop.ui.planning import planning

Take = Callable[[QWidget, str], None]
DAY: Final = timedelta(days=1)
HOUSE: Final = "Sociaal Huis"
PLANNED: Final = ((0, "11:00", 60, "AFSPRAAK"), (0, "15:30", 45, "TELEFOON"), (1, "10:30", 60, "AFSPRAAK"))


def prepare(laptop: Workspace) -> None:
    """Plan something with the people who are there, and let somebody be overdue."""
    today = laptop.today()
    found = [dossiers.reload(laptop, hit.client_id) for hit in dossiers.search(laptop, "", len(PLANNED))]
    open_ones = [view.trajectory for view in found if view.trajectory is not None]
    for (days, at, minutes, mode), trajectory in zip(PLANNED, open_ones, strict=False):
        place = HOUSE if mode == "AFSPRAAK" else None
        values = {"date": today + DAY * days, "starts_at": at, "minutes": minutes}
        appointments.plan(laptop, trajectory.id, mode=mode, location=place, **values)
    _late(laptop, open_ones[-1], today)


def _late(laptop: Workspace, trajectory: Trajectory, today: date) -> None:
    dossiers.add(laptop, FollowUp, trajectory.id, moment="F2", due_on=today - DAY * 3, attempts=1)
    for ago in (14, 7):
        dossiers.add(laptop, Session, trajectory.id, date=today - DAY * ago, attended=appointments.NO_SHOW)


def laptop(window: MainWindow, client_id: str, take: Take) -> None:
    """Vandaag, the agenda in both views, and each of the dialogs."""
    shell = window.shell
    if shell is None:
        raise LookupError
    today = cast(TodayPage, shell.go("today"))
    take(window, "vandaag")
    today.walk_in.click()
    _shut(take, cast(QDialog, today.acting.dialog), "klant-kiezen")
    agenda = cast(AgendaPage, shell.go("agenda"))
    take(window, "agenda-week")
    agenda.ask_export()
    export = agenda.export
    if export is not None:
        export.names.setChecked(True)
        _shut(take, export, "naar-andere-agenda")
    agenda.show_day(agenda.day)
    take(window, "agenda-dag")
    tomorrow = agenda.day + DAY
    _shut(take, planning(shell.desk, client_id, window, date=tomorrow, starts_at="11:00"), "afspraak-plannen")


def _shut(take: Take, dialog: QDialog, name: str) -> None:
    take(dialog, name)
    dialog.reject()
