"""What the workbook tests share: an empty vault, workbooks made by hand, and how to look inside the vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.services.workbook.columns import SHEETS
from leerwinkel_desktop.services.workspace import Workspace

TODAY = date(2026, 3, 2)
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def new_vault(tmp_path: Path) -> Iterator[Callable[[], Workspace]]:
    opened: list[Workspace] = []

    def make() -> Workspace:
        folder = tmp_path / f"vault-{len(opened)}"
        word = "een lange zin voor deze test"
        made = vaults.create(folder, word, cost=vaults.TESTS_ONLY, today=lambda: TODAY)
        opened.append(made.workspace)
        return made.workspace

    yield make
    for workspace in opened:
        workspace.close()


@pytest.fixture
def vault(new_vault: Callable[[], Workspace]) -> Workspace:
    return new_vault()


@pytest.fixture
def make_book(tmp_path: Path) -> Callable[..., Path]:
    """Write a workbook with openpyxl, as another program would: all sheets, and the rows given by name."""

    def make(rows: Rows, name: str = "boek.xlsx", leave_out: tuple[str, ...] = ()) -> Path:
        book = openpyxl.Workbook()
        book.remove(book["Sheet"])
        for sheet in SHEETS:
            if sheet.name in leave_out:
                continue
            made = book.create_sheet(sheet.name)
            columns = [c.name for c in sheet.columns if f"{sheet.name}.{c.name}" not in leave_out]
            extra = [key for row in rows.get(sheet.name, []) for key in row if key not in columns]
            heading = [*columns, *dict.fromkeys(extra)]
            made.append(heading)
            for row in rows.get(sheet.name, []):
                made.append([row.get(column) for column in heading])
        book.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def person() -> Callable[..., Rows]:
    """One client with one row on each sheet; changes are given as sheet__column=value."""

    def make(**changes: Any) -> Rows:
        rows: Rows = {
            "Klanten": [
                {
                    "klantnr": "K-1",
                    "voornaam": "Linde",
                    "achternaam": "Voorbeeld",
                    "geboortedatum": date(1990, 5, 17),
                    "geslacht": "V",
                    "nationaliteit": "BE,MA",
                    "gemeente_nis": 12025,
                    "postcode": 2800,
                    "thuistaal": "nl",
                }
            ],
            "Trajecten": [
                {
                    "trajectnr": "T-1",
                    "klantnr": "K-1",
                    "intakedatum": "2025-01-10",
                    "programma": "CITY",
                    "dienstverlening": "GUIDANCE",
                    "doorverwijzer": "EIGEN",
                    "kanaal": "MOND",
                    "niveau": "30",
                    "statussen": "WORK,SICK",
                    "nederlands": "L1",
                }
            ],
            "Gesprekken": [
                {"trajectnr": "T-1", "datum": "2025-01-10", "minuten": 60, "aanwezig": "J", "stap": 1}
            ],
            "Opleidingen": [
                {
                    "opleidingnr": "O-1",
                    "trajectnr": "T-1",
                    "titel": "TKO",
                    "categorie": "SEC_DIPLOMA",
                    "startdatum": "2025-02-01",
                    "status": "ONGOING",
                }
            ],
            "Kwalificaties": [
                {"opleidingnr": "O-1", "type": "DEELCERT", "datum": "2025-06-30", "gedeeltelijk": "J"}
            ],
            "Opvolging": [
                {
                    "trajectnr": "T-1",
                    "moment": "F2",
                    "datum": "2025-02-15",
                    "bereikt": "J",
                    "uitkomst": "STARTED",
                }
            ],
            "Personeel": [{"naam": "Demo Begeleider", "vte": 0.5, "van": "2025-01-01", "bezoldigd": "J"}],
        }
        for place, value in changes.items():
            sheet, column = place.split("__")
            rows[sheet][0][column] = value
        return rows

    return make


@pytest.fixture
def everything() -> Callable[[Workspace], dict[str, list[Any]]]:
    """All that the workbook's records hold in a vault, without ids, in a fixed order."""

    def read(workspace: Workspace) -> dict[str, list[Any]]:
        from leerwinkel_desktop.services.progress import silent
        from leerwinkel_desktop.services.workbook import exporting

        with workspace.database.read() as reader:
            return {sheet.name: list(rows) for sheet, rows in exporting._all_rows(reader, silent)}

    return read
