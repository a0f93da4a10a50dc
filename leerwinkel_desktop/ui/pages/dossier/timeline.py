"""The timeline of school, work and life, drawn together; a bar opens what stands behind it (step 1)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from leerwinkel_desktop.domain.clients import EducationRecord, LifeEvent
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.life import bars
from leerwinkel_desktop.services.following import All
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.forms import address_of
from leerwinkel_desktop.ui.pages.dossier.cards import ListCard
from leerwinkel_desktop.ui.pages.dossier.declared import RowsCard
from leerwinkel_desktop.ui.pages.dossier.quiet_rows import QuietRow, QuietRows
from leerwinkel_desktop.ui.pages.dossier.rows import RowsBox, Seens
from leerwinkel_desktop.ui.widgets.life_line import LifeLine


class TimelineCard(ListCard):
    """`asked` gives the address of a school, which has a card of its own."""

    asked = Signal(str)

    def _boxed(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        rows: tuple[Record, ...],
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
    ) -> RowsBox:
        self._desk = desk
        self._records: All | None = None
        self.line = LifeLine(desk.workspace.codelists["life_sort"])
        self.line.asked.connect(self._open)
        made = TimelineRows(desk, spec, owner_id, rows, inside, seen)
        cast(QVBoxLayout, made.layout()).insertWidget(1, self.line)
        made.look = self._draw
        return made

    def look_at(self, records: All) -> None:
        """Where the schools and the years come from."""
        self._records = records
        self._draw()

    def refresh(self, rows: Sequence[Record], seen: Seens) -> None:
        """Show the years as they are now."""
        super().refresh(rows, seen)
        self._draw()

    def _draw(self) -> None:
        if self._records is None:
            return
        year = self._desk.workspace.today().year
        drawn = bars(self._records(EducationRecord), self._own(), year)
        self.line.tell(drawn, year)
        self.line.setVisible(bool(drawn))

    def _own(self) -> list[LifeEvent]:
        """The years as the rows have them: what was typed just now too."""
        return [card.record for card in self.box.row_cards() if isinstance(card.record, LifeEvent)]

    def _open(self, kind: str, record_id: str) -> None:
        if kind == LifeEvent.kind:
            cast(TimelineRows, self.box).open_row(record_id)
        else:
            self.asked.emit(address_of(EducationRecord(id=record_id)))


class TimelineRows(QuietRows):
    """The entries of a life beside school; `look` draws them."""

    look: Callable[[], None] | None = None

    def shown(self) -> None:
        """Draw the years anew; what has no year yet is in no drawing and stays in sight."""
        for card in self.row_cards():
            if isinstance(card, QuietRow) and not card.is_open:
                card.setVisible(not _has_year(card.record))
        if self.look is not None:
            self.look()


def _has_year(record: Record | None) -> bool:
    return isinstance(record, LifeEvent) and (record.from_year or record.to_year) is not None
