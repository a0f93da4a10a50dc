"""Widths that grow with the text: a form of 720 px at 100 % has room for the same words at 200 %."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

AT_100: Final = 10.5
"""Size of the body in points at 100 % (UI.md "The look")."""
LARGEST: Final = 16_777_215


class Grows(QObject):
    """Holds a widget to its widths; made by `grow`."""

    def __init__(self, widget: QWidget, least: int, most: int) -> None:
        super().__init__(widget)
        self._widget, self._least, self._most = widget, least, most
        widget.installEventFilter(self)
        self._fit()

    def set(self, least: int, most: int) -> None:
        """Keep to these widths from now on."""
        self._least, self._most = least, most
        self._fit()

    def _fit(self) -> None:
        times = QApplication.font().pointSizeF() / AT_100
        self._widget.setMinimumWidth(round(self._least * times))
        self._widget.setMaximumWidth(min(LARGEST, round(self._most * times)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()
        return super().eventFilter(watched, event)


def grow(widget: QWidget, *, least: int = 0, most: int = LARGEST) -> Grows:
    """Keep a widget at least and at most so wide, in pixels at 100 %, and wider when the text is larger."""
    return Grows(widget, least, most)
