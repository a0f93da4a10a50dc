"""The list of keys, from what is declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.plain import L, M, button, column, row, words

SHOWN: Final = 12
LETTERS: Final = 72
Line = tuple[str, str]
COLUMNS: Final[Sequence[Column[Line]]] = (
    Column(_("Wat"), lambda line: line[0], stretch=True),
    Column(_("Toetsen"), lambda line: line[1]),
)


class KeysDialog(QDialog):
    """Shows what each key does."""

    def __init__(self, lines: Sequence[Line], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Leerwinkel")
        self.setMinimumWidth(LETTERS * self.fontMetrics().averageCharWidth())
        self.table: RowTable[Line] = RowTable(COLUMNS, _("Sneltoetsen"))
        self.table.set_rows(lines)
        self.table.fit(SHOWN)
        self.table.select_first()
        close = button(_("Sluiten"), self.accept, look="primary")
        heading = words(_("Sneltoetsen"), step="heading")
        self.setLayout(column(heading, self.table, row(None, close), space=M, margins=L))
        self.table.setFocus()

    def done(self, result: int) -> None:
        super().done(result)
        self.deleteLater()
