"""Editors of typed text: one line, several lines, whole numbers, amounts and dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
    QWidgetAction,
)

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Value
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.editors.values import day_text, parse_day
from leerwinkel_desktop.ui.widgets.plain import XS, button

LINES_AT_FIRST = 3
LINES_AT_MOST = 12


_UNREADABLE = re.compile("[\0\ud800-\udfff]")


def readable(text: str) -> str:
    """What was typed or pasted without what nobody can see or keep: NUL, and halves of characters."""
    return _UNREADABLE.sub("", text)


class LineEditor(QLineEdit):
    """One line; `parse` and `show` turn its text into a value and back.

    It takes more than any field may hold: what is too long is refused whole, never cut.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, parse: Callable[[str], Value], show: Callable[[Value], str]) -> None:
        super().__init__()
        self._parse = parse
        self._show = show
        self.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> Value:
        """What was typed, as a value. Raises InvalidValue."""
        return self._parse(readable(self.text()))

    def set_value(self, value: Value) -> None:
        """Show a value."""
        self.setText(self._show(value))
        self.setCursorPosition(0)

    def typed(self) -> str:
        """The words as they stand there."""
        return self.text()

    def retype(self, typed: str) -> None:
        """Put words back as they stood there."""
        self.setText(typed)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class NoteEditor(QPlainTextEdit):
    """Several lines, growing with what is typed; Tab goes on to the next field."""

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._silent = False
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._on_text)
        self._fit()

    def value(self) -> Value:
        """What was typed, or None."""
        return readable(self.toPlainText()).strip() or None

    def set_value(self, value: Value) -> None:
        """Show a value."""
        self._silent = True
        self.setPlainText(str(value or ""))
        self._silent = False
        self._fit()

    def typed(self) -> str:
        """The words as they stand there."""
        return self.toPlainText()

    def retype(self, typed: str) -> None:
        """Put words back as they stood there."""
        self.set_value(typed)

    def _on_text(self) -> None:
        self._fit()
        if not self._silent:
            self.changed.emit()

    def _fit(self) -> None:
        lines = max(LINES_AT_FIRST, min(LINES_AT_MOST, round(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 26)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class DateEditor(QWidget):
    """A typed date with a calendar beside it."""

    changed = Signal()
    left = Signal()

    def __init__(self, field: Field, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self.line = LineEditor(
            lambda text: parse_day(field.name, text, today()),
            lambda value: day_text(value if isinstance(value, date) else None),
        )
        self.line.setPlaceholderText(_("dd/mm/jjjj"))
        self.line.changed.connect(self.changed)
        self.line.left.connect(self.left)
        self._button = button(
            "", self.open_calendar, look="icon", glyph="calendar", name=_("Kies op de kalender")
        )
        self._button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addWidget(self.line, 1)
        layout.addWidget(self._button)
        self.setFocusProxy(self.line)

    def value(self) -> Value:
        """The day that was typed. Raises InvalidValue."""
        return self.line.value()

    def set_value(self, value: Value) -> None:
        """Show a day."""
        self.line.set_value(value)

    def typed(self) -> str:
        """What was typed for a day."""
        return self.line.typed()

    def retype(self, typed: str) -> None:
        """Put it back."""
        self.line.retype(typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Let the user pick a day."""
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        shown = self._today()
        if (typed := self._typed()) is not None:
            shown = typed
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)

        def pick(day: QDate) -> None:
            self.line.set_value(date(day.year(), day.month(), day.day()))
            menu.close()
            self.changed.emit()
            self.left.emit()

        calendar.clicked.connect(pick)
        calendar.activated.connect(pick)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()

    def _typed(self) -> date | None:
        try:
            value = self.line.value()
        except InvalidValue:
            return None
        return value if isinstance(value, date) else None
