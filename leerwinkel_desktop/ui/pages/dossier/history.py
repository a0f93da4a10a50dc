"""Everything that was saved in a dossier, newest first, and each field's earlier values to put back."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.detention import SealedRecord
from leerwinkel_desktop.domain.fields import Field, Kind, Wire, fields_of
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import detention, dossiers
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.store.history import Saved
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.profiled import Seen, seen_by
from leerwinkel_desktop.ui.pages.dossier.values import ValueLines, moment
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.choice import ChoiceBox
from leerwinkel_desktop.ui.widgets.plain import Card, L, M, words
from leerwinkel_desktop.ui.widgets.plain import Column as Cards

QUIET = frozenset({Kind.REF, Kind.REFS})
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
        self._saved: Saved | None = None
        self._seen = seen_by(desk.workspace)
        self.fields = ChoiceBox()
        self.fields.setAccessibleName(_("Veld"))
        self.fields.currentIndexChanged.connect(lambda _index: self._show())
        self.told = words(_("Kies hierboven een regel om te zien wat een veld vroeger zei."), tone="muted")
        self.lines = ValueLines(desk)
        self.lines.restored.connect(self._on_restored)
        self.add(self.fields)
        self.add(self.told)
        self.add(self.lines)

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
        name = self.fields.currentData()
        chosen = self._saved is not None and name is not None
        self.told.setVisible(not chosen)
        self.lines.setVisible(chosen)
        if self._saved is not None and name is not None:
            self.lines.show_field(self._saved.kind, self._saved.record_id, name)

    def _on_restored(self) -> None:
        self.fields.setFocus()  # the button goes
        self.restored.emit()


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
