"""The child process of the leak test: a whole day at the window, up to a crash and an unfinished field.

The first lines on standard input are the passphrase and a name; the stick and the papers of the user stand in
folders of their own beside the vault.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop import bootstrap
from leerwinkel_desktop.ui.paper import SystemPaper
from leerwinkel_desktop.ui.planning import planning
from tests.faults.window import Painted, tell, type_into, when, window


class Answered(SystemPaper):
    """Stands in for the user before the system's dialogs."""

    def save_file(self, *_asked: Any) -> Path | None:
        return Path("papers/blad.pdf").absolute()

    def folder(self, *_asked: Any) -> Path | None:
        return Path("stick").absolute()

    def printer(self, *_asked: Any) -> QPrinter | None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(Path("papers/afgedrukt.pdf").absolute()))
        printer.setResolution(100)
        return printer


def unlock(passphrase: str, name: str) -> None:
    page = window().page
    type_into(page.passphrase, passphrase)
    page.unlock()
    when(lambda: window().shell is not None, lambda: write_dossier(name))


def write_dossier(name: str) -> None:
    shell = window().shell
    shell.desk.paper = Answered()
    shell.new_client()
    form = next(form for form in shell.dossier.forms() if "last_name" in form.boxes)
    type_into(form.boxes["first_name"].widget, name)
    line = form.boxes["last_name"].widget
    type_into(line, name)
    line.selectAll()
    line.copy()
    shell.dossier.go("map")
    type_into(
        next(f for f in shell.dossier.forms() if "went_well" in f.boxes).boxes["went_well"].widget, name
    )
    shell.dossier.go("advice")
    when(lambda: shell.dossier.panel.sheet is not None, lambda: keep_sheet(name))


def drawn() -> bool:
    """Whether nothing is on its way any more and a sheet is in sight."""
    panel = window().shell.dossier.panel
    return not window().jobs.busy and panel is not None and panel.sheet is not None


def keep_sheet(name: str) -> None:
    panel = window().shell.dossier.panel
    panel.keep()
    when(lambda: Path("papers/blad.pdf").exists() and drawn(), lambda: print_sheet(name))


def print_sheet(name: str) -> None:
    window().shell.dossier.panel.print_sheet()
    when(lambda: Path("papers/afgedrukt.pdf").exists() and drawn(), lambda: make_ready(name))


def make_ready(name: str) -> None:
    """The file of the sheet in the dossier itself, on the list for a day with a printer."""
    acts = window().shell.dossier.panel.acts
    acts.confirm()
    when(lambda: drawn() and window().shell.dossier.panel.live.version is not None, lambda: plan(name))


def plan(name: str) -> None:
    """An appointment, with the name as its place."""
    shell = window().shell
    shell.dossier.panel.acts.print_later()
    dialog = planning(shell.desk, shell.dossier.view.client.id, shell)
    dialog.open()
    type_into(dialog.boxes["date"].widget, f"{date.today() + timedelta(days=7):%d/%m/%Y}")
    type_into(dialog.boxes["starts_at"].widget, "10u30")
    type_into(dialog.boxes["location"].widget, name)
    dialog.accept()
    when(lambda: not window().jobs.busy, lambda: ask(name))


def ask(name: str) -> None:
    """A quick info question of somebody with the same name."""
    dialog = window().shell.asking.ask()
    type_into(dialog.boxes["name"].widget, f"Vraag {name}")
    dialog.keep()
    when(lambda: dialog.last is not None, lambda: leave(name))


def leave(name: str) -> None:
    window().shell.asking.dialog.reject()
    when(lambda: not window().jobs.busy, lambda: search(name))


def search(name: str) -> None:
    page = window().shell.go("dossiers")
    type_into(page.search, name[:6])
    side = window().shell.go("handover").side
    side.write_bundle()
    when(lambda: any(Path("stick").glob("*.lwb")) and not window().jobs.busy, lambda: crash(name))


def crash(name: str) -> None:
    """A bug with the name in its message, and a field that does not fit, kept by the two-second look."""
    shell = window().shell
    page = shell.go("dossiers")
    page.search.setText("")
    page.table.select_first()
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    form = next(form for form in shell.dossier.forms() if "birth_date" in form.boxes)
    type_into(form.boxes["birth_date"].widget, name[:20])
    window().keeper.look()
    QTimer.singleShot(0, lambda: tell("done"))
    raise RuntimeError(name, QGuiApplication.clipboard().text())


def main() -> None:
    passphrase, name = (sys.stdin.readline().rstrip("\n") for _ in range(2))
    made = QApplication(sys.argv[:1])
    painted = Painted(lambda: unlock(passphrase, name))
    made.installEventFilter(painted)
    sys.argv = ["leerwinkel"]
    bootstrap.main()


if __name__ == "__main__":
    main()
