"""The most memory that an import takes, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from leerwinkel_desktop.services import exchange, vaults
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row

PEAK = Promise(
    name="peak memory of an import of 2,000 dossiers",
    unit="MiB",
    control="the same process, that only opens the vault",
    at_most=300,
)
PROMISES = (PEAK,)


def measure(room: Room) -> list[Row]:
    """Let a child process open a fresh copy of the office, with and without the import."""
    if sys.platform == "win32":
        room.say(f"left out: {PEAK.name}: this system does not tell a process its peak")
        return []
    vault, bundle = room.handed_over(2000)
    return [PEAK.row(_child(room.copy(vault), bundle), _child(room.copy(vault)))]


def _child(vault: Path, *bundle: Path) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.memory", str(vault), *map(str, bundle)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def peak() -> float:
    """The most memory that this process ever had, in MiB."""
    status = Path("/proc/self/status")
    if status.exists():  # ru_maxrss would also count the parent from before the exec
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main(vault: str, *bundles: str) -> None:
    """The child: open, perhaps import, and tell the peak."""
    office = vaults.unlock(Path(vault), PASSPHRASE)
    for bundle in bundles:
        exchange.import_bundle(office, Path(bundle))
    office.close()
    sys.stdout.write(f"{peak()}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
