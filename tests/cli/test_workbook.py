"""`leerwinkel workbook` and `leerwinkel report`: the whole way from a template to the figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from leerwinkel_desktop.cli import root
from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.services.demo import genk

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
PERIOD = ("--from", "2020-01-01", "--to", "2024-06-30", "--as-of", "2024-06-30")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a command on a fresh office vault."""
    vaults.create(tmp_path / "vault", PASSPHRASE, cost=vaults.TESTS_ONLY).workspace.close()
    (tmp_path / "passphrase.txt").write_text(PASSPHRASE, encoding="utf-8")
    where = ["--vault", str(tmp_path / "vault"), "--passphrase-file", str(tmp_path / "passphrase.txt")]
    command = root.build(lambda _: 0, lambda _: None)

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(command, [*where, *map(str, arguments)])

    return invoke


@pytest.fixture
def bad_book(run: Run, tmp_path: Path) -> Path:
    """A template with one good and one bad row."""
    path = tmp_path / "boek.xlsx"
    assert run("workbook", "template", path).exit_code == 0
    book = openpyxl.load_workbook(path)
    book["Klanten"].append(["K-1", "Linde", "Voorbeeld", "1990-05-17", "V"])
    book["Klanten"].append(["K-2", "Roos", "Voorbeeld", "1990-02-30", "V"])
    book.save(path)
    return path


def test_from_registration_to_palmares(run: Run, tmp_path: Path) -> None:
    genk.write_workbook(tmp_path / "registration.xlsx")
    done = run("workbook", "import", tmp_path / "registration.xlsx")
    assert done.exit_code == 0
    assert "Klanten" in done.stdout
    assert " 438" in done.stdout
    for form in ("json", "csv", "text"):
        shown = run("report", "genk", *PERIOD, "--format", form)
        assert shown.exit_code == 0
        assert "306" in shown.stdout
    data = json.loads(run("report", "genk", *PERIOD, "--format", "json").stdout)
    assert {"id": "G05", "n": 306, "N": 438, "percent": 70}.items() <= {
        key: value for figure in data["figures"] if figure["id"] == "G05" for key, value in figure.items()
    }.items()
    for form, start in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{"), ("csv", b"\xef\xbb\xbf")):
        path = tmp_path / f"genk.{form}"
        assert run("report", "genk", *PERIOD, "--format", form, "-o", path).exit_code == 0
        assert path.read_bytes().startswith(start)


def test_out_and_in_again(run: Run, bad_book: Path, tmp_path: Path) -> None:
    assert run("workbook", "import", bad_book, "--skip-bad").exit_code == 0
    for target in (tmp_path / "uit.xlsx", tmp_path / "uit"):
        assert run("workbook", "export", target).exit_code == 0
        again = run("--json", "workbook", "import", target)
        assert json.loads(again.stdout)["sheets"]["Klanten"] == {
            "added": 0,
            "changed": 0,
            "unchanged": 1,
            "refused": 0,
        }


def test_a_bad_cell_is_listed_and_the_status_is_1(run: Run, bad_book: Path) -> None:
    failed = run("workbook", "import", bad_book)
    assert failed.exit_code == 1
    assert "blad Klanten, rij 3, kolom geboortedatum" in failed.stderr
    assert "1990-02-30" in failed.stderr
    assert "Er is niets ingelezen" in failed.stderr
    assert "K-1" not in run("workbook", "export", bad_book.parent / "na.xlsx").stdout
    problems = json.loads(run("--json", "workbook", "import", bad_book).stdout)["problems"]
    assert [(p["sheet"], p["row"], p["column"], p["reason"]) for p in problems] == [
        ("Klanten", 3, "geboortedatum", "date")
    ]


def test_skip_bad_says_where_the_rest_is(run: Run, bad_book: Path) -> None:
    done = run("workbook", "import", bad_book, "--skip-bad")
    assert done.exit_code == 0
    assert "boek-geweigerd.xlsx" in done.stdout
    assert (bad_book.parent / "boek-geweigerd.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("report", "mechelen", *PERIOD), 2, "genk"),
        (("report", "genk", "--from", "2020-13-01", "--to", "2024-06-30"), 2, "jaar-maand-dag"),
        (("report", "genk", "--from", "2024-01-01", "--to", "2023-01-01"), 1, "periode"),
        (("report", "genk", *PERIOD, "--programme", "NIEUW"), 1, "lijst"),
        (("report", "genk", *PERIOD, "--format", "pdf"), 2, "-o"),
        (("workbook", "template", "boek.docx"), 2, ".xlsx"),
        (("workbook", "import", "nergens.xlsx"), 1, "geen werkmap"),
    ],
)
def test_what_goes_wrong_is_said_in_dutch(
    run: Run, arguments: tuple[str, ...], status: int, told: str
) -> None:
    result = run(*arguments)
    assert (result.exit_code, told in result.stderr) == (status, True), result.stderr
