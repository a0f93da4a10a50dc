"""The pictures of the papers that a client takes along beside the sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.trajectories import Referral
from leerwinkel_desktop.services import appointments, dossiers
from leerwinkel_desktop.services.client_papers import Kind
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.dossier.client_papers import ClientPapersDialog

Take = Callable[[QWidget, str], None]
NAMES: Final = {Kind.SLIP: "briefje", Kind.LETTER: "brief", Kind.HANDOVER: "warme-overdracht"}


def prepare(laptop: Workspace, client_id: str) -> None:
    """An appointment and a partner for this client."""
    view = dossiers.load(laptop, client_id)
    if view.trajectory is None:
        raise LookupError
    day = laptop.today() + timedelta(days=14)
    appointments.plan(laptop, view.trajectory.id, date=day, starts_at="14:30", location="Bibliotheek")
    dossiers.add(laptop, Referral, view.trajectory.id, partner_name="CVO Voorbeeld")


def laptop(window: MainWindow, client_id: str, take: Take) -> None:
    """Each paper with its picture, as far as the consent of this client goes."""
    shell = window.shell
    if shell is None:
        raise LookupError
    shell.open_dossier(client_id)
    page = shell.dossier
    if page is None or page.trajectory is None:
        raise LookupError
    for kind, name in NAMES.items():
        dialog = ClientPapersDialog(shell.desk, page.trajectory.id, kind, window)
        dialog.bring.setPlainText("Je identiteitskaart\nJe diploma")
        for box in list(dialog.told.values())[:2]:
            box.setChecked(True)
        dialog.open()
        take(dialog, f"papier-{name}")
        dialog.accept()
