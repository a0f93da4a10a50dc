"""Lays widgets beside each other in columns of one width, and under each other when there is no room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayoutItem

from leerwinkel_desktop.ui.widgets.flow import FlowLayout

MUCH_TALLER: Final = 1.6
UNBOUND: Final = 16_777_215
"""In pixels: as wide as Qt lets a widget be."""


class ColumnsLayout(FlowLayout):
    """At most `most` columns, none narrower than `narrowest` or wider than `widest` pixels.

    Those beside each other end together, unless one is much taller.
    """

    def __init__(self, most: int, narrowest: int) -> None:
        super().__init__()
        self.most, self._narrowest, self.widest = most, narrowest, UNBOUND

    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._items if not item.isEmpty()), default=0)
        return QSize(min(widest, self._narrowest), 0)

    def _place(self, rect: QRect, *, move: bool) -> int:
        items = [item for item in self._items if not item.isEmpty()]
        space = max(0, self.spacing())
        fitting = (rect.width() + space) // (self._narrowest + space)
        count = max(1, min(self.most, fitting))
        width = min(self.widest, (rect.width() - space * (count - 1)) // count)
        y = rect.y()
        for first in range(0, len(items), count):
            line = items[first : first + count]
            heights = [_height(item, width) for item in line]
            tall = max(heights)
            together = tall < MUCH_TALLER * min(heights)
            for at, item in enumerate(line if move else ()):
                high = tall if together else heights[at]
                item.setGeometry(QRect(rect.x() + at * (width + space), y, width, high))
            y += tall + space
        return max(0, y - space - rect.y())


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
