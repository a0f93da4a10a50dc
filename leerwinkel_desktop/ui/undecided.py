"""Counts what waits for a decision beside its entry in the rail, and looks for doubles while nobody waits."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QAbstractButton

from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.ui.desk import Desk

AFTER_MS: Final = 1000
"""Many saves in a row are counted once."""
AT_MOST: Final = 0.3
"""In seconds: so long other work waits behind the search for doubles."""
MOST: Final = 99
"""Above this the entry says only that there are more; who hears the screen is told how many."""


class Undecided(QObject):
    """Reads again after something was saved, decided or read in; the worker does one thing at a time."""

    def __init__(self, desk: Desk, entry: QAbstractButton, label: str) -> None:
        super().__init__(entry)
        self._desk, self._entry, self._label = desk, entry, label
        self._count: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self.refresh)
        desk.kept.connect(self._timer.start)
        self.refresh()

    def refresh(self) -> None:
        """Compare who is new for a moment, and count."""
        self._desk.jobs.start(self, self._look, self._on_counted, self._desk.report)

    def _look(self, progress: Progress) -> tuple[int, bool]:
        # the start need not wait for the comparing of names
        from leerwinkel_desktop.services import doubles, undecided

        workspace, until = self._desk.workspace, time.monotonic() + AT_MOST
        more = False

        def show(done: int, total: int, text: str) -> None:
            progress(done, total, text)
            if time.monotonic() > until:
                raise TimeoutError

        try:
            doubles.catch_up(workspace, show)
        except TimeoutError:
            more = True
        return undecided.how_many(workspace), more

    def _on_counted(self, told: tuple[int, bool]) -> None:
        count, more = told
        shown = str(count) if count <= MOST else f"{MOST}+"
        self._entry.setText(f"{self._label} ({shown})" if count else self._label)
        waits = counted("1 wacht", "{n} wachten", count) if count else _("niets wacht")
        self._entry.setAccessibleName(f"{self._label}, {waits}")
        before, self._count = self._count, count
        if before is not None and before != count:
            self._desk.undecided.emit()
        if more:
            QTimer.singleShot(0, self.refresh)
