"""One table model for every list: rows of any kind, shown through declared columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from leerwinkel_desktop.ui import theme
from leerwinkel_desktop.ui.widgets.glyphs import SIZE, pixmap

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = int(Qt.ItemDataRole.UserRole)
_NOWHERE = QModelIndex()
MEASURED = 60
"""So many rows in sight say how wide a column is: measuring thousands would stop the window."""


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """How one column is called, drawn and sorted; `key` defaults to the drawn text.

    `sign` names the icon before the text, "" for none; the text says the same in words.
    """

    label: str
    text: Callable[[T], str]
    key: Callable[[T], Any] | None = None
    number: bool = False
    stretch: bool = False
    sign: Callable[[T], str] | None = None


class RowTableModel(QAbstractTableModel, Generic[T]):
    """Rows that are given whole; the model asks nobody for anything."""

    def __init__(self, columns: Sequence[Column[T]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[T] = []

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these rows instead of the former ones."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, number: int) -> T:
        """The row at that place."""
        return self._rows[number]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return column.text(row)
            case Qt.ItemDataRole.DecorationRole:
                return drawn(column.sign(row)) if column.sign else None
            case Qt.ItemDataRole.ToolTipRole:
                return column.text(row) if column.stretch else None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
            case int(found) if found == SORT_ROLE:
                return _sortable(column.key(row) if column.key else column.text(row))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].label
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].number else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


LISTED = 8
SIGNS = {"good": "good", "attention": "attention", "danger": "danger", "calm": "accent", "add": "accent"}
"""The colours of the icons that mean something; the others are muted."""


def drawn(sign: str) -> QPixmap | None:
    """The icon of that name, in the colour that belongs to it."""
    if not sign:
        return None
    screen = QGuiApplication.primaryScreen()
    return pixmap(sign, theme.colour(SIGNS.get(sign, "muted")), SIZE, screen.devicePixelRatio())


def _sortable(value: Any) -> Any:
    """A value that Qt can compare: dates as text, nothing before everything."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


class RowTable(QTableView, Generic[T]):
    """A table of whole rows behind a sort proxy; Enter or a double click activates a row.

    `chosen` says that another row is the current one, `marked` that other rows are selected where several can
    be; both stay silent while the table is taken down.
    """

    chosen = Signal()
    marked = Signal()

    def __init__(self, columns: Sequence[Column[T]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowTableModel(columns, self)
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(self.rows)
        self._proxy.setSortRole(SORT_ROLE)
        self._proxy.setSortLocaleAware(True)
        self._proxy.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._proxy)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(max(40, self.fontMetrics().height() + 18))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setResizeContentsPrecision(MEASURED)
        for number, column in enumerate(columns):
            mode = (
                QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.ResizeToContents
            )
            header.setSectionResizeMode(number, mode)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.marked.emit()

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these rows, in the order given until somebody sorts."""
        self.rows.set_rows(rows)

    def fit(self, most: int = LISTED) -> None:
        """Make the table as high as its rows, up to a number of them."""
        rows = max(1, min(most, self.rows.rowCount()))
        height = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * height + 6)

    def sort_as_given(self) -> None:
        """Let the order of the rows stand, and let a click on a heading sort."""
        self._proxy.sort(-1)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def at(self, index: Index) -> T:
        """The row behind an index of this view."""
        return self.rows.row(self._proxy.mapToSource(index).row())

    def current(self) -> T | None:
        """The selected row, or None."""
        index = self.currentIndex()
        return self.at(index) if index.isValid() else None

    def select_first(self, wanted: Callable[[T], bool] = lambda _row: True) -> None:
        """Select the uppermost row that is wanted, so that Enter opens it."""
        indexes = (self._proxy.index(place, 0) for place in range(self._proxy.rowCount()))
        found = next((index for index in indexes if wanted(self.at(index))), None)
        if found is not None:
            self.setCurrentIndex(found)
