"""A person at a desk: a real window on a screen of its own, and keys that come from outside the process."""

from __future__ import annotations

import json
import os
import selectors
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from tests.faults import screen
from tests.faults.conftest import Child
from tests.faults.screen import Screen

WINDOW: Final = "tests.journeys.watched_window"
TITLE: Final = "Leerwinkel"
PATIENCE: Final = 20.0
MANAGER: Final = "openbox"
MARKS: Final = ("Pause", "Scroll_Lock")
"""Keys that do nothing, in turn behind each keystroke: the program tells that it saw them."""
ANSWER: Final = 0.5
"""After so many seconds of silence the mark is pressed again: a window that is just opening had it not."""
FAR: Final = 90
"""More often Tab is not pressed to come to a field."""
PICTURES: Final = "JOURNEY_PICTURES"
"""A folder in this variable gets a picture of the screen at each station."""


def missing() -> str:
    """Why nobody can sit down on this machine; empty when somebody can."""
    reason = screen.missing()
    if not reason and shutil.which(MANAGER) is None:
        return (
            f"a dialog gets the keyboard from a window manager (setup/system-libraries tests): no {MANAGER}"
        )
    return reason


class Desktop(Screen):
    """A screen with a window manager, which gives the keyboard to the window on top, as at every desk."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._manager = subprocess.Popen(
            [MANAGER, "--sm-disable", "--startup", "echo ready"],
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "DISPLAY": self.name},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._manager.stdout is not None
        assert "ready\n" in iter(self._manager.stdout.readline, ""), f"{MANAGER} did not start"

    def end(self) -> None:
        self._manager.kill()
        self._manager.communicate()
        super().end()


class Person:
    """Sees what the program tells, and presses keys on its screen."""

    def __init__(self, folder: Path, vault: Path, screen: Screen) -> None:
        self.screen, self.folder = screen, folder
        self.child = Child(
            folder, WINDOW, QT_QPA_PLATFORM="xcb", DISPLAY=screen.name, LEERWINKEL_VAULT=str(vault)
        )
        self.sees: dict[str, Any] = {"life": 0, "marks": [0, 0]}
        self._turn = 0
        self.stations: list[str] = []

    def until(self, why: str, holds: Callable[[dict[str, Any]], object]) -> None:
        """Look until this holds of what is in sight."""
        begin = perf_counter()
        while not holds(self.sees):
            assert self._hears(begin + PATIENCE - perf_counter()), f"{why}: {self.sees}"
            self.look()

    def wait(self, **wanted: object) -> None:
        """Look until this is in sight and the program rests."""
        self.until(
            f"wanted {wanted}",
            lambda seen: seen.get("rests") and all(seen[name] == one for name, one in wanted.items()),
        )

    def wait_said(self, words: str) -> None:
        """Look until the line on top says these words."""
        self.until(f"wanted {words}", lambda seen: seen["rests"] and words in seen["said"])

    def tool(self, *command: str) -> str:
        """xdotool on this screen; gives what it writes."""
        environment = {**os.environ, "DISPLAY": self.screen.name}
        done = subprocess.run(
            ["xdotool", *command], env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press these keys, and look what came of it."""
        self._mark("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type this where the cursor is."""
        self._mark("type", "--delay", "2", "--clearmodifiers", text)

    def _mark(self, *command: str) -> None:
        self._turn = 1 - self._turn
        mark, marks = MARKS[self._turn], self.sees["marks"][self._turn]
        self.tool(*command)
        begin = perf_counter()
        while self.sees["marks"][self._turn] == marks:
            assert perf_counter() - begin < PATIENCE, f"{command} did not arrive: {self.sees}"
            self.tool("key", mark)
            while self.sees["marks"][self._turn] == marks and self._hears(ANSWER):
                self.look()
        self.until(f"no rest after {command}", lambda seen: seen["rests"])

    def _hears(self, seconds: float) -> bool:
        """Whether something is told within this time."""
        stream = self.child.process.stdout
        assert stream is not None
        with selectors.DefaultSelector() as waiting:
            waiting.register(stream, selectors.EVENT_READ)
            return bool(waiting.select(max(0.0, seconds)))

    def look(self) -> None:
        """Take in what is told next."""
        self.sees = json.loads(self.child.hear())
        assert self.sees["over"] != "CrashDialog", self.child.told()

    def go_to(self, name: str) -> list[str]:
        """Walk with Tab to what is called so, or begins so; gives what had the cursor on the way."""
        passed: list[str] = []
        while not self.sees["cursor"].startswith(name):
            assert len(passed) < FAR, f"no way to {name}, only {passed}"
            self.press("Tab")
            passed.append(self.sees["cursor"])
        return passed

    def choose(self, name: str) -> None:
        """Walk to a button and press it."""
        self.go_to(name)
        self.press("space")

    def fill(self, name: str, text: str) -> None:
        """Walk to a field and type in it."""
        self.go_to(name)
        self.type(text)

    def answer(self, path: Path, asks: str) -> None:
        """Type where, in the system's dialog for files."""
        self.wait(over="QFileDialog")
        self.station("bestand", asks)
        self.type(str(path))
        self.press("Return")

    def unlock(self, passphrase: str) -> None:
        """Type the passphrase on the first page and wait for what is behind it."""
        self.wait(page="UnlockPage", cursor="Wachtzin")
        self.type(passphrase)
        self.tool("key", "Return")
        self.until("unlocking", lambda seen: seen["page"] != "UnlockPage" and seen["rests"])

    def leave(self, *, keys: str = "ctrl+l") -> None:
        """Lock by these keys; a new process stands there afterwards."""
        self.tool("key", keys)
        self.locked()

    def locked(self) -> None:
        """Look until a new process asks for the passphrase."""
        life = self.sees["life"]
        self.until(
            "the lock", lambda seen: seen["life"] != life and seen["page"] == "UnlockPage" and seen["rests"]
        )

    def titles(self) -> set[str]:
        """The titles of all its windows on the screen."""
        found = self.tool("search", "--onlyvisible", "--pid", str(self.child.process.pid)).split()
        return {self.tool("getwindowname", one).strip() for one in found} - {""}

    def station(self, name: str, asks: str = "") -> None:
        """Look up at the title bars, which tell of nobody: the program, and what a system's dialog asks.

        Takes a picture where one is asked for.
        """
        asked = {f"{asks} — {TITLE}"} if asks else set()
        assert self.titles() == {TITLE} | asked, name
        folder = os.environ.get(PICTURES)
        if folder:
            picture = Path(folder) / f"{len(self.stations):02}-{name}.png"
            environment = {**os.environ, "DISPLAY": self.screen.name}
            subprocess.run(["import", "-window", "root", str(picture)], env=environment, check=True)
        self.stations.append(name)

    def go_home(self) -> None:
        """Lock, and end the program; nothing went wrong on the way."""
        self.leave()
        assert "Traceback" not in self.child.told()
        self.child.end()
