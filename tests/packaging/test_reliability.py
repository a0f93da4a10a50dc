"""The table of faults names tests, sizes and controls that exist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
COLUMNS = ["row", "target", "test", "each run", "soak", "control", "one whole run"]
NONE = "–"


@dataclass(frozen=True)
class Row:
    """One line of the table, and the text of the tests that it names."""

    cells: dict[str, str]
    files: tuple[Path, ...]

    @property
    def text(self) -> str:
        return "\n".join(path.read_text(encoding="utf-8") for path in self.files)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def table() -> list[Row]:
    heading, _rule, *lines = (
        line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")
    )
    assert cells(heading) == COLUMNS
    found = [dict(zip(COLUMNS, cells(line), strict=True)) for line in lines]
    return [
        Row(one, tuple(PAGE.parents[1] / name for name in re.findall(r"`(tests/[^`]+\.py)`", one["test"])))
        for one in found
    ]


ROWS = [pytest.param(row, id=row.cells["row"]) for row in table()]


def test_no_row_stands_there_twice():
    assert len({row.cells["row"] for row in table()}) == len(table()) > 0


@pytest.mark.parametrize("row", ROWS)
def test_the_files_exist(row):
    assert row.files
    assert [path for path in row.files if not path.is_file()] == []


@pytest.mark.parametrize("row", ROWS)
def test_each_row_has_a_control_that_exists(row):
    controls = re.findall(r"`(test_\w+)`", row.cells["control"])
    assert controls
    assert [name for name in controls if f"def {name}(" not in row.text] == []


@pytest.mark.parametrize("row", ROWS)
def test_the_sizes_are_those_of_the_tests(row):
    wanted = re.findall(r"\d[\d,]*", row.cells["each run"] + " " + row.cells["soak"])
    sizes = {number.replace(",", "") for number in wanted}
    assert sizes <= set(re.findall(r"\b\d+\b", row.text.replace("_", "")))


@pytest.mark.parametrize("row", ROWS)
def test_what_says_soak_runs_there(row):
    assert row.cells["each run"] not in ("", NONE)
    said, marked = row.cells["soak"] not in ("", NONE), "mark.soak" in row.text
    assert row.cells["soak"]
    assert marked or not said
    assert said or not marked or len(row.files) > 1, "the row keeps silent about a long run"
