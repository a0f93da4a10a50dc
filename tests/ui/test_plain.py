"""The plain pieces are what they say, whatever a client typed."""

from __future__ import annotations

from PySide6.QtCore import Qt

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
