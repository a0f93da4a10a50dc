"""The pictures of Momenten: a month with a fair and sitting days, and the dialogs that make them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final, cast

from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.services.demo.fair import SITTING
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.moments.asking import SittingDialog
from leerwinkel_desktop.ui.pages.moments.page import MomentsPage

Take = Callable[[QWidget, str], None]
DAY: Final = timedelta(days=1)


def laptop(window: MainWindow, take: Take) -> None:
    """The month, one that is empty, and both dialogs."""
    shell = window.shell
    if shell is None:
        raise LookupError
    page = cast(MomentsPage, shell.go("moments"))
    page.refresh()
    page.table.select_first(lambda one: one.type == "JOBBEURS")
    take(window, "momenten")
    page.ask_new()
    _shut(take, cast(QDialog, page.dialog), "moment-nieuw")
    page.ask_sitting()
    dialog = cast(SittingDialog, page.dialog)
    dialog.boxes["place"].editor.set_value(SITTING)
    dialog.boxes["last"].editor.set_value(date(page.day.year, 6, 30))
    dialog.look()
    _shut(take, dialog, "zitdagen-plannen")
    page.go(page.day - DAY * 400)
    take(window, "momenten-leeg")
    page.go(shell.desk.workspace.today())


def _shut(take: Take, dialog: QDialog, name: str) -> None:
    take(dialog, name)
    dialog.reject()
