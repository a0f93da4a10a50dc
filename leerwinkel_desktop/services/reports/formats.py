"""Writes a report as text for a terminal, as JSON, CSV, XLSX or PDF: the same figures in all."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from leerwinkel_desktop.domain.indicators.figures import Row
from leerwinkel_desktop.services.reports.lines import (
    HIDDEN,
    Line,
    definition_lines,
    lines,
    period_lines,
    shown,
)
from leerwinkel_desktop.services.reports.paper import as_pdf
from leerwinkel_desktop.services.reports.running import Report
from leerwinkel_desktop.services.workbook.book import Book
from leerwinkel_desktop.services.workbook.files import guarded
from leerwinkel_desktop.services.workbook.writing import Plain, csv_text
from leerwinkel_desktop.store.files import write_durably

LABEL_WIDTH = 56


def as_data(report: Report) -> dict[str, Any]:
    """The JSON of CLI.md as plain data; more is said in members that CLI.md does not name.

    Always beside the promised ones: programme, location and suppressed on top. On a row, when there is
    something to say: unknown (people who could not be placed), spoken ("1 op 3"), exact (two decimals, as
    text), hidden (suppressed), ranking (G26: category, study_area, label, n), and median_in and
    median_target (G27).
    """
    asked = report.request
    return {
        "report": asked.report,
        "from": asked.start.isoformat(),
        "to": asked.end.isoformat(),
        "as_of": asked.as_of.isoformat(),
        "programme": asked.programme,
        "location": asked.location,
        "suppressed": asked.suppress_small,
        "provisional": list(report.provisional),
        "figures": [_row_data(row) for row in report.rows],
    }


def _row_data(row: Row) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": row.id,
        "key": row.key,
        "label": row.label,
        "n": float(row.n) if isinstance(row.n, Decimal) else row.n,
        "N": row.base,
        "percent": row.percent,
    }
    if row.unknown:
        data["unknown"] = row.unknown
    if row.spoken:
        data["spoken"] = row.spoken
    if row.exact is not None:
        data["exact"] = str(row.exact)
    if row.hidden:
        data["hidden"] = True
    if row.ranking:
        data["ranking"] = [
            {"category": r.category, "study_area": r.study_area, "label": r.label, "n": r.n}
            for r in row.ranking
        ]
    return data | dict(row.medians)


def as_json(report: Report) -> bytes:
    """UTF-8 with two spaces of indent and a last line end."""
    return (json.dumps(as_data(report), ensure_ascii=False, indent=2) + "\n").encode()


def as_text(report: Report) -> bytes:
    """An aligned table for a terminal."""
    told = [f"{name:<18}{value}" for name, value in period_lines(report)]
    head = f"{'':<5}{'':<{LABEL_WIDTH}}{'n':>6}{'N':>6}{'%':>6}"
    return "\n".join([*told, "", head, *map(_text_line, lines(report)), ""]).encode()


def _text_line(line: Line) -> str:
    name = line.label if line.key is None else f"  {line.key}  {line.label}"
    name = name if len(name) < LABEL_WIDTH else f"{name[: LABEL_WIDTH - 2]}…"
    id_ = line.id if line.key is None else ""
    n, base, part = shown(line)
    remark = f"  {line.remark}" if line.remark else ""
    return f"{id_:<5}{name:<{LABEL_WIDTH}}{n:>6}{base:>6}{part:>6}{remark}".rstrip()


def as_csv(report: Report) -> bytes:
    """One row for each line, with the period on each; UTF-8 with a mark, and never a live formula."""
    asked = report.request
    heading = ("cijfer", "sleutel", "label", "n", "N", "procent", "opmerking", "van", "tot", "peildatum")
    period = (asked.start, asked.end, asked.as_of)
    body = [
        [line.id, line.key, line.label, *shown(line), line.remark, *period]
        for line in lines(report)
        if not line.heading
    ]
    return csv_text(heading, body, guarded)


def as_xlsx(report: Report) -> bytes:
    """A sheet with the figures, and one with the period and each definition; never a formula."""
    book = Book()
    figures: list[list[Plain]] = [
        [
            line.id,
            line.key,
            line.label,
            HIDDEN if line.hidden else line.n,
            line.base,
            line.percent,
            line.remark,
        ]
        for line in lines(report)
    ]
    heading = ("cijfer", "sleutel", "wat", "n", "N", "procent", "opmerking")
    book.sheet("Cijfers", heading, figures, widths=(8, 18, 60, 8, 8, 9, 60))
    book.sheet("Periode", ("wat", "waarde"), period_lines(report), widths=(20, 60))
    definitions = ("cijfer", "wat", "teller", "noemer", "soort", "let op")
    book.sheet("Definities", definitions, definition_lines(report), widths=(8, 40, 70, 50, 40, 80))
    return book.data()


FORMATS: dict[str, Callable[[Report], bytes]] = {
    "text": as_text,
    "json": as_json,
    "csv": as_csv,
    "xlsx": as_xlsx,
    "pdf": as_pdf,
}


def export(report: Report, format_name: str) -> bytes:
    """The report as a file: text, json, csv, xlsx or pdf. Raises KeyError for another format."""
    return FORMATS[format_name](report)


def write(data: bytes, path: Path) -> None:
    """Write an exported report, whole or not at all. Raises DiskFull or VaultUnreachable."""
    write_durably(path, data)
