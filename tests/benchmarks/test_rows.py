"""The table and bench.json say what was measured, and nothing is measured without a control."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.benchmarks import rows, timing
from tests.benchmarks.rows import Promise
from tests.benchmarks.run import promises

PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
SPEED = Promise(name="speed", unit="MB/s", control="bare speed", at_least_times=0.5)
WAIT = Promise(name="wait", unit="ms", control="bare wait", at_most=20, times=3)


@pytest.mark.parametrize(
    ("promise", "value", "control", "holds"),
    [
        (WAIT, 19.9, 10, True),
        (WAIT, 20, 10, False),
        (WAIT, 19.9, 6, False),
        (WAIT, 15, 5, True),
        (SPEED, 5, 10, True),
        (SPEED, 4.9, 10, False),
    ],
)
def test_a_row_holds_only_within_every_limit(promise, value, control, holds):
    assert promise.row(value, control).holds is holds


@pytest.mark.parametrize("control", [0, -1])
def test_a_figure_without_a_control_is_no_row(control):
    with pytest.raises(ValueError, match="no control"):
        WAIT.row(1, control)


def test_json_gives_each_row_with_its_control():
    (found,) = json.loads(rows.as_json([WAIT.row(15, 5)]))
    assert found == {
        "name": "wait",
        "value": 15,
        "unit": "ms",
        "control": 5,
        "ratio": 3,
        "reach": "≤ 3 × control and < 20 ms",
        "holds": True,
        "control_is": "bare wait",
    }


def test_table_has_a_line_for_each_row_in_columns():
    head, first, second = rows.table([WAIT.row(15, 5), SPEED.row(4, 10)]).splitlines()
    assert head.split() == list(rows.HEADS)
    assert first.split()[:6] == ["wait", "15", "ms", "5", "ms", "3.00"]
    assert first.endswith("yes")
    assert second.endswith("NO")
    assert head.index("control") == first.index(" 5 ms") + 1 == second.index("10 MB/s")


def test_every_promise_has_a_control_and_a_reach():
    names = [promise.name for promise in promises()]
    assert len(names) == len(set(names)) >= 12
    for promise in promises():
        assert promise.control
        assert promise.reach


def test_the_page_explains_every_promise():
    page = PAGE.read_text(encoding="utf-8")
    for promise in promises():
        assert f"| {promise.name} | {promise.control} | {promise.reach} |" in page


def test_turns_alternate_and_the_warm_turn_does_not_count():
    went: list[str] = []

    def subject() -> float:
        went.append("s")
        return float(len(went))

    def control() -> float:
        went.append("c")
        return float(len(went))

    assert timing.in_turns(subject, control, 2) == ([4.0, 5.0], [3.0, 6.0])
    assert went == ["s", "c", "c", "s", "s", "c"]


def test_p95_is_a_value_that_was_measured():
    assert timing.p95(range(1, 101)) == 95
    assert timing.p95([7.0]) == 7.0
