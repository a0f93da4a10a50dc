"""The pictures of what was just undone, and of the history of one field."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage

Take = Callable[[QWidget, str], None]
SAID = ("0400 00 00 21", "0400 00 00 22")


def laptop(window: MainWindow, client_id: str, take: Take) -> None:
    """A phone number that is changed twice and goes back once, then all that it said; it ends as it began."""
    if window.shell is None or window.workspace is None:
        raise LookupError
    before = dossiers.reload(window.workspace, client_id).client.phone
    window.shell.open_dossier(client_id)
    page = cast(DossierPage, window.shell.dossier)
    for phone in SAID:
        dossiers.change(window.workspace, Client, client_id, phone=phone)
    window.shell.desk.kept.emit()
    take(window, "dossier-ongedaan")
    page.undoing.undo()  # at the width that the picture gave it
    take(window, "dossier-ongedaan")
    window.shell.toast.forget()
    form = next(form for form in page.forms() if "phone" in form.boxes)
    dialog = page.undoing.keys.show_history((form, form.boxes["phone"]))
    take(dialog, "geschiedenis-van-een-veld")
    dialog.reject()
    dossiers.change(window.workspace, Client, client_id, phone=before)
    window.shell.desk.kept.emit()
