"""A database that may not grow: SQLite's own refusal at any page, all or nothing, and then it works again.

The limit is SQLite's, so this runs where no small disk can be mounted (tests/services/test_disk_full.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from leerwinkel_desktop.services import along, dossiers, exchange
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import changelog
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.errors import DiskFull
from tests.faults.whole import consistent

SIZES = 5
AMPLE = 2**30
TABLES = ("change", "client", "bundle", "audit_entry", "given_change", "at_laptop", "along")
WHOSE = {"save": "office", "import": "office", "given": "laptop-1"}


@pytest.fixture
def act(team: Any) -> Callable[[str, Workspace], Any]:
    """Does an act: the first laptop has work for the office, and the office for the second."""
    for number in range(40):
        dossiers.create(team.office, first_name=f"Verzonnen {number}", notes="lang " * 200)
        dossiers.create(team.laptop, first_name=f"Later {number}", notes="lang " * 200)
    everybody = [hit.client_id for hit in dossiers.search(team.office, "", 100)]
    along.take_along(team.office, team.laptops[1].device().actor, everybody, None)
    bundle, given = team.hand_over(), team.receipt(1)
    team.close()
    acts: dict[str, Callable[[Workspace], Any]] = {
        "save": lambda own: dossiers.create(own, first_name="Nieuw", notes="lang " * 600),
        "import": lambda own: exchange.import_bundle(own, bundle),
        "given": lambda own: exchange.import_bundle(own, given),
    }
    return lambda name, own: acts[name](own)


def pages(workspace: Workspace, most: int | None = None) -> int:
    """How many pages there are; `most`: and there may not be more."""
    with workspace.database.bare() as connection:
        if most is not None:
            connection.execute(f"PRAGMA max_page_count = {most}").fetchone()
        return int(connection.execute("PRAGMA page_count").fetchone()[0])


def rows(workspace: Workspace) -> list[int]:
    with workspace.database.read() as reader:
        ask = reader.connection.execute
        return [ask(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES]


@pytest.fixture
def tried(team: Any, act: Callable[[str, Workspace], Any], tmp_path: Path) -> Callable[[str], None]:
    """Does an act with room for too few pages, some times, and then with enough."""

    def opened(name: str, copy: str) -> Workspace:
        shutil.copytree(team.folder / WHOSE[name], tmp_path / "copies" / copy)
        found: Workspace = team.open(str(tmp_path / "copies" / copy), team.office_clock)
        return found

    def work(name: str) -> None:
        with closing(opened(name, "ample")) as own:
            begin = pages(own)
            act(name, own)
            done, grown = rows(own), pages(own) - begin
        assert grown, "the act must grow the database, or nothing is tried"
        for room in sorted({grown * size // SIZES for size in range(SIZES)}):
            with closing(opened(name, str(room))) as own:
                before = rows(own)
                pages(own, begin + room)
                with pytest.raises(DiskFull):
                    act(name, own)
                assert rows(own) == before, "something half is left"
                pages(own, AMPLE)
                consistent(own)
                act(name, own)
                assert rows(own) == done

    return work


@pytest.mark.parametrize("name", WHOSE)
def test_all_or_nothing_and_then_it_works(tried, name):
    tried(name)


def test_a_commit_halfway_is_seen(tried, monkeypatch):
    """The control."""
    add = changelog.add

    def and_commit(connection: Connection, changes: Any) -> None:
        add(connection, changes)
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")

    monkeypatch.setattr(changelog, "add", and_commit)
    with pytest.raises(AssertionError, match="something half is left"):
        tried("given")
