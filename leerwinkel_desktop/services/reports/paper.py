"""Lays a report out for paper: what it is about on top, the figures in groups, the definitions below."""

from __future__ import annotations

from leerwinkel_desktop.printing.report import (
    ReportColumn,
    ReportGroup,
    ReportRow,
    ReportTable,
    render_report,
)
from leerwinkel_desktop.services.reports.lines import Line, definition_lines, lines, period_lines, shown
from leerwinkel_desktop.services.reports.running import Report

COLUMNS = (
    ReportColumn("Cijfer", 66),
    ReportColumn("n", 11, right=True),
    ReportColumn("N", 11, right=True),
    ReportColumn("%", 9, right=True),
)
ROUNDING = "Procenten zijn afgerond; verdelingen worden niet bijgesteld tot ze op 100 uitkomen."


def as_pdf(report: Report) -> bytes:
    """The report on A4; the same report always gives the same bytes."""
    subtitles = tuple(f"{name}: {value}" for name, value in period_lines(report))
    table = ReportTable(report.title, subtitles, COLUMNS, _groups(report), (ROUNDING, *_definitions(report)))
    return render_report(table)


def _groups(report: Report) -> tuple[ReportGroup, ...]:
    """One group for each breakdown, and one without heading for figures of one row that stand together."""
    groups: list[tuple[str, list[ReportRow]]] = []
    for line in lines(report):
        if line.heading:
            groups.append((f"{line.id}  {line.label}", []))
            continue
        if not groups or (line.key is None and groups[-1][0]):
            groups.append(("", []))
        groups[-1][1].append(_row(line))
    return tuple(ReportGroup(heading, tuple(rows)) for heading, rows in groups)


def _row(line: Line) -> ReportRow:
    name = f"{line.id}  {line.label}" if line.key is None else f"{line.label}"
    said = f" ({line.remark})" if line.remark else ""
    return ReportRow((f"{name}{said}", *shown(line)), strong=line.key is None)


def _definitions(report: Report) -> tuple[str, ...]:
    return tuple(
        f"{figure} {label}: {above}; noemer: {below}. {edge}".strip()
        for figure, label, above, below, _, edge in definition_lines(report)
    )
