"""A week as a grid: a row for each day, a column for each hour from 7 to 22, marked by keys or mouse."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.week import DAYS, FIRST_HOUR, LAST_HOUR, Taken, spans
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui import theme

Index = QModelIndex | QPersistentModelIndex
USE: Final = int(Qt.ItemDataRole.UserRole)
HOURS: Final = range(FIRST_HOUR, LAST_HOUR)
TALL: Final = 40
COLOURS: Final = {
    "WORK": ("accent_soft", "accent"),
    "CHILDREN": ("attention_soft", "attention"),
    "OTHER": ("line", "text"),
}
"""Ground and letter of each use; the letter says it too."""
_NOWHERE = QModelIndex()


class WeekModel(QAbstractTableModel):
    """Days under each other, hours beside each other."""

    def __init__(self, lists: CodeLists, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days, self._uses = lists["weekday"], lists["week_use"]
        self._taken: Taken = {}

    def show_week(self, taken: Taken) -> None:
        """Show these hours as taken; whoever has a cell selected keeps it."""
        if dict(taken) != dict(self._taken):
            self._taken = taken
            self.dataChanged.emit(self.index(0, 0), self.index(len(DAYS) - 1, len(HOURS) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(DAYS) - 1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(DAYS)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(HOURS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        day, hour = DAYS[index.row()], HOURS[index.column()]
        use = self._taken.get((day, hour))
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._uses.get(use).text("sign") if use and use in self._uses else None
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                told = self._uses.label_of(use).lower() if use else _("vrij")
                return f"{self._days.label_of(day)} {hour}-{hour + 1}: {told}"
            case int(found) if found == USE:
                return use
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            known = role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(HOURS)
            return str(HOURS[section]) if known else None
        if not 0 <= section < len(DAYS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._days.label_of(DAYS[section])
        spoken = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return self.day_told(DAYS[section]) if role in spoken else None

    def day_told(self, day: str) -> str:
        """A day in one line: "maandag: werk 8-12, kinderen 16-18"."""
        found = [
            f"{self._uses.label_of(use).lower()} {low}-{high}" for low, high, use in spans(self._taken, day)
        ]
        return f"{self._days.label_of(day).lower()}: {', '.join(found) or _('vrij')}"


class WeekGrid(QTableView):
    """`asked` gives the chosen days, the hours (from, to), and by what they are to be taken (None: free).

    The letters of the uses mark what is chosen; V, Delete and the backspace free it.
    """

    asked = Signal(object, object, object)

    def __init__(self, lists: CodeLists) -> None:
        super().__init__()
        self._keys: dict[str, str | None] = {
            (code.text("sign") or code.label[:1]).casefold(): code.code for code in lists["week_use"]
        }
        self.week = WeekModel(lists, self)
        self.setModel(self.week)
        self.setItemDelegate(_Painter(self))
        self.setAccessibleName(_("De week"))
        self.setAccessibleDescription(
            _("Kies uren met Shift en de pijlen. W is werk, K is kinderen, A is iets anders, V is vrij.")
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(10)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionsClickable(True)
        tall = max(TALL, self.fontMetrics().height() + 12)
        self.verticalHeader().setDefaultSectionSize(tall)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + tall * len(DAYS) + 2)
        self.setCurrentIndex(self.week.index(0, 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(280, super().minimumSizeHint().height())

    def ask(self, use: str | None) -> None:
        """Ask to mark what is chosen."""
        chosen = self.selectedIndexes()
        if chosen:
            columns = [index.column() for index in chosen]
            days = tuple(DAYS[at] for at in sorted({index.row() for index in chosen}))
            self.asked.emit(days, (HOURS[min(columns)], HOURS[max(columns)] + 1), use)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.text().casefold()
        if key in self._keys:
            self.ask(self._keys[key])
        elif key == "v" or event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.ask(None)
        else:
            super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, use = QRect(option.rect), index.data(USE)
        ground, letter = COLOURS.get(use or "", ("surface", "muted"))
        painter.save()
        painter.fillRect(rect, QColor(theme.colour(ground)))
        painter.setPen(QPen(QColor(theme.colour("line" if use is None else "border"))))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))
        if use:
            font = painter.font()
            font.setBold(True)
            painter.setFont(font)
            painter.setPen(QColor(theme.colour(letter)))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, index.data() or "")
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(theme.colour("accent")), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()
