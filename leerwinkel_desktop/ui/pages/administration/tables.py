"""Tables as high as their rows."""

from __future__ import annotations

from typing import Any

from leerwinkel_desktop.ui.table import RowTable

LISTED = 8


def fit(table: RowTable[Any], most: int = LISTED) -> None:
    """Make a table as high as its rows, up to a number of them."""
    rows = max(1, min(most, table.rows.rowCount()))
    height = table.verticalHeader().defaultSectionSize()
    table.setFixedHeight(table.horizontalHeader().sizeHint().height() + rows * height + 6)
