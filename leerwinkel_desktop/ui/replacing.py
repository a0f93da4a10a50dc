"""Starts the program anew in place of this one: nothing that it held stays in memory (SECURITY.md §2 "Lock").

Closing the vault does not do that: Python and Qt leave copies of keys and text behind in freed memory.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import Final, NoReturn

_KEPT: Final = "LEERWINKEL_LOCKED"
_PLACE: Final = "LEERWINKEL_WINDOW"


@dataclass(frozen=True, slots=True)
class Told:
    """All that the new process hears of the old: was everything typed kept, and where stood the window."""

    kept: bool = True
    place: bytes = b""


def command() -> list[str]:
    """The command line that started this process."""
    started = sys.argv if getattr(sys, "frozen", False) else sys.orig_argv
    return [sys.executable, *started[1:]]


def heard() -> Told | None:
    """What the process before this one told, once; None when this is a first start."""
    kept, place = os.environ.pop(_KEPT, ""), os.environ.pop(_PLACE, "")
    return Told(kept == "yes", bytes.fromhex(place)) if kept else None


def replace(told: Told) -> NoReturn:
    """Become a new process; where even that fails, no process at all."""
    environment = {
        **os.environ,
        _KEPT: "yes" if told.kept else "no",
        _PLACE: told.place.hex(),
        "PYINSTALLER_RESET_ENVIRONMENT": "1",  # a built program unpacks itself anew
    }
    try:
        if sys.platform == "win32":
            import subprocess  # takes a moment that a start on another system need not spend

            subprocess.Popen(command(), env=environment)
            os._exit(0)
        os.execve(sys.executable, command(), environment)  # noqa: S606 - without a shell is what is wanted
    except OSError:
        os._exit(1)
