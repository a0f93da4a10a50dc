"""Reading a bundle at the office, against a bare insert of the same rows into SQLCipher."""

from __future__ import annotations

from statistics import median
from typing import Any

from leerwinkel_desktop.services import exchange, vaults
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store.connection import connect
from leerwinkel_desktop.store.migrate import migrate
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import medians, timed

_INSERT = "a bare insert of the same changes and rows into SQLCipher, in one transaction"
THOUSAND = Promise(name="import of 1,000 dossiers (50,000 values)", unit="s", control=_INSERT, times=4)
DOUBLE = Promise(name="import of 2,000 dossiers (100,000 values)", unit="s", control=_INSERT, times=4)
TYPED = Promise(
    name="import of 1,000 dossiers, each record saved 3 times", unit="s", control=_INSERT, times=4
)
AGAIN = Promise(
    name="reading a known bundle again", unit="s", control="reading it for the first time", times=0.3
)
PROMISES = (THOUSAND, DOUBLE, TYPED, AGAIN)
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
