"""Asks for which client something is: find as you type, or a new one with the name that was typed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.store.search import DossierHit
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.values import day_text, parse_names
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words

MOST: Final = 50
LETTERS: Final = 72
_ID: Final = Qt.ItemDataRole.UserRole


class ClientDialog(QDialog):
    """`chosen` gives the id of the client, who may have been made just now."""

    chosen = Signal(str)

    def __init__(self, desk: Desk, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWindowTitle("Leerwinkel")
        self.setMinimumWidth(LETTERS * self.fontMetrics().averageCharWidth())
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Zoek op naam of nummer"))
        self.search.setPlaceholderText(_("naam, nummer, geboortedatum …"))
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.returnPressed.connect(self._on_enter)
        self.found = QListWidget()
        self.found.setAccessibleName(heading)
        self.found.setMinimumHeight(240)
        self.found.itemActivated.connect(lambda item: self._choose(item.data(_ID)))
        self.found.currentRowChanged.connect(self._on_row)
        self.none = words("", tone="muted")
        self.new = button(_("Nieuwe klant"), self._on_new, glyph="add")
        self.go_on = button(_("Kies"), self._on_go_on, look="primary")
        buttons = row(self.new, None, button(_("Toch niet"), self.reject), self.go_on)
        self.setLayout(
            column(
                words(heading, step="heading"),
                self.search,
                self.found,
                self.none,
                buttons,
                space=M,
                margins=L,
            )
        )
        self._find()
        self.search.setFocus()

    def _find(self) -> None:
        hits = dossiers.search(self._desk.workspace, self.search.text().strip(), MOST)
        self.found.clear()
        for hit in hits:
            item = QListWidgetItem(_told(hit), self.found)
            item.setData(_ID, hit.client_id)
        if hits:
            self.found.setCurrentRow(0)
        self._on_row(self.found.currentRow())
        typed = parse_names(self.search.text())
        name = " ".join(typed.values()) if not hits else ""
        self.none.setText(_("Niemand gevonden. Nieuwe klant: {name}").format(name=name) if name else "")
        self.none.setVisible(bool(name))

    def _on_row(self, row_number: int) -> None:
        self.go_on.setEnabled(row_number >= 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows walk through the list while the cursor stays in the line; Enter chooses."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self.focusWidget() is self.search:
            last = self.found.count() - 1
            self.found.setCurrentRow(max(0, min(last, self.found.currentRow() + step)))
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # line, list and buttons hear those
            super().keyPressEvent(event)

    def _on_enter(self) -> None:
        if self.go_on.isEnabled():
            self._on_go_on()
        else:
            self._on_new()

    def _on_go_on(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            self._choose(item.data(_ID))

    def _on_new(self) -> None:
        names = parse_names(self.search.text()) if not self.found.count() else {}
        try:
            view = dossiers.create(self._desk.workspace, **names)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        self._desk.kept.emit()
        self._choose(view.client.id)

    def _choose(self, client_id: str) -> None:
        self.accept()
        self.chosen.emit(client_id)

    def done(self, result: int) -> None:
        super().done(result)
        self.deleteLater()


def _told(hit: DossierHit) -> str:
    name = " ".join(filter(None, (hit.first_name, hit.last_name)))
    born = f"°{day_text(hit.birth_date)}" if hit.birth_date else ""
    return "   ".join(filter(None, (name, born, hit.place, hit.client_no)))
