"""Starts Qt, dresses it, and shows the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from leerwinkel_desktop import hardening, settings
from leerwinkel_desktop.ui import problems, replacing, theme
from leerwinkel_desktop.ui.client_view import enlarged
from leerwinkel_desktop.ui.instance import Instance
from leerwinkel_desktop.ui.jobs import JobRunner
from leerwinkel_desktop.ui.main_window import TITLE, MainWindow
from leerwinkel_desktop.ui.paper import SystemPaper
from leerwinkel_desktop.ui.qt_words import QtWords


def application() -> QApplication:
    """The one QApplication of this process, in Dutch and in Fusion."""
    QLocale.setDefault(QLocale(QLocale.Language.Dutch, QLocale.Country.Belgium))
    found = QApplication.instance()
    made = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName(TITLE)
    made.setApplicationDisplayName(TITLE)
    made.setStyle("Fusion")
    speak_dutch(made)
    return made


def speak_dutch(made: QApplication) -> None:
    """Qt's own words in Dutch: its dialogs for files and printers, the menu of a field."""
    made.installTranslator(QtWords(made))
    words = QTranslator(made)
    if words.load("qtbase_nl", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        made.installTranslator(words)


def dress(made: QApplication, chosen: settings.Settings) -> None:
    """Dress the program as the user or the system wants it; larger while a client looks along."""
    name = theme.system_name() if chosen.theme == "system" else chosen.theme
    theme.apply(made, theme.theme(name, enlarged(chosen.text_percent)))


class FirstPaint(QObject):
    """Does something once the window has been painted: nothing may come before what the user waits for."""

    def __init__(self, window: QWidget, act: Callable[[], None]) -> None:
        super().__init__(window)
        self._act = act
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._act)
        return False


def run(vault: Path, *, new: bool) -> int:
    """Show the window on a vault and stay until it closes; gives the exit status."""
    made = application()
    chosen = settings.load(settings.file())
    dress(made, chosen)
    before = replacing.heard()
    instance = Instance(vault)
    if not instance.take():
        return instance.tell()
    QGuiApplication.styleHints().colorSchemeChanged.connect(
        lambda _scheme: dress(made, settings.load(settings.file()))
    )
    window = MainWindow(vault, JobRunner(), SystemPaper(), new=new)
    window.look_changed.connect(lambda wanted: dress(made, wanted))
    problems.catch_all(window)
    if before is not None:
        window.restoreGeometry(before.place)
        window.say_unkept(not before.kept)
    window.show()
    # once round the event loop more: the window is painted before the page that stands in it
    FirstPaint(window, lambda: QTimer.singleShot(0, lambda: _settle(window, instance)))
    status = made.exec()
    instance.leave()
    return status


def _settle(window: MainWindow, instance: Instance) -> None:
    """What may come after the first painting, while there is nothing to protect yet."""
    from leerwinkel_desktop.ui.clipboard import Copied
    from leerwinkel_desktop.ui.in_sight import InSight
    from leerwinkel_desktop.ui.system_signals import SystemSignals

    hardening.harden()
    copied = Copied(window)
    InSight(window)

    def replace(kept: bool) -> None:
        copied.clear()
        instance.leave()
        replacing.replace(replacing.Told(kept, bytes(window.saveGeometry().data())))

    window.locked.connect(replace)
    SystemSignals(window).away.connect(window.lock)
    window.warm_up()
