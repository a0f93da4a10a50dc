"""Long work with a bar and a working cancel button, in a line of its own on the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal

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
        self.busy.emit(True)
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

    def _end(self) -> None:
        self.hide()
        self.busy.emit(False)
