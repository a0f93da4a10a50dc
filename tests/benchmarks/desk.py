"""A day at the desk over 20,000 dossiers: pages, dossiers, typing, the sheet, the client's view, memory."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from leerwinkel_desktop.services import vaults
from tests.benchmarks.opening import planned
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import p95

EMPTY = "an empty page in a window of the same size, drawn"
FIRST = Promise(name="a page for the first time (the slowest)", unit="ms", control=EMPTY, at_most=100)
PAGES = Promise(name="from one page to another (p95)", unit="ms", control=EMPTY, at_most=50)
DOSSIER = Promise(name="opening a dossier, of 20,000 (p95)", unit="ms", control=EMPTY, at_most=100)
TYPING = Promise(
    name="a letter waits until it is drawn (p99)",
    unit="ms",
    control="the same letters in a bare field of an empty window",
    at_most=16,
)
SHEET = Promise(
    name="the live sheet is drawn anew (p95)",
    unit="ms",
    control="its pages alone, without a picture",
    at_most=150,
)
CLIENT = Promise(name="the client looks along, and no more (p95)", unit="ms", control=EMPTY, at_most=100)
MEMORY = Promise(
    name="peak memory of the whole window, 20,000 dossiers",
    unit="MiB",
    control="the same window on an empty vault, its pages only",
    at_most=350,
)
PROMISES = (FIRST, PAGES, DOSSIER, TYPING, SHEET, CLIENT, MEMORY)


def measure(room: Room) -> list[Row]:
    """One process does it all on a vault of 20,000 dossiers; another only goes round an empty one."""
    empty = room.folder / "empty-desk"
    vaults.create(empty, PASSPHRASE, cost=vaults.TESTS_ONLY).workspace.close()
    day, none = _child(room, planned(room)), _child(room, empty)
    rows = [_row(FIRST, day["first_pages"], max)]
    rows += [_row(promise, day[name], p95) for promise, name in ((PAGES, "pages"), (DOSSIER, "dossiers"))]
    rows += [_row(TYPING, day["typing"], p99)]
    rows += [_row(SHEET, day["sheets"], p95), _row(CLIENT, day["client_view"], p95)]
    if sys.platform == "win32":
        room.say(f"left out: {MEMORY.name}: this system does not tell a process its peak")
        return rows
    return [*rows, MEMORY.row(day["peak"], none["peak"])]


def p99(values: Sequence[float]) -> float:
    """The value that 99 of 100 do not exceed."""
    return sorted(values)[math.ceil(len(values) * 0.99) - 1]


def _row(promise: Promise, measured: dict[str, list[float]], of: Any) -> Row:
    return promise.row(of(measured["ours"]) * 1000, of(measured["bare"]) * 1000)


def _child(room: Room, vault: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.desk_day", str(room.copy(vault))]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(room.folder / "config")}
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout
    measured: dict[str, Any] = json.loads(told.splitlines()[-1])
    return measured
