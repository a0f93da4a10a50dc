"""Runs service calls off the window's thread: one worker, in order, with progress and cancel."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThread, Signal, Slot

from leerwinkel_desktop.services.progress import Cancelled, Progress

SHORT_TURNS: Final = 0.001
"""In seconds: so long work goes on before the window gets its turn again; Python's own is five times that."""
T = TypeVar("T")
Work = Callable[[Progress], T]
Failed = Callable[[BaseException], None]
Progressed = Callable[[int, int, str], None]


@dataclass(eq=False)
class Job:
    """Work on its way; the callbacks run on the window's thread, or never when `owner` is gone."""

    work: Work[Any]
    owner: QObject
    done: Callable[[Any], None]
    failed: Failed
    progressed: Progressed | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the work to stop at its next sign of life; a job that still waits never starts."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    @property
    def wanted(self) -> bool:
        """Whether there is still somebody to tell."""
        return shiboken6.isValid(self.owner)


class Jobs:
    """Where a page brings work that may take more than 50 ms."""

    _over = False

    def start(
        self,
        owner: QObject,
        work: Work[T],
        done: Callable[[T], None],
        failed: Failed,
        progressed: Progressed | None = None,
    ) -> Job:
        """Do `work(progress)`; then `done(result)` or `failed(error)` unless `owner` has been deleted.

        After `end` it is a job that was cancelled.
        """
        job = Job(work, owner, done, failed, progressed)
        if self._over:
            job.cancel()
        else:
            self._take(job)
        return job

    def end(self) -> bool:
        """Close for good: a timer that ticks once more begins nothing."""
        self._over = True
        return self.close()

    def _take(self, job: Job) -> None:
        raise NotImplementedError

    def close(self, limit_ms: int | None = None) -> bool:
        """Ask all work to stop and wait until the worker has ended; False when the limit came first."""
        raise NotImplementedError


def _run(job: Job, tell: Callable[[int, int, str], None]) -> tuple[Callable[..., None], Any]:
    """Do the work of a job; gives the callback to call and what to call it with."""

    def progress(done: int, total: int, text: str) -> None:
        if job.cancelled:
            raise Cancelled
        tell(done, total, text)

    try:
        if job.cancelled:
            raise Cancelled
        return job.done, job.work(progress)
    except Exception as error:  # noqa: BLE001 - every error goes to the window, which knows what to do with it
        return job.failed, error


class _Worker(QThread):
    """Takes jobs from a queue, one after another, until it finds None."""

    told = Signal(object, int, int, str)
    ended = Signal(object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self.waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()

    def run(self) -> None:
        sys.setswitchinterval(SHORT_TURNS)
        while (job := self.waiting.get()) is not None:
            current = job
            callback, result = _run(job, lambda *step: self.told.emit(current, *step))  # noqa: B023
            self.ended.emit(job, callback, result)


class JobRunner(QObject, Jobs):
    """The one worker of a window."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: list[Job] = []
        self._worker = _Worker()
        self._worker.told.connect(self._on_told)
        self._worker.ended.connect(self._on_ended)

    @property
    def busy(self) -> bool:
        """Whether any job has not reported yet."""
        return bool(self._open)

    def _take(self, job: Job) -> None:
        """The thread starts with the first job."""
        self._open.append(job)
        if not self._worker.isRunning():
            self._worker.start()
        self._worker.waiting.put(job)

    def close(self, limit_ms: int | None = None) -> bool:
        """See Jobs.close; nothing is told any more after this."""
        for job in self._open:
            job.cancel()
        self._open.clear()
        if not self._worker.isRunning():
            return True
        self._worker.waiting.put(None)
        return self._worker.wait() if limit_ms is None else self._worker.wait(limit_ms)

    @Slot(object, int, int, str)
    def _on_told(self, job: Job, done: int, total: int, text: str) -> None:
        if job in self._open and job.progressed is not None and job.wanted:
            job.progressed(done, total, text)

    @Slot(object, object, object)
    def _on_ended(self, job: Job, callback: Callable[..., None], result: Any) -> None:
        if job not in self._open:
            return
        self._open.remove(job)
        if job.wanted:
            callback(result)
        if not self._open:
            self.idle.emit()


class ImmediateJobs(Jobs):
    """Does each job at once, on the same thread: for tests and for pictures."""

    def _take(self, job: Job) -> None:
        callback, result = _run(job, job.progressed or (lambda *_: None))
        callback(result)

    def close(self, limit_ms: int | None = None) -> bool:  # noqa: ARG002
        """Nothing is ever left to wait for."""
        return True
