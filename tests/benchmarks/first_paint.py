"""The child process of the start: shows a window, says so once it is painted, and leaves."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Watch(QObject):
    """Waits for the first painting of a widget of the named class."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell it after the painting itself has been done."""
        if event.type() == QEvent.Type.Paint and type(watched).__name__ == self._name:
            QTimer.singleShot(0, _leave)
        return False


def _leave() -> None:
    sys.stdout.write("painted\n")
    sys.stdout.flush()
    os._exit(0)


def main(which: str) -> None:
    """`program` is the whole program as its command starts it; `empty` a window with nothing in it."""
    made = QApplication(sys.argv[:1])
    watch = Watch("UnlockPage" if which == "program" else "QWidget")
    made.installEventFilter(watch)
    if which == "program":
        from leerwinkel_desktop import bootstrap

        sys.argv = ["leerwinkel"]
        bootstrap.main()
    else:
        window = QWidget()
        window.resize(1180, 720)
        window.show()
        made.exec()


if __name__ == "__main__":
    main(sys.argv[1])
