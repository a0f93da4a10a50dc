"""Aanbod: find a course, look at it, lay three beside each other, put one at a client, keep it up to date."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.catalogue import Line
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services import catalogue
from leerwinkel_desktop.ui.choosing_client import ClientDialog
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.offer_list import OfferList
from leerwinkel_desktop.ui.pages.offers.compare import MOST, CompareView
from leerwinkel_desktop.ui.pages.offers.editing import EditView
from leerwinkel_desktop.ui.places import memo_of_line, put_cursor
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words


class OffersPage(QWidget):
    """The list, one or more courses side by side, or the form of a course."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk = desk
        self.dialog: ClientDialog | None = None
        self.list = OfferList(desk.workspace)
        self.list.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.table.marked.connect(self._look)
        self.list.chosen.connect(self._look)
        self.list.taken.connect(lambda line: self.show_lines([line]))
        self.add = button(_("&Nieuwe opleiding"), lambda: self.edit(None), look="primary", glyph="add")
        self.open = button("", lambda: self.show_lines(self.marked()))
        counsellor_only(self.add)
        self.side = CompareView(desk)
        self.side.left.connect(self.show_list)
        self.side.edit.connect(self.edit)
        self.side.put.connect(self.put)
        self.editing = EditView(desk)
        self.editing.left.connect(self.show_list)
        listed = QWidget()
        listed.setLayout(
            column(row(words(_("Aanbod"), step="title"), None, self.open, self.add), self.list, space=M)
        )
        self.stack = QStackedWidget()
        for view in (listed, self.side, self.editing):
            self.stack.addWidget(view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, L)
        layout.addWidget(self.stack)
        desk.kept.connect(self._on_kept)
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.refresh()
        if self.stack.currentIndex() == 0:
            self.list.search.setFocus()

    def _on_kept(self) -> None:
        """Read the list again when it is in sight; the others read when they are opened."""
        if self.isVisible() and self.stack.currentIndex() == 0:
            self.list.refresh()

    def marked(self) -> list[Line]:
        """The courses that are selected, in the order of the list."""
        rows = self.list.table.selectionModel().selectedRows()
        return [self.list.table.at(index) for index in sorted(rows, key=lambda index: index.row())]

    def _look(self) -> None:
        count = len(self.marked())
        self.open.setVisible(count > 0)
        self.open.setEnabled(count <= MOST)
        told = _("Bekijk") if count < 2 else counted("Leg {n} naast elkaar", "Leg {n} naast elkaar", count)
        self.open.setText(told if count <= MOST else _("Kies er hoogstens 3"))

    def show_list(self) -> None:
        """Go back to the list, as it stands now."""
        self.stack.setCurrentIndex(0)
        self.list.refresh()
        self.list.table.setFocus()

    def show_lines(self, lines: list[Line]) -> None:
        """Show these courses side by side."""
        if lines:
            self.side.show_lines(lines)
            self.stack.setCurrentWidget(self.side)
            self.side.setFocus()

    def edit(self, offering_id: str | None) -> None:
        """Change a course, or begin a new one for None."""
        found = {line.offering.id: line.offering for line in catalogue.lines(self._desk.workspace)}
        self.stack.setCurrentWidget(self.editing)
        self.editing.show_course(found.get(offering_id or ""))

    def put(self, offering_id: str) -> None:
        """Ask at which client this course is put."""
        self.dialog = ClientDialog(self._desk, _("Bij wie zet je dit?"), self)
        self.dialog.chosen.connect(
            lambda client_id: self._desk.when_free(lambda: self._put(client_id, offering_id))
        )
        self.dialog.open()

    def _put(self, client_id: str, offering_id: str) -> None:
        catalogue.to_client(self._desk.workspace, client_id, offering_id)
        self._desk.kept.emit()
        self._desk.sent.emit(f"dossier/{client_id}")

    def leave(self) -> None:
        """Keep what is being typed."""
        self.editing.leave()

    def memo(self) -> dict[str, Any]:
        """What is searched, and what is typed in the form that is open."""
        editing = self.editing.memo() if self.stack.currentWidget() is self.editing else None
        return {"search": memo_of_line(self.list.search), "editing": editing}

    def recall(self, memo: Mapping[str, Any]) -> None:
        """Go on there."""
        self.list.search.setText(memo["search"]["text"])
        if memo["search"]["at"] is not None:
            put_cursor(self.list.search, *memo["search"]["at"])
        if memo["editing"]:
            kind, _slash, own = str(memo["editing"][0]["form"]).partition("/")
            self.edit(own if kind == "offering" and not own.startswith("new/") else None)
            self.editing.recall(memo["editing"])
