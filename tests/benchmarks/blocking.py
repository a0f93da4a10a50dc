"""How long the window stands still while it reads a bundle, and how soon it stops reading."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from tests.benchmarks.room import Room
from tests.benchmarks.rows import Promise, Row

DOSSIERS = 2000
STILL = Promise(
    name="the window stands still while it reads 100,000 values",
    unit="ms",
    control="the longest pause of the same window while nothing happens",
    at_most=100,
)
STOP = Promise(
    name="reading stops after Annuleren",
    unit="s",
    control="reading the same bundle to its end",
    at_most=1,
)
PROMISES = (STILL, STOP)


def measure(room: Room) -> list[Row]:
    """Look into the same bundle and read it, in a window of its own; then press Annuleren four times."""
    read = _child(room, "read")
    stopped = _child(room, "cancel", str(read["whole"]))
    if read["people"] != DOSSIERS or stopped["people"]:
        raise RuntimeError(f"read {read['people']} people, and {stopped['people']} after Annuleren")
    still = max(read["looking"], read["reading"])
    return [STILL.row(still * 1000, read["calm"] * 1000), STOP.row(stopped["longest"], read["whole"])]


def _child(room: Room, what: str, *more: str) -> dict[str, float]:
    vault, bundle = room.handed_over(DOSSIERS)
    command = [sys.executable, "-m", "tests.benchmarks.heartbeat", what, str(room.copy(vault)), str(bundle)]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(room.folder / "config")}
    told = subprocess.run([*command, *more], check=True, capture_output=True, text=True, env=env).stdout
    measured: dict[str, float] = json.loads(told.splitlines()[-1])
    return measured
