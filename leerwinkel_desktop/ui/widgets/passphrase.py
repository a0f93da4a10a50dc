"""Asks a new passphrase twice and says how strong it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.widgets.plain import XS, M, column, set_tone, words

SHORTEST = 14
STRONG = 24
FEWEST_SIGNS = 6


def strength(passphrase: str) -> tuple[str, str]:
    """What to say about a passphrase and in which tone; 14 characters are the least (SECURITY.md §2)."""
    missing = SHORTEST - len(passphrase)
    if not passphrase:
        return _("Minstens 14 tekens. Zes losse woorden onthoud je goed."), "muted"
    if missing > 0:
        return _("Nog {n} tekens te kort.").format(n=missing), "attention"
    if len(set(passphrase)) < FEWEST_SIGNS:
        return _("Lang genoeg, maar heel eenvormig. Neem losse woorden."), "attention"
    if len(passphrase) < STRONG:
        return _("✓ Lang genoeg. Een woord erbij maakt ze nog sterker."), "good"
    return _("✓ Sterke wachtzin."), "good"


def secret_line(label: str) -> QLineEdit:
    """A line that shows no letters."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(label)
    return made


def captioned(label: str, editor: QWidget) -> QVBoxLayout:
    """A label above an editor."""
    caption = words(label)
    caption.setObjectName("caption")
    caption.setBuddy(editor)
    return column(caption, editor, space=XS)


class NewPassphrase(QWidget):
    """Two lines; `value` is the passphrase when both say the same and it is long enough, else None."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.first = secret_line(_("Nieuwe wachtzin"))
        self.again = secret_line(_("Wachtzin nog eens"))
        self._hint = words("")
        self._differs = words("", tone="attention")
        for line in (self.first, self.again):
            line.textChanged.connect(self._judge)
            line.returnPressed.connect(self.entered)
        self.setLayout(
            column(
                column(captioned(_("Wachtzin"), self.first), self._hint, space=XS),
                column(captioned(_("Wachtzin nog eens"), self.again), self._differs, space=XS),
                space=M,
            )
        )
        self._judge()

    @property
    def value(self) -> str | None:
        """The passphrase, or None while it will not do."""
        typed = self.first.text()
        return typed if len(typed) >= SHORTEST and typed == self.again.text() else None

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()

    def _judge(self) -> None:
        text, tone = strength(self.first.text())
        self._hint.setText(text)
        set_tone(self._hint, tone)
        differs = bool(self.again.text()) and self.again.text() != self.first.text()
        self._differs.setText(_("De twee wachtzinnen zijn nog niet gelijk.") if differs else "")
        self._differs.setVisible(differs)
        self.changed.emit()
