"""The plain pieces are what they say, whatever a client typed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from leerwinkel_desktop.ui.widgets.plain import words


def test_words_never_read_typed_text_as_markup(qtbot):
    label = words("<b>dik</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
