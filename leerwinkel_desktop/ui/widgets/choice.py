"""A box to choose one of several: its list shows a dozen of them, each whole."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QComboBox, QStyle

SHOWN: Final = 12
"""So many rows are in sight before the list scrolls."""
AROUND: Final = 40
"""In pixels: what stands left and right of an item in its list."""


class ChoiceBox(QComboBox):
    """Its list is as wide as the longest item, also where the box itself is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self.setMaxVisibleItems(SHOWN)

    def showPopup(self) -> None:
        self.view().setMinimumWidth(self.list_width())
        super().showPopup()

    def list_width(self) -> int:
        """What the longest item takes, in pixels; no more than the screen has."""
        letters = self.view().fontMetrics()
        longest = max((letters.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)
        scroll = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return min(longest + AROUND + scroll, self.screen().availableGeometry().width())
