"""An office to try rights on: one whole dossier full of a marker, and the golden 438."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import dossiers, vaults, workbook
from leerwinkel_desktop.services.demo import genk
from leerwinkel_desktop.services.workspace import Workspace

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
