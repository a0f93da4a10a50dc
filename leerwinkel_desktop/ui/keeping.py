"""Writes what a small dialog asked, and closes it once that is done."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtWidgets import QDialog, QPushButton

from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.ui.desk import Desk


def keep_and_close(
    dialog: QDialog, desk: Desk, pressed: QPushButton, act: Callable[[], object], then: Callable[[], object]
) -> None:
    """Do `act` at once, or when an import lets the database go; then close the dialog, and `then`.

    Meanwhile the dialog stays and its button waits; closed before that, nothing is written. What is refused
    is said at the top of the page, and the dialog stays as it is.
    """

    def keep() -> None:
        if not shiboken6.isValid(dialog):
            return  # while it waited, somebody thought better of it
        try:
            act()
        except VaultBusy:
            raise
        except Exception:
            pressed.setEnabled(True)
            raise
        QDialog.accept(dialog)
        then()

    pressed.setEnabled(False)
    desk.when_free(keep)
