"""Who resembles somebody among 100,000 people, against a bare SELECT by an index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.same_person import Person
from leerwinkel_desktop.services import doubles, vaults
from leerwinkel_desktop.services.workspace import Workspace
from tests.benchmarks.crowd import Chance, registration
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import in_turns, p95, timed

ASKED = 100
LIKE = Promise(
    name="who resembles one person, among 100,000 (p95)",
    unit="ms",
    control="a bare SELECT of the clients of one birth date, by an index",
    at_most=50,
)
PROMISES = (LIKE,)
_BARE = "SELECT client.* FROM double_key JOIN client ON client.id = client_id WHERE key = ?"


def measure(room: Room) -> list[Row]:
    """Ask for people who are there and for people who are not, in turns with the bare SELECT."""
    with closing(vaults.unlock(room.copy(room.crowded()), PASSPHRASE)) as workspace:
        doubles.like(workspace, Person())
        ours: list[float] = []
        bare: list[float] = []
        for person in _asked():
            for gathered, values in zip((ours, bare), _both(workspace, person), strict=True):
                gathered += values
    return [LIKE.row(p95(ours) * 1000, p95(bare) * 1000)]


def _clients(seed: int, count: int) -> Iterator[Client]:
    chance = Chance(seed)
    for place in range(count):
        client, *_ = registration(chance, place)
        if isinstance(client, Client):
            yield client


def _asked() -> Iterator[Person]:
    """Half of them are there, with a slip; the others are new."""
    there = _clients(1, ASKED // 2)
    for client in (*there, *_clients(2, ASKED // 2)):
        yield Person(
            first_name=client.last_name,
            last_name=client.first_name,
            birth_date=client.birth_date,
            gender=client.gender,
            nis_code=client.nis_code,
            phone=client.phone,
        )


def _both(workspace: Workspace, person: Person) -> tuple[list[float], list[float]]:
    with workspace.database.read() as reader:
        connection = reader.connection
    key = f"b{person.birth_date}"

    def bare() -> float:
        return timed(lambda: connection.execute(_BARE, (key,)).fetchall())

    return in_turns(lambda: timed(lambda: doubles.like(workspace, person)), bare, 1, warm=False)
