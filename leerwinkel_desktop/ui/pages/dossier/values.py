"""What one field said through time: who wrote what, when and where, with a button that puts it back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.rights import correction
from leerwinkel_desktop.services.rights.correction import Entry
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.widgets.plain import XS, S, button, clear, column, row, words

MOST: Final = 20


class ValueLines(QWidget):
    """The values of a field, newest first; `restored` says that an earlier one was put back."""

    restored = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._field = ("", "", "")
        self._told = words(_("Dit is de enige waarde die dit veld ooit had."), tone="muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(S)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addWidget(self._told)
        layout.addLayout(self._rows)

    def show_field(self, kind: str, record_id: str, name: str) -> None:
        """Read what this field of a record said."""
        clear(self._rows)
        self._field = kind, record_id, name
        try:
            entries = correction.field_history(self._desk.workspace, kind, record_id, name)
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        self._told.setVisible(len(entries) < 2)
        for place, entry in enumerate(entries[:MOST]):
            now = entry.value == entries[0].value
            self._rows.addLayout(self._line(entry, current=place == 0, same=now))

    def _line(self, entry: Entry, *, current: bool, same: bool) -> QHBoxLayout:
        value = words(entry.text or _("(leeg)"), tone="" if entry.text else "muted")
        about = [moment(entry.at_ms), entry.user, entry.device or _("dit toestel")]
        if current:
            about.append(_("zo staat het nu"))
        if entry.merged:
            about.append(_("samengevoegd"))
        back = button(_("Zet terug"), lambda: self.put_back(entry), look="quiet")
        back.setAccessibleName(_("Zet terug: {value}").format(value=entry.text or _("(leeg)")))
        back.setVisible(not same)
        under = words(" · ".join(filter(None, about)), step="small", tone="muted")
        line = row(column(value, under, space=0), back, space=S)
        line.setStretch(0, 1)
        return line

    def put_back(self, entry: Entry) -> None:
        """Put an earlier value back as an ordinary change."""
        field = self._field
        self._desk.when_free(lambda: self._restore(field, entry))

    def _restore(self, field: tuple[str, str, str], entry: Entry) -> None:
        correction.restore(self._desk.workspace, *field, entry.position)
        self._desk.kept.emit()
        self._desk.toast(_("Teruggezet"))
        if shiboken6.isValid(self):
            self.restored.emit()


def moment(at_ms: int) -> str:
    """A moment as people read it, in the time of this computer."""
    return datetime.fromtimestamp(at_ms / 1000).strftime("%d/%m/%Y %H:%M")
