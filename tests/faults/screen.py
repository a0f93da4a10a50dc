"""A screen of its own for a real window (Xvfb), and keys that come from outside the process (xdotool)."""

from __future__ import annotations

import os
import shutil
import subprocess
from ctypes.util import find_library
from typing import Final

TOOLS: Final = ("Xvfb", "xdotool")
LIBRARIES: Final = ("xcb-cursor", "xcb-icccm", "xkbcommon-x11")
"""Of what Qt needs there besides, those that a machine with a screen may lack."""


def missing(*more: str) -> str:
    """Why there can be no such screen on this machine; empty when there can. `more` are tools beside it."""
    lacking = [name for name in (*TOOLS, *more) if shutil.which(name) is None]
    lacking += [name for name in LIBRARIES if find_library(name) is None]
    return (
        f"a real window takes a screen (setup/system-libraries screen tests): {lacking} missing"
        if lacking
        else ""
    )


class Screen:
    """Runs until `end`; `name` is what DISPLAY must say."""

    def __init__(self, size: str = "1366x768x24") -> None:
        told, telling = os.pipe()
        self._process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(telling), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
            pass_fds=[telling],
            stderr=subprocess.DEVNULL,
        )
        os.close(telling)
        with os.fdopen(told) as number:
            self.name = f":{number.readline().strip()}"

    def run(self, *command: str) -> None:
        """One program that speaks to this screen."""
        environment = {**os.environ, "DISPLAY": self.name}
        subprocess.run(command, env=environment, check=True, capture_output=True)

    def key(self, *keys: str) -> None:
        """Press these keys, in the window that has the focus."""
        self.run("xdotool", "key", "--clearmodifiers", *keys)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
