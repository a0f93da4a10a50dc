"""Opening a vault of 20,000 dossiers: what it takes apart from Argon2id."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from leerwinkel_desktop.services import reference, vaults
from leerwinkel_desktop.services.workspace import Workspace
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import medians, timed

REST = Promise(
    name="unlock, apart from Argon2id",
    unit="ms",
    control="bare Argon2id with the least parameters of a real vault",
    at_most=50,
)
PROMISES = (REST,)


def measure(room: Room) -> list[Row]:
    """Unlock as the first thing of a process does; the vault's own Argon2id is next to nothing here."""
    folder = room.many()
    rest, bare = medians(lambda: _unlock(folder), lambda: timed(_argon), 9)
    return [REST.row(rest * 1000, bare * 1000)]


def _unlock(folder: Path) -> float:
    reference.codelists.cache_clear()
    opened: list[Workspace] = []
    seconds = timed(lambda: opened.append(vaults.unlock(folder, PASSPHRASE)))
    opened[0].close()
    return seconds


def _argon() -> None:
    m, t, p = vaults.FLOOR
    argon = Argon2id(salt=bytes(16), length=32, iterations=t, lanes=p, memory_cost=m)
    argon.derive(PASSPHRASE.encode())
