"""Lines to type in that stand apart from a form: with a label above, or without showing letters."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.ui.widgets.plain import XS, column, words


def secret_line(label: str) -> QLineEdit:
    """A line that shows no letters."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(label)
    return made


def captioned(label: str, editor: QWidget) -> QVBoxLayout:
    """A label above an editor."""
    caption = words(label)
    caption.setObjectName("caption")
    caption.setBuddy(editor)
    return column(caption, editor, space=XS)


def captioned_box(label: str, editor: QWidget) -> QWidget:
    """The same as one widget, for a place that takes no layouts."""
    held, inside = QWidget(), captioned(label, editor)
    inside.setContentsMargins(0, 0, 0, 0)
    held.setLayout(inside)
    return held
