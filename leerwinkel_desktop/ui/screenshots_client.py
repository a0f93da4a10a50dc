"""The pictures of client view: what a client sees who looks along, and the curtain before all the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.ui.client_view import client_view, enlarged
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.pages.dossier.rows import RowCard

PARTS: Final = {
    "data": "gegevens",
    "map": "in-kaart",
    "perspective": "perspectief",
    "reality": "realiteit",
    "advice": "advies",
}


def looking_along(
    window: MainWindow, client_id: str, take: Callable[[QWidget, str], None], wear: Callable[[int], int]
) -> None:
    """Each part that a client sees, and a page that is not theirs; `wear` gives the text another size."""
    shell = window.shell
    if shell is None:
        raise LookupError
    shell.open_dossier(client_id)
    usual = wear(0)
    client_view().set(True)
    wear(enlarged(usual))
    try:
        for key, name in PARTS.items():
            if shell.dossier is not None:
                shell.dossier.go(key)
                for card in shell.dossier.findChildren(RowCard)[:1] if key == "reality" else ():
                    card.unfold(True)
                take(window, f"klantscherm-{name}")
        shell.go("dossiers")
        take(window, "klantscherm-gordijn")
    finally:
        client_view().set(False)
        wear(usual)
