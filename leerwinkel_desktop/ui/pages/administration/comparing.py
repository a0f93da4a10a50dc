"""Somebody compares signs with another screen or a poster: by eye and a click, or by typing them over."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.widgets.captioned import captioned
from leerwinkel_desktop.ui.widgets.plain import M, button, column, row, words
from leerwinkel_desktop.ui.widgets.signs import Signs, SignsLine


class Comparing(QWidget):
    """`same` gives what was typed, or nothing when somebody compared by eye; `differ` stops."""

    same = Signal(str)
    differ = Signal()

    def __init__(self, name: str, told: str, elsewhere: str, action: str) -> None:
        super().__init__()
        self.signs = Signs(name)
        self.typed = SignsLine(elsewhere)
        self.typed.returnPressed.connect(self._on_same)
        self.no = button(_("Ze verschillen"), self.differ.emit)
        self.yes = button(action, self._on_same, look="primary")
        layout = column(
            words(told),
            self.signs,
            captioned(elsewhere, self.typed),
            row(self.no, None, self.yes),
            space=M,
        )
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def begin(self, fingerprint: str) -> None:
        """Show these signs and compare anew."""
        self.signs.show_signs(fingerprint)
        self.typed.clear()
        self.typed.setFocus()

    def _on_same(self) -> None:
        self.same.emit(self.typed.text().strip())
