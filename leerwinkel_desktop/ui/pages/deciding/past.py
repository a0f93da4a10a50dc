"""What was decided here: folded away until somebody asks, each with a way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.deciding.board import Past
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.widgets.glyphs import GlyphButton
from leerwinkel_desktop.ui.widgets.plain import Card, button, row

LISTED = 8
COLUMNS: Sequence[Column[Past]] = (
    Column(
        _("Wanneer"),
        lambda past: moment(past.at_ms) if past.at_ms is not None else "",
        lambda past: past.at_ms or 0,
    ),
    Column(_("Wat"), lambda past: past.what),
    Column(_("Beslist"), lambda past: past.said.replace("\n", " "), stretch=True),
    Column(_("Door"), lambda past: past.who),
)


class PastCard(Card):
    """`undo_asked` gives what takes the chosen decision back."""

    undo_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.head = GlyphButton("open", "", "header")
        self.head.clicked.connect(lambda: self.unfold(self.table.isHidden()))
        self.table: RowTable[Past] = RowTable(COLUMNS, _("Beslist"))
        self.table.chosen.connect(self._look)
        self.undo = button(_("&Ongedaan maken"), self._on_undo)
        self.add(self.head)
        self.add(self.table)
        self.add(row(self.undo, None))
        self.unfold(False)

    def show_past(self, past: Sequence[Past]) -> None:
        """Show these instead of the former ones."""
        self.setVisible(bool(past))
        self.head.setText(counted("Beslist: 1", "Beslist: {n}", len(past)))
        self.table.set_rows(past)
        self.table.select_first()
        height = self.table.verticalHeader().defaultSectionSize()
        rows = max(1, min(LISTED, len(past)))
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * height + 6)
        self._look()

    def unfold(self, unfolded: bool) -> None:
        """Show or hide the list."""
        self.table.setVisible(unfolded)
        self.undo.setVisible(unfolded)
        self.head.set_glyph("unfold" if unfolded else "open")

    def _look(self) -> None:
        past = self.table.current()
        self.undo.setEnabled(past is not None and past.undo is not None)

    def _on_undo(self) -> None:
        past = self.table.current()
        if past is not None and past.undo is not None:
            self.undo_asked.emit(past.undo)
