"""Writes that wait until the database is free, in their order: an import holds it for seconds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from leerwinkel_desktop.services.drafts import Unsaved
from leerwinkel_desktop.store.errors import VaultBusy

AGAIN_MS: Final = 200
Act = Callable[[], object]


class Later(QObject):
    """Does things at once when it can; else tries again until the database is free."""

    def __init__(self, report: Callable[[BaseException], None], parent: QObject) -> None:
        super().__init__(parent)
        self._report = report
        self._waiting: list[tuple[Act, Unsaved | None]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN_MS)
        self._timer.timeout.connect(self.look)

    @property
    def waiting(self) -> int:
        """How many things are not done yet."""
        return len(self._waiting)

    @property
    def unsaved(self) -> tuple[Unsaved, ...]:
        """What was typed and waits to be saved: it goes to the draft meanwhile."""
        return tuple(typed for _act, typed in self._waiting if typed is not None)

    def do(self, act: Act) -> bool:
        """Do this after what waits already; False when it has to wait."""
        self._waiting.append((act, None))
        self.look()
        return not self._waiting

    def add(self, act: Act, typed: Unsaved | None = None) -> None:
        """Do this soon: the database was found busy. `typed` is what a power cut must not cost meanwhile."""
        self._waiting.append((act, typed))
        self._timer.start()

    def look(self) -> None:
        """Do what can be done now."""
        while self._waiting and self._done(self._waiting[0][0]):
            del self._waiting[0]
        if not self._waiting:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _done(self, act: Act) -> bool:
        try:
            act()
        except VaultBusy:
            return False
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            self._report(error)
        return True
