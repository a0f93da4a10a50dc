"""Writing a bundle on the laptop, against reading and compressing the same changes."""

from __future__ import annotations

import zlib
from contextlib import closing

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import exchange, vaults
from leerwinkel_desktop.services.workspace import Workspace
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import medians, timed

WRITE = Promise(
    name="writing a bundle of 500 dossiers",
    unit="s",
    control="a bare SELECT of the same changes, their patches compressed with zlib",
    at_most=2,
)
FEW = Promise(
    name="writing a bundle of 5 changes, 100,000 dossiers",
    unit="s",
    control="a bare SELECT of the same changes, their patches compressed with zlib",
    at_most=0.3,
)
PROMISES = (WRITE, FEW)
_UNCONFIRMED = (
    "SELECT change.* FROM change JOIN actor ON actor.number = change.actor "
    "WHERE change.actor = 1 AND seq > acked ORDER BY seq"
)


def measure(room: Room) -> list[Row]:
    """Write the same changes again and again: nothing is confirmed in between."""
    laptop, _ = room.laptop(500, "writer")
    whole = _written(room, laptop)
    laptop.close()
    with closing(vaults.unlock(room.crowded(), PASSPHRASE)) as laptop:
        with laptop.database.write() as transaction:
            transaction.save_all(Client(id=new_id(), first_name=f"Nieuw {n}") for n in range(5))
        return [WRITE.row(*whole), FEW.row(*_written(room, laptop))]


def _written(room: Room, laptop: Workspace) -> tuple[float, float]:
    return medians(
        lambda: timed(lambda: exchange.write_bundle(laptop, room.folder)),
        lambda: timed(lambda: _bare(laptop)),
        7,
    )


def _bare(laptop: Workspace) -> bytes:
    with laptop.database.read() as reader:
        rows = reader.connection.execute(_UNCONFIRMED).fetchall()
    return zlib.compress("\n".join(row[5] for row in rows).encode(), 6)
