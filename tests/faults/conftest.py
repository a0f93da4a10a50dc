"""Where the tests of faults run: on Linux, and the looking into memory only for who may do that."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if sys.platform != "linux":
        for item in items:
            item.add_marker(pytest.mark.skip(reason="looks into /proc, which only Linux has"))


class Child:
    """A program of these tests, spoken to line by line; everything it may write stands under one folder.

    `more` are variables of its environment.
    """

    def __init__(self, folder: Path, *arguments: str, bus: str = "disabled:", **more: str) -> None:
        self.folder = folder
        for name in ("home", "tmp"):
            (folder / name).mkdir(exist_ok=True)
        self.errors = (folder / "stderr.txt").open("wb")
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": str(folder / "home"),
            "XDG_RUNTIME_DIR": str(folder / "tmp"),
            "TMPDIR": str(folder / "tmp"),
            "LEERWINKEL_VAULT": str(folder / "vault"),
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "DBUS_SYSTEM_BUS_ADDRESS": bus,
            **more,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            env=self.env,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
        )

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def hear(self) -> str:
        """The next line; fails when none comes in time."""
        assert self.process.stdout is not None
        line, begin = b"", perf_counter()
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.process.stdout, selectors.EVENT_READ)
            while not line.endswith(b"\n"):
                left = PATIENCE - (perf_counter() - begin)
                assert waiting.select(max(0.0, left)), f"silence; on stderr: {self.told()}"
                piece = os.read(self.process.stdout.fileno(), 1)
                assert piece, f"it ended; on stderr: {self.told()}"
                line += piece
        return line.decode().strip()

    def told(self) -> str:
        self.errors.flush()
        return (self.folder / "stderr.txt").read_text(errors="replace")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.errors):
            if stream is not None:
                stream.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[object]:
    """Starts children in the test's own folder and ends them all."""
    made: list[Child] = []

    def begin(*arguments: str, folder: Path | None = None, **more: str) -> Child:
        child = Child(folder or tmp_path, *arguments, **more)
        made.append(child)
        return child

    yield begin
    for child in made:
        child.end()


@pytest.fixture
def may_look() -> None:
    """Reading the memory of a program that shields itself takes root."""
    if os.geteuid() != 0:
        pytest.skip("only root may look into the memory of a program that shields itself")
