"""`make bench`: measures every subject, prints the table and writes bench.json."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from tests.benchmarks import (
    blocking,
    desk,
    doubling,
    importing,
    memory,
    opening,
    peer,
    reporting,
    rows,
    sealing,
    searching,
    sheets,
    starting,
    unlocking,
    writing,
)
from tests.benchmarks.room import Room

SUBJECTS: tuple[ModuleType, ...] = (
    starting,
    unlocking,
    opening,
    desk,
    searching,
    doubling,
    reporting,
    sheets,
    writing,
    importing,
    peer,
    memory,
    blocking,
    sealing,
)
CACHE = Path(".cache/bench")


def promises() -> list[rows.Promise]:
    """Everything that can be measured, in the order of the table."""
    return [promise for subject in SUBJECTS for promise in subject.PROMISES]


def measure(subjects: list[ModuleType], cache: Path) -> list[rows.Row]:
    """The rows of these subjects; the vaults that they need are made first and thrown away."""
    measured: list[rows.Row] = []
    with tempfile.TemporaryDirectory(prefix="leerwinkel-bench-", ignore_cleanup_errors=True) as folder:
        room = Room(Path(folder), cache.resolve(), say)
        for subject in subjects:
            measured += subject.measure(room)
    return measured


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Read the options and run."""
    names = {subject.__name__.rpartition(".")[2]: subject for subject in SUBJECTS}
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.run", description=__doc__)
    parser.add_argument("subject", nargs="*", choices=[[], *names], help="only these")
    parser.add_argument("--json", type=Path, default=Path("bench.json"), help="where the rows are written")
    asked = parser.parse_args()
    measured = measure([names[name] for name in asked.subject] or list(SUBJECTS), CACHE)
    asked.json.write_text(rows.as_json(measured), encoding="utf-8")
    say(rows.table(measured))


if __name__ == "__main__":
    main()
