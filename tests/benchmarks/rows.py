"""The rows of a run: what was promised, what was measured, and the control that was measured beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One thing that is measured, and how far it may go.

    `control` says what is measured beside it in the same run. `at_most` is in `unit`; `times` is how many
    times the control it may be; `at_least_times` is for figures of which more is better, such as MB/s.
    """

    name: str
    unit: str
    control: str
    at_most: float | None = None
    times: float | None = None
    at_least_times: float | None = None

    @property
    def reach(self) -> str:
        """The promise in words and figures."""
        parts = []
        if self.times is not None:
            parts.append(f"≤ {self.times:g} × control")
        if self.at_least_times is not None:
            parts.append(f"≥ {self.at_least_times:g} × control")
        if self.at_most is not None:
            parts.append(f"< {self.at_most:g} {self.unit}")
        return " and ".join(parts)

    def row(self, value: float, control: float) -> Row:
        """The measured row. Raises ValueError without a control: a figure alone says nothing."""
        if control <= 0:
            raise ValueError(f"{self.name}: no control was measured")
        return Row(self, value, control)


@dataclass(frozen=True, slots=True)
class Row:
    """One measured row; `value` and `control` are in the promise's unit."""

    promise: Promise
    value: float
    control: float

    @property
    def ratio(self) -> float:
        """How many times the control."""
        return self.value / self.control

    @property
    def holds(self) -> bool:
        """Whether every limit of the promise is kept."""
        promise = self.promise
        return (
            (promise.times is None or self.ratio <= promise.times)
            and (promise.at_least_times is None or self.ratio >= promise.at_least_times)
            and (promise.at_most is None or self.value < promise.at_most)
        )

    def as_data(self) -> dict[str, str | float | bool]:
        """The row as it stands in bench.json."""
        return {
            "name": self.promise.name,
            "value": round(self.value, 4),
            "unit": self.promise.unit,
            "control": round(self.control, 4),
            "ratio": round(self.ratio, 4),
            "reach": self.promise.reach,
            "holds": self.holds,
            "control_is": self.promise.control,
        }


def as_json(rows: Sequence[Row]) -> str:
    """All rows as the text of bench.json."""
    return json.dumps([row.as_data() for row in rows], indent=2, ensure_ascii=False) + "\n"


HEADS = ("what", "value", "control", "ratio", "reach", "holds")


def cells(row: Row) -> tuple[str, ...]:
    """The row as the texts of a table, under HEADS."""
    unit = row.promise.unit
    return (
        row.promise.name,
        f"{figure(row.value)} {unit}",
        f"{figure(row.control)} {unit}",
        f"{row.ratio:.2f}",
        row.promise.reach,
        "yes" if row.holds else "NO",
    )


def table(rows: Sequence[Row]) -> str:
    """All rows under their heads, in columns."""
    lines = [HEADS, *map(cells, rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEADS))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def figure(number: float) -> str:
    """A number with three digits that say something."""
    return f"{number:.0f}" if number >= 100 else f"{number:.3g}"
