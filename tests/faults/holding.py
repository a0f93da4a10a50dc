"""The child process that keeps windows away from a vault until it is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from leerwinkel_desktop.services import window_lock


def main(folder: str) -> None:
    """Say that the lock is held, and keep it."""
    with window_lock.hold(Path(folder)):
        print("held", flush=True)
        sys.stdin.readline()


if __name__ == "__main__":
    main(sys.argv[1])
