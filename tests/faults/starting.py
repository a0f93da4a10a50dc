"""The child process of the test of two windows: asks for the right to show one, and tells what it got."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from leerwinkel_desktop.ui.instance import Instance


def main(folder: str) -> None:
    """Ready, then a line of the parent, then the answer; a winner keeps the right until it is killed."""
    application = QCoreApplication(sys.argv[:1])
    instance = Instance(Path(folder))
    print("ready", flush=True)
    sys.stdin.readline()
    print("mine" if instance.take() else "taken", flush=True)
    sys.stdin.readline()
    del application


if __name__ == "__main__":
    main(sys.argv[1])
