"""A small button with what was chosen; without room for all it shortens its words, not its cross."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton

CROSS: Final = "  ×"
LEAST: Final = 80


class Chip(QPushButton):
    """Says the whole in its tooltip; a click takes it away."""

    def __init__(self, label: str, name: str) -> None:
        super().__init__(label + CROSS)
        self._label = label
        self.setProperty("look", "chip")
        self.setAutoDefault(True)  # Enter presses it, as Space does
        self.setAccessibleName(name)
        self.setToolTip(label)

    def sizeHint(self) -> QSize:
        fonts, hint = self.fontMetrics(), super().sizeHint()
        missing = fonts.horizontalAdvance(self._label + CROSS) - fonts.horizontalAdvance(self.text())
        return QSize(hint.width() + missing, hint.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fonts = self.fontMetrics()
        around = super().sizeHint().width() - fonts.horizontalAdvance(self.text())
        room = self.width() - around - fonts.horizontalAdvance(CROSS)
        self.setText(fonts.elidedText(self._label, Qt.TextElideMode.ElideRight, room + 1) + CROSS)
