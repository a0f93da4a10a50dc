"""Writes that wait, in their order: an import holds the database for seconds, a disk is full for longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from leerwinkel_desktop.services.drafts import Unsaved
from leerwinkel_desktop.store.errors import DiskFull, VaultBusy, VaultUnreachable

AGAIN_MS: Final = 200
STUCK: Final = (DiskFull, VaultUnreachable)
"""What keeps a save from being done for as long as nobody helps; then it can be done after all."""
Act = Callable[[], object]


class Later(QObject):
    """Does things at once when it can; else tries again until the database is free.

    What was typed also waits while the disk is full or away: `stuck` tells why, `done` that one was done.
    """

    stuck = Signal(object)
    done = Signal()

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
        while self._waiting and self._done(*self._waiting[0]):
            del self._waiting[0]
        if not self._waiting:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def _done(self, act: Act, typed: Unsaved | None) -> bool:
        try:
            act()
        except VaultBusy:
            return False
        except Exception as error:  # noqa: BLE001 - the desk tells the known from the unknown
            if typed is not None and isinstance(error, STUCK):
                self.stuck.emit(error)
                return False
            self._report(error)
            return True
        self.done.emit()
        return True
