"""The child process of the journeys by keys: the real program, which tells what is in sight and no more.

usage: python -m tests.journeys.watched_window

Each time something else is in sight it tells so in one line of JSON (see `sight`). It presses nothing itself:
keys come from outside, through the screen. A line "later N" on standard input makes nobody touch it for N
seconds. When the lock puts a new process in its place, that one runs this file again.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop import bootstrap
from leerwinkel_desktop.ui import idle
from tests.faults.window import tell, window

LOOK_MS: Final = 10
BORN: Final = time.monotonic_ns()
MARKS: Final = (Qt.Key.Key_Pause, Qt.Key.Key_ScrollLock)
"""Keys that come behind each keystroke, in turn: once one has been seen, so has all before it."""


class Marks(QObject):
    """Counts how often each mark came."""

    def __init__(self) -> None:
        super().__init__()
        self.counts = [0, 0]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyRelease
            and isinstance(watched, QWindow)
            and isinstance(event, QKeyEvent)
            and event.key() in MARKS
        ):
            self.counts[MARKS.index(Qt.Key(event.key()))] += 1
        return False


class Watch(QObject):
    """Tells what is in sight as soon as that is something else than before."""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self._marks, self._told = marks, dict[str, Any]()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_MS)

    def look(self) -> None:
        """Look now."""
        if not any(type(top).__name__ == "MainWindow" for top in QApplication.topLevelWidgets()):
            return
        seen = {"life": BORN, "marks": list(self._marks.counts), **sight()}
        if seen != self._told:
            self._told = seen
            tell(json.dumps(seen))


def sight() -> dict[str, Any]:
    """Which page, part and dialog is in sight, what has the cursor, what is said on top, and if it rests."""
    shell = window().shell
    over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    dossier = None if shell is None else shell.dossier
    return {
        "page": type(window().page if shell is None else shell.pages.currentWidget()).__name__,
        "part": "" if dossier is None else dossier.part.key,
        "over": "" if over is None else type(over).__name__,
        "cursor": cursor(),
        "said": "" if shell is None or not shell.banner.isVisible() else shell.banner.text,
        "where": "" if shell is None else shell.whereabouts.label.text(),
        "rests": rests(shell),
    }


def cursor() -> str:
    """What a screen reader would call what has the cursor."""
    within = QApplication.focusWidget()
    if within is None:
        return ""
    told = within.accessibleName()  # on Linux the name of a list of choices is what is chosen
    return (told or QAccessible.queryAccessibleInterface(within).text(QAccessible.Text.Name)).replace("&", "")


def rests(shell: Any) -> bool:
    """Whether no work is on its way and nothing waits to be kept."""
    waiting = shell is not None and shell.desk.later.waiting
    return not window().jobs.busy and not waiting and QApplication.activeWindow() is not None


def main() -> None:
    made = QApplication(sys.argv[:1])
    marks = Marks()
    made.installEventFilter(marks)
    gone = [0.0]
    seconds = idle.seconds
    vars(idle)["seconds"] = lambda: seconds() + gone[0]
    heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, made)

    def hear() -> None:
        word, _space, number = sys.stdin.readline().partition(" ")
        if word == "later":
            gone[0] += float(number)
        else:
            heard.setEnabled(False)

    heard.activated.connect(hear)
    watch = Watch(marks)
    sys.argv = ["leerwinkel"]
    try:
        bootstrap.main()
    finally:
        watch.deleteLater()


if __name__ == "__main__":
    main()
