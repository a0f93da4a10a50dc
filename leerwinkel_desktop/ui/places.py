"""Where somebody is on a page, as plain JSON: the cursor, and what is typed in fields."""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QScrollArea, QWidget


def inner(widget: QWidget) -> QWidget:
    """The widget in which the typing happens."""
    found = widget.focusProxy() or widget
    line = found.lineEdit() if isinstance(found, QComboBox) else None
    return line or found


def has_cursor(widget: QWidget) -> bool:
    """Whether the cursor is here, also while another window is in front."""
    focused = widget.window().focusWidget()
    return focused is not None and (focused is widget or focused in (inner(widget), widget.focusProxy()))


def cursor(widget: QWidget) -> tuple[int, int]:
    """Where the cursor is and where the selection begins, in letters."""
    found = inner(widget)
    if isinstance(found, QPlainTextEdit):
        return found.textCursor().position(), found.textCursor().anchor()
    if isinstance(found, QLineEdit):
        start, at = found.selectionStart(), found.cursorPosition()
        if start < 0:
            return at, at
        return at, start if at != start else start + len(found.selectedText())
    return 0, 0


def put_cursor(widget: QWidget, at: int, anchor: int) -> None:
    """Go on typing here, in sight."""
    uncover(widget)
    widget.setFocus()
    found = inner(widget)
    if isinstance(found, QPlainTextEdit):
        end = len(found.toPlainText())
        made = found.textCursor()
        made.setPosition(min(anchor, end))
        made.setPosition(min(at, end), QTextCursor.MoveMode.KeepAnchor)
        found.setTextCursor(made)
    elif isinstance(found, QLineEdit):
        if at == anchor:
            found.deselect()
            found.setCursorPosition(at)
        else:
            found.setSelection(anchor, at - anchor)
    _into_sight(widget)


class _Covers(Protocol):
    def uncover(self) -> None: ...


def uncover(widget: QWidget) -> None:
    """Unfold whatever a widget is folded away in (`uncover` of those above it)."""
    above: QWidget | None = widget
    while above is not None:
        if hasattr(above, "uncover"):
            cast(_Covers, above).uncover()
        above = above.parentWidget()


def _into_sight(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def memo_of_line(line: QWidget) -> dict[str, Any]:
    """What is typed in one line or note that belongs to no record, such as a search."""
    found = inner(line)
    text = found.text() if isinstance(found, QLineEdit) else ""
    return {"text": text, "at": list(cursor(line)) if has_cursor(line) else None}


def begin_at(widget: QWidget) -> None:
    """Put the cursor here when this is in sight: work that ends elsewhere takes it from nobody who types."""
    if widget.isVisible():
        widget.setFocus()
