"""The versions of a sheet whose file is kept, each with a button that prints it again as a copy."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.sheet_files import KeptSheet
from leerwinkel_desktop.ui.widgets.plain import XS, S, button, clear, column, words


class KeptSheets(QWidget):
    """`again` asks for a copy of one version."""

    again = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[KeptSheet, ...] = ()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(S)
        self.hide()

    def tell(self, kept: tuple[KeptSheet, ...]) -> None:
        """Show these, newest first; nothing at all when there are none."""
        self.setVisible(bool(kept))
        if kept == self._told:
            return
        self._told = kept
        clear(self._lines)
        self._lines.addWidget(words(_("Klaargezet en afgedrukt"), step="lead"))
        for one in kept:
            self._lines.addLayout(self._version(one))

    def _version(self, one: KeptSheet) -> QVBoxLayout:
        large = _(", grote letters") if one.large_print else ""
        beside = _(", Nederlands en {language}").format(language=one.beside) if one.beside else ""
        title = words(_("Versie {n}: {kind}").format(n=one.version, kind=one.label + beside + large))
        told = column(title, words(state_of(one), step="small", tone="muted"), space=XS)
        if one.printed_on is not None:
            name = _("Druk versie {n} opnieuw af").format(n=one.version)
            act = button(_("Druk opnieuw af"), lambda: self.again.emit(one), look="quiet", name=name)
            told.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        return told


def state_of(one: KeptSheet) -> str:
    """Who made it ready, when, and whether it was printed."""
    said = [_("klaargezet op {day} door {who}").format(day=_day(one.confirmed_on), who=one.confirmed_by)]
    if one.printed_on is not None:
        said.append(_("afgedrukt op {day}").format(day=_day(one.printed_on)))
    if one.to_print:
        said.append(_("wacht op een printer"))
    return ", ".join(said)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day is not None else "?"
