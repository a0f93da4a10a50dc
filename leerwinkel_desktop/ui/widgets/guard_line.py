"""A quiet line under a note: words that do not belong in a dossier. It never blocks (DOMAIN.md §9)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from leerwinkel_desktop.domain.free_text import Finding
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import reference
from leerwinkel_desktop.ui.widgets.glyphs import Glyph
from leerwinkel_desktop.ui.widgets.plain import S, row, words

PAUSE_MS = 600


class GuardLine(QWidget):
    """Looks at the text once somebody pauses, and says the word, why it does not belong, and what does."""

    def __init__(self, note: QPlainTextEdit, *, in_block: bool = False) -> None:
        super().__init__()
        self._note, self._in_block = note, in_block
        self._text = words("", step="small", tone="attention")
        glyph = Glyph("attention")
        layout = row(glyph, self._text, space=S)
        layout.setStretch(1, 1)
        layout.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.look)
        note.textChanged.connect(self._timer.start)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; nothing when it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def look(self) -> None:
        """Look at the text now."""
        found = reference.guard().check(self._note.toPlainText(), in_block=self._in_block)
        if found:
            self._text.setText(told(found))
            self.setAccessibleName(self._text.text())
        self.setVisible(bool(found))
        self._note.setAccessibleDescription(self.text)


def told(found: Sequence[Finding]) -> str:
    """The first word with its reason and a suggestion, and how many more there are."""
    first, others = found[0], len({one.word.casefold() for one in found}) - 1
    text = f"“{first.word}”: {first.reason.why} {first.reason.suggestion}"
    if others:
        text += " " + (
            _("(En nog 1 ander woord.)")
            if others == 1
            else _("(En nog {n} andere woorden.)").format(n=others)
        )
    return text
