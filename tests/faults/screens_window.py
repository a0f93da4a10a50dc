"""The child process of the test of screens: the real program with a window and a dialog on the second screen.

It tells `there` once both stand there, and once that screen is gone and both can be taken hold of, where they
are, as JSON.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from leerwinkel_desktop import bootstrap
from leerwinkel_desktop.ui.in_sight import InSight, in_sight
from leerwinkel_desktop.ui.problems import CrashDialog
from tests.faults.window import Painted, tell, when, window


def rooms() -> list[QRect]:
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]


def settle() -> None:
    """What the program does after its first painting comes first."""
    when(lambda: window().findChild(InSight) is not None, begin)


def begin() -> None:
    second = rooms()[-1]
    dialog = CrashDialog("verzonnen", window())
    for one in (window(), dialog):
        one.resize(500, 300)
        one.show()
        one.move(second.left() + 50, second.top() + 60)
    shown: list[QWidget] = [window(), dialog]
    when(lambda: all(second.contains(one.frameGeometry().center()) for one in shown), lambda: wait(shown))


def wait(shown: list[QWidget]) -> None:
    tell("there")
    when(
        lambda: len(rooms()) == 1 and all(in_sight(one.frameGeometry(), rooms()) for one in shown),
        lambda: tell(json.dumps([one.frameGeometry().getRect() for one in shown])),
    )


if __name__ == "__main__":
    made = QApplication(sys.argv[:1])
    painted = Painted(settle)
    made.installEventFilter(painted)
    sys.argv = ["leerwinkel"]
    bootstrap.main()
