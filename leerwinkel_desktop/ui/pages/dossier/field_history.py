"""The history of one field, from its own menu or with Alt+H: who, when, where and what."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QDialog, QWidget

from leerwinkel_desktop.domain.fields import Field
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.values import ValueLines
from leerwinkel_desktop.ui.widgets.plain import Column, L, M, button, column, row, words

SIZE: Final = (560, 480)


class FieldHistoryDialog(QDialog):
    """All values of a field; it closes when one of them is put back."""

    def __init__(self, desk: Desk, kind: str, record_id: str, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Leerwinkel")
        self.setAccessibleName(_("Geschiedenis van dit veld"))
        self.resize(*SIZE)
        self.lines = ValueLines(desk)
        self.lines.restored.connect(self.accept)
        inside = Column(margins=0)
        inside.add(self.lines)
        close = button(_("Sluiten"), self.reject)
        self.setLayout(
            column(
                words(_("Geschiedenis van dit veld"), step="heading"),
                words(field.label, tone="muted"),
                inside,
                row(None, close),
                space=M,
                margins=L,
            )
        )
        self.lines.show_field(kind, record_id, field.name)
        close.setFocus()
