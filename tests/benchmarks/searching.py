"""Find as you type over 20,000 dossiers, against the bare FTS5 query."""

from __future__ import annotations

from collections.abc import Iterator

from leerwinkel_desktop.services import dossiers, vaults
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.search import match_of
from tests.benchmarks.crowd import Chance
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import in_turns, p95, timed

PEOPLE = 30
LETTERS = 12
LIMIT = 50

FIND = Promise(
    name="find as you type, 20,000 dossiers (p95)",
    unit="ms",
    control="the bare FTS5 query, that gives only the numbers of its hits",
    times=3,
    at_most=20,
)
PROMISES = (FIND,)
_BARE = "SELECT rowid FROM client_word WHERE client_word MATCH ? ORDER BY rowid DESC LIMIT ?"


def measure(room: Room) -> list[Row]:
    """Type the names and numbers of some people, letter by letter."""
    workspace = vaults.unlock(room.many(), PASSPHRASE)
    ours: list[float] = []
    bare: list[float] = []
    for text in typed(workspace):
        of_ours, of_bare = _both(workspace, text)
        ours += of_ours
        bare += of_bare
    workspace.close()
    return [FIND.row(p95(ours) * 1000, p95(bare) * 1000)]


def typed(workspace: Workspace) -> Iterator[str]:
    """What stands in the field after each letter."""
    chance = Chance(2)
    found = dossiers.search(workspace, "", limit=20_000)
    for _ in range(PEOPLE):
        hit = found[chance.number(0, len(found) - 1)]
        words = (hit.last_name, f"{hit.first_name} {hit.last_name}", hit.client_no)
        whole = (words[chance.number(0, 2)] or "").lower()
        yield from (whole[:length] for length in range(1, min(len(whole), LETTERS) + 1))


def _both(workspace: Workspace, text: str) -> tuple[list[float], list[float]]:
    with workspace.database.read() as reader:
        connection = reader.connection

    def bare() -> float:
        return timed(lambda: connection.execute(_BARE, (match_of(text), LIMIT)).fetchall())

    return in_turns(lambda: timed(lambda: dossiers.search(workspace, text, LIMIT)), bare, 2, warm=False)
