"""Client view in the window (F11): who looks along sees their own dossier, larger, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.client_view import client_view, counsellor_only, wanted
from leerwinkel_desktop.ui.widgets.messages import Banner
from leerwinkel_desktop.ui.widgets.plain import M, button, words

ON, OFF = _("Klantscherm"), _("Klantscherm verlaten")


class Curtain(QWidget):
    """Stands before every page that is not for the client's eyes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        layout = QVBoxLayout(self)
        layout.setSpacing(M)
        layout.addStretch(1)
        for text, step in (
            (_("Welkom bij de Leerwinkel"), "title"),
            (_("Zo meteen gaan we verder."), "large"),
        ):
            told = words(text, step=step)
            told.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(told)
        layout.addStretch(2)


class ClientScreen(QObject):
    """The switch of the shell: its button, its keys, what stands before the pages, what waits meanwhile."""

    def __init__(self, shell: QWidget, banner: Banner) -> None:
        super().__init__(shell)
        self._banner = banner
        self._pages: QWidget | None = None
        self._may_show: Callable[[], bool] = lambda: False
        self._others: list[QShortcut] = []
        self.curtain = Curtain()
        self.curtain.hide()
        self.button = button(ON, self.turn, look="quiet", glyph="eye")
        self.button.setToolTip("F11")
        self.waiting = words(_("Er is een melding voor de begeleider"), tone="attention", wrap=False)
        self.waiting.hide()
        QShortcut(QKeySequence("F11"), shell).activated.connect(self.turn)
        self._leave = QShortcut(QKeySequence("Esc"), shell)
        self._leave.setEnabled(False)
        self._leave.activated.connect(lambda: client_view().set(False))
        counsellor_only(banner)
        client_view().changed.connect(self._on_changed)  # after the banner's own: whether it waits is known
        banner.told.connect(self.look)

    def guard(self, pages: QWidget, may_show: Callable[[], bool]) -> None:
        """Hide the pages behind the curtain while `may_show` says that they are not the client's to see."""
        self._pages, self._may_show = pages, may_show

    def silence(self, shortcut: QShortcut) -> None:
        """A key that brings something else into sight does nothing while the client looks along."""
        shortcut.setEnabled(not client_view().on)
        self._others.append(shortcut)

    def turn(self) -> None:
        """On when it is off, off when it is on."""
        client_view().set(not client_view().on)

    def _on_changed(self, on: bool) -> None:
        self._leave.setEnabled(on)
        for shortcut in self._others:
            shortcut.setEnabled(not on)
        self.button.setText(OFF if on else ON)
        self.look()

    def look(self) -> None:
        """See anew what may be in sight."""
        on = client_view().on
        covered = on and not self._may_show()
        if self._pages is not None:
            self._pages.setVisible(not covered)
        self.curtain.setVisible(covered)
        self.waiting.setVisible(on and wanted(self._banner))
