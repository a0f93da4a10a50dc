"""The golden workbook reproduces every figure that the palmares of Genk prints, oddities included."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import reports, vaults, workbook
from leerwinkel_desktop.services.demo import genk, genk_deals
from leerwinkel_desktop.services.workspace import Workspace

# "4,5 jaar Leerwinkel Genk: het palmares": what is printed, in the order of the text.
COUNTS: list[tuple[str, float]] = [("G01", 501), ("G02", 438)]
STAFF: list[tuple[str, float]] = [("G03", 1.3), ("G04", 1.5)]
PERCENTAGES = [
    ("G05", None, 70),
    ("G06", None, 24),
    ("G07", None, 6),
    ("G08", "M", 42),
    ("G08", "V", 52),
    ("G09", "18-25", 30),
    ("G09", "26-34", 24),
    ("G09", "35-44", 25),
    ("G09", "45-54", 17),
    ("G10", None, 75),
    ("G11", None, 60),
    ("G12", "WORK", 31),
    ("G12", "JOBSEEK", 31),
    ("G12", "SICK", 21),
    ("G12", "CHILDBEN", 12),
    ("G12", "NEET", 3),
    ("G12", "NOINC", 2),
    ("G12", "WAIT", 2),
    ("G13", "WERKSTATION", 15),
    ("G13", "VDAB", 10),
    ("G14", None, 31),
    ("G15", "STADSCOMM", 16),
    ("G15", "BEURS_WORKSHOP", 9),
    ("G15", "MOND", 6),
    ("G18", None, 55),
    ("G18", "LOW", 59),
    ("G18", "MID_HIGH", 47),
    ("G18", "UNDET", 39),
    ("G19", None, 11),
    ("G20", None, 19),
    ("G21", None, 15),
    ("G22", None, 15),
    ("G23", "BASIC", 2),
    ("G23", "NT2", 21),
    ("G23", "SEC_DIPLOMA", 52),
    ("G23", "VOCATIONAL", 16),
    ("G23", "ASSOC", 7),
    ("G23", "HIGHER", 3),
    ("G24", None, 62),
]
SMALL_SOURCES = ["OCMW", "WELZIJN", "LOOPBAAN", "ONDERWIJS", "GIGOS"]
SUMS = [
    ("gender", [("G08", "M"), ("G08", "V")], 94),
    ("age", [("G09", band) for band in ("18-25", "26-34", "35-44", "45-54")], 96),
    ("statuses", [("G12", s) for s in ("WORK", "JOBSEEK", "SICK", "CHILDBEN", "NEET", "NOINC", "WAIT")], 102),
    (
        "programmes",
        [("G23", c) for c in ("BASIC", "NT2", "SEC_DIPLOMA", "VOCATIONAL", "ASSOC", "HIGHER")],
        101,
    ),
]
PASSPHRASE = "appel fiets wolk lamp rivier stoel"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    folder = tmp_path_factory.mktemp("genk")
    workspace = vaults.create(folder / "vault", PASSPHRASE, cost=vaults.TESTS_ONLY).workspace
    genk.write_workbook(folder / "registration.xlsx")
    workbook.import_workbook(workspace, folder / "registration.xlsx")
    yield workspace
    workspace.close()


@pytest.fixture(scope="module")
def report(office: Workspace) -> reports.Report:
    return reports.run(office, reports.ReportRequest("genk", genk.GENK_FROM, genk.GENK_TO, genk.GENK_AS_OF))


def test_the_period_is_four_and_a_half_years() -> None:
    assert (genk.GENK_TO - genk.GENK_FROM).days + 1 == 1643


@pytest.mark.parametrize(
    "deal",
    [genk_deals.GENDERS, genk_deals.AGES, genk_deals.STATUSES, genk_deals.REFERRALS, genk_deals.PATHS],
)
def test_each_deal_gives_everybody_one_answer(deal: genk_deals.Deal[object]) -> None:
    assert sum(times for _, times in deal) == genk_deals.PEOPLE


def test_paths_and_outcomes_share_everybody() -> None:
    starters = sum(times for (_, category), times in genk_deals.PATHS if category)
    undecided = sum(times for _, times in genk_deals.OUTCOMES)
    assert (starters, starters + undecided) == (genk_deals.STARTERS, genk_deals.PEOPLE)


@pytest.mark.parametrize(("figure", "n"), COUNTS + STAFF)
def test_printed_counts(report: reports.Report, figure: str, n: float) -> None:
    row = report.row(figure)
    assert float(row.n or 0) == n
    assert row.base is row.percent is None


@pytest.mark.parametrize(("figure", "key", "percent"), PERCENTAGES)
def test_printed_percentages(report: reports.Report, figure: str, key: str | None, percent: int) -> None:
    assert report.row(figure, key).percent == percent


@pytest.mark.parametrize("source", SMALL_SOURCES)
def test_other_sources_are_3_to_6_percent_each(report: reports.Report, source: str) -> None:
    assert report.row("G13", source).percent in range(3, 7)


def test_one_in_three_and_two_in_three(report: reports.Report) -> None:
    assert (report.row("G16").spoken, report.row("G17").spoken) == ("1 op 3", "2 op 3")
    assert (report.row("G16").n, report.row("G17").n) == (146, 292)


def test_most_qualifications_are_the_secondary_diploma(report: reports.Report) -> None:
    assert (report.row("G25").n, report.row("G25").base, report.row("G25").percent) == (80, 149, 54)


@pytest.mark.parametrize(("what", "rows", "total"), SUMS, ids=[what for what, _, _ in SUMS])
def test_odd_sums_are_not_repaired(
    report: reports.Report, what: str, rows: list[tuple[str, str]], total: int
) -> None:
    assert sum(report.row(figure, key).percent or 0 for figure, key in rows) == total


def test_own_initiative_is_split_by_channel(report: reports.Report) -> None:
    channels = [row.n for row in report.rows if row.id == "G15"]
    assert sum(int(n or 0) for n in channels) == report.row("G14").n == 136


def test_outcomes_exclude_each_other(report: reports.Report) -> None:
    rows = [report.row(figure) for figure in ("G18", "G19", "G20", "G21")]
    assert [row.n for row in rows] == [241, 48, 83, 66]
    everyone = [person for row in rows for person in row.behind]
    assert len(set(everyone)) == len(everyone) == 438


def test_levels_and_starters_within_them(report: reports.Report) -> None:
    found = [(report.row("G18", key).n, report.row("G18", key).base) for key in ("LOW", "MID_HIGH", "UNDET")]
    assert found == [(181, 306), (49, 104), (11, 28)]


def test_repeaters_all_have_more_sessions(report: reports.Report) -> None:
    assert int(report.row("G01").n or 0) - int(report.row("G02").n or 0) == 63
    once = set(report.row("G16").behind)
    assert len(once) == 146


def test_belgians_with_a_foreign_background(report: reports.Report) -> None:
    belgian, foreign = set(report.row("G10").behind), set(report.row("G11").behind)
    assert len(belgian) == 329
    assert len(foreign - belgian) == 109
    assert len(belgian & foreign) * 100 >= 35 * 438


def test_rankings_name_what_the_palmares_names(report: reports.Report) -> None:
    ranking = report.row("G26").ranking
    chosen = {c: [r.study_area for r in ranking if r.category == c] for c in ("SEC_DIPLOMA", "ASSOC")}
    assert chosen["SEC_DIPLOMA"] == ["HANDEL", "ICT", "PERSONENZORG"]
    assert set(chosen["ASSOC"]) == {"ICT", "BOUW", "PERSONENZORG"}
    assert dict(report.row("G27").medians)["median_in"] == "A2"


def test_every_row_opens_into_the_people_it_counts(report: reports.Report, office: Workspace) -> None:
    with office.database.read() as reader:
        clients = {row[0] for row in reader.rows(Client, ("id",))}
    for row in report.rows:
        if isinstance(row.n, int):
            assert len(set(row.behind)) == row.n
            assert row.opens == "trajectory" or set(row.behind) <= clients


def test_json_is_as_promised(report: reports.Report) -> None:
    data = json.loads(reports.export(report, "json"))
    assert {"report", "from", "to", "as_of", "provisional", "figures"} <= data.keys()
    assert (data["report"], data["from"], data["to"], data["as_of"]) == (
        "genk",
        "2020-01-01",
        "2024-06-30",
        "2024-06-30",
    )
    entry = next(f for f in data["figures"] if f["id"] == "G05")
    assert {k: entry[k] for k in ("key", "n", "N", "percent")} == {
        "key": None,
        "n": 306,
        "N": 438,
        "percent": 70,
    }
    keys = {f["key"] for f in data["figures"] if f["id"] == "G09"}
    assert keys == {"<18", "18-25", "26-34", "35-44", "45-54", "55+", "UNKNOWN"}
    assert {f["id"] for f in data["figures"]} == {f"G{number:02}" for number in range(1, 28)}


def test_seed_changes_the_people_and_no_figure(tmp_path: Path) -> None:
    first, other = genk.genk_rows(1), genk.genk_rows(2)
    assert genk.genk_rows(1) == first
    assert first["Klanten"] != other["Klanten"]
    workspace = vaults.create(tmp_path / "v", PASSPHRASE, cost=vaults.TESTS_ONLY).workspace
    genk.write_workbook(tmp_path / "r.xlsx", seed=2)
    workbook.import_workbook(workspace, tmp_path / "r.xlsx")
    request = reports.ReportRequest("genk", genk.GENK_FROM, genk.GENK_TO, genk.GENK_AS_OF)
    again = reports.run(workspace, request)
    workspace.close()
    assert [again.row(figure, key).percent for figure, key, _ in PERCENTAGES] == [p for *_, p in PERCENTAGES]


def test_names_are_clearly_invented() -> None:
    people = [tuple(row[1:3]) for row in genk.genk_rows()["Klanten"]]
    assert len(set(people)) == 438
    assert {last for _, last in people} <= set(genk_deals.LAST_NAMES)
