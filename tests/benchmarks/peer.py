"""The same work by a peer: PouchDB on Node, which also carries documents between disks without a server."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from statistics import median

from tests.benchmarks.importing import import_once
from tests.benchmarks.room import Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import in_turns

HERE = Path(__file__).parent / "pouchdb"
POUCHDB = Promise(
    name="import of 1,000 dossiers, against PouchDB",
    unit="s",
    control="PouchDB replicating 1,000 documents of 50 fields from disk to disk",
    times=1,
)
PROMISES = (POUCHDB,)


def measure(room: Room) -> list[Row]:
    """Import and replicate in turns; where Node or PouchDB is absent, say so and give no row."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        room.say(f"left out: {POUCHDB.name}: no Node here")
        return []
    modules = room.cache / "pouchdb"
    missing = _install(npm, modules)
    if missing:
        room.say(f"left out: {POUCHDB.name}: npm could not install PouchDB ({missing})")
        return []
    ours, theirs = in_turns(lambda: import_once(room, 1000), lambda: _replicate(node, modules, room), 5)
    return [POUCHDB.row(median(ours), median(theirs))]


def _install(npm: str, modules: Path) -> str:
    """Put PouchDB in the cache; gives npm's reason when that failed. Nothing binary is downloaded apart."""
    modules.mkdir(parents=True, exist_ok=True)
    wanted = (HERE / "package.json").read_bytes()
    installed = modules / "package.json"
    if (modules / "node_modules" / "pouchdb").is_dir() and installed.read_bytes() == wanted:
        return ""
    installed.write_bytes(wanted)
    quiet = ("--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    done = subprocess.run([npm, "install", *quiet], cwd=modules, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["no reason given"])[0]


def _replicate(node: str, modules: Path, room: Room) -> float:
    folder = room.folder / "pouchdb"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    command = [node, str(HERE / "replicate.mjs"), str(modules), str(folder)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
