"""The pictures of Vandaag and the agenda: a day with people in it, a week, and the dialogs that plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final, cast

from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.today.agenda import AgendaPage
from leerwinkel_desktop.ui.pages.today.page import TodayPage
from leerwinkel_desktop.ui.planning import planning

Take = Callable[[QWidget, str], None]
DAY: Final = timedelta(days=1)


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
