"""From starting the program to a painted page that asks the passphrase, against an empty PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
from time import perf_counter

from leerwinkel_desktop.services import vaults
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import medians

START = Promise(
    name="start to the unlock window",
    unit="ms",
    control="a process that paints an empty PySide6 window",
    times=2,
)
PROMISES = (START,)
PAINTED = "painted"


def measure(room: Room) -> list[Row]:
    """Start both programs in turns; the clock runs from before the process until it says it has painted."""
    vault = room.folder / "start"
    vaults.create(vault, PASSPHRASE, cost=vaults.TESTS_ONLY).workspace.close()
    env = {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(room.folder / "compiled"),  # filled by the turn that does not count
        "QT_QPA_PLATFORM": "offscreen",
        "LEERWINKEL_VAULT": str(vault),
        "XDG_CONFIG_HOME": str(room.folder / "config"),
    }
    ours, empty = medians(lambda: _until_painted("program", env), lambda: _until_painted("empty", env), 9)
    return [START.row(ours * 1000, empty * 1000)]


def _until_painted(which: str, env: dict[str, str]) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.first_paint", which]
    begin = perf_counter()
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as child:
        line = child.stdout.readline() if child.stdout else ""
        seconds = perf_counter() - begin
    if line.strip() != PAINTED:
        raise RuntimeError(f"{which}: no window was painted")
    return seconds
