"""Draws the declared cards of a part: a form, or a list of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Signal

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.field_box import NOTHING
from leerwinkel_desktop.ui.forms import RecordForm, address_of
from leerwinkel_desktop.ui.pages.dossier.declared import FieldsCard, RowsCard
from leerwinkel_desktop.ui.pages.dossier.rows import RowsBox, Seens, form_of
from leerwinkel_desktop.ui.widgets.plain import Card


class FormCard(Card):
    """A card with one form."""

    form_made = Signal(object)

    def __init__(
        self, desk: Desk, spec: FieldsCard, record: Record | None, owner_id: str, seen: Seens
    ) -> None:
        super().__init__(spec.heading, spec.hint)
        self._desk, self._spec, self._owner = desk, spec, owner_id
        self.form = self._made(record, seen)
        self.add(self.form)

    def _made(self, record: Record | None, seen: Seens) -> RecordForm[Record]:
        form = form_of(self._desk, self._spec, record, self._owner, lambda _record: None, seen)
        (first, *more) = form.boxes.values()
        if not more and first.field.label == self._spec.heading:
            first.caption.hide()
        return form

    def forms(self) -> Iterator[RecordForm[Record]]:
        """All forms in this card."""
        yield self.form

    def refresh(self, records: Sequence[Record], seen: Seens) -> None:
        """Show the newest of these as it stands now; a form in which somebody types stays with its record."""
        record = records[-1] if records else None
        if record is not None and self.form.address == address_of(record):
            self.form.refresh(record, seen.get(record.id, NOTHING))
        elif (record is not None or not self.form.is_new) and not self.form.in_use:
            before, self.form = self.form, self._made(record, seen)
            self.body.replaceWidget(before, self.form)
            before.hide()
            before.deleteLater()
            self.form_made.emit(self.form)


class ListCard(Card):
    """A card with rows."""

    def __init__(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        rows: tuple[Record, ...],
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
    ) -> None:
        super().__init__(spec.heading, spec.hint)
        self.box = self._boxed(desk, spec, owner_id, rows, inside, seen)
        self.add(self.box)

    def _boxed(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        rows: tuple[Record, ...],
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
    ) -> RowsBox:
        return RowsBox(desk, spec, owner_id, rows, inside, seen)

    def refresh(self, rows: Sequence[Record], seen: Seens) -> None:
        """Show the rows as they are now."""
        self.box.refresh(rows, seen)

    def forms(self) -> Iterator[RecordForm[Record]]:
        """All forms that are open."""
        yield from self.box.forms()
