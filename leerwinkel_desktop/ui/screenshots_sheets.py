"""The pictures of a sheet that is ready, and of the list of those that wait for a printer."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.services import sheet_files
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.dossier.sheet_panel import SheetPanel
from leerwinkel_desktop.ui.still_to_print import StillToPrintDialog

Take = Callable[[QWidget, str], None]


def laptop(window: MainWindow, client_id: str, take: Take) -> None:
    """The ordinary sheet of a client made ready and put on the list, which is as it was afterwards."""
    if window.shell is None:
        raise LookupError
    window.shell.open_dossier(client_id)
    page = cast(DossierPage, window.shell.dossier)
    page.go("advice")
    panel = cast(SheetPanel, page.panel)
    if panel.live is not None and panel.live.version is None:
        panel.acts.confirm()
    panel.acts.later_button.click()
    window.shell.toast.hide()
    take(window, "dossier-advies-klaar")
    panel.redraw()  # at the width that the picture gave it
    take(window, "dossier-advies-klaar")
    _in_two_languages(panel, lambda: take(window, "dossier-advies-twee-talen"))
    panel.acts.waiting_button.click()
    dialog = cast(StillToPrintDialog, panel.acts.dialog)
    take(dialog, "nog-af-te-drukken")
    dialog.accept()
    if panel.live is not None and panel.live.version is not None:
        sheet_files.print_later(window.shell.desk.workspace, panel.live.version.sheet_id, on=False)
    window.shell.desk.kept.emit()


def _in_two_languages(panel: SheetPanel, show: Callable[[], None]) -> None:
    """Arabic beside the Dutch, and then what stood there again."""
    before = panel.language.currentIndex()
    for place in (panel.language.findData("ar"), before):
        panel.language.setCurrentIndex(place)
        panel.redraw()
        if place != before:
            show()
