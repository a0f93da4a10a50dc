"""Writing a bundle, on a laptop and for one, against reading and compressing the same changes."""

from __future__ import annotations

import zlib
from contextlib import closing
from itertools import count
from pathlib import Path

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import along, dossiers, exchange, vaults
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
GIVE = Promise(
    name="writing 5 changes for a laptop, 100,000 dossiers",
    unit="s",
    control="a bare SELECT of the same changes, their patches compressed with zlib",
    at_most=0.3,
)
PROMISES = (WRITE, FEW, GIVE)
_UNCONFIRMED = (
    "SELECT change.* FROM change JOIN actor ON actor.number = change.actor "
    "WHERE change.actor = 1 AND seq > acked ORDER BY seq"
)
_NEWEST = "SELECT change.* FROM change WHERE actor = 1 ORDER BY seq DESC LIMIT 5"


def measure(room: Room) -> list[Row]:
    """Write the same changes again and again: nothing is confirmed in between."""
    laptop, _ = room.laptop(500, "writer")
    whole = _written(room, laptop)
    laptop.close()
    with closing(vaults.unlock(room.crowded(), PASSPHRASE)) as laptop:
        with laptop.database.write() as transaction:
            transaction.save_all(Client(id=new_id(), first_name=f"Nieuw {n}") for n in range(5))
        few = _written(room, laptop)
    return [WRITE.row(*whole), FEW.row(*few), GIVE.row(*_given(room))]


def _written(room: Room, laptop: Workspace) -> tuple[float, float]:
    return medians(
        lambda: timed(lambda: exchange.write_bundle(laptop, room.folder)),
        lambda: timed(lambda: _bare(laptop, _UNCONFIRMED)),
        7,
    )


def _given(room: Room) -> tuple[float, float]:
    """The laptop took five people along, and the office writes something new about each of them."""
    at_office, at_laptop = room.crowded_office()
    with (
        closing(vaults.unlock(at_office, PASSPHRASE)) as office,
        closing(vaults.unlock(at_laptop, PASSPHRASE)) as laptop,
    ):
        actor = laptop.device().actor
        with office.database.read() as reader:
            taken = [row[0] for row in reader.connection.execute("SELECT id FROM client LIMIT 5")]
        along.take_along(office, actor, taken, None)
        _confirmed(room, office, laptop, exchange.write_for_laptop(office, actor, room.folder))
        told = count()

        def give() -> float:
            for client_id in taken:
                dossiers.change(office, Client, client_id, notes=f"Besloten {next(told)}")
            written: list[Path] = []
            seconds = timed(lambda: written.append(exchange.write_for_laptop(office, actor, room.folder)))
            _confirmed(room, office, laptop, *written)
            return seconds

        return medians(give, lambda: timed(lambda: _bare(office, _NEWEST)), 7)


def _confirmed(room: Room, office: Workspace, laptop: Workspace, bundle: Path) -> None:
    exchange.import_bundle(laptop, bundle)
    exchange.import_bundle(office, exchange.write_bundle(laptop, room.folder).path)


def _bare(workspace: Workspace, query: str) -> bytes:
    with workspace.database.read() as reader:
        rows = reader.connection.execute(query).fetchall()
    return zlib.compress("\n".join(row[5] for row in rows).encode(), 6)
