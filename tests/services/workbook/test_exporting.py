"""What goes out comes back the same, whatever people typed, and never as a live formula."""

from __future__ import annotations

import csv
import io
import tempfile
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.fields import normal_text
from leerwinkel_desktop.domain.organisation import StaffAssignment
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import workbook
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.services.workbook import files
from leerwinkel_desktop.services.workbook.columns import BY_NAME, SHEETS
from leerwinkel_desktop.services.workbook.exporting import workbook_bytes, write_folder
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import audit

NASTY = [
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+32 15 20 30 40",
    "-1",
    "@SUM(A1)",
    "'; DROP TABLE client; --",
    "'=1",
    "''x",
    "👩🏽‍🎓 Zoë",
    "محمد بن عبد الله",
    "\u202eneredraws",
    "x" * 300,
    "_x0041_ _x0001_",
    "tab\tin en \n regel",
    "\x01\x1f onzichtbaar \ufffe",
    "a\r\nb",
    "1990-01-01",
    "00123",
    "J",
    "TRUE",
    "#REF!",
    'a;b,c"d"',
    "＝1+1",
    "&amp; <b> ]]>",
    "<r>x</r>",
    "<r><t>x</t></r>",
]
KINDS = ["xlsx", "csv"]


def key(name: str) -> str:
    """A fixed id for a record in a test."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, name))


def out(vault: Workspace, folder: Path, kind: str) -> Path:
    path = folder / ("uit.xlsx" if kind == "xlsx" else "uit")
    workbook.export_workbook(vault, path)
    return path


@pytest.mark.parametrize("kind", KINDS)
def test_nasty_texts_come_back_the_same(
    new_vault: Callable[[], Workspace],
    tmp_path: Path,
    everything: Callable[[Workspace], Any],
    kind: str,
) -> None:
    first, second = new_vault(), new_vault()
    with first.database.write() as transaction:
        for at, text in enumerate(NASTY):
            client = Client(
                id=key(f"c{at}"), client_no=f"K-{at:02}", first_name=text, last_name=text, email=text[:200]
            )
            transaction.save(client)
            transaction.save(Dossier(id=key(f"d{at}"), client_id=client.id))
    workbook.import_workbook(second, out(first, tmp_path, kind))
    assert everything(second) == everything(first)
    assert [row[1] for row in everything(second)["Klanten"]] == [normal_text(text) for text in NASTY]


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_person_comes_back_the_same(
    new_vault: Callable[[], Workspace],
    make_book: Callable[..., Path],
    person: Callable[..., Any],
    tmp_path: Path,
    everything: Callable[[Workspace], Any],
    kind: str,
) -> None:
    first, second = new_vault(), new_vault()
    workbook.import_workbook(first, make_book(person()))
    workbook.import_workbook(second, out(first, tmp_path, kind))
    assert everything(second) == everything(first)


@pytest.mark.parametrize("kind", KINDS)
def test_records_without_numbers_get_one_and_keep_their_people(
    new_vault: Callable[[], Workspace], tmp_path: Path, everything: Callable[[Workspace], Any], kind: str
) -> None:
    first, second = new_vault(), new_vault()
    with first.database.write() as transaction:
        transaction.save_all(
            [
                Client(id=key("c1"), first_name="Linde"),
                Dossier(id=key("d1"), client_id=key("c1")),
                Trajectory(id=key("t1"), dossier_id=key("d1"), intake_date=date(2025, 1, 1)),
                Session(id=key("s1"), trajectory_id=key("t1"), date=date(2025, 1, 1), minutes=30),
                Session(id=key("s2"), trajectory_id=key("t1"), date=date(2025, 1, 1), minutes=45),
                StaffAssignment(
                    id=key("p1"),
                    counsellor="Demo",
                    fte=Decimal("0.3333333333333333333"),
                    starts_on=date(1900, 1, 1),
                ),
            ]
        )
    path = out(first, tmp_path, kind)
    workbook.import_workbook(second, path)
    assert everything(second) == everything(first)
    again = workbook.import_workbook(first, path)
    assert all(counts.added == counts.changed == 0 for counts in again.counts.values())


def test_a_merged_person_is_exported_once(
    new_vault: Callable[[], Workspace], tmp_path: Path, everything: Callable[[Workspace], Any]
) -> None:
    first, second = new_vault(), new_vault()
    with first.database.write() as transaction:
        for at in (1, 2):
            transaction.save(Client(id=key(f"c{at}"), client_no=f"K-{at}"))
            transaction.save(Dossier(id=key(f"d{at}"), client_id=key(f"c{at}")))
            intake = date(2025, at, 1)
            transaction.save(
                Trajectory(
                    id=key(f"t{at}"), trajectory_no=f"T-{at}", dossier_id=key(f"d{at}"), intake_date=intake
                )
            )
        transaction.save(replace(transaction.get(Dossier, key("d2")), merged_into=key("d1")))
    workbook.import_workbook(second, out(first, tmp_path, "xlsx"))
    rows = everything(second)
    assert [row[0] for row in rows["Klanten"]] == ["K-1"]
    assert [row[:2] for row in rows["Trajecten"]] == [["T-1", "K-1"], ["T-2", "K-1"]]


def test_what_was_removed_stays_out_with_all_under_it(
    new_vault: Callable[[], Workspace],
    make_book: Callable[..., Path],
    person: Callable[..., Any],
    tmp_path: Path,
) -> None:
    first, second = new_vault(), new_vault()
    workbook.import_workbook(first, make_book(person()))
    with first.database.write() as transaction:
        transaction.remove(transaction.find(Trajectory)[0])
    done = workbook.import_workbook(second, out(first, tmp_path, "xlsx"))
    added = {name: counts.added for name, counts in done.counts.items() if counts.added}
    assert added == {"Klanten": 1, "Personeel": 1}


def test_two_people_with_one_number_stay_two(new_vault: Callable[[], Workspace], tmp_path: Path) -> None:
    first, second = new_vault(), new_vault()
    with first.database.write() as transaction:
        for name in ("a", "b"):
            transaction.save(Client(id=key(name), client_no="K-1", first_name=name))
            transaction.save(Dossier(id=key(f"d{name}"), client_id=key(name)))
    path = out(first, tmp_path, "xlsx")
    assert workbook.import_workbook(second, path).clients == 2
    again = workbook.import_workbook(first, path)
    assert again.counts["Klanten"].unchanged == 2


def test_coming_in_and_going_out_is_in_the_audit_trail(vault: Workspace, tmp_path: Path) -> None:
    workbook.import_workbook(vault, out(vault, tmp_path, "xlsx"))
    with vault.database.read() as reader:
        actions = [entry.action for entry in audit.entries(reader.connection)]
    assert actions[-2:] == ["workbook.exported", "workbook.imported"]


def test_trajectories_keep_their_order(new_vault: Callable[[], Workspace], tmp_path: Path) -> None:
    first, second = new_vault(), new_vault()
    with first.database.write() as transaction:
        transaction.save(Client(id=key("c"), client_no="K-1"))
        transaction.save(Dossier(id=key("d"), client_id=key("c")))
        for seq, at in enumerate(sorted((key("t1"), key("t2"), key("t3")), reverse=True), start=1):
            transaction.save(Trajectory(id=at, dossier_id=key("d"), seq=seq, intake_date=date(2025, seq, 1)))
    workbook.import_workbook(second, out(first, tmp_path, "xlsx"))
    with second.database.read() as reader:
        rows = reader.rows(Trajectory, ("seq", "intake_date"))
    assert sorted(rows) == [(seq, date(2025, seq, 1)) for seq in (1, 2, 3)]


def test_xlsx_cells_are_never_formulas(vault: Workspace, tmp_path: Path) -> None:
    with vault.database.write() as transaction:
        for at, text in enumerate(NASTY):
            transaction.save(Client(id=key(f"c{at}"), client_no=f"K-{at:02}", first_name=text))
    book = openpyxl.load_workbook(out(vault, tmp_path, "xlsx"))
    for row in book["Klanten"].iter_rows(min_row=2):
        assert row[1].data_type == "s"
        assert row[1].quotePrefix or not str(row[1].value).startswith(("=", "+", "-", "@"))


def test_csv_cells_are_never_formulas(vault: Workspace, tmp_path: Path) -> None:
    with vault.database.write() as transaction:
        for at, text in enumerate(NASTY):
            transaction.save(Client(id=key(f"c{at}"), client_no=f"K-{at:02}", first_name=text))
    data = (out(vault, tmp_path, "csv") / "Klanten.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    assert len(rows) == len(NASTY) + 1
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for row in rows for cell in row)


def test_no_personal_data_in_temporary_files(
    vault: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nergens"))
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", forbidden)
    out(vault, tmp_path, "xlsx")


TEXTS = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
    .map(normal_text)
    .filter(bool)
)
"""What a field can hold."""


@given(text=TEXTS)
def test_any_text_survives_the_package(text: str) -> None:
    data = workbook_bytes({"Klanten": [["K-1", text]]})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "boek.xlsx"
        path.write_bytes(data)
        with files.opened(path) as book:
            cell = list(book.rows("Klanten"))[1][1]
    assert (cell.value, cell.is_formula) == (text, False)


@given(text=TEXTS)
def test_any_text_survives_a_csv(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_folder(Path(folder), {"Klanten": [["K-1", text]]})
        with files.opened(Path(folder)) as book:
            assert list(book.rows("Klanten"))[1][1].value == text


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_any_day_survives_the_package(day: date) -> None:
    data = workbook_bytes({"Klanten": [["K-1", day]]})
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book["Klanten"]["B2"].value.date() == day


def test_template_has_all_columns_explanations_and_codes(vault: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "sjabloon.xlsx"
    workbook.template(path, codelists())
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [*BY_NAME, "Uitleg", "Codes"]
    for sheet in SHEETS:
        assert [cell.value for cell in book[sheet.name][1]] == [column.name for column in sheet.columns]
    explained = {tuple(row[:2]): row[2:] for row in book["Uitleg"].iter_rows(min_row=2, values_only=True)}
    assert {(sheet.name, c.name) for sheet in SHEETS for c in sheet.columns} <= explained.keys()
    (gender,) = (c for c in book["Klanten"].data_validations.dataValidation if "E2" in str(c.sqref))
    first, last = (int(end.rpartition("$")[2]) for end in gender.formula1.split(":"))
    assert [book["Codes"].cell(row, 2).value for row in range(first, last + 1)] == ["M", "V", "X", "O"]
    assert explained["Klanten", "klantnr"][0] == "ja"
    assert explained["Klanten", "geslacht"][3] == "gender"
    codes = {row[:2] for row in book["Codes"].iter_rows(min_row=2, values_only=True)}
    assert {("gender", "V"), ("attendance", "GEPLAND"), ("education_level", "30")} <= codes
    done = workbook.import_workbook(vault, path)
    assert done.clients == 0
