"""Draws the rows of a declared card: each folds open to its form; add, remove, and bring back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QSizePolicy, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.field_box import NOTHING, Seen
from leerwinkel_desktop.ui.forms import Draft, RecordForm, Stored, Target, address_of, new_under
from leerwinkel_desktop.ui.pages.dossier.declared import FieldsCard, RowsCard, is_for_client
from leerwinkel_desktop.ui.pages.dossier.spoken import spoken
from leerwinkel_desktop.ui.pages.dossier.tied import TiedForm
from leerwinkel_desktop.ui.widgets.glyphs import GlyphButton
from leerwinkel_desktop.ui.widgets.plain import XS, M, S, button, row, words

NARROWEST = 120
Seens = Mapping[str, Seen]
"""What was seen of each record, by its id: `DossierView.seen`."""


def form_of(
    desk: Desk,
    spec: FieldsCard | RowsCard,
    record: Record | None,
    owner_id: str,
    made: Callable[[Record], None],
    seen: Seens,
    **fresh: Any,
) -> RecordForm[Record]:
    """The form of a record, or of one that comes to be with its first value."""
    target: Target = (
        Draft(desk, spec.kind, owner_id, made, **fresh)
        if record is None
        else Stored(desk, spec.kind, record.id)
    )
    known = NOTHING if record is None else seen.get(record.id, NOTHING)
    form = TiedForm(desk, spec.kind, target, spec.names, record, columns=spec.columns, seen=known)
    for name in spec.large:
        if name in form.boxes:
            form.boxes[name].widget.setProperty("step", "large")
    form.hide_from_client(name for name in spec.names if spec.for_client and not is_for_client(spec, name))
    return form


class RowsBox(QWidget):
    """The rows of one kind under one owner, with a button that adds one."""

    changed = Signal()
    form_made = Signal(object)

    def __init__(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        rows: tuple[Record, ...],
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
    ) -> None:
        super().__init__()
        self._desk, self._spec, self._owner, self._inside = desk, spec, owner_id, inside
        self._seen = seen
        self._empty = words(spec.empty, tone="muted")
        self._cards: list[RowCard] = []
        self._rows = self._laid()
        self._rows.setSpacing(S)
        self.adding = button(
            spec.add, self.append, look="quiet", glyph="add", name=_("{what} toevoegen").format(what=spec.add)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addWidget(self._empty)
        layout.addLayout(self._rows)
        self._foot = row(self.adding, None)
        layout.addLayout(self._foot)
        for record in sorted(rows, key=self._place_of):
            self._put(record, unfolded=not spec.title)
        self._look()

    def _place_of(self, record: Record) -> tuple[str, ...]:
        """What orders the rows when they are opened; nothing told stands first, and a new row last."""
        told = (getattr(record, name) for name in self._spec.by)
        return tuple("" if value is None else str(value) for value in told)

    def _laid(self) -> QLayout:
        """How the rows stand: under each other."""
        return QVBoxLayout()

    def _row_card(self, record: Record | None, fresh: dict[str, Any]) -> RowCard:
        return RowCard(self._desk, self._spec, self._owner, record, self._inside, self._seen, fresh)

    def row_cards(self) -> list[RowCard]:
        """The rows in sight, from top to bottom."""
        return list(self._cards)

    def forms(self) -> Iterator[RecordForm[Record]]:
        """All forms that are open."""
        for card in self.row_cards():
            yield from card.forms()

    def refresh(self, rows: Sequence[Record], seen: Seens) -> None:
        """Show the rows as they are now: new ones join, gone ones leave unless somebody types in them."""
        self._seen = seen
        wanted = {record.id: record for record in rows}
        known = {card.record.id: card for card in self._cards if card.record is not None}
        for record_id, card in known.items():
            if record_id not in wanted and not card.in_use:
                self._drop(card)
        for record in rows:
            if record.id in known:
                known[record.id].refresh(record, seen)
            else:
                self._put(record, unfolded=not self._spec.title)
        self._look()

    def reveal(self, address: str) -> None:
        """Unfold the row with this address, or begin the new one that it speaks of."""
        if address == new_under(self._spec.kind, self._owner):
            stored = tuple(card.record for card in self._cards if card.record is not None)
            fresh = self._spec.fresh(self._desk.workspace.today(), stored) if self._spec.fresh else {}
            self._put(None, unfolded=True, **fresh)
            self._look()
            return
        for card in self._cards:
            card.reveal(address)

    def append(self) -> None:
        """Add a row and put the cursor in its first field."""
        stored = tuple(card.record for card in self.row_cards() if card.record is not None)
        fresh = self._spec.fresh(self._desk.workspace.today(), stored) if self._spec.fresh else {}
        if any(name in self._spec.names for name in fresh):
            self._desk.when_free(lambda: self._add(fresh))
        else:
            self._show(self._put(None, unfolded=True, **fresh))

    def _add(self, fresh: dict[str, Any]) -> None:
        record = dossiers.add(self._desk.workspace, self._spec.kind, self._owner, **fresh)
        if shiboken6.isValid(self):
            card = self._put(record, unfolded=True)
            self._desk.kept.emit()
            self._show(card)

    def _show(self, card: RowCard) -> None:
        self._look()
        self.changed.emit()
        card.focus_first()

    def _put(self, record: Record | None, *, unfolded: bool, **fresh: Any) -> RowCard:
        card = self._row_card(record, fresh)
        card.removed.connect(lambda: self._on_removed(card))
        card.form_made.connect(self.form_made)
        self._cards.append(card)
        self._rows.addWidget(card)
        if unfolded:
            card.unfold(True)
        return card

    def _on_removed(self, card: RowCard) -> None:
        card.leave()
        record = card.record
        if record is None:
            self._drop(card)
            self._look()
            self.changed.emit()
        else:
            self._desk.when_free(lambda: self._remove(record))

    def _remove(self, record: Record) -> None:
        dossiers.remove(self._desk.workspace, record)
        if shiboken6.isValid(self):
            for card in [card for card in self._cards if card.record is not None]:
                if card.record is not None and card.record.id == record.id:
                    self._drop(card)
            self._look()
            self.changed.emit()
        self._desk.kept.emit()
        told = _("{what} weggehaald").format(what=self._spec.kind.label)
        self._desk.toast(told, lambda: self._desk.when_free(lambda: self._bring_back(record)))

    def _drop(self, card: RowCard) -> None:
        self._cards.remove(card)
        self._rows.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _bring_back(self, record: Record) -> None:
        dossiers.save(self._desk.workspace, record)
        if shiboken6.isValid(self):
            self._put(record, unfolded=True)
            self._look()
            self.changed.emit()
        self._desk.kept.emit()

    def _look(self) -> None:
        cards = self.row_cards()
        self._empty.setVisible(not cards and bool(self._spec.empty))
        self.adding.setEnabled(self._spec.most is None or len(cards) < self._spec.most)


class RowCard(QFrame):
    """One row: a line that tells what it is and folds it open, its form, and a button that removes it."""

    removed = Signal()
    form_made = Signal(object)

    def __init__(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        record: Record | None,
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
        fresh: dict[str, Any],
    ) -> None:
        super().__init__()
        self.setObjectName("row")
        self._seen = seen
        self._desk, self._spec, self._owner, self._inside, self._fresh = desk, spec, owner_id, inside, fresh
        self.record = record
        self.form: RecordForm[Record] | None = None
        self._nested: RowsBox | None = None
        self._body = QWidget()
        self._head = _RowHead()
        self._head.clicked.connect(lambda: self.unfold(self._body.isHidden()))
        remove = button(
            "",
            self.removed.emit,
            look="icon",
            glyph="remove",
            name=_("{what} weghalen").format(what=spec.kind.label),
        )
        self._body_layout = QVBoxLayout(self._body)
        self._body_layout.setSpacing(M)
        self._body.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(S, XS, S, XS)
        layout.setSpacing(0)
        if spec.title:
            self._body_layout.setContentsMargins(S, S, S, M)
            top = row(self._head, remove)
            top.setStretch(0, 1)
            layout.addLayout(top)
            layout.addWidget(self._body)
        else:
            self._body_layout.setContentsMargins(S, S, S, S)
            beside = row(self._body, remove)
            beside.setStretch(0, 1)
            beside.setAlignment(remove, Qt.AlignmentFlag.AlignVCenter)
            layout.addLayout(beside)
        self._tell()
        client_view().changed.connect(self._tell_again)

    def _tell_again(self, _on: bool) -> None:
        self._tell()

    def _tell(self) -> None:
        lists = self._desk.workspace.codelists
        named = [name for name in self._spec.title if not client_view().on or is_for_client(self._spec, name)]
        told = [spoken(lists, self.record, name) for name in named] if self.record else []
        text = " · ".join(filter(None, told))
        self._head.tell(text or _("Nieuw: {what}").format(what=self._spec.add.lower()))
        self._head.setAccessibleName(text or self._spec.add)

    def unfold(self, unfolded: bool) -> None:
        """Show or hide the fields."""
        if unfolded and self.form is None:
            self._make_form()
        if not unfolded:
            self.leave()
        self._body.setVisible(unfolded)
        self._head.set_glyph("unfold" if unfolded else "open")

    @property
    def in_use(self) -> bool:
        """Whether somebody types here, or typed what is not kept yet."""
        return any(form.in_use for form in self.forms())

    def refresh(self, record: Record, seen: Seens) -> None:
        """Show the row as it stands now."""
        self.record, self._seen = record, seen
        self._tell()
        if self.form is not None:
            self.form.refresh(record, seen.get(record.id, NOTHING))
        if self._nested is not None:
            self._nested.refresh(self._inside(record), seen)

    def reveal(self, address: str) -> None:
        """Unfold when the record with this address is here or below."""
        if self.record is None:
            return
        below = self._inside(self.record)
        if address in map(address_of, (self.record, *below)) or (
            self._spec.inside is not None and address == new_under(self._spec.inside.kind, self.record.id)
        ):
            self.unfold(True)
            if self._nested is not None:
                self._nested.reveal(address)

    def _make_form(self) -> None:
        self.form = form_of(
            self._desk, self._spec, self.record, self._owner, self._on_made, self._seen, **self._fresh
        )
        self.form.kept.connect(self._on_kept)
        self._body_layout.addWidget(self.form)
        self.form_made.emit(self.form)
        if self.record is not None:
            self._add_nested(self.record)

    def _on_made(self, record: Record) -> None:
        if shiboken6.isValid(self):
            self.record = record
            self._add_nested(record)

    def _add_nested(self, record: Record) -> None:
        if self._spec.inside is not None and self._nested is None:
            rows, inner = self._inside(record), self._spec.inside
            self._nested = RowsBox(self._desk, inner, record.id, rows, lambda _row: (), self._seen)
            self._nested.form_made.connect(self.form_made)
            self._body_layout.addWidget(words(self._spec.inside.heading, step="lead"))
            self._body_layout.addWidget(self._nested)
            for form in self._nested.forms():
                self.form_made.emit(form)

    def _on_kept(self, record: Record) -> None:
        self.record = record
        self._tell()

    def forms(self) -> Iterator[RecordForm[Record]]:
        """The open forms of this row."""
        if self.form is not None:
            yield self.form
        if self._nested is not None:
            yield from self._nested.forms()

    def leave(self) -> None:
        """Keep what is being typed."""
        for form in self.forms():
            form.flush()

    def focus_first(self) -> None:
        """Put the cursor in the first field."""
        if self.form is not None:
            self.form.focus_first()


class _RowHead(GlyphButton):
    """The line of a folded row; it shortens its words when there is no room."""

    def __init__(self) -> None:
        super().__init__("open", "", "header")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._told = ""

    def tell(self, text: str) -> None:
        """Say what the row is."""
        self._told = text
        self.setToolTip(text)
        self._shorten()

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        room = max(0, self.width() - self.iconSize().width() - 3 * S)
        self.setText(self.fontMetrics().elidedText(self._told, Qt.TextElideMode.ElideRight, room))
