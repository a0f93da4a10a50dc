"""Draws the quick info question and the command palette for `screenshots`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.organisation import Event
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.shell import Shell

Take = Callable[[QWidget, str], None]
PLACE: Final = "Bibliotheek"


def prepare(laptop: Workspace) -> None:
    """A pop-up on the day of the pictures."""
    dossiers.save(laptop, Event(id=new_id(), type="POPUP_PARTNER", date=laptop.today(), location=PLACE))


def question(shell: Shell, take: Take) -> None:
    """Half typed with somebody who resembles, and just kept."""
    dialog = shell.asking.ask()
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


def palette(shell: Shell, take: Take) -> None:
    """The palette with nothing typed, and with somebody found; and the list of keys."""
    made = shell.commander.open()
    take(made, "opdrachten")
    made.line.setText("sa")
    made.typed()
    made.look()
    take(made, "opdrachten-gezocht")
    made.reject()
    shell.commander.show_keys()
    if shell.commander.keys is not None:
        take(shell.commander.keys, "sneltoetsen")
        shell.commander.keys.reject()
