"""Brings windows back into sight when the screen on which they stood is unplugged."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

GRIP = 48
"""In pixels: how much of a title bar somebody can take hold of."""


class InSight(QObject):
    """Looks after every window and dialog, from the start to the end of the program."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(0)
        self._look.timeout.connect(bring_back)
        made = QGuiApplication.instance()
        if isinstance(made, QGuiApplication):
            made.screenRemoved.connect(lambda _screen: self._look.start())


def bring_back() -> None:
    """Put each window that cannot be seen or taken hold of on the first screen; the others stay put."""
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    for window in QApplication.topLevelWidgets():
        if window.isVisible() and rooms and not in_sight(window.frameGeometry(), rooms):
            _put(window, QGuiApplication.primaryScreen().availableGeometry())


def in_sight(frame: QRect, rooms: list[QRect]) -> bool:
    """Whether the top of a window stands on one of the screens, wide enough to take hold of."""
    grip = QRect(frame.left(), frame.top(), frame.width(), GRIP)
    seen = (room.intersected(grip) for room in rooms)
    return any(one.height() == GRIP and one.width() >= min(GRIP, frame.width()) for one in seen)


def _put(window: QWidget, room: QRect) -> None:
    """In the middle of a screen, no larger than that."""
    if window.isMaximized() or window.isFullScreen():
        window.move(room.topLeft())
        return
    window.resize(window.size().boundedTo(room.size()))
    frame = window.frameGeometry()
    frame.moveCenter(room.center())
    window.move(max(room.left(), frame.left()), max(room.top(), frame.top()))
