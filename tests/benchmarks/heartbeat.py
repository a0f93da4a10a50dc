"""The child process of the window: a heart beats in it while it looks into a bundle, reads it and stops."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer

from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.ui import app, theme
from leerwinkel_desktop.ui.jobs import JobRunner
from leerwinkel_desktop.ui.main_window import MainWindow
from tests.benchmarks.room import PASSPHRASE
from tests.windows import Answers

BEAT_MS = 5
STOPS = (0.2, 0.4, 0.6, 0.8)
"""After which part of a whole import somebody presses Annuleren."""


class Heart:
    """Beats on the window's thread, and knows its longest pause in seconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = perf_counter()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def stop(self) -> float:
        """The longest pause, the last one included."""
        self._beat()
        self._timer.stop()
        return self.longest


def watched(work: Callable[[], object], until: Callable[[QEventLoop], object]) -> tuple[float, float]:
    """How long the work took, and the longest pause meanwhile."""
    loop, heart, begin = QEventLoop(), Heart(), perf_counter()
    until(loop)
    work()
    loop.exec()
    return perf_counter() - begin, heart.stop()


def opened(folder: Path) -> tuple[MainWindow, Any]:
    """The whole window on a vault that was just unlocked, and its Overdracht."""
    window = MainWindow(folder, JobRunner(), Answers(), new=False, cost=vaults.TESTS_ONLY)
    window.show()
    page: Any = window.page
    page.passphrase.setText(PASSPHRASE)
    settle(window, page.open.click)
    shell: Any = window.shell
    settle(window, lambda: shell.go("handover"))
    return window, shell.go("handover").side


def settle(window: MainWindow, work: Callable[[], object]) -> tuple[float, float]:
    """Do something that starts a job, and wait until the window has done all its work."""
    runner: Any = window.jobs
    return watched(work, lambda loop: runner.idle.connect(loop.quit))


def close(window: MainWindow) -> int:
    """Close the window; gives how many clients its vault has."""
    if window.workspace is None:
        raise RuntimeError("the vault was never opened")
    with window.workspace.database.read() as reader:
        count = int(reader.connection.execute("SELECT count(*) FROM client").fetchone()[0])
    window.close()
    window.jobs.close()
    return count


def measure(folder: Path, bundle: Path) -> dict[str, float]:
    """All in seconds."""
    window, side = opened(folder)
    looking, paused = settle(window, lambda: side.look_into(bundle))
    calm = watched(lambda: None, lambda loop: QTimer.singleShot(int(looking * 1000), loop.quit))[1]
    whole, reading = settle(window, side.preview.take.click)
    return {"looking": paused, "reading": reading, "calm": calm, "whole": whole, "people": close(window)}


def cancel(folder: Path, bundle: Path, whole: float) -> dict[str, float]:
    """The longest time from pressing Annuleren until the window rests, and whether anything was left."""
    window, side = opened(folder)
    longest = 0.0
    for part in STOPS:
        settle(window, lambda: side.look_into(bundle))
        pressed: list[float] = []

        def press(pressed: list[float] = pressed) -> None:
            pressed.append(perf_counter())
            side.work.cancel.click()

        QTimer.singleShot(int(whole * part * 1000), press)
        settle(window, side.preview.take.click)
        longest = max(longest, perf_counter() - pressed[0])
    return {"longest": longest, "people": close(window)}


def main(what: str, folder: str, bundle: str, *more: str) -> None:
    """Tell what was measured as JSON."""
    theme.apply(app.application(), theme.theme("light"))
    measured = (measure if what == "read" else cancel)(Path(folder), Path(bundle), *map(float, more))
    sys.stdout.write(json.dumps(measured) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
