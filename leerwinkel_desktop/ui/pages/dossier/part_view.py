"""The cards of one part of a dossier, drawn from above: what is in sight at once, the rest a moment later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.fields import Record, owner_of
from leerwinkel_desktop.domain.registry import is_judicial
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import detention
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.ui.client_view import counsellor_only
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.forms import RecordForm
from leerwinkel_desktop.ui.pages.dossier.barriers import BarriersCard
from leerwinkel_desktop.ui.pages.dossier.cards import FormCard, ListCard
from leerwinkel_desktop.ui.pages.dossier.completeness import records_of
from leerwinkel_desktop.ui.pages.dossier.declared import FieldsCard, Part, RowsCard
from leerwinkel_desktop.ui.pages.dossier.moments import FirstMomentCard, MomentsCard
from leerwinkel_desktop.ui.pages.dossier.options import OptionsCard
from leerwinkel_desktop.ui.pages.dossier.owners import OwnersCard
from leerwinkel_desktop.ui.pages.dossier.shielded import ShieldedCard
from leerwinkel_desktop.ui.pages.dossier.talents import TalentsCard
from leerwinkel_desktop.ui.pages.dossier.timeline import TimelineCard
from leerwinkel_desktop.ui.pages.dossier.week import WeekCard
from leerwinkel_desktop.ui.widgets.plain import FORM_WIDTH, Column

DrawnCard = FormCard | ListCard | WeekCard | OwnersCard | FirstMomentCard
WIDE: Final = 1200
"""In pixels: room for three cards beside each other."""
AT_ONCE: Final = 1
"""So many cards fill a screen; drawing them all would stop the window while an import runs beside it."""

_LISTS: Final[dict[str, type[ListCard]]] = {
    "options": OptionsCard,
    "barriers": BarriersCard,
    "talents": TalentsCard,
    "timeline": TimelineCard,
    "moments": MomentsCard,
}
"""How rows are drawn that are no plain list; by `RowsCard.draw`."""
R = TypeVar("R", bound=Record)


ROOM: Final = 140
"""In pixels: above and under a field that is looked for."""


class PartView(Column):
    """`form_made` gives each form; `changed`: rows came or went; `refreshed`: all was shown anew."""

    form_made = Signal(object)
    changed = Signal()
    refreshed = Signal()

    def __init__(self, desk: Desk, part: Part, view: DossierView, trajectory: Trajectory | None) -> None:
        super().__init__(WIDE if part.wide else FORM_WIDTH)
        self._desk, self._view, self._trajectory = desk, view, trajectory
        self._due = list(part.cards)
        self._made: list[tuple[FieldsCard | RowsCard, DrawnCard]] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._draw_next)

    def draw(self) -> None:
        """Draw what is in sight first."""
        for _ in range(AT_ONCE):
            self._draw_next()
        self._timer.start(0)

    def complete(self) -> None:
        """Draw now what is not drawn yet."""
        while self._due:
            self._draw_next()

    def _draw_next(self) -> None:
        if not self._due:
            self._timer.stop()
            return
        spec = self._due.pop(0)
        card = self._card(spec)
        if card is not None:
            if not spec.for_client:
                counsellor_only(card)
            self._made.append((spec, card))
            self.add(card)
            for form in card.forms():
                self.form_made.emit(form)

    @property
    def cards(self) -> list[DrawnCard]:
        """All cards of this part."""
        self.complete()
        return [card for _, card in self._made]

    def forms(self) -> Iterator[RecordForm[Record]]:
        """All forms of this part."""
        self.complete()
        yield from self.drawn_forms()

    def drawn_forms(self) -> Iterator[RecordForm[Record]]:
        """The forms that are drawn by now."""
        for _, card in self._made:
            yield from card.forms()

    def refresh(self, view: DossierView, trajectory: Trajectory | None) -> None:
        """Show how everything stands now, but not where somebody types."""
        self._view, self._trajectory = view, trajectory
        for spec, card in self._made:
            card.refresh(records_of(spec.kind, view, trajectory), view.seen)
        self.refreshed.emit()

    def show_clear(self, box: QWidget) -> None:
        """Scroll until a field is in sight, clear of a toast."""
        ground = self.widget()
        if ground is not None:
            foot = box.mapTo(ground, box.rect().bottomLeft())
            self.ensureVisible(foot.x(), foot.y(), 0, ROOM)

    def reveal(self, address: str) -> None:
        """Unfold the row with this address, or begin the new one that it speaks of."""
        for card in self.cards:
            if isinstance(card, ListCard):
                card.box.reveal(address)

    def show_row(self, address: str) -> None:
        """Put the cursor in the row with this address."""
        self.reveal(address)
        for form in self.forms():
            if form.address == address:
                form.focus_first()
                self.ensureWidgetVisible(form)

    def _card(self, spec: FieldsCard | RowsCard) -> DrawnCard | None:
        owner = self._owner(spec.kind)
        shielded = is_judicial(spec.kind) and not detention.may_open(self._desk.workspace)
        if owner is None or shielded:
            return None
        records = records_of(spec.kind, self._view, self._trajectory)
        if isinstance(spec, FieldsCard):
            shown_now = FormCard(self._desk, spec, records[-1] if records else None, owner, self._view.seen)
            shown_now.form_made.connect(self.form_made)
            return shown_now
        if spec.draw == "week":
            return WeekCard(self._desk, spec, owner, self.records)
        if spec.draw == "owners":
            return OwnersCard(self._desk, spec, self.records)
        if spec.draw == "first moment":
            return FirstMomentCard(self._desk, spec, owner, self.records)
        made = ShieldedCard if is_judicial(spec.kind) else _LISTS.get(spec.draw, ListCard)
        card = made(self._desk, spec, owner, records, self._inside(spec), self._view.seen)
        if isinstance(card, OptionsCard | TimelineCard | MomentsCard):
            card.look_at(self.records)
        if isinstance(card, TimelineCard):
            card.asked.connect(self.show_row)
        card.box.form_made.connect(self.form_made)
        card.box.changed.connect(self.changed)
        return card

    def records(self, kind: type[R]) -> tuple[R, ...]:
        """The records of a kind that belong here, as they stand now."""
        return cast(tuple[R, ...], records_of(kind, self._view, self._trajectory))

    def _inside(self, spec: RowsCard) -> Callable[[Record], tuple[Record, ...]]:
        def children(record: Record) -> tuple[Record, ...]:
            if spec.inside is None:
                return ()
            owner = owner_of(spec.inside.kind)
            found = self._view.of(spec.inside.kind)
            return tuple(row for row in found if owner and getattr(row, owner.name) == record.id)

        return children

    def _owner(self, kind: type[Record]) -> str | None:
        """The id of what a new record of this kind hangs under."""
        owner = owner_of(kind)
        if kind is Client or owner is None:
            return self._view.client.id
        if owner.target == "trajectory":
            return self._trajectory.id if self._trajectory else None
        return self._view.dossier.id
