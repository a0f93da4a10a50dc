"""Everything that was saved in a dossier, newest first."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from leerwinkel_desktop.domain.fields import Kind, Wire, field_of, fields_of
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.store.changelog import Saved
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.table import Column, RowTable
from leerwinkel_desktop.ui.widgets.plain import L, M, words

QUIET = frozenset({Kind.REF, Kind.REFS})


class HistoryView(QWidget):
    """A table of who changed what, and when."""

    def __init__(self, desk: Desk, view: DossierView) -> None:
        super().__init__()
        self.setObjectName("page")
        columns: tuple[Column[Saved], ...] = (
            Column(_("Wanneer"), lambda saved: _moment(saved.at_ms), lambda saved: saved.at_ms),
            Column(_("Waar"), lambda saved: saved.name or _("dit toestel")),
            Column(_("Onderdeel"), lambda saved: dossiers.label_of(saved.kind)),
            Column(_("Wat"), changed_fields, stretch=True),
        )
        self.table: RowTable[Saved] = RowTable(columns, _("Geschiedenis"))
        self.table.sort_as_given()
        self.table.set_rows(dossiers.history(desk.workspace, view))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, L, L, L)
        layout.setSpacing(M)
        layout.addWidget(words(_("Alles wat in dit dossier bewaard werd, het nieuwste eerst."), tone="muted"))
        layout.addWidget(self.table, 1)


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000).strftime("%d/%m/%Y %H:%M")


def changed_fields(saved: Saved) -> str:
    """The labels of the fields that one save touched."""
    record = BY_KIND.get(saved.kind)
    if record is None:
        return ""
    if any(name not in _names(saved.kind) for name in saved.patch):
        gone = [value for name, value in saved.patch.items() if name not in _names(saved.kind)]
        return _("weggehaald") if _truthy(gone) else _("teruggezet")
    fields = [field_of(record, name) for name in saved.patch]
    return ", ".join(field.label for field in fields if field.kind not in QUIET)


def _names(kind: str) -> set[str]:
    return {field.name for field in fields_of(BY_KIND[kind])}


def _truthy(values: list[Wire]) -> bool:
    return any(bool(value) for value in values)
