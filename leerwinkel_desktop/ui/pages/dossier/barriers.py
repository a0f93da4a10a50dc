"""Barriers as small cards, each with the supports that may help: one click notes that one was advised."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.trajectories import Barrier
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import supports
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.cards import ListCard
from leerwinkel_desktop.ui.pages.dossier.declared import RowsCard
from leerwinkel_desktop.ui.pages.dossier.rows import RowCard, RowsBox, Seens
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import S, button, clear, column, words


class BarrierCard(RowCard):
    """A barrier; `helping` holds a button for each support that may help."""

    def _make_form(self) -> None:
        super()._make_form()
        self._suggested: str | None = None
        self._chips = FlowLayout(space=S)
        hint = words(_("Misschien helpt dit. Vraag na, beloof niets:"), tone="muted")
        self.helping = QWidget()
        self.helping.setLayout(column(hint, self._chips))
        self._body_layout.addWidget(self.helping)
        self._suggest()

    def refresh(self, record: Record, seen: Seens) -> None:
        """Show the barrier as it stands now."""
        super().refresh(record, seen)
        if self.form is not None:
            self._suggest()

    def _on_kept(self, record: Record) -> None:
        super()._on_kept(record)
        self._suggest()

    def _suggest(self) -> None:
        code = cast(Barrier, self.record).code if self.record is not None else None
        if code == self._suggested:
            return
        self._suggested = code
        clear(self._chips)
        found = supports.suggested(self._desk.workspace, code)
        for one in found:
            chip = button(
                f"+ {one.label}",
                partial(self._on_support, one.code),
                look="chip",
                name=_("Steun noteren: {label}").format(label=one.label),
            )
            chip.setToolTip(one.text("rule") or one.label)
            self._chips.addWidget(chip)
        self.helping.setVisible(bool(found))

    def _on_support(self, code: str) -> None:
        self.leave()
        record = self.record
        if record is not None:
            self._desk.when_free(lambda: self._advise(record.id, code))

    def _advise(self, barrier_id: str, code: str) -> None:
        supports.advise(self._desk.workspace, barrier_id, code)
        label = self._desk.workspace.codelists["support"].label_of(code)
        self._desk.kept.emit()
        self._desk.toast(_("Genoteerd bij “Steun die we adviseren”: {label}").format(label=label))


class BarriersBox(RowsBox):
    """Barriers under each other."""

    def _row_card(self, record: Record | None, fresh: dict[str, Any]) -> RowCard:
        return BarrierCard(self._desk, self._spec, self._owner, record, self._inside, self._seen, fresh)


class BarriersCard(ListCard):
    """The card with all barriers."""

    def _boxed(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        rows: tuple[Record, ...],
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
    ) -> RowsBox:
        return BarriersBox(desk, spec, owner_id, rows, inside, seen)
