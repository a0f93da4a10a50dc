"""Starts Qt, dresses it, and shows the window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from leerwinkel_desktop import settings
from leerwinkel_desktop.ui import problems, theme
from leerwinkel_desktop.ui.jobs import JobRunner
from leerwinkel_desktop.ui.main_window import TITLE, MainWindow
from leerwinkel_desktop.ui.paper import SystemPaper


def application() -> QApplication:
    """The one QApplication of this process, in Dutch and in Fusion."""
    QLocale.setDefault(QLocale(QLocale.Language.Dutch, QLocale.Country.Belgium))
    found = QApplication.instance()
    made = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName(TITLE)
    made.setApplicationDisplayName(TITLE)
    made.setStyle("Fusion")
    return made


def dress(made: QApplication, chosen: settings.Settings) -> None:
    """Dress the program as the user or the system wants it."""
    name = theme.system_name() if chosen.theme == "system" else chosen.theme
    theme.apply(made, theme.theme(name, chosen.text_percent))


def run(vault: Path, *, new: bool) -> int:
    """Show the window on a vault and stay until it closes; gives the exit status."""
    made = application()
    chosen = settings.load(settings.file())
    dress(made, chosen)
    QGuiApplication.styleHints().colorSchemeChanged.connect(
        lambda _scheme: dress(made, settings.load(settings.file()))
    )
    window = MainWindow(vault, JobRunner(), SystemPaper(), new=new)
    window.look_changed.connect(lambda wanted: dress(made, wanted))
    problems.catch_all(window)
    window.show()
    QTimer.singleShot(0, window.warm_up)
    return made.exec()
