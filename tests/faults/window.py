"""The child process of the lock and leak tests: the real program, driven by lines on standard input.

The first lines are the passphrase and a name, which so stand in no argument and no environment. When the lock
puts a new process in its place, that one runs this file again and only tells that its first page is painted.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

MARKER = [""]
"""The name that may be nowhere but in the dossier; told by the test."""
PAUSE_MS = 5


class Painted(QObject):
    """Calls back once the first page has been painted: that with the passphrase, or of the first run."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then: Callable[[], None] | None = then

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        first = type(watched).__name__ in ("UnlockPage", "FirstRunPage")
        if event.type() == QEvent.Type.Paint and first and self._then:
            QTimer.singleShot(0, self._then)
            self._then = None
        return False


def tell(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def window() -> Any:
    return next(top for top in QApplication.topLevelWidgets() if type(top).__name__ == "MainWindow")


def when(ready: Callable[[], bool], then: Callable[[], None]) -> None:
    """Look again and again, without holding up the window."""
    if ready():
        then()
    else:
        QTimer.singleShot(PAUSE_MS, lambda: when(ready, then))


def type_into(widget: Any, text: str) -> None:
    inner = widget.focusProxy() or widget
    inner.setFocus()
    QTest.keyClicks(inner, text)


def fill_in(dialog: str) -> None:
    shell = window().shell
    shell.new_client()
    form = next(form for form in shell.dossier.forms() if "last_name" in form.boxes)
    type_into(form.boxes["last_name"].widget, MARKER[0])
    form.flush()
    type_into(form.boxes["birth_date"].widget, "31/02/1990")
    QTimer.singleShot(0, lambda: tell("ready"))
    DIALOGS[dialog](shell, form)


def _crash(shell: Any, form: Any) -> None:
    raise RuntimeError(MARKER[0])


def _job(shell: Any, form: Any) -> None:
    def work(progress: Any) -> None:
        for step in itertools.count():
            progress(step, 0, MARKER[0])
            threading.Event().wait(0.01)  # as long as a record may take

    window().jobs.start(shell, work, lambda _: None, lambda _: None)


def _message(shell: Any, form: Any) -> None:
    from PySide6.QtWidgets import QMessageBox

    QMessageBox.information(window(), "Leerwinkel", MARKER[0])


def _menu(shell: Any, form: Any) -> None:
    menu = QMenu(window())
    menu.addAction(MARKER[0])
    menu.exec()


def _compare(shell: Any, form: Any) -> None:
    from leerwinkel_desktop.ui.pages.dossier.round_off import RoundOffDialog

    dialog = RoundOffDialog(shell.desk, shell.dossier.view, shell.dossier.view.trajectory.id, shell)
    type_into(dialog.minutes.widget, "45")
    dialog.exec()


DIALOGS: dict[str, Callable[[Any, Any], Any]] = {
    "nothing": lambda shell, form: None,
    "round off": lambda shell, form: shell.dossier._round_off(),
    "nested": _compare,
    "crash": _crash,
    "message": _message,
    "menu": _menu,
    "calendar": lambda shell, form: form.boxes["birth_date"].widget.open_calendar(),
    "list": lambda shell, form: form.boxes["nationality"].widget.showPopup(),
    "open file": lambda shell, form: shell.desk.paper.open_file(shell, MARKER[0], "*"),
    "save file": lambda shell, form: shell.desk.paper.save_file(shell, MARKER[0], MARKER[0], "*"),
    "folder": lambda shell, form: shell.desk.paper.folder(shell, MARKER[0]),
    "printer": lambda shell, form: shell.desk.paper.printer(shell, "Leerwinkel"),
    "job": _job,
    "sheet": lambda shell, form: shell.dossier.go("advice"),
    "figures": lambda shell, form: shell.go("figures"),
    "administration": lambda shell, form: shell.go("administration"),
    "handover": lambda shell, form: shell.go("handover"),
}


def _help(page: Any, secret: str) -> None:
    page.forgotten.click()
    type_into(window().page.sections.go("sheet").key.typed, secret)


def _first_run(page: Any, secret: str) -> None:
    page.show_passphrase()
    page.passphrase.way.button("own").click()
    type_into(page.passphrase.own.first, secret)


CLOSED: dict[str, Callable[[Any, str], None]] = {"help page": _help, "first run": _first_run}
"""Pages where a secret is typed while no vault is open."""


def press_lock() -> None:
    """Ctrl+L to whatever has the keyboard."""
    target = (
        QApplication.activePopupWidget()
        or QApplication.focusWidget()
        or QApplication.activeModalWidget()
        or window()
    )
    QTest.keyClick(target, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def first_life(dialog: str) -> None:
    passphrase = sys.stdin.readline().rstrip("\n")
    MARKER[0] = sys.stdin.readline().rstrip("\n")
    page = window().page
    if dialog in CLOSED:
        CLOSED[dialog](page, passphrase)
        QTimer.singleShot(0, lambda: tell("ready"))
    else:
        type_into(page.passphrase, passphrase)
        QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
        when(lambda: window().shell is not None, lambda: fill_in(dialog))
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, QApplication.instance())

    def hear() -> None:
        notifier.setEnabled(False)
        os.read(sys.stdin.fileno(), 100)
        press_lock()

    notifier.activated.connect(hear)


def main(dialog: str) -> None:
    again = "LEERWINKEL_LOCKED" in os.environ
    made = QApplication(sys.argv[:1])
    painted = Painted((lambda: tell("locked")) if again else (lambda: first_life(dialog)))
    made.installEventFilter(painted)
    from leerwinkel_desktop import bootstrap

    sys.argv = [str(Path(sys.argv[0]))]
    bootstrap.main()


if __name__ == "__main__":
    main(sys.argv[1])
