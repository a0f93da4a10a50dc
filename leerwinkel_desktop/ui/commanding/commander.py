"""Binds the keys, opens the palette, and remembers what was chosen last until the window locks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.commanding.commands import COMMANDS, MORE_KEYS, Command, Window

if TYPE_CHECKING:
    from leerwinkel_desktop.ui.commanding.keys import KeysDialog
    from leerwinkel_desktop.ui.commanding.palette import Entry, Palette

PALETTE: Final = "Ctrl+K"
MOST_RECENT: Final = 5


class Goal(Protocol):
    """A page as the palette shows it."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def number(self) -> int: ...


class Commander(QObject):
    """One for each open window; what is recent may name persons and is gone with the window."""

    def __init__(self, window: Window, over: QWidget, rail: Sequence[Goal], beside: Sequence[Goal]) -> None:
        super().__init__(over)
        self._window, self._over, self._rail, self._beside = window, over, rail, beside
        self.recent: list[Entry] = []
        self.palette: Palette | None = None
        self.keys: KeysDialog | None = None
        self._bind(PALETTE, self.open, for_client=True)
        for one in COMMANDS:
            if one.keys and not one.elsewhere:
                self._bind(one.keys, partial(one.act, window), for_client=one.for_client)

    def _bind(self, keys: str, act: Callable[[], object], *, for_client: bool) -> None:
        made = QShortcut(QKeySequence(keys), self._over)
        made.activated.connect(act)
        if not for_client:
            self._window.client_screen.silence(made)

    def open(self) -> Palette:
        """Show the palette; while the client looks along it holds no persons and no pages."""
        from leerwinkel_desktop.ui.commanding.palette import Palette  # the start need not wait

        window, recent = self._window, [] if client_view().on else self.recent
        made = self.palette = Palette(window.desk, self.entries(), recent, window.open_dossier, self._over)
        made.chosen.connect(self._on_chosen)
        made.finished.connect(made.deleteLater)
        made.open()
        return made

    def entries(self) -> list[Entry]:
        """Every action and page that may be gone to now."""
        if client_view().on:
            return [self._action(one) for one in COMMANDS if one.for_client]
        pages = [self._page(one, f"Ctrl+{one.number}") for one in self._rail]
        pages += [self._page(one, "") for one in self._beside]
        return [*(self._action(one) for one in COMMANDS), *pages]

    def _action(self, one: Command) -> Entry:
        from leerwinkel_desktop.ui.commanding.palette import Entry  # as above

        act = partial(one.act, self._window)
        return Entry(f"do/{one.key}", one.label, "", act, one.keys, one.glyph, one.more)

    def _page(self, one: Goal, keys: str) -> Entry:
        from leerwinkel_desktop.ui.commanding.palette import Entry  # as above

        go = partial(self._window.go, one.key)
        return Entry(f"go/{one.key}", one.label, _("pagina"), go, keys, "forward", _("ga naar pagina"))

    def _on_chosen(self, entry: Entry) -> None:
        self.recent = [entry, *(one for one in self.recent if one.key != entry.key)][:MOST_RECENT]
        entry.act()

    def show_keys(self) -> None:
        """Show what each key does."""
        from leerwinkel_desktop.ui.commanding.keys import KeysDialog  # as above

        self.keys = KeysDialog(self.told(), self._over)
        self.keys.open()

    def told(self) -> list[tuple[str, str]]:
        """What each key does, in words."""
        pages = [(one.label, f"Ctrl+{one.number}") for one in self._rail]
        return [*pages, *((one.label, one.keys) for one in COMMANDS if one.keys), *MORE_KEYS]
