"""Long work with a bar and a working cancel button, in a line of its own on the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.ui.desk import Desk
from leerwinkel_desktop.ui.jobs import Job
from leerwinkel_desktop.ui.widgets.messages import Busy

T = TypeVar("T")


class LongWork(Busy):
    """Shows itself while a job runs; `busy` says when buttons should rest."""

    busy = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__(self._on_cancel)
        self._desk = desk
        self._job: Job | None = None
        self._left: tuple[QWidget | None, QWidget | None] = (None, None)

    def run(self, text: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """Do `work(progress)` as a job, then `done(result)`; errors go to the desk."""

        def finish(result: T) -> None:
            self._end()
            done(result)

        def fail(error: BaseException) -> None:
            self._end()
            self._desk.report(error)

        self._desk.hush()
        self.begin(text)
        self._rest()
        self._job = self._desk.jobs.start(self, work, finish, fail, self.progressed)

    def run_at(
        self,
        path: Path | None,
        text: str,
        work: Callable[[Workspace, Path, Progress], T],
        done: Callable[[T], None],
    ) -> None:
        """Do `work(workspace, path, progress)` with what the user chose; nothing when that is None."""
        workspace = self._desk.workspace
        if path is not None:
            self.run(text, lambda progress: work(workspace, path, progress), done)

    def _on_cancel(self) -> None:
        if self._job is not None and self.cancel is not None:
            self._job.cancel()
            self.cancel.setEnabled(False)

    def _rest(self) -> None:
        before = self.window().focusWidget()
        if isinstance(before, QAbstractButton):
            before.clearFocus()  # one that rests would hand the cursor on, and the page would scroll after it
        self.busy.emit(True)
        self._left = before, self.window().focusWidget()
        if not self.window().isActiveWindow():  # a dialog of the system has just closed
            cast(QApplication, QApplication.instance()).focusChanged.connect(
                self._on_woken, Qt.ConnectionType.SingleShotConnection
            )

    def _on_woken(self, _before: QWidget | None, now: QWidget | None) -> None:
        """The window gets the keyboard back, and the first that may have the cursor gets that."""
        self._left = self._left[0], now

    def _end(self) -> None:
        """The buttons work again, and the cursor is where it was, unless the user took it elsewhere.

        Who went on to another page types there: a button that is out of sight takes no cursor.
        """
        (before, pushed_to), now = self._left, self.window().focusWidget()
        self.hide()
        self.busy.emit(False)
        here = before is not None and shiboken6.isValid(before) and before.isVisible()
        if here and now in (None, pushed_to, self.cancel):
            cast(QWidget, before).setFocus()
