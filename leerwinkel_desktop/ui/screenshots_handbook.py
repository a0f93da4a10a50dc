"""The pictures of the handbook itself: the page that fits a dossier, and words that are found."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.ui.shell import Shell

Take = Callable[[QWidget, str], None]


def laptop(shell: Shell, take: Take) -> None:
    """On Vandaag, and with words typed."""
    shell.go("today")
    shell.show_handbook()
    window = shell.helping.window
    if window is None:
        raise LookupError
    take(window, "handboek")
    window.search.setText("wachtzin vergeten")
    window.go("als-het-misgaat")
    take(window, "handboek-gezocht")
    window.reject()
