"""Reading a bundle at the office, against a bare insert of the same rows into SQLCipher."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import Any

from leerwinkel_desktop.services import exchange, vaults
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store.connection import connect
from leerwinkel_desktop.store.migrate import migrate
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import in_turns, medians, timed

_INSERT = "a bare insert of the same changes and rows into SQLCipher, in one transaction"
THOUSAND = Promise(name="import of 1,000 dossiers (50,000 values)", unit="s", control=_INSERT, times=4)
DOUBLE = Promise(name="import of 2,000 dossiers (100,000 values)", unit="s", control=_INSERT, times=3)
TYPED = Promise(
    name="import of 1,000 dossiers, each record saved 3 times", unit="s", control=_INSERT, times=4
)
AGAIN = Promise(
    name="reading a known bundle again", unit="s", control="reading it for the first time", times=0.3
)
UNTOUCHED = Promise(
    name="what changes on the disk when a known bundle is read again",
    unit="bytes",
    control="reading it for the first time",
    at_most=1,
)
MILLION = Promise(
    name="import of 20,000 dossiers (1,000,000 values)",
    unit="s",
    control="ten times an import of 2,000 dossiers",
    times=1.5,
)
PROMISES = (THOUSAND, DOUBLE, TYPED, AGAIN, UNTOUCHED, MILLION)
TABLES = ("change", "client", "dossier", "trajectory", "session")
Rows = dict[str, list[tuple[Any, ...]]]


def measure(room: Room) -> list[Row]:
    """Import into fresh copies of the same office, in turns with the bare insert."""
    first, again = _first_and_again(room)
    return [
        THOUSAND.row(*_against_insert(room, 1000, 9)),
        DOUBLE.row(*_against_insert(room, 2000, 5)),
        TYPED.row(*_against_insert(room, 1000, 5, steps=3)),
        AGAIN.row(again, first),
        UNTOUCHED.row(*_touched(room)),
        MILLION.row(*_ten_times(room)),
    ]


def import_once(room: Room, dossiers: int, steps: int = 1) -> float:
    """Seconds from the copy into the inbox to the commit and the move out of it."""
    vault, bundle = room.handed_over(dossiers, steps)
    office = vaults.unlock(room.copy(vault), PASSPHRASE)
    seconds = timed(lambda: exchange.import_bundle(office, bundle))
    office.close()
    return seconds


def _against_insert(room: Room, dossiers: int, times: int, steps: int = 1) -> tuple[float, float]:
    rows = _imported(room, dossiers, steps)
    return medians(lambda: import_once(room, dossiers, steps), lambda: _insert_once(room, rows), times)


def _imported(room: Room, dossiers: int, steps: int) -> Rows:
    """What stands in the tables after the import."""
    vault, bundle = room.handed_over(dossiers, steps)
    office = vaults.unlock(room.copy(vault), PASSPHRASE)
    exchange.import_bundle(office, bundle)
    with office.database.read() as reader:
        rows = {name: reader.connection.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
        rows["actor"] = reader.connection.execute("SELECT * FROM actor").fetchall()
    office.close()
    return {"actor": rows.pop("actor"), **rows}


def _insert_once(room: Room, rows: Rows) -> float:
    path = room.folder / "bare.db"
    for left in room.folder.glob("bare.db*"):
        left.unlink()
    connection = connect(path, bytes(32))
    migrate(connection, path, codelists())
    seconds = timed(lambda: _insert(connection, rows))
    connection.close()
    return seconds


def _insert(connection: Any, rows: Rows) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for name, found in rows.items():
        marks = ",".join("?" * len(found[0]))
        connection.executemany(f"INSERT INTO {name} VALUES ({marks})", found)
    connection.execute("COMMIT")


def _first_and_again(room: Room) -> tuple[float, float]:
    vault, bundle = room.handed_over(1000)
    office = vaults.unlock(room.copy(vault), PASSPHRASE)
    first = timed(lambda: exchange.import_bundle(office, bundle))
    again = median(timed(lambda: exchange.import_bundle(office, bundle)) for _ in range(9))
    office.close()
    return first, again


def _ten_times(room: Room) -> tuple[float, float]:
    """One large import, and ten times the median of small ones."""
    room.say("making a bundle of 20,000 dossiers …")
    large, small = in_turns(lambda: import_once(room, 20_000), lambda: import_once(room, 2000), 2, warm=False)
    return median(large), 10 * median(small)


def _touched(room: Room) -> tuple[int, int]:
    """How many bytes of the vault differ after the second reading, and after the first."""
    vault, bundle = room.handed_over(1000)
    office = vaults.unlock(room.copy(vault), PASSPHRASE)
    before = _bytes_of(office.folder)
    exchange.import_bundle(office, bundle)
    first = _bytes_of(office.folder)
    exchange.import_bundle(office, bundle)
    again = _bytes_of(office.folder)
    office.close()
    return _differing(first, again), _differing(before, first)


def _bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _differing(one: bytes, other: bytes) -> int:
    """How many bytes are not the same, those that only one has included."""
    same = sum(mine == its for mine, its in zip(one, other, strict=False))
    return max(len(one), len(other)) - same
