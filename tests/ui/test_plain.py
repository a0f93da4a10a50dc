"""The plain pieces are what they say, whatever a client typed."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.ui.widgets.flow import flow
from leerwinkel_desktop.ui.widgets.plain import Elided, words


def test_words_never_read_typed_text_as_markup(qtbot):
    label = words("<b>dik</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_a_long_name_never_pushes_the_page_wider(qtbot, dressed):
    label = Elided("title")
    qtbot.addWidget(label)
    name = "Anna-Maria van den Voorbeeld-Van de Verzonnen Achternaam"
    label.tell(name)
    label.resize(200, 40)
    label.show()
    assert label.minimumSizeHint().width() < 200
    assert label.text().endswith("…")
    assert label.fontMetrics().horizontalAdvance(label.text()) <= 200
    assert label.accessibleName() == name
    label.resize(2000, 40)
    assert label.text() == name


def test_what_flows_keeps_its_margins_and_stands_in_the_middle_of_its_line(qtbot):
    room, low, high = QWidget(), QWidget(), QWidget()
    for part, tall in ((low, 20), (high, 40)):
        part.setFixedSize(50, tall)
    layout = flow(low, high)
    layout.setContentsMargins(16, 4, 16, 4)
    room.setLayout(layout)
    qtbot.addWidget(room)
    with qtbot.waitExposed(room):
        room.show()
    assert layout.heightForWidth(200) == 48
    layout.setGeometry(QRect(0, 0, 200, 48))
    assert (low.pos().toTuple(), high.pos().toTuple()) == ((16, 14), (74, 4))
    assert layout.heightForWidth(100) == 4 + 20 + 8 + 40 + 4
