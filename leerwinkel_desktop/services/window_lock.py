"""Tells whether a window shows a vault, for work that may not go on beside it (docs/decisions/0007).

The window holds a `QLockFile` beside the vault as long as it lives. It is asked of the system and not of the
number in the file: whatever became of the window, the system lets go of what it held.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from leerwinkel_desktop.domain.errors import EnvironmentProblem

FILE: Final = "window.lock"


class WindowOpen(EnvironmentProblem):
    """A window shows this vault; what replaces its database or its keys waits until it is closed."""


def require_none(folder: Path) -> None:
    """Go on only when no window shows this vault. Raises WindowOpen or VaultUnreachable."""
    try:
        held = _held(folder / FILE)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        from leerwinkel_desktop.store.connection import named  # the window wants FILE before its first paint

        raise named(error) from error
    if held:
        raise WindowOpen


if sys.platform == "win32":

    def _held(path: Path) -> bool:
        """QLockFile opens its file so that others may read but not write, and keeps it open."""
        try:
            path.open("rb+").close()
        except PermissionError:
            return True
        return False

else:
    import fcntl

    def _held(path: Path) -> bool:
        """QLockFile keeps its file open with an exclusive flock."""
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False
