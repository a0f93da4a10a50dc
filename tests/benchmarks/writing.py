"""Writing a bundle on the laptop, against reading and compressing the same changes."""

from __future__ import annotations

import zlib

from leerwinkel_desktop.services import exchange
from leerwinkel_desktop.services.workspace import Workspace
from tests.benchmarks.room import Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import medians, timed

WRITE = Promise(
    name="writing a bundle of 500 dossiers",
    unit="s",
    control="a bare SELECT of the same changes, their patches compressed with zlib",
    at_most=2,
)
PROMISES = (WRITE,)


def measure(room: Room) -> list[Row]:
    """Write the same changes again and again: nothing is confirmed in between."""
    laptop, _ = room.laptop(500, "writer")
    row = WRITE.row(
        *medians(
            lambda: timed(lambda: exchange.write_bundle(laptop, room.folder)),
            lambda: timed(lambda: _bare(laptop)),
            7,
        )
    )
    laptop.close()
    return [row]


def _bare(laptop: Workspace) -> bytes:
    with laptop.database.read() as reader:
        rows = reader.connection.execute("SELECT * FROM change WHERE actor = 1 ORDER BY seq").fetchall()
    return zlib.compress("\n".join(row[5] for row in rows).encode(), 6)
