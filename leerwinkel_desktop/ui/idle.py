"""Notices that nobody touches keyboard or mouse any more, or that somebody presses Ctrl+L."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from leerwinkel_desktop.services.workspace import Workspace

LOOK_MS: Final = 1000
CLOSED_SECONDS: Final = 300.0
"""How long a page with secrets stays while no vault is open."""
TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


def seconds() -> float:
    """Seconds that also go on while the computer sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()  # on Windows this counts sleep too


def idle_limit(workspace: Workspace) -> float:
    """After how many seconds this vault locks: 300 at an office, 90 in a prison."""
    from leerwinkel_desktop.services import profile  # not before somebody has unlocked

    return profile.current(workspace).idle_seconds


def _is_lock(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.key() == Qt.Key.Key_L
        and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )


class Idle(QObject):
    """Emits `idle` once when nothing was touched for `limit` seconds, and `asked` for Ctrl+L.

    It looks at each event of the program: a shortcut would sleep while a dialog or a menu is open.
    """

    idle = Signal()
    asked = Signal()

    def __init__(
        self, limit: float, clock: Callable[[], float] = seconds, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.limit = limit
        self._clock = clock
        self._touched = clock()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in TOUCHES and event.spontaneous():
            self._touched = self._clock()
            if event.type() is QEvent.Type.KeyPress and _is_lock(event):
                self.asked.emit()
                return True
        return False

    def look(self) -> None:
        """See how long ago the last touch was."""
        if self._timer.isActive() and self._clock() - self._touched >= self.limit:
            self.stop()
            self.idle.emit()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
