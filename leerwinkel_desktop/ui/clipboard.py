"""Forgets what this program put on the clipboard, and leaves alone what others put there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication

MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


def in_front() -> bool:
    """Whether the user is working in this program now."""
    return QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive


class Copied(QObject):
    """Notices copies made while this program is in front; some systems do not tell who owns the clipboard."""

    def __init__(self, parent: QObject | None = None, ours: Callable[[], bool] = in_front) -> None:
        super().__init__(parent)
        self._is_ours = ours
        self._texts: dict[QClipboard.Mode, str] = {}
        QGuiApplication.clipboard().changed.connect(self._on_changed)

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        if mode in MODES and self._is_ours():
            self._texts[mode] = QGuiApplication.clipboard().text(mode)
        else:
            self._texts.pop(mode, None)

    def clear(self) -> None:
        """Empty the clipboard where it still holds what was copied here."""
        clipboard = QGuiApplication.clipboard()
        owned = {
            QClipboard.Mode.Clipboard: clipboard.ownsClipboard(),
            QClipboard.Mode.Selection: clipboard.ownsSelection(),
        }
        for mode in MODES:
            text = self._texts.get(mode)
            if owned[mode] or (text and clipboard.text(mode) == text):
                clipboard.clear(mode)
