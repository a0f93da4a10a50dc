"""An office to try rights on: one whole dossier full of a marker, and the golden 438."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.fields import Kind, Record, fields_of, owner_of
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.registry import RECORDS
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import dossiers, vaults, workbook
from leerwinkel_desktop.services.demo import genk
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.database import FILE

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
TODAY = date(2026, 5, 12)
NOW_MS = 1_778_580_000_000


@dataclass(frozen=True)
class Someone:
    """The records of one person."""

    client: Client
    dossier: Dossier
    trajectory: Trajectory


class Bureau:
    """Makes offices whose day and clock stand still, and people in them."""

    PASSPHRASE, TODAY, NOW_MS = PASSPHRASE, TODAY, NOW_MS

    @staticmethod
    def someone(workspace: Workspace, **client: object) -> Someone:
        view = dossiers.create(workspace, **{"first_name": "Verzonnen", "last_name": "Voorbeeld", **client})
        assert view.trajectory is not None
        return Someone(view.client, view.dossier, view.trajectory)


@pytest.fixture(scope="session")
def bureau() -> type[Bureau]:
    return Bureau


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    made = vaults.create(
        tmp_path / "kantoor",
        PASSPHRASE,
        cost=vaults.TESTS_ONLY,
        clock=lambda: NOW_MS,
        today=lambda: TODAY,
    )
    yield made.workspace
    made.workspace.close()


@pytest.fixture(scope="session")
def golden_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("golden") / "registratie.xlsx"
    genk.write_workbook(path)
    return path


@pytest.fixture
def golden(office: Workspace, golden_book: Path) -> Workspace:
    """The office with the 438 dossiers of DOMAIN.md §8.1."""
    workbook.import_workbook(office, golden_book)
    return office


@pytest.fixture(scope="session")
def count_hits(decrypted: Callable[[Path, bytes], bytes]) -> Callable[[Workspace, str], int]:
    """How often a text stands in the decrypted pages, and in any other file of the vault as it is."""

    def hits(workspace: Workspace, marker: str) -> int:
        workspace.database.close()
        pages = decrypted(workspace.folder / FILE, workspace.opened.key)
        files = [path for path in workspace.folder.rglob("*") if path.is_file() and path.name != FILE]
        plain = b"".join(path.read_bytes() for path in files)
        return pages.count(marker.encode()) + plain.count(marker.encode())

    return hits


def filled(record: type[Record], owner: str | None, marker: str) -> Record:
    """A record with the marker in each field that takes any text."""
    values: dict[str, Any] = {
        field.name: marker for field in fields_of(record) if field.kind in (Kind.TEXT, Kind.NOTE)
    }
    link = owner_of(record)
    if link is not None:
        values[link.name] = owner
    return record(id=new_id(), **values)


@pytest.fixture
def marked(office: Workspace, bureau: type[Bureau]) -> Callable[[str], Someone]:
    """Somebody with a record of every kind; each field that takes text holds the marker."""

    def make(marker: str) -> Someone:
        who = bureau.someone(office, first_name=marker, last_name=marker, notes=marker * 40)
        owners = {"client": who.client.id, "dossier": who.dossier.id, "trajectory": who.trajectory.id}
        with office.database.write() as transaction:
            for record in RECORDS:
                link = owner_of(record)
                if link is None or record.kind in owners or link.target is None:
                    continue
                made = filled(record, owners[link.target], marker)
                transaction.save(made)
                owners[record.kind] = made.id
            transaction.save(replace(who.client, notes=marker * 30))
            transaction.save(replace(who.client, notes="Nu anders."))
        return who

    return make
