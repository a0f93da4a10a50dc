"""Everything that was saved in a dossier, newest first, and each field's earlier values to put back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.detention import SealedRecord
from leerwinkel_desktop.domain.fields import Field, Kind, Wire, fields_of
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import detention, dossiers
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.rights import correction
from leerwinkel_desktop.services.rights.correction import Entry
from leerwinkel_desktop.store.history import Saved
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.profiled import Seen, seen_by
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.plain import XS, Card, L, M, S, button, clear, column, row, words
from leerwinkel_desktop.ui.widgets.plain import Column as Cards

QUIET = frozenset({Kind.REF, Kind.REFS})
MOST_VALUES = 20
HALF = 300
"""In pixels: both halves get the same room, whatever there is."""


class HistoryView(QWidget):
    """A table of who changed what and when; beside it the values of the fields that one save touched."""

    def __init__(self, desk: Desk, view: DossierView) -> None:
        super().__init__()
        self.setObjectName("page")
        self._desk, self._client = desk, view.client.id
        seen = seen_by(desk.workspace)
        columns: tuple[Column[Saved], ...] = (
            Column(_("Wanneer"), lambda saved: moment(saved.at_ms), lambda saved: saved.at_ms),
            Column(_("Waar"), lambda saved: saved.name or _("dit toestel")),
            Column(_("Onderdeel"), lambda saved: dossiers.label_of(saved.kind)),
            Column(_("Wat"), lambda saved: changed_fields(saved, seen), stretch=True),
        )
        self.table: RowTable[Saved] = RowTable(columns, _("Geschiedenis"))
        self.table.sort_as_given()
        self.table.chosen.connect(self._on_row)
        self.values = ValuesCard(desk)
        self.values.restored.connect(self.refresh)
        side = Cards()
        side.add(self.values)
        layout = QVBoxLayout()
        layout.setContentsMargins(L, L, M, M)
        layout.setSpacing(M)
        layout.addWidget(words(_("Alles wat in dit dossier bewaard werd, het nieuwste eerst."), tone="muted"))
        layout.addWidget(self.table, 1)
        left = QWidget()
        left.setLayout(layout)
        across = QSplitter(Qt.Orientation.Vertical)
        across.setChildrenCollapsible(False)
        across.addWidget(left)
        across.addWidget(side)
        across.setSizes([HALF, HALF])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(across)
        self.refresh()

    def refresh(self) -> None:
        """Read the history again, and stay at the same field."""
        view = dossiers.reload(self._desk.workspace, self._client)
        saved = dossiers.history(self._desk.workspace, view)
        self.table.set_rows([one for one in saved if not self._is_shielded(one)])
        self.table.select_first()
        self._on_row()

    def _is_shielded(self, saved: Saved) -> bool:
        """Whether a line would tell of detention to who may not open the block."""
        workspace, purpose = self._desk.workspace, saved.patch.get("purpose")
        if saved.kind != Consent.kind or not isinstance(purpose, str) or detention.may_open(workspace):
            return False
        purposes = workspace.codelists["consent_purpose"]
        return purpose in purposes and purposes.get(purpose).flag("detention")

    def _on_row(self) -> None:
        self.values.look_at(self.table.current())


class ValuesCard(Card):
    """What each field of one save said through time, with a button that puts an earlier value back."""

    restored = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Vroegere waarden"))
        self._desk = desk
        self._saved: Saved | None = None
        self._seen = seen_by(desk.workspace)
        self.fields = ChoiceBox()
        self.fields.setAccessibleName(_("Veld"))
        self.fields.currentIndexChanged.connect(lambda _index: self._show())
        self.told = words("", tone="muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(XS)
        self.add(self.fields)
        self.add(self.told)
        self.add(self._rows)

    def look_at(self, saved: Saved | None) -> None:
        """Let the fields be chosen that this save touched."""
        self._saved = saved
        before = self.fields.currentData()
        self.fields.blockSignals(True)
        self.fields.clear()
        for field in touched(saved, self._seen):
            self.fields.addItem(field.label, field.name)
        self.fields.setCurrentIndex(max(0, self.fields.findData(before)))
        self.fields.blockSignals(False)
        self.fields.setVisible(self.fields.count() > 0)
        self._show()

    def _show(self) -> None:
        clear(self._rows)
        name = self.fields.currentData()
        if self._saved is None or name is None:
            self.told.setText(_("Kies hierboven een regel om te zien wat een veld vroeger zei."))
            self.told.show()
            return
        try:
            entries = correction.field_history(
                self._desk.workspace, self._saved.kind, self._saved.record_id, name
            )
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._desk.report(error)
            return
        self.told.setText(_("Dit is de enige waarde die dit veld ooit had."))
        self.told.setVisible(len(entries) == 1)
        now = entries[0].value if entries else None
        for place, entry in enumerate(entries[:MOST_VALUES]):
            self._rows.addLayout(self._line(entry, current=place == 0, same=entry.value == now))

    def _line(self, entry: Entry, *, current: bool, same: bool) -> QHBoxLayout:
        value = words(entry.text or _("(leeg)"), tone="" if entry.text else "muted")
        about = [moment(entry.at_ms), entry.device or _("dit toestel")]
        if current:
            about.append(_("zo staat het nu"))
        if entry.merged:
            about.append(_("samengevoegd"))
        back = button(_("Zet terug"), lambda: self.put_back(entry), look="quiet")
        back.setAccessibleName(_("Zet terug: {value}").format(value=entry.text or _("(leeg)")))
        back.setVisible(not same)
        under = words(" · ".join(about), step="small", tone="muted", wrap=False)
        line = row(column(value, under, space=0), back, space=S)
        line.setStretch(0, 1)
        return line

    def put_back(self, entry: Entry) -> None:
        """Put an earlier value back as an ordinary change."""
        name, saved = self.fields.currentData(), self._saved
        if saved is not None and name is not None:
            self._desk.when_free(lambda: self._restore(saved, name, entry))

    def _restore(self, saved: Saved, name: str, entry: Entry) -> None:
        correction.restore(self._desk.workspace, saved.kind, saved.record_id, name, entry.position)
        self._desk.kept.emit()
        self._desk.toast(_("Teruggezet"))
        if shiboken6.isValid(self):
            self.fields.setFocus()  # the button goes
            self.restored.emit()


def moment(at_ms: int) -> str:
    """A moment as people read it, in the time of this computer."""
    return datetime.fromtimestamp(at_ms / 1000).strftime("%d/%m/%Y %H:%M")


def touched(saved: Saved | None, seen: Seen) -> list[Field]:
    """The fields of one save that this user may see; none for what is shielded."""
    if saved is None or saved.kind not in BY_KIND or saved.kind == SealedRecord.kind:
        return []
    record = BY_KIND[saved.kind]
    named = [field for field in fields_of(record) if field.name in saved.patch and field.kind not in QUIET]
    return [field for field in named if seen(record, field.name) and not field.opaque]


def changed_fields(saved: Saved, seen: Seen) -> str:
    """What one save did, in the labels of its fields, and whether it merged quietly with another."""
    if saved.kind not in BY_KIND:
        return ""
    known = {field.name for field in fields_of(BY_KIND[saved.kind])}
    gone = {name: value for name, value in saved.patch.items() if name not in known}
    if gone:
        told = _("weggehaald") if _any_true(gone) else _("teruggezet")
    elif saved.kind == SealedRecord.kind:
        told = _("afgeschermd")
    else:
        told = ", ".join(field.label for field in touched(saved, seen))
    return _("{what} · samengevoegd").format(what=told) if saved.merged and told else told


def _any_true(values: Mapping[str, Wire]) -> bool:
    return any(bool(value) for value in values.values())
