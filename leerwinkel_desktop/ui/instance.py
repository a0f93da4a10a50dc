"""One window for each vault: a second start says so and leaves (SECURITY.md §2 "Lock").

The command line may work beside the window: the database orders their transactions, and each save holds only
the fields that differ (docs/decisions/0007-lock-by-a-new-process.md). What replaces the database or the keys
may not (services/window_lock.py).
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLockFile

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.services.window_lock import FILE


class AlreadyOpen(EnvironmentProblem):
    """Another window shows this vault."""


class Instance:
    """The right to show a window on a vault: a file beside the vault that names this process.

    A lock of a process that is gone (a crash, a power cut) counts for nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = QLockFile(str(folder / FILE))
        self._lock.setStaleLockTime(
            0
        )  # no lock is stale while its process lives, however long ago it was taken

    def take(self) -> bool:
        """Whether the right is ours now; in a folder that nobody can write, there is nothing to be had."""
        if not self._folder.is_dir():
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
            except OSError:
                return True
        return self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def leave(self) -> None:
        """Give the right back."""
        self._lock.unlock()

    def tell(self) -> int:
        """Say in one sentence that the window is open already; gives the exit status."""
        from PySide6.QtWidgets import QMessageBox  # only for the start that is one too many

        from leerwinkel_desktop.services import problems

        error = AlreadyOpen()
        sentence = problems.sentence(error) or ""
        print(sentence, file=sys.stderr, flush=True)
        QMessageBox(QMessageBox.Icon.Information, "Leerwinkel", sentence).exec()
        return problems.exit_status(error)
