"""F1 everywhere in the window: the page of the handbook that fits what is in sight, dialogs too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.handbook.topics import topic

if TYPE_CHECKING:
    from leerwinkel_desktop.ui.handbook.window import HandbookWindow

HELP = "F1"
Sight = Callable[[], tuple[str, str | None]]


class Helping(QObject):
    """One for each open window. `sight` gives the key of the place and, in a dossier, of its part.

    A dialog over the window keeps the window's keys from it, so each gets one of its own when it is shown.
    """

    def __init__(
        self, desk: Desk, over: QWidget, sight: Sight, keys: Callable[[], Sequence[tuple[str, str]]]
    ) -> None:
        super().__init__(over)
        self._desk, self._over, self._sight, self._keys = desk, over, sight, keys
        self.window: HandbookWindow | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        dialog = new.window() if new is not None else None
        if isinstance(dialog, QDialog) and dialog.isModal() and not dialog.property("helped"):
            dialog.setProperty("helped", True)
            QShortcut(QKeySequence(HELP), dialog).activated.connect(lambda: self.open(dialog))

    def open(self, dialog: QDialog | None = None) -> HandbookWindow:
        """Show the page that fits, over the dialog that asks."""
        from leerwinkel_desktop.ui.handbook.window import HandbookWindow  # the start need not wait

        if self.window is not None:
            self.window.reject()
        place, part = self._sight()
        office = self._desk.workspace.device().role == "office"
        made = self.window = HandbookWindow(self._desk, self._keys(), dialog or self._over)
        made.finished.connect(self._on_closed)
        made.show()
        made.go(topic(place, part, dialog, office=office))
        made.search.setFocus()
        return made

    def _on_closed(self, _result: int) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
