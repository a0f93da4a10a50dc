"""Rows that are out of sight until one is opened: something else on the card shows them all."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.ui.pages.dossier.rows import RowCard, RowsBox


class QuietRow(RowCard):
    """In sight only while it is unfolded; `folded` says that it was closed, `told` that its words changed."""

    folded = Signal()
    told = Signal()

    def unfold(self, unfolded: bool) -> None:
        """Show the row with its fields, or hide it."""
        super().unfold(unfolded)
        self.setVisible(unfolded)
        if not unfolded:
            self.folded.emit()

    @property
    def is_open(self) -> bool:
        """Whether its fields are in sight."""
        return not self._body.isHidden()

    def _tell(self) -> None:
        super()._tell()
        self.told.emit()


class QuietRows(RowsBox):
    """At most one row is open; `shown` is called when the rows or their words changed."""

    def _row_card(self, record: Record | None, fresh: dict[str, Any]) -> RowCard:
        made = self._made_row(record, fresh)
        made.hide()
        made.told.connect(self.shown)
        made.folded.connect(lambda: self._on_folded(made))
        return made

    def _made_row(self, record: Record | None, fresh: dict[str, Any]) -> QuietRow:
        return QuietRow(self._desk, self._spec, self._owner, record, self._inside, self._seen, fresh)

    def open_row(self, record_id: str) -> None:
        """Open one row and put the cursor in its first field; the others close."""
        for card in self.row_cards():
            if card.record is not None and card.record.id == record_id:
                card.unfold(True)
                card.focus_first()
            elif not card.isHidden():
                card.unfold(False)

    def append(self) -> None:
        """Close what is open, and add a row."""
        for card in self.row_cards():
            if not card.isHidden():
                card.unfold(False)
        super().append()

    def _on_folded(self, card: QuietRow) -> None:
        """A row in which nothing was typed goes again."""
        if card.record is None and card in self._cards and not card.in_use:
            self._drop(card)
        self.shown()

    def _look(self) -> None:
        super()._look()
        self.shown()

    def shown(self) -> None:
        """Something is to be drawn anew."""
