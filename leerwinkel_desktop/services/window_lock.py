"""Keeps windows away from a vault, for work that may not go on beside them (docs/decisions/0007).

The window holds a `QLockFile` beside the vault as long as it lives. Here the same file is held in the same
way, so that neither comes in while the other is at it. The system decides, and not the number in the file:
whatever became of who held it, the system lets go.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from leerwinkel_desktop.domain.errors import EnvironmentProblem

FILE: Final = "window.lock"


class WindowOpen(EnvironmentProblem):
    """A window shows this vault; what replaces its database or its keys waits until it is closed."""


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Let no window show this vault meanwhile; in a folder that is not there, no window is.

    Raises WindowOpen, also for another command that holds it, or VaultUnreachable.
    """
    path = folder / FILE
    try:
        held = _take(path)
    except (FileNotFoundError, NotADirectoryError):
        yield
        return
    except OSError as error:
        raise _named(error) from error
    if held is None:
        raise WindowOpen
    try:
        _sign(held)
        yield
    finally:
        _leave(held, path)


def _sign(held: int) -> None:
    """Write who holds this as QLockFile does: after a crash it sees that nobody does."""
    try:
        os.write(held, f"{os.getpid()}\n{Path(sys.executable).resolve().name}\n\n".encode())
    except OSError as error:
        raise _named(error) from error


def _named(error: OSError) -> EnvironmentProblem:
    from leerwinkel_desktop.store.connection import named  # the window wants FILE before its first paint

    return named(error)


if sys.platform == "win32":  # pragma: no cover (the twin of what is below: only Windows can run it)
    import msvcrt

    _BEYOND: Final = 1 << 20
    """A byte behind the text, so that others can still read who holds the file."""

    def _take(path: Path) -> int | None:
        """QLockFile cannot remove an open file, and lets nobody write to its own."""
        try:
            held = os.open(path, os.O_RDWR | os.O_CREAT)
        except PermissionError:
            return None
        try:
            os.lseek(held, _BEYOND, os.SEEK_SET)
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
        except OSError:
            os.close(held)
            return None
        os.ftruncate(held, 0)
        os.lseek(held, 0, os.SEEK_SET)
        return held

    def _leave(held: int, path: Path) -> None:
        os.close(held)
        with suppress(PermissionError):  # a window took it in between: then it is the window's
            path.unlink()

else:
    import fcntl

    def _take(path: Path) -> int | None:
        """The same flock that QLockFile holds; it removes nothing that somebody has locked."""
        held = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.fstat(held), path.stat()):
                raise FileNotFoundError(path)
        except (BlockingIOError, FileNotFoundError):  # held, or put away by a window in between
            os.close(held)
            return None
        os.ftruncate(held, 0)
        return held

    def _leave(held: int, path: Path) -> None:
        path.unlink(missing_ok=True)
        os.close(held)
