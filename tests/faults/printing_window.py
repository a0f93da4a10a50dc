"""The child process of the tests of printing: the real program with one sheet that waits for a printer.

usage: python -m tests.faults.printing_window [dialog]    (passphrase on standard input)

Each line on standard input presses a button: `sheet N` prints the sheet in sight N times, `list` all that
waits. It tells `asked` when the system's dialog would open, and goes on with the queue PDF after a line; with
`dialog` the dialog opens, and the words on it are told. In the end it tells what is on the
screen and in the vault, as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSocketNotifier, Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from leerwinkel_desktop import bootstrap
from leerwinkel_desktop.services import dossiers, sheet_files
from leerwinkel_desktop.ui.paper import SystemPaper
from leerwinkel_desktop.ui.still_to_print import StillToPrint
from tests.faults.window import Painted, tell, type_into, when, window


class ByName(SystemPaper):
    """Stands in for the user before the system's dialog: takes the queue PDF once the test says so."""

    def choose(self, printer: QPrinter, parent: QWidget) -> bool:
        tell("asked")
        sys.stdin.readline()
        printer.setPrinterName("PDF")
        return True


class Told(SystemPaper):
    """The system's own dialog, of which the words are told once it is there."""

    def choose(self, printer: QPrinter, parent: QWidget) -> bool:
        when(lambda: dialog() is not None, lambda: tell(words()))
        return super().choose(printer, parent)


def dialog() -> QPrintDialog | None:
    shown = (top for top in QApplication.topLevelWidgets() if isinstance(top, QPrintDialog))
    return next((top for top in shown if top.isVisible() and top.isActiveWindow()), None)


def words() -> str:
    """What can be read in the dialog."""
    found = dialog()
    assert found is not None
    labels = [one.text() for one in found.findChildren(QLabel)]
    told = labels + [one.text() for one in found.findChildren(QAbstractButton)]
    return json.dumps(told)


def panel() -> Any:
    return window().shell.dossier.panel


def drawn() -> bool:
    """Whether nothing is on its way any more and a sheet is in sight."""
    return not window().jobs.busy and panel() is not None and panel().sheet is not None


def unlock(passphrase: str, paper: SystemPaper) -> None:
    page = window().page
    type_into(page.passphrase, passphrase)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    when(lambda: window().shell is not None and not window().jobs.busy, lambda: open_sheet(paper))


def open_sheet(paper: SystemPaper) -> None:
    shell = window().shell
    shell.desk.paper = paper
    shell.open_dossier(dossiers.search(shell.desk.workspace, "")[0].client_id)
    shell.dossier.go("advice")
    when(drawn, make_ready)


def make_ready() -> None:
    panel().acts.confirm()
    when(lambda: drawn() and panel().live.version is not None, put_on_list)


def put_on_list() -> None:
    panel().acts.print_later()
    when(lambda: drawn() and panel().live.version.to_print, listen)


def listen() -> None:
    heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, window())
    heard.activated.connect(lambda: obey(heard))
    tell("ready")


def obey(heard: QSocketNotifier) -> None:
    heard.setEnabled(False)
    order, _space, copies = sys.stdin.readline().strip().partition(" ")
    acts: dict[str, Callable[[str], None]] = {"sheet": print_sheet, "list": print_list}
    window().shell.desk.hush()
    QTimer.singleShot(0, lambda: acts[order](copies))
    when(lambda: STARTED[0] and drawn(), lambda: answer(heard))


STARTED = [False]


def print_sheet(copies: str) -> None:
    acts = panel().acts
    acts.copies.setCurrentIndex(acts.copies.findData(int(copies)))
    acts.print_sheet()
    STARTED[0] = True


def print_list(_copies: str) -> None:
    panel().acts.waiting_button.click()
    panel().acts.dialog.findChild(StillToPrint).print_chosen()
    STARTED[0] = True


def answer(heard: QSocketNotifier) -> None:
    STARTED[0] = False
    shell = window().shell
    workspace = shell.desk.workspace
    trajectory = shell.dossier.trajectory.id
    told = {
        "banner": shell.banner.text if shell.banner.isVisible() else "",
        "waiting": len(sheet_files.to_print(workspace)),
        "printed": sum(one.printed_on is not None for one in sheet_files.kept(workspace, trajectory)),
    }
    heard.setEnabled(True)
    tell(json.dumps(told))


def main(*how: str) -> None:
    passphrase = sys.stdin.readline().rstrip("\n")
    made = QApplication(sys.argv[:1])
    paper = Told() if how else ByName()
    painted = Painted(lambda: unlock(passphrase, paper))
    made.installEventFilter(painted)
    sys.argv = ["leerwinkel"]
    bootstrap.main()


if __name__ == "__main__":
    main(*sys.argv[1:])
