"""Talents as chips in own words: Enter adds, arrows go round, the first three come on the sheet (step 1)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final, cast

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.domain.advice import MOST_TALENTS
from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import talents
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.pages.dossier.cards import ListCard
from leerwinkel_desktop.ui.pages.dossier.declared import RowsCard
from leerwinkel_desktop.ui.pages.dossier.quiet_rows import QuietRow, QuietRows
from leerwinkel_desktop.ui.pages.dossier.rows import RowCard, RowsBox, Seens
from leerwinkel_desktop.ui.widgets.chip import Chip
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import S

CROSS_WIDTH: Final = 40
STEPS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
ENDS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
DELETE: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class TalentChip(Chip):
    """`opened` to change it, `gone` to take it away, `stepped` to a neighbour, `moved` so many places on."""

    opened = Signal()
    gone = Signal()
    stepped = Signal(int)
    moved = Signal(int)
    dropped = Signal(QPoint)

    def __init__(self, text: str, place: int) -> None:
        on_sheet = place <= MOST_TALENTS
        told = _("{text}, komt op het adviesblad").format(text=text) if on_sheet else text
        super().__init__(f"{place} · {text}" if on_sheet else text, told)
        keys = _("Enter: wijzigen. Delete: weghalen. Ctrl met een pijl: verplaatsen.")
        self.setAccessibleDescription(keys)
        self.setToolTip(f"{told}\n{keys}")
        self._pressed: QPoint | None = None
        self.clicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in DELETE:
            self.gone.emit()
        elif key in STEPS:
            moves = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.moved if moves else self.stepped).emit(STEPS[key])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the cross takes it away, elsewhere opens it; dragged, it goes where it is let go."""
        here, began = event.position().toPoint(), self._pressed
        self._pressed = None
        dragged = began is not None and (here - began).manhattanLength() > QApplication.startDragDistance()
        if not dragged and here.x() < self.width() - CROSS_WIDTH:
            super().mouseReleaseEvent(event)
            return
        self.setDown(False)
        if dragged:
            self.dropped.emit(self.mapToParent(here))
        elif self.rect().contains(here):
            self.gone.emit()


class TalentRow(QuietRow):
    """The talent that is being typed; `entered`: Enter (True, when there are words) or Escape (False)."""

    entered = Signal(bool)

    def _make_form(self) -> None:
        super()._make_form()
        if self.form is not None and "description" in self.form.boxes:
            self.form.boxes["description"].widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter keeps what is typed and begins the next, Escape goes back to the chips."""
        if isinstance(watched, QLineEdit) and event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key in ENDS:
                self.entered.emit(key != Qt.Key.Key_Escape and bool(watched.text().strip()))
                return True
        return super().eventFilter(watched, event)


class TalentsBox(QuietRows):
    """The chips, and under them the talent that is being typed."""

    def _laid(self) -> QVBoxLayout:
        self._chips: list[TalentChip] = []
        self.strip = QWidget()
        self._flow = FlowLayout(self.strip, S)
        return QVBoxLayout()

    def chips(self) -> list[TalentChip]:
        """The chips in their order."""
        return list(self._chips)

    def put_strip(self) -> None:
        """Put the chips above the rows."""
        layout = cast(QVBoxLayout, self.layout())
        layout.insertWidget(1, self.strip)
        self._flow.addWidget(self.adding)

    def _talents(self) -> list[tuple[Talent, RowCard]]:
        """What is stored and not being typed, in the order of the sheet."""
        found = [
            (card.record, card)
            for card in self.row_cards()
            if isinstance(card.record, Talent) and card.isHidden() and card.record.description
        ]
        return sorted(found, key=lambda pair: (pair[0].position or 0, pair[0].id))

    def shown(self) -> None:
        """Draw the chips anew where they say something else."""
        ordered = self._talents()
        told = [(own.id, own.description or "") for own, _card in ordered]
        if told == self.strip.property("told"):
            return
        self.strip.setProperty("told", told)
        focused = next((at for at, chip in enumerate(self._chips) if chip.hasFocus()), None)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.adding)
        self._chips = [self._chip(own, place) for place, (own, _card) in enumerate(ordered, start=1)]
        self._flow.addWidget(self.adding)
        stops = [*self._chips, self.adding]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)
        self.strip.updateGeometry()
        if focused is not None:
            self.focus_chip(focused)

    def _chip(self, talent: Talent, place: int) -> TalentChip:
        chip = TalentChip(talent.description or "", place)
        chip.opened.connect(lambda: self.open_row(talent.id))
        chip.gone.connect(lambda: self._take_away(talent.id))
        chip.stepped.connect(lambda step: self.focus_chip(self._chips.index(chip) + step))
        chip.moved.connect(lambda step: self._move(self._chips.index(chip), self._chips.index(chip) + step))
        chip.dropped.connect(lambda point: self._move(self._chips.index(chip), self._place_at(point)))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def focus_chip(self, place: int) -> None:
        """Put the cursor on a chip, or on the button behind the last."""
        if 0 <= place < len(self._chips):
            self._chips[place].setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= len(self._chips):
            self.adding.setFocus(Qt.FocusReason.TabFocusReason)

    def _take_away(self, talent_id: str) -> None:
        card = next(card for own, card in self._talents() if own.id == talent_id)
        card.removed.emit()

    def _place_at(self, point: QPoint) -> int:
        """Which chip is nearest to a point of the strip."""
        far = [(chip.geometry().center() - point).manhattanLength() for chip in self._chips]
        return far.index(min(far))

    def _move(self, place: int, to: int) -> None:
        if place == to or not 0 <= to < len(self._chips):
            return
        ids = [own.id for own, _card in self._talents()]
        ids.insert(to, ids.pop(place))
        self._desk.when_free(lambda: self._arrange(ids, to))

    def _arrange(self, ids: list[str], to: int) -> None:
        talents.arrange(self._desk.workspace, ids)
        self._desk.kept.emit()
        self.focus_chip(to)

    def _made_row(self, record: Record | None, fresh: dict[str, Any]) -> QuietRow:
        made = TalentRow(self._desk, self._spec, self._owner, record, self._inside, self._seen, fresh)
        made.entered.connect(self._next)
        return made

    def _next(self, more: bool) -> None:
        open_rows = [card for card in self.row_cards() if not card.isHidden()]
        last = bool(open_rows) and open_rows[-1] is self.row_cards()[-1]
        for card in open_rows:
            card.unfold(False)
        if more and last:
            self.append()
        else:
            self.focus_chip(len(self._chips))


class TalentsCard(ListCard):
    """The card with the chips."""

    def _boxed(
        self,
        desk: Desk,
        spec: RowsCard,
        owner_id: str,
        rows: tuple[Record, ...],
        inside: Callable[[Record], tuple[Record, ...]],
        seen: Seens,
    ) -> RowsBox:
        box = TalentsBox(desk, spec, owner_id, rows, inside, seen)
        box.put_strip()
        return box
