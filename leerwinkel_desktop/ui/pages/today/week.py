"""The grid of a week: days beside each other, half hours under each other, and a line where it is now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from leerwinkel_desktop.domain.agenda import USUAL_MINUTES, clock_of, holiday, is_weekend, minute_of
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services.appointments import CANCELLED, NO_SHOW, Appointment
from leerwinkel_desktop.ui import theme
from leerwinkel_desktop.ui.pages.today.cards import name_of
from leerwinkel_desktop.ui.whereabouts import short_day

Index = QModelIndex | QPersistentModelIndex
SLOT: Final = 30
OPENS, CLOSES = 8 * 60, 18 * 60
"""The half hours that are always there; others come when something is planned in them."""
TALLEST: Final = 40
ENTRIES: Final = int(Qt.ItemDataRole.UserRole)
"""The appointments that take this half hour, those that begin in it first."""
DAY: Final = ENTRIES + 1
SLOT_START: Final = ENTRIES + 2
WHOLE_DAY: Final = -1
BESIDE: Final = 2
"""So many fit beside each other in a half hour; of more it is told how many they are."""
_SPOKEN: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_NOWHERE = QModelIndex()


class WeekModel(QAbstractTableModel):
    """Seven columns of half hours; a row before them holds what has no hour, when there is such a thing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days: Sequence[date] = ()
        self.slots: Sequence[int] = range(OPENS, CLOSES, SLOT)
        self._taken: dict[tuple[date, int], list[Appointment]] = {}

    def show_week(self, days: Sequence[date], found: Sequence[Appointment]) -> None:
        """Show these days with their appointments."""
        self.beginResetModel()
        taken: defaultdict[tuple[date, int], list[Appointment]] = defaultdict(list)
        for one in found:
            for place, slot in enumerate(_slots_of(one)):
                here = taken[one.date, slot]
                here.insert(0 if place == 0 and here and not _begins(here[0], slot) else len(here), one)
        self.days, self._taken = days, taken
        used = [slot for _, slot in taken if slot != WHOLE_DAY]
        first, last = min([OPENS, *used]), max([CLOSES - SLOT, *used])
        whole = [WHOLE_DAY] if any(slot == WHOLE_DAY for _, slot in taken) else []
        self.slots = [*whole, *range(first, last + 1, SLOT)]
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.slots)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.days)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        day, slot = self.days[index.column()], self.slots[index.row()]
        entries = self._taken.get((day, slot), [])
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return ", ".join(name_of(one.person) for one in entries if _begins(one, slot))
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self._spoken(day, slot, entries)
            case int(found) if found == ENTRIES:
                return entries
            case int(found) if found == DAY:
                return day
            case int(found) if found == SLOT_START:
                return slot
        return None

    def _spoken(self, day: date, slot: int, entries: Sequence[Appointment]) -> str:
        at = _("zonder uur") if slot == WHOLE_DAY else clock_of(slot)
        who = ", ".join(name_of(one.person) for one in entries) or _("vrij")
        closed = holiday(day)
        return ", ".join(filter(None, (in_full(day), closed, f"{at}: {who}")))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role not in _SPOKEN:
            return None
        if orientation is Qt.Orientation.Vertical:
            slot = self.slots[section] if section < len(self.slots) else None
            return None if slot is None else "–" if slot == WHOLE_DAY else clock_of(slot)
        if section >= len(self.days):
            return None
        closed = holiday(self.days[section])
        if role != Qt.ItemDataRole.DisplayRole:
            return in_full(self.days[section]) + (f", {closed}" if closed else "")
        return short_day(self.days[section]) + ("\n" + _("feestdag") if closed else "")


def _slots_of(one: Appointment) -> list[int]:
    """The half hours that an appointment takes."""
    if one.starts_at is None:
        return [WHOLE_DAY]
    start = minute_of(one.starts_at)
    end = min(start + max(1, one.minutes or USUAL_MINUTES), 24 * 60)
    return list(range(start - start % SLOT, end, SLOT))


def _begins(one: Appointment, slot: int) -> bool:
    return _slots_of(one)[0] == slot


class _Painting(QStyledItemDelegate):
    """Draws a half hour: the ground of its day, who takes it, the cursor, and the line of now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.now: datetime | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        day, slot = index.data(DAY), index.data(SLOT_START)
        rect: QRect = option.rect
        painter.save()
        closed = is_weekend(day) or holiday(day) is not None
        painter.fillRect(rect, QColor(theme.colour("ground" if closed else "surface")))
        if slot % (2 * SLOT) == SLOT or slot == WHOLE_DAY:
            painter.setPen(QColor(theme.colour("line")))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._entries(painter, option, rect, index.data(ENTRIES), slot)
        if self.now is not None and day == self.now.date():
            self._now(painter, rect, slot, self.now.hour * 60 + self.now.minute)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(theme.colour("accent")), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _entries(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRect,
        entries: list[Appointment],
        slot: int,
    ) -> None:
        if len(entries) > BESIDE:
            told = counted("1 gesprek", "{n} gesprekken", len(entries))
            self._box(painter, option, rect.adjusted(2, 2, -2, 0), ("accent_soft", "accent"), told)
            return
        width = rect.width() // max(1, len(entries))
        for place, one in enumerate(entries):
            box = QRect(rect.left() + place * width + 2, rect.top(), width - 4, rect.height())
            self._entry(painter, option, box, one, begins=_begins(one, slot))

    def _entry(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, one: Appointment, *, begins: bool
    ) -> None:
        gone = one.attended in (CANCELLED, NO_SHOW)
        colours = ("attention_soft", "attention") if gone else ("accent_soft", "accent")
        told = f"{one.starts_at or ''} {name_of(one.person)}".strip() if begins else ""
        self._box(painter, option, box.adjusted(0, 2 if begins else 0, 0, 0), colours, told, struck=gone)

    def _box(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        box: QRect,
        colours: tuple[str, str],
        told: str,
        *,
        struck: bool = False,
    ) -> None:
        soft, strong = colours
        painter.fillRect(box, QColor(theme.colour(soft)))
        painter.fillRect(QRect(box.left(), box.top(), 4, box.height()), QColor(theme.colour(strong)))
        if not told:
            return
        font: QFont = QFont(option.font)
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(QColor(theme.colour("text")))
        words = box.adjusted(10, 0, -4, 0)
        right = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(told, right, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _now(self, painter: QPainter, rect: QRect, slot: int, minute: int) -> None:
        if slot != WHOLE_DAY and slot <= minute < slot + SLOT:
            y = rect.top() + rect.height() * (minute - slot) // SLOT
            painter.setPen(QPen(QColor(theme.colour("danger")), 2))
            painter.drawLine(rect.left(), y, rect.right(), y)


class WeekGrid(QTableView):
    """Arrows move through the half hours; Enter or a double click is `activated`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.week = WeekModel(self)
        self.setModel(self.week)
        self._painting = _Painting(self)
        self.setItemDelegate(self._painting)
        self.setAccessibleName(_("Week, een kolom per dag en een rij per half uur"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(max(TALLEST, self.fontMetrics().height() + 18))
        self.setCornerButtonEnabled(False)

    def show_week(self, days: Sequence[date], found: Sequence[Appointment], now: datetime) -> None:
        """Show these days, and keep the cursor where it was; it begins at the hour that is."""
        before = self.currentIndex()
        at = (before.row(), before.column()) if before.isValid() else None
        self._painting.now = now
        self.week.show_week(days, found)
        if at is None:
            column = days.index(now.date()) if now.date() in days else 0
            at = self._row_of(now.time()), column
        self.setCurrentIndex(self.week.index(min(at[0], self.week.rowCount() - 1), at[1]))

    def _row_of(self, clock: time) -> int:
        minute = clock.hour * 60 + clock.minute
        rows = [row for row, slot in enumerate(self.week.slots) if slot <= minute]
        return rows[-1] if rows else 0

    def entries(self) -> list[Appointment]:
        """The appointments of the half hour at the cursor."""
        index = self.currentIndex()
        return list(index.data(ENTRIES)) if index.isValid() else []

    def place(self) -> tuple[date, str | None]:
        """Day and time at the cursor."""
        index = self.currentIndex()
        slot = index.data(SLOT_START)
        return index.data(DAY), None if slot == WHOLE_DAY else clock_of(slot)
