"""Draws the quick info question and the command palette for `screenshots`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.organisation import Event
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.quick.asking import Asking

Take = Callable[[QWidget, str], None]
PLACE: Final = "Nekkerhal"


def prepare(laptop: Workspace) -> None:
    """A fair on the day of the pictures."""
    dossiers.save(laptop, Event(id=new_id(), type="JOBBEURS", date=laptop.today(), location=PLACE))


def question(window: MainWindow, asking: Asking, take: Take) -> None:
    """Empty, half typed with somebody who resembles, and just kept."""
    dialog = asking.ask()
    dialog.boxes["name"].editor.retype("Samira Voorbeeld")
    dialog.boxes["birth"].editor.retype("97")
    dialog.boxes["gender"].editor.set_value("V")
    dialog.boxes["question"].editor.set_value("DIPLOMA_SO")
    dialog.look()
    take(dialog, "snelle-infovraag")
    dialog.known.forget()
    dialog.keep()
    take(dialog, "snelle-infovraag-bewaard")
    if dialog.last is not None:
        dialog.undo.click()
    dialog.reject()
    window.setFocus()
