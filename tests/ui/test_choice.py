"""A list to choose from: a dozen rows in sight, each whole, however narrow the box and large the text."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.ui import theme
from leerwinkel_desktop.ui.widgets.choice import SHOWN, ChoiceBox

LABEL = "Keuze nummer {n} met een tamelijk lang label"


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("items", [3, SHOWN, 40])
def test_the_list_shows_a_dozen_whole_items(qtbot, dressed, percent, items):
    theme.apply(dressed, theme.theme("light", percent))
    qtbot.addWidget(ground := QWidget())
    box = ChoiceBox()
    box.setParent(ground)
    box.setFixedWidth(120)
    for n in range(items):
        box.addItem(LABEL.format(n=n))
    ground.show()
    box.showPopup()
    view = box.view()
    row = view.visualRect(view.model().index(0, 0))
    assert view.viewport().height() == min(items, SHOWN) * row.height()
    longest = max(view.fontMetrics().horizontalAdvance(box.itemText(n)) for n in range(items))
    assert view.viewport().width() >= longest + 2 * 8, "with the room left and right that the style asks"
    box.hidePopup()
    theme.apply(dressed, theme.theme("light"))
