"""The list of dossiers: find as you type, make a new client, open one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.store.search import DossierHit
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.editors.values import parse_names
from leerwinkel_desktop.ui.places import memo_of_line, put_cursor
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.plain import L, M, S, button, column, row, words

MOST = 200


def _day(value: date | None) -> str:
    return value.strftime("%d/%m/%Y") if value else ""


COLUMNS: Sequence[Column[DossierHit]] = (
    Column(_("Naam"), lambda hit: " ".join(filter(None, (hit.last_name, hit.first_name))), stretch=True),
    Column(_("Geboren"), lambda hit: _day(hit.birth_date), lambda hit: hit.birth_date),
    Column(_("Gemeente"), lambda hit: hit.place or ""),
    Column(_("Nummer"), lambda hit: hit.client_no or ""),
)


class _SearchLine(QLineEdit):
    """A line from which the arrow keys walk into the list."""

    def __init__(self, into: RowTable[DossierHit], enter: Callable[[], None]) -> None:
        super().__init__()
        self._into = into
        self.returnPressed.connect(enter)
        self.setPlaceholderText(_("Naam, nummer, geboortedatum, telefoon of gemeente"))
        self.setAccessibleName(_("Zoek een dossier"))
        self.setClearButtonEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._into.setFocus()
        else:
            super().keyPressEvent(event)


class DossiersPage(QWidget):
    """Everybody in this vault; `opened` gives the id of a client."""

    opened = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self._only: frozenset[str] | None = None
        self.table: RowTable[DossierHit] = RowTable(COLUMNS, _("Dossiers"))
        self.table.sort_as_given()
        self.table.activated.connect(self._on_activated)
        self.search = _SearchLine(self.table, self._open_current)
        self.search.textChanged.connect(self.refresh)
        self._count = words("", tone="muted")
        self.add = button(_("&Nieuwe klant"), self.make_client, look="primary", glyph="add")
        self.add.setToolTip("Ctrl+N")
        self._filter = words("", tone="accent")
        self._unfilter = button(_("Toon alle dossiers"), lambda: self.show_only(None, ""), look="quiet")
        self._empty = words("", step="large", tone="muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty = QWidget()
        empty.setLayout(column(None, self._empty, None))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, L)
        layout.setSpacing(M)
        layout.addLayout(row(words(_("Dossiers"), step="title"), None, self.add))
        layout.addWidget(self.search)
        layout.addLayout(row(self._filter, self._unfilter, None, space=S))
        layout.addWidget(self._stack, 1)
        layout.addWidget(self._count)
        self.show_only(None, "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.search.setFocus()

    def show_only(self, client_ids: Sequence[str] | None, why: str) -> None:
        """Show only these clients (a figure opens into its dossiers), or everybody for None."""
        self._only = None if client_ids is None else frozenset(client_ids)
        self._filter.setText(why)
        self._filter.setVisible(self._only is not None)
        self._unfilter.setVisible(self._only is not None)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        text = self.search.text().strip()
        total = dossiers.count(self._desk.workspace)
        limit = MOST if self._only is None else total
        hits = dossiers.search(self._desk.workspace, text, limit)
        if self._only is not None:
            hits = [hit for hit in hits if hit.client_id in self._only]
        self.table.set_rows(hits)
        self.table.select_first()
        self._stack.setCurrentIndex(0 if hits else 1)
        self._empty.setText(self._nothing(text, total))
        self._count.setVisible(total > 0)
        near, told = any(hit.near for hit in hits), _counted(len(hits), total, bool(text))
        self._count.setText(_("Niemand heet precies zo. Wie erop lijkt:") + " " + told if near else told)

    def _nothing(self, text: str, total: int) -> str:
        if text and total:
            return _("Niemand gevonden. Typ minder letters, of maak een nieuwe klant (Ctrl+N).")
        if total:
            return _("Geen dossiers bij dit cijfer.")
        return _("Nog geen dossiers. Begin met Nieuwe klant (Ctrl+N).")

    def memo(self) -> dict[str, Any]:
        """What is being searched."""
        return memo_of_line(self.search)

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Search that again."""
        self.search.setText(memo["text"])
        if memo["at"] is not None:
            put_cursor(self.search, *memo["at"])

    def make_client(self) -> None:
        """Make a new client with what was typed as a name, and open it."""
        known = self.table.current()  # who is only nearly so called is somebody else, perhaps
        values = parse_names(self.search.text()) if known is None or known.near else {}
        self._desk.when_free(lambda: self._create(values))

    def _create(self, values: Mapping[str, str]) -> None:
        view = dossiers.create(self._desk.workspace, **values)
        self.search.clear()
        self._desk.kept.emit()
        self.opened.emit(view.client.id)

    def _on_activated(self, index: QModelIndex) -> None:
        self.opened.emit(self.table.at(index).client_id)

    def _open_current(self) -> None:
        hit = self.table.current()
        if hit is not None:
            self.opened.emit(hit.client_id)


def _counted(shown: int, total: int, searching: bool) -> str:
    if searching or shown != total:
        return _("{shown} van {total} dossiers").format(shown=shown, total=total)
    return _("1 dossier") if total == 1 else _("{total} dossiers").format(total=total)
