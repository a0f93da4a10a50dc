"""Asks which course of the catalogue becomes an option."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.domain.catalogue import Line
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.offer_list import OfferList
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words

LETTERS: Final = 150
TALL: Final = 560


class OfferDialog(QDialog):
    """`chosen` gives the id of the course."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Leerwinkel")
        self.list = OfferList(desk.workspace)
        self.list.taken.connect(self._take)
        self.list.chosen.connect(self._look)
        self.go_on = button(_("Leg erbij"), self._on_go_on, look="primary")
        buttons = row(None, button(_("Toch niet"), self.reject), self.go_on)
        heading = words(_("Kies uit het aanbod"), step="heading")
        self.setLayout(column(heading, self.list, buttons, space=M, margins=L))
        room = parent.window().size()
        wide = LETTERS * self.fontMetrics().averageCharWidth()
        self.resize(min(wide, room.width() - 2 * L), min(TALL, room.height() - 2 * L))
        self._look()
        self.list.search.setFocus()

    def _look(self) -> None:
        self.go_on.setEnabled(self.list.table.current() is not None)

    def _on_go_on(self) -> None:
        line = self.list.table.current()
        if line is not None:
            self._take(line)

    def _take(self, line: Line) -> None:
        self.accept()
        self.chosen.emit(line.offering.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # line, list and buttons hear those
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        super().done(result)
        self.deleteLater()
