"""The child process of the desk: goes round the pages, opens dossiers, types, and has the sheet drawn."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow, QStackedWidget, QWidget

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import sheets, vaults
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui import app, theme
from leerwinkel_desktop.ui.jobs import JobRunner
from leerwinkel_desktop.ui.main_window import MainWindow
from leerwinkel_desktop.ui.rail_places import PLACES
from tests.benchmarks.heartbeat import settle
from tests.benchmarks.memory import peak
from tests.benchmarks.room import PASSPHRASE
from tests.benchmarks.timing import timed
from tests.windows import Answers

SIZE = (1366, 768)
ROUNDS = 4
PEOPLE = 30
LETTERS = "Een verzonnen zin die iemand in een veld typt, want zo gaat dat. " * 4
EVERY_MS = 40
"""Between two letters: faster than anybody types, so that what is kept in between meets the next letter."""
SHEETS = 12
TURNS = 4
PAGES = ("first_pages", "pages")
ACTS = (*PAGES, "dossiers", "typing", "sheets")
"""What is done, in this order: by the methods of Day with these names."""


class Bare:
    """The same window with nothing of ours in it: two empty pages, and one line to type in."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.window.resize(*SIZE)
        self.pages = QStackedWidget()
        self.line = QLineEdit()
        for page in (QWidget(), QWidget(), self.line):
            self.pages.addWidget(page)
        self.window.setCentralWidget(self.pages)
        self.window.show()

    def turn(self) -> None:
        """Show the other empty page."""
        self.pages.setCurrentIndex(1 - min(self.pages.currentIndex(), 1))


class Typist(QObject):
    """Sends letters at fixed moments; `waits` are the seconds from each moment until the letter is drawn."""

    def __init__(self, target: QWidget, window: QWidget) -> None:
        super().__init__(window)
        self.waits: list[float] = []
        self._target, self._window, self._left = target, window, list(LETTERS)
        self._loop = QEventLoop()
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, interval=1)
        self._timer.timeout.connect(self._look)
        self._due = 0.0

    def type(self) -> list[float]:
        """Type it all."""
        self._due = perf_counter()
        self._timer.start()
        self._loop.exec()
        return self.waits

    def _look(self) -> None:
        if perf_counter() < self._due:
            return
        letter = self._left.pop(0)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(self._target, key)
        self._target.repaint()
        self.waits.append(perf_counter() - self._due)
        self._due += EVERY_MS / 1000
        if not self._left:
            self._timer.stop()
            self._loop.quit()


def drawn(window: QWidget, work: Callable[[], object]) -> float:
    """How long it takes until what is asked for has been drawn."""

    def whole() -> None:
        work()
        window.grab()

    return timed(whole)


class Day:
    """The real window on a vault, and the same without anything of ours beside it."""

    def __init__(self, folder: Path) -> None:
        self.window = MainWindow(folder, JobRunner(), Answers(), new=False, cost=vaults.TESTS_ONLY)
        self.window.resize(*SIZE)
        self.window.show()
        self.bare = Bare()
        page: Any = self.window.page
        page.passphrase.setText(PASSPHRASE)
        settle(self.window, page.open.click)
        self.shell: Any = self.window.shell

    def rest(self) -> None:
        """Wait until all work is done."""
        runner: Any = self.window.jobs
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()
        if runner.busy:
            runner.idle.connect(loop.quit)
            loop.exec()

    def _measured(self, works: Iterable[Callable[[], object]]) -> dict[str, list[float]]:
        ours, bare = [], []
        for work in works:
            ours.append(drawn(self.window, work))
            self.rest()
            bare.append(drawn(self.bare.window, self.bare.turn))
        return {"ours": ours, "bare": bare}

    def first_pages(self) -> dict[str, list[float]]:
        """Each page for the first time."""
        return self._measured(partial(self.shell.go, place.key) for place in PLACES[1:])

    def pages(self) -> dict[str, list[float]]:
        """Each page of the rail again, some times round."""
        keys = [place.key for place in PLACES] * ROUNDS
        return self._measured(partial(self.shell.go, key) for key in keys)

    def dossiers(self) -> dict[str, list[float]]:
        """Open the dossiers of some people, one after another."""
        found = self.people()
        return self._measured(partial(self.shell.open_dossier, one) for one in found)

    @property
    def workspace(self) -> Workspace:
        """The open vault."""
        if self.window.workspace is None:
            raise RuntimeError("the vault was never opened")
        return self.window.workspace

    def people(self) -> list[str]:
        """Some of the clients."""
        with self.workspace.database.read() as reader:
            return [row[0] for row in reader.rows(Client, ("id",))[: PEOPLE * 7 : 7]]

    def typing(self) -> dict[str, list[float]]:
        """Type in a long field of a dossier, which keeps what is typed meanwhile."""
        self.shell.open_dossier(self.people()[0])
        self.shell.dossier.go("map")
        self.rest()
        self.shell.dossier.begin()
        form = next(self.shell.dossier.in_sight())
        target = next(iter(form.boxes.values())).widget
        ours = Typist(target.focusProxy() or target, self.window).type()
        self.rest()
        self.bare.pages.setCurrentWidget(self.bare.line)
        return {"ours": ours, "bare": Typist(self.bare.line, self.bare.window).type()}

    def sheets(self) -> dict[str, list[float]]:
        """Have the sheet drawn anew, until its pages are in sight; beside it the same pages alone."""
        self.shell.dossier.go("advice")
        panel = self.shell.dossier.panel
        self.rest()
        ours = [drawn(self.window, lambda: settle(self.window, panel.redraw)) for _ in range(SHEETS)]
        workspace, trajectory = self.workspace, self.shell.dossier.trajectory.id
        bare = [timed(lambda: sheets.render(workspace, trajectory, "ORDINARY")) for _ in range(SHEETS)]
        return {"ours": ours, "bare": bare}

    def client_view(self) -> dict[str, list[float]]:
        """Turn the screen to the client and back, with the sheet in sight and all pages made."""
        self.window.look_changed.connect(lambda chosen: app.dress(app.application(), chosen))
        return self._measured(self.shell.client_screen.turn for _ in range(2 * TURNS))


def main(folder: str) -> None:
    """Tell what was measured as JSON, in seconds and MiB."""
    made = app.application()
    theme.apply(made, theme.theme("light"))
    day = Day(Path(folder))
    told: dict[str, Any] = {name: getattr(day, name)() for name in (ACTS if day.people() else PAGES)}

    def last() -> None:
        if day.people():
            told["client_view"] = day.client_view()
        sys.stdout.write(json.dumps({**told, "peak": peak()}) + "\n")
        sys.stdout.flush()
        os._exit(0)

    QTimer.singleShot(0, last)  # only inside its own event loop does a program pass on another size of text
    made.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
