"""The pictures of Overdracht: what waits, what a bundle would bring, and where bundles go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.services import exchange, places
from leerwinkel_desktop.services.places import Place
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.handover.choosing import TakeAlongDialog
from leerwinkel_desktop.ui.pages.handover.laptop import LaptopSide
from leerwinkel_desktop.ui.pages.handover.office import OfficeSide
from leerwinkel_desktop.ui.pages.handover.page import HandoverPage
from leerwinkel_desktop.ui.pages.handover.place_form import PlaceDialog

Take = Callable[[QWidget, str], None]
SHARED = "Gedeelde map"
SIGNS = "SHA256:dit-is-een-verzonnen-voorbeeld-van-een-vingerafdruk"


def office(window: MainWindow, bundle: Path, take: Take) -> None:
    """What waits, the preview of one bundle, a place that is added."""
    _share(window, bundle.parent)
    side = cast(OfficeSide, _side(window))
    take(window, "overdracht-kantoor")
    side.look_into(bundle)
    take(window, "overdracht-voorbeeld")
    side.show_cards()
    side.outcome.tell(
        "Ingelezen: 2 nieuwe gegevens, 1 aangevuld.", [exchange.Imported("Laptop 1", conflicts=3)], []
    )
    take(window, "overdracht-ingelezen")
    side.outcome.hide()
    side.laptops.ask_take()
    choose = cast(TakeAlongDialog, side.laptops.dialog)
    choose.source.button("search").click()
    take(choose, "geef-mee")
    choose.reject()
    side.laptops.ask_let_go()
    take(cast(QWidget, side.laptops.dialog), "laat-gaan")
    cast(QDialog, side.laptops.dialog).reject()
    side.places.ask_new()
    dialog = cast(PlaceDialog, side.places.dialog)
    take(dialog, "plaats-toevoegen")
    dialog.kind.button("WEBDAV").click()
    take(dialog, "plaats-webdav")
    dialog.show_key(SIGNS)
    take(dialog, "plaats-sleutel")
    dialog.reject()


def laptop(window: MainWindow, take: Take) -> None:
    """What travels, and what is here."""
    side = cast(LaptopSide, _side(window))
    take(side.window(), "overdracht-laptop")


def _side(window: MainWindow) -> QWidget:
    if window.shell is None:
        raise LookupError
    side = cast(HandoverPage, window.shell.go("handover")).side
    side.refresh()
    return side


def _share(window: MainWindow, folder: Path) -> None:
    workspace = cast(Workspace, window.workspace)
    if not places.places(workspace):
        places.add(workspace, Place(name=SHARED, kind="FOLDER", address=str(folder)))
