"""A workbook comes in whole or not at all, twice changes nothing, and each bad cell is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.organisation import StaffAssignment
from leerwinkel_desktop.domain.training import FollowUp, Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import doubles, workbook
from leerwinkel_desktop.services.progress import Cancelled
from leerwinkel_desktop.services.workbook.cells import EMPTY, Cell
from leerwinkel_desktop.services.workbook.problems import Problem, Reason
from leerwinkel_desktop.services.workspace import Workspace

Make = Callable[..., Path]
Person = Callable[..., dict[str, list[dict[str, Any]]]]
ALL = (Client, Dossier, Trajectory, Session, TrainingStart, Qualification, FollowUp, StaffAssignment)


def found(vault: Workspace, record: type[Any]) -> Any:
    with vault.database.read() as reader:
        (only,) = reader.find(record)
    return only


def is_empty(vault: Workspace) -> bool:
    with vault.database.read() as reader:
        return not any(reader.find(record) for record in ALL)


def problems_of(vault: Workspace, path: Path) -> list[tuple[str, int, str, Reason]]:
    with pytest.raises(workbook.RowsDoNotFit) as caught:
        workbook.import_workbook(vault, path)
    assert is_empty(vault)
    return [(p.sheet, p.row, p.column, p.reason) for p in caught.value.problems]


def test_every_column_reaches_its_field(vault: Workspace, make_book: Make, person: Person) -> None:
    done = workbook.import_workbook(vault, make_book(person()))
    assert (done.clients, done.trajectories) == (1, 1)
    client = found(vault, Client)
    assert (client.client_no, client.first_name, client.birth_date) == ("K-1", "Linde", date(1990, 5, 17))
    assert (client.nationality, client.nis_code, client.postal_code) == (("BE", "MA"), "12025", "2800")
    trajectory = found(vault, Trajectory)
    assert (trajectory.seq, trajectory.status, trajectory.level_at_intake) == (1, "OPEN", "30")
    assert trajectory.statuses_at_intake == ("WORK", "SICK")
    dossier = found(vault, Dossier)
    assert (dossier.id, dossier.client_id) == (trajectory.dossier_id, client.id)
    assert (dossier.opened_on, dossier.status) == (date(2025, 1, 10), "ACTIVE")
    session = found(vault, Session)
    assert (session.trajectory_id, session.minutes, session.step_reached) == (trajectory.id, 60, "1")
    training = found(vault, TrainingStart)
    assert (training.training_no, training.trajectory_id) == ("O-1", trajectory.id)
    qualification = found(vault, Qualification)
    assert (qualification.training_start_id, qualification.partial) == (training.id, True)
    assert found(vault, FollowUp).done_on == date(2025, 2, 15)
    assert found(vault, StaffAssignment).fte == Decimal("0.5")


@pytest.mark.parametrize(
    ("place", "value", "record", "field", "expected"),
    [
        ("Klanten__geslacht", "vrouw", Client, "gender", "V"),
        ("Klanten__geslacht", "X / non-binair", Client, "gender", "X"),
        ("Klanten__nationaliteit", "België; marokko", Client, "nationality", ("BE", "MA")),
        ("Klanten__geboortedatum", "1990-05-17", Client, "birth_date", date(1990, 5, 17)),
        ("Klanten__geboortedatum", datetime(1990, 5, 17, 13, 5), Client, "birth_date", date(1990, 5, 17)),
        ("Klanten__telefoon", 15203040, Client, "phone", "15203040"),
        ("Klanten__klantnr", 17.0, Client, "client_no", "17"),
        ("Trajecten__niveau", 30, Trajectory, "level_at_intake", "30"),
        ("Trajecten__niveau", 0, Trajectory, "level_at_intake", "00"),
        ("Trajecten__afsluitreden", "Doel bereikt", Trajectory, "status", "CLOSED"),
        ("Trajecten__afgesloten_op", "2025-06-01", Trajectory, "status", "CLOSED"),
        (
            "Trajecten__statussen",
            "Werkzoekend (ingeschreven bij VDAB, met of zonder uitkering), NEET",
            Trajectory,
            "statuses_at_intake",
            ("JOBSEEK", "NEET"),
        ),
        ("Gesprekken__aanwezig", "GEPLAND", Session, "attended", "GEPLAND"),
        ("Gesprekken__minuten", "45", Session, "minutes", 45),
        ("Kwalificaties__gedeeltelijk", False, Qualification, "partial", False),
        ("Kwalificaties__gedeeltelijk", "nee", Qualification, "partial", False),
        ("Personeel__vte", "0,5", StaffAssignment, "fte", Decimal("0.5")),
    ],
)
def test_cells_as_people_write_them(
    vault: Workspace,
    make_book: Make,
    person: Person,
    place: str,
    value: object,
    record: type[Any],
    field: str,
    expected: object,
) -> None:
    rows = person(**{place: value})
    rows["Trajecten"][0]["klantnr"] = rows["Klanten"][0]["klantnr"]
    workbook.import_workbook(vault, make_book(rows))
    assert getattr(found(vault, record), field) == expected


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        ("Klanten__geboortedatum", "2023-02-30", Reason.DATE),
        ("Klanten__geboortedatum", "17/05/1990", Reason.DATE),
        ("Klanten__geboortedatum", 33010, Reason.DATE),
        ("Klanten__geboortedatum", "1850-01-01", Reason.DATE_RANGE),
        ("Klanten__geboortedatum", "2026-03-03", Reason.FUTURE),
        ("Klanten__geslacht", "Q", Reason.CODE),
        ("Klanten__nationaliteit", "BE,ZZZ", Reason.CODE),
        ("Klanten__voornaam", "x" * 301, Reason.LENGTH),
        ("Klanten__voornaam", '=HYPERLINK("http://voorbeeld.invalid")', Reason.FORMULA),
        ("Klanten__voornaam", "#REF!", Reason.ERROR_VALUE),
        ("Klanten__voornaam", date(2025, 1, 1), Reason.TEXT),
        ("Klanten__voornaam", True, Reason.TEXT),
        ("Trajecten__intakedatum", None, Reason.REQUIRED),
        ("Trajecten__trajectnr", "   ", Reason.REQUIRED),
        ("Trajecten__klantnr", "K-9", Reason.NO_SUCH_NUMBER),
        ("Trajecten__niveau", 35.5, Reason.TEXT),
        ("Gesprekken__trajectnr", "T-9", Reason.NO_SUCH_NUMBER),
        ("Gesprekken__minuten", "een uur", Reason.NUMBER),
        ("Gesprekken__minuten", 1441, Reason.RANGE),
        ("Gesprekken__minuten", "1e400000", Reason.NUMBER),
        ("Gesprekken__minuten", 12.5, Reason.NUMBER),
        ("Kwalificaties__opleidingnr", "O-9", Reason.NO_SUCH_NUMBER),
        ("Kwalificaties__gedeeltelijk", "misschien", Reason.YES_NO),
        ("Opvolging__bereikt", date(2025, 1, 1), Reason.YES_NO),
        ("Personeel__vte", "halftijds", Reason.NUMBER),
        ("Personeel__vte", "NaN", Reason.RANGE),
    ],
)
def test_a_bad_cell_is_named_and_nothing_comes_in(
    vault: Workspace, make_book: Make, person: Person, place: str, value: object, reason: Reason
) -> None:
    sheet, column = place.split("__")
    assert (sheet, 2, column, reason) in problems_of(vault, make_book(person(**{place: value})))


def test_a_suggestion_says_what_would_be_right(vault: Workspace, make_book: Make, person: Person) -> None:
    with pytest.raises(workbook.RowsDoNotFit) as caught:
        workbook.import_workbook(
            vault, make_book(person(Klanten__nationaliteit="Marroko", Klanten__geslacht="Vrouwelijk"))
        )
    options = {problem.column: problem.options for problem in caught.value.problems}
    assert "MA" in options["nationaliteit"]
    assert options["geslacht"] == ("M", "V", "X", "O")


def test_what_stands_in_a_cell_stays_out_of_logs() -> None:
    problem = Problem("Klanten", 2, "voornaam", Reason.TEXT, found="Linde")
    assert "Linde" not in repr(problem)
    assert "Linde" not in str(workbook.RowsDoNotFit([problem]))


def test_all_problems_are_listed_in_order_of_place(vault: Workspace, make_book: Make, person: Person) -> None:
    rows = person(Klanten__geslacht="Q", Personeel__vte="x", Gesprekken__trajectnr="T-9")
    rows["Klanten"].append({"klantnr": "K-1", "geboortedatum": "2020-13-01"})
    rows["Klanten"].append({"klantnr": "K-3"})
    rows["Klanten"].append({"klantnr": "K-3"})
    assert problems_of(vault, make_book(rows)) == [
        ("Klanten", 2, "geslacht", Reason.CODE),
        ("Klanten", 3, "geboortedatum", Reason.DATE),
        ("Klanten", 3, "klantnr", Reason.DUPLICATE),
        ("Klanten", 5, "klantnr", Reason.DUPLICATE),
        ("Gesprekken", 2, "trajectnr", Reason.NO_SUCH_NUMBER),
        ("Personeel", 2, "vte", Reason.NUMBER),
    ]


def test_a_row_with_two_faults_names_both(vault: Workspace, make_book: Make, person: Person) -> None:
    rows = person(Gesprekken__trajectnr="T-9", Gesprekken__minuten="uur", Trajecten__klantnr=None)
    rows["Klanten"].append({"klantnr": "K-1", "geslacht": "Q"})
    rows["Klanten"].append({"klantnr": "K-1"})
    assert problems_of(vault, make_book(rows)) == [
        ("Klanten", 3, "geslacht", Reason.CODE),
        ("Klanten", 3, "klantnr", Reason.DUPLICATE),
        ("Klanten", 4, "klantnr", Reason.DUPLICATE),
        ("Trajecten", 2, "klantnr", Reason.REQUIRED),
        ("Gesprekken", 2, "minuten", Reason.NUMBER),
        ("Gesprekken", 2, "trajectnr", Reason.NO_SUCH_NUMBER),
    ]


def test_an_empty_cell_shows_nothing() -> None:
    assert (EMPTY.shown, Cell(0).shown) == ("", "0")


@pytest.mark.parametrize(
    ("leave_out", "problem"),
    [
        (("Opvolging",), ("Opvolging", 0, "", Reason.MISSING_SHEET)),
        (("Klanten.klantnr",), ("Klanten", 1, "klantnr", Reason.MISSING_COLUMN)),
    ],
)
def test_missing_sheets_and_columns(
    vault: Workspace, make_book: Make, leave_out: tuple[str, ...], problem: tuple[str, int, str, Reason]
) -> None:
    path = make_book({}, leave_out=leave_out)
    assert problem in problems_of(vault, path)
    with pytest.raises(workbook.RowsDoNotFit):
        workbook.import_workbook(vault, path, skip_bad=True)


def test_an_optional_column_may_be_left_out(vault: Workspace, make_book: Make, person: Person) -> None:
    rows = person()
    del rows["Klanten"][0]["geslacht"]
    workbook.import_workbook(vault, make_book(rows, leave_out=("Klanten.geslacht",)))
    assert found(vault, Client).gender is None


def test_unknown_sheets_and_columns(vault: Workspace, make_book: Make, person: Person) -> None:
    rows = person()
    rows["Klanten"][0]["schoenmaat"] = 42
    path = make_book(rows)
    book = openpyxl.load_workbook(path)
    book.create_sheet("Blad9")
    book.save(path)
    assert problems_of(vault, path) == [
        ("Blad9", 0, "", Reason.UNKNOWN_SHEET),
        ("Klanten", 1, "schoenmaat", Reason.UNKNOWN_COLUMN),
    ]


def test_twice_changes_nothing(
    vault: Workspace, make_book: Make, person: Person, everything: Callable[[Workspace], Any]
) -> None:
    rows = person()
    rows["Gesprekken"] += [{"trajectnr": "T-1", "datum": "2025-01-10", "minuten": m} for m in (15, 30, 15)]
    path = make_book(rows)
    workbook.import_workbook(vault, path)
    before = everything(vault)
    done = workbook.import_workbook(vault, path)
    assert everything(vault) == before
    assert all(counts.added == counts.changed == 0 for counts in done.counts.values())
    assert done.counts["Gesprekken"].unchanged == 4
    with vault.database.read() as reader:
        (client,) = reader.find(Client)
        assert len(reader.history([client.id])) == 1


def test_a_later_workbook_changes_and_adds_and_loses_nothing(
    vault: Workspace, make_book: Make, person: Person
) -> None:
    workbook.import_workbook(vault, make_book(person(Klanten__telefoon="015 00 00 01")))
    rows = person(Klanten__achternaam="Anders", Klanten__voornaam=None)
    rows["Trajecten"].append({"trajectnr": "T-2", "klantnr": "K-1", "intakedatum": "2025-09-01"})
    done = workbook.import_workbook(vault, make_book(rows))
    assert (done.counts["Klanten"].changed, done.counts["Trajecten"].added) == (1, 1)
    client = found(vault, Client)
    assert (client.first_name, client.last_name, client.phone) == ("Linde", "Anders", "015 00 00 01")
    with vault.database.read() as reader:
        assert [t.seq for t in reader.find(Trajectory)] == [1, 2]
        assert len(reader.find(Dossier)) == 1


def test_rows_may_refer_to_what_the_vault_has(vault: Workspace, make_book: Make, person: Person) -> None:
    workbook.import_workbook(vault, make_book(person()))
    rows = {"Gesprekken": [{"trajectnr": "T-1", "datum": "2025-03-01", "aanwezig": "J"}]}
    assert workbook.import_workbook(vault, make_book(rows)).counts["Gesprekken"].added == 1


def test_a_number_that_belongs_to_another_person_is_refused(
    vault: Workspace, make_book: Make, person: Person
) -> None:
    workbook.import_workbook(vault, make_book(person()))
    rows = {"Klanten": [{"klantnr": "K-2"}], "Trajecten": [dict(person()["Trajecten"][0], klantnr="K-2")]}
    with pytest.raises(workbook.RowsDoNotFit) as caught:
        workbook.import_workbook(vault, make_book(rows))
    assert [p.reason for p in caught.value.problems] == [Reason.OTHER_OWNER]


def test_merged_people_keep_their_numbers(vault: Workspace, make_book: Make, person: Person) -> None:
    rows = person()
    rows["Klanten"].append({"klantnr": "K-2"})
    path = make_book(rows)
    workbook.import_workbook(vault, path)
    with vault.database.write() as transaction:
        first, second = (
            transaction.find(Dossier, client_id=transaction.find(Client, client_no=number)[0].id)[0]
            for number in ("K-1", "K-2")
        )
        transaction.save(replace(first, merged_into=second.id))
    done = workbook.import_workbook(vault, path)
    assert all(counts.added == counts.changed == 0 for counts in done.counts.values())
    rows["Trajecten"].append({"trajectnr": "T-9", "klantnr": "K-1", "intakedatum": "2025-06-02"})
    workbook.import_workbook(vault, make_book(rows))
    with vault.database.read() as reader:
        (new,) = reader.find(Trajectory, trajectory_no="T-9")
    assert new.dossier_id == second.id, "what is new goes under who stands for the person"


def test_a_person_who_is_known_under_another_number_is_a_pair_to_decide_on(
    vault: Workspace, make_book: Make, person: Person
) -> None:
    workbook.import_workbook(vault, make_book(person()))
    rows = {"Klanten": [dict(person()["Klanten"][0], klantnr="K-9", voornaam="Lynde")]}
    assert workbook.import_workbook(vault, make_book(rows)).counts["Klanten"].added == 1
    doubles.catch_up(vault)
    (pair,) = doubles.found(vault)
    assert {pair.one.numbers, pair.other.numbers} == {("K-1",), ("K-9",)}
    assert doubles.merged(vault) == [], "nothing is merged silently"


def test_skip_bad_brings_in_the_rest_whole(vault: Workspace, make_book: Make, person: Person) -> None:
    rows = person(Klanten__geslacht="Q")
    rows["Klanten"].append({"klantnr": "K-2", "voornaam": "Roos"})
    rows["Trajecten"].append({"trajectnr": "T-2", "klantnr": "K-2", "intakedatum": "2025-01-11"})
    path = make_book(rows)
    done = workbook.import_workbook(vault, path, skip_bad=True)
    assert found(vault, Client).client_no == "K-2"
    assert found(vault, Trajectory).trajectory_no == "T-2"
    refused = {name: counts.refused for name, counts in done.counts.items()}
    assert refused == {
        "Klanten": 1,
        "Trajecten": 1,
        "Gesprekken": 1,
        "Opleidingen": 1,
        "Kwalificaties": 1,
        "Opvolging": 1,
        "Personeel": 0,
    }
    assert [(p.sheet, p.column) for p in done.problems] == [("Klanten", "geslacht")]


def test_rows_of_somebody_whose_row_was_refused_wait_too(
    vault: Workspace, make_book: Make, person: Person
) -> None:
    workbook.import_workbook(vault, make_book(person()))
    rows = person(Klanten__geslacht="Q", Trajecten__nederlands="B2")
    done = workbook.import_workbook(vault, make_book(rows), skip_bad=True)
    assert done.counts["Trajecten"].refused == 1
    assert found(vault, Trajectory).dutch_level_in == "L1"


def test_refused_rows_stand_beside_and_come_in_once_mended(
    vault: Workspace, make_book: Make, person: Person, tmp_path: Path
) -> None:
    path = make_book(person(Klanten__geslacht="Q", Klanten__achternaam="'; DROP TABLE client"))
    done = workbook.import_workbook(vault, path, skip_bad=True)
    assert done.refused_file == tmp_path / "boek-geweigerd.xlsx"
    book = openpyxl.load_workbook(done.refused_file)
    heading, row = list(book["Klanten"].iter_rows(values_only=True))
    cells = dict(zip(heading, row, strict=True))
    assert "geslacht" in cells["reden"]
    assert (cells["geslacht"], cells["postcode"]) == ("Q", 2800)
    assert "geweigerd" in str([c.value for c in book["Trajecten"][2]][-1])
    sheet = book["Klanten"]
    sheet.cell(2, heading.index("geslacht") + 1, "V")
    book.save(done.refused_file)
    workbook.import_workbook(vault, done.refused_file)
    assert found(vault, Client).last_name == "'; DROP TABLE client"
    assert found(vault, Qualification).type == "DEELCERT"


def test_a_refused_formula_is_written_as_text(vault: Workspace, make_book: Make, person: Person) -> None:
    done = workbook.import_workbook(vault, make_book(person(Klanten__voornaam="=1+1")), skip_bad=True)
    assert done.refused_file is not None
    cell = openpyxl.load_workbook(done.refused_file)["Klanten"]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize("at", [0, 1, 2])
def test_cancel_leaves_nothing(vault: Workspace, make_book: Make, at: int) -> None:
    calls = []

    def stop(done: int, total: int, text: str) -> None:
        calls.append(text)
        if len(calls) > at:
            raise Cancelled

    rows = {"Klanten": [{"klantnr": f"K-{n}"} for n in range(700)]}
    with pytest.raises(Cancelled):
        workbook.import_workbook(vault, make_book(rows), progress=stop)
    assert is_empty(vault)
