"""A report says the same in every form, names what is provisional, and is quick."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date

import openpyxl
import pypdfium2
import pytest

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.indicators.scope import ImpossiblePeriod
from leerwinkel_desktop.services import reports
from leerwinkel_desktop.services.problems import sentence
from leerwinkel_desktop.services.workspace import Workspace

YEAR = reports.ReportRequest("genk", date(2025, 1, 1), date(2025, 12, 31), date(2025, 12, 31))


def table_of(report: reports.Report) -> list[tuple[str, str, object, object, object]]:
    """What every form must say: figure, key, n, N and percent."""
    return [
        (f["id"], f["key"] or "", f["n"], f["N"], f["percent"]) for f in reports.as_data(report)["figures"]
    ]


def test_counts_come_from_the_vault(office: Workspace) -> None:
    report = reports.run(office, YEAR)
    assert (report.row("G01").n, report.row("G02").n, report.row("G08", "V").percent) == (11, 11, 73)
    assert report.row("G16").n == 11


def test_filters(office: Workspace) -> None:
    assert reports.run(office, replace(YEAR, programme="CITY")).row("G02").n == 6
    assert reports.run(office, replace(YEAR, programme="Learning Inside Out (LIO)")).row("G02").n == 5
    assert reports.run(office, replace(YEAR, location="Mechelen")).row("G02").n == 0


def test_what_cannot_be_asked(office: Workspace) -> None:
    with pytest.raises(reports.UnknownReport) as caught:
        reports.run(office, replace(YEAR, report="mechelen"))
    assert "genk" in str(sentence(caught.value))
    with pytest.raises(InvalidValue):
        reports.run(office, replace(YEAR, programme="NIEUW"))
    with pytest.raises(ImpossiblePeriod):
        reports.run(office, replace(YEAR, end=date(2024, 1, 1)))


def test_json(office: Workspace) -> None:
    data = json.loads(reports.export(reports.run(office, YEAR, ("Laptop 2 droeg nog niet over.",)), "json"))
    assert data["provisional"] == ["Laptop 2 droeg nog niet over."]
    figures = {(f["id"], f["key"]): f for f in data["figures"]}
    assert figures["G01", None] == {
        "id": "G01",
        "key": None,
        "label": "Intakes en begeleidingen",
        "n": 11,
        "N": None,
        "percent": None,
    }
    assert figures["G03", None]["n"] == 0.5
    assert figures["G18", "LOW"]["N"] == 11


def test_every_form_says_the_same(office: Workspace) -> None:
    report = reports.run(office, YEAR)
    promised = table_of(report)
    rows = list(csv.reader(io.StringIO(reports.export(report, "csv").decode("utf-8-sig")), delimiter=";"))[1:]
    shown = [
        (i, k, *("" if v is None else str(v).replace(".", ",") for v in values)) for i, k, *values in promised
    ]
    assert [(r[0], r[1], *r[3:6]) for r in rows] == shown
    book = openpyxl.load_workbook(io.BytesIO(reports.export(report, "xlsx")))
    cells = [row for row in book["Cijfers"].iter_rows(min_row=2, values_only=True) if row[3] is not None]
    assert [(r[0], r[1] or "", r[3], r[4], r[5]) for r in cells] == [p for p in promised if p[2] is not None]
    text = reports.export(report, "text").decode()
    paper = pypdfium2.PdfDocument(reports.export(report, "pdf"))
    printed = "".join(page.get_textpage().get_text_range() for page in paper)
    for told in (text, printed):
        for what in ("Van", "2025-12-31", "Vrouw", "73", "0,5", "Peildatum", "Jonger dan 18"):
            assert what in told


def test_definitions_travel_with_the_figures(office: Workspace) -> None:
    report = reports.run(office, YEAR, ("Laptop 2 droeg nog niet over.",))
    book = openpyxl.load_workbook(io.BytesIO(reports.export(report, "xlsx")))
    assert book["Definities"]["A2"].value == "G01"
    assert book["Definities"].max_row == 28
    period = dict(book["Periode"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert (period["Peildatum"], period["Voorlopig"]) == ("2025-12-31", "Laptop 2 droeg nog niet over.")


def test_no_live_formulas(office: Workspace) -> None:
    report = reports.run(office, replace(YEAR, location="=cmd|' /C calc'!A0"), ("=1+1",))
    book = openpyxl.load_workbook(io.BytesIO(reports.export(report, "xlsx")))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    told = reports.export(report, "csv").decode("utf-8-sig")
    assert not any(
        cell.startswith("=") for row in csv.reader(io.StringIO(told), delimiter=";") for cell in row
    )


def test_small_cells_can_be_hidden_in_every_form(office: Workspace) -> None:
    report = reports.run(office, replace(YEAR, suppress_small=True))
    assert report.row("G08", "M").hidden
    entry = next(f for f in reports.as_data(report)["figures"] if (f["id"], f["key"]) == ("G08", "M"))
    assert (entry["n"], entry["percent"], entry["hidden"]) == (None, None, True)
    assert "< 5" in reports.export(report, "text").decode()
    assert "< 5" in reports.export(report, "csv").decode()


def test_the_same_report_gives_the_same_bytes(office: Workspace) -> None:
    report = reports.run(office, YEAR)
    for form in ("text", "json", "csv", "pdf"):
        assert reports.export(report, form) == reports.export(report, form)
