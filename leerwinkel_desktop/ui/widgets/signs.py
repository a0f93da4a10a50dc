"""Signs that two people compare on two screens: large, in groups, and a line to type them over."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.widgets.flow import FlowLayout
from leerwinkel_desktop.ui.widgets.plain import M, S, column, words


class Signs(QWidget):
    """A fingerprint in groups of four, as large as a title."""

    def __init__(self, name: str, fingerprint: str = "") -> None:
        super().__init__()
        self._name = name
        self._flow = FlowLayout(self, S)
        self.text = ""
        self.show_signs(fingerprint)

    def show_signs(self, fingerprint: str) -> None:
        """Show these signs instead of the former ones."""
        self.text = fingerprint
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for group in fingerprint.split("-") if fingerprint else ():
            self._flow.addWidget(_group(group))
        self.setAccessibleName(f"{self._name}: {fingerprint}")
        self.updateGeometry()


def _group(text: str) -> QFrame:
    frame = QFrame()
    frame.setObjectName("row")
    label = words(text, step="title", wrap=False)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    layout = column(label)
    layout.setContentsMargins(M, S, M, S)
    frame.setLayout(layout)
    return frame


class SignsLine(QLineEdit):
    """Where somebody types the signs of the other screen; dashes, spaces and small letters do not matter."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(_("vier tekens per groep; spaties hoeven niet"))
        self.setMaxLength(60)
