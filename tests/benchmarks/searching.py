"""Find as you type: over 20,000 dossiers against the bare FTS5 query, over courses against a bare scan."""

from __future__ import annotations

from collections.abc import Iterator

from leerwinkel_desktop.domain import catalogue
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.offers import Offering, Provider
from leerwinkel_desktop.services import dossiers, vaults
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.search import match_of
from tests.benchmarks.crowd import Chance
from tests.benchmarks.room import PASSPHRASE, Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import in_turns, p95, timed

PEOPLE = 30
LETTERS = 12
LIMIT = 50
TITLES = ("Logistiek", "Bakkerij", "Boekhouden", "Zorgkundige", "Lassen", "Informatica", "Nederlands")
SOUGHT = ("bokehouden", "lassen mechelen", "niets hiervan bestaat", "logistiek deel 7")

FIND = Promise(
    name="find as you type, 20,000 dossiers (p95)",
    unit="ms",
    control="the bare FTS5 query, that gives only the numbers of its hits",
    times=3,
    at_most=20,
)
COURSES = Promise(
    name="find a course as you type, 1,000 courses (p95)",
    unit="ms",
    control="which titles hold the very letters, without slips, other words or order",
    at_most=16,
)
PROMISES = (FIND, COURSES)
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
    return [FIND.row(p95(ours) * 1000, p95(bare) * 1000), _courses()]


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


def _courses() -> Row:
    ours: list[float] = []
    bare: list[float] = []
    lines = _lines()
    titles = [(line.offering.title or "").lower() for line in lines]
    for text in SOUGHT:
        for length in range(1, len(text) + 1):
            typed_now = text[:length]
            of_ours, of_bare = in_turns(
                lambda: timed(lambda: catalogue.find(lines, typed_now, catalogue.Filter())),  # noqa: B023
                lambda: timed(lambda: [title for title in titles if typed_now in title]),  # noqa: B023
                2,
                warm=False,
            )
            ours += of_ours
            bare += of_bare
    return COURSES.row(p95(ours) * 1000, p95(bare) * 1000)


def _lines() -> tuple[catalogue.Line, ...]:
    school = Provider(id=new_id(), name="CVO Voorbeeld", nis_code="12025")
    offerings = [
        Offering(id=new_id(), title=f"{TITLES[n % len(TITLES)]} deel {n}", provider_id=school.id)
        for n in range(1000)
    ]
    return tuple(catalogue.line_of(codelists(), one, school) for one in offerings)
