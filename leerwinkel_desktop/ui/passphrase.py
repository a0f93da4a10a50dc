"""Asks a new passphrase: six words that the program offers and somebody types over, or one's own, twice."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import passphrases
from leerwinkel_desktop.ui.editors.segments import Segments
from leerwinkel_desktop.ui.widgets.captioned import captioned, secret_line
from leerwinkel_desktop.ui.widgets.plain import XS, Card, M, S, button, column, row, set_tone, words

STRONG = 55.0
"""Bits above which nothing needs to be added."""


def strength(passphrase: str, *known: str) -> tuple[str, str]:
    """What to say about a passphrase and in which tone; `known` are names that a guesser knows too."""
    if not passphrase:
        return _("Minstens 14 tekens. Zes losse woorden onthoud je goed."), "muted"
    found = passphrases.judge(passphrase, *known)
    if found.reason == "short":
        missing = passphrases.SHORTEST - len(passphrase)
        return _("Nog {n} tekens te kort.").format(n=missing), "attention"
    if found.reason == "guessable":
        return _("Lang genoeg, maar makkelijk te raden. Zet er losse woorden bij."), "attention"
    if found.bits < STRONG:
        return _("✓ Goed genoeg. Een woord erbij maakt ze nog sterker."), "good"
    return _("✓ Sterke wachtzin."), "good"


class NewPassphrase(QWidget):
    """Two lines; `value` is the passphrase when both say the same and it will do, else None."""

    changed = Signal()
    entered = Signal()

    def __init__(self, known: Callable[[], tuple[str, ...]] = tuple) -> None:
        super().__init__()
        self._known = known
        self.first = secret_line(_("Nieuwe wachtzin"))
        self.again = secret_line(_("Wachtzin nog eens"))
        self._hint = words("")
        self._differs = words("", tone="attention")
        for line in (self.first, self.again):
            line.textChanged.connect(self._judge)
            line.returnPressed.connect(self.entered)
        self.setFocusProxy(self.first)
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
        will_do = typed == self.again.text() and passphrases.judge(typed, *self._known()).enough
        return typed if will_do else None

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()

    def _judge(self) -> None:
        text, tone = strength(self.first.text(), *self._known())
        self._hint.setText(text)
        set_tone(self._hint, tone)
        differs = bool(self.again.text()) and self.again.text() != self.first.text()
        self._differs.setText(_("De twee wachtzinnen zijn nog niet gelijk.") if differs else "")
        self._differs.setVisible(differs)
        self.changed.emit()


class OfferedWords(QWidget):
    """Six words in sight, and a line to type them over; `value` is them once they were typed rightly."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.offered = passphrases.offer()
        self.told = words("", step="heading")
        self.told.setAccessibleName(_("Voorgestelde wachtzin"))
        self.other = button(_("Andere woorden"), self.offer_others)
        self.typed = QLineEdit()
        self.typed.setAccessibleName(_("Typ de zes woorden over"))
        self.typed.textChanged.connect(self._judge)
        self.typed.returnPressed.connect(self.entered)
        self._hint = words("")
        frame = Card(name="row")
        frame.add(self.told)
        frame.add(row(self.other, None))
        self.setLayout(
            column(
                frame,
                words(_("Maak er een verhaaltje van, dan onthoud je ze. Toon ze aan niemand."), tone="muted"),
                column(captioned(_("Typ de zes woorden over"), self.typed), self._hint, space=XS),
                space=S,
            )
        )
        self._show()

    @property
    def value(self) -> str | None:
        """The six words, or None while they were not typed over."""
        return self.offered if " ".join(self.typed.text().split()) == self.offered else None

    def offer_others(self) -> None:
        """Draw six others."""
        self.offered = passphrases.offer()
        self.typed.clear()
        self._show()

    def clear(self) -> None:
        """Forget these words: the next ones are others."""
        self.offer_others()

    def _show(self) -> None:
        self.told.setText(self.offered)
        self._judge()

    def _judge(self) -> None:
        typed = " ".join(self.typed.text().split())
        if self.value is not None:
            text, tone = _("✓ Juist. Dit is je wachtzin."), "good"
        elif self.offered.startswith(typed):
            text, tone = _("Zo weet je zeker dat je ze kent."), "muted"
        else:
            text, tone = _("Dat klopt nog niet met de woorden hierboven."), "attention"
        self._hint.setText(text)
        set_tone(self._hint, tone)
        self.changed.emit()


class ChoosePassphrase(QWidget):
    """Six words of the program, or one's own; what is not chosen is not in sight."""

    changed = Signal()
    entered = Signal()

    def __init__(self, known: Callable[[], tuple[str, ...]] = tuple) -> None:
        super().__init__()
        self.way = Segments(
            [("words", _("Zes woorden")), ("own", _("Zelf een wachtzin maken"))], _("Soort wachtzin")
        )
        self.way.set_code("words")
        self.way.changed.connect(self._on_way)
        self.words = OfferedWords()
        self.own = NewPassphrase(known)
        for part in (self.words, self.own):
            part.changed.connect(self.changed)
            part.entered.connect(self.entered)
        self.setLayout(column(self.way, self.words, self.own, space=M))
        self._on_way()

    @property
    def value(self) -> str | None:
        """The passphrase, or None while there is none that will do."""
        return self.words.value if self.way.code() == "words" else self.own.value

    @property
    def typed(self) -> bool:
        """Whether something stands in a line, also in one that is not in sight."""
        return any(line.text() for line in (self.words.typed, self.own.first, self.own.again))

    def clear(self) -> None:
        """Forget what was typed and offered."""
        self.words.clear()
        self.own.clear()

    def _on_way(self) -> None:
        offered = self.way.code() == "words"
        self.words.setVisible(offered)
        self.own.setVisible(not offered)
        self.changed.emit()
