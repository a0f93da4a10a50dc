"""Writes values as text and tables as .csv, so that no cell is ever a live formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

Plain = None | bool | int | str | date | Decimal | tuple[str, ...]
Row = Sequence[Plain]


def shown(value: Plain) -> str:
    """A value as text: dates ISO, yes and no as J and N, codes with commas, decimals with a point."""
    match value:
        case None:
            return ""
        case bool():
            return "J" if value else "N"
        case tuple():
            return ",".join(value)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def csv_text(heading: Sequence[str], rows: Iterable[Row], guard: Callable[[str], str]) -> bytes:
    """One .csv: UTF-8 with a mark that Excel recognises, semicolons between as Belgian Excel expects."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([guard(shown(value)) if isinstance(value, str) else shown(value) for value in row])
    return target.getvalue().encode("utf-8-sig")
