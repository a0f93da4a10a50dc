"""Lays a report out as lines of text, once, so that screen, paper, table and workbook say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from leerwinkel_desktop.domain.codelists import CodeList
from leerwinkel_desktop.domain.indicators.figures import Row, Shape
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.services.reports.running import Report

HIDDEN = "< 5"
SHAPES = {
    Shape.COUNT: "telling",
    Shape.SHARE: "aandeel",
    Shape.SINGLE: "verdeling: één antwoord per persoon",
    Shape.MULTI: "verdeling: meer antwoorden per persoon, de som kan boven 100 komen",
    Shape.RANKING: "rangschikking",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: figure, key, label, n, N, percent (as numbers), and what is said beside them."""

    id: str
    key: str | None
    label: str
    n: int | Decimal | None
    base: int | None
    percent: int | None
    remark: str = ""
    hidden: bool = False
    heading: bool = False


def lines(report: Report) -> Iterator[Line]:
    """All lines in order; a breakdown begins with a heading line that holds no numbers."""
    for definition, rows in report.figures:
        if definition.shape in (Shape.SINGLE, Shape.MULTI):
            yield Line(definition.id, None, definition.label, None, None, None, heading=True)
        yield from (_line(row) for row in rows)


def _line(row: Row) -> Line:
    return Line(row.id, row.key, row.label, row.n, row.base, row.percent, _remark(row), row.hidden)


def _remark(row: Row) -> str:
    said = [row.spoken] if row.spoken else []
    said += [f"{row.unknown} niet vermeld"] if row.unknown else []
    said += [f"precies {decimal_text(row.exact)}"] if row.exact is not None else []
    if row.ranking:
        said.append(_ranking(row, codelists()["training_category"]))
    if row.medians:
        before, aim = (level or "niet vermeld" for _, level in row.medians)
        said.append(f"mediaan: van {before} naar {aim}")
    return "; ".join(said)


def _ranking(row: Row, categories: CodeList) -> str:
    groups: dict[str, list[str]] = {}
    for rank in row.ranking:
        groups.setdefault(rank.category, []).append(f"{rank.label} {rank.n}")
    return "; ".join(f"{categories.get(code).label}: {', '.join(each)}" for code, each in groups.items())


def decimal_text(value: int | Decimal) -> str:
    """A number as it is written in Dutch: with a comma."""
    return str(value).replace(".", ",")


def shown(line: Line) -> tuple[str, str, str]:
    """n, N and percent as text; a suppressed n as "< 5"."""
    n = HIDDEN if line.hidden else "" if line.n is None else decimal_text(line.n)
    return n, "" if line.base is None else str(line.base), "" if line.percent is None else str(line.percent)


def period_lines(report: Report) -> list[tuple[str, str]]:
    """What the report is about: period, peildatum, filters, and what is still missing."""
    asked = report.request
    told = [
        ("Rapport", f"{report.title} ({asked.report})"),
        ("Van", asked.start.isoformat()),
        ("Tot en met", asked.end.isoformat()),
        ("Peildatum", asked.as_of.isoformat()),
        ("Programma", asked.programme or "alle"),
        ("Plaats", asked.location or "alle"),
        ("Kleine aantallen", "verborgen (1 tot 4 mensen)" if asked.suppress_small else "getoond"),
    ]
    return told + [("Voorlopig", note) for note in report.provisional]


def definition_lines(report: Report) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Of each figure: id, label, what is counted, over what, the shape, and the edge case."""
    for each, _ in report.figures:
        yield each.id, each.label, each.numerator, each.denominator, SHAPES[each.shape], each.edge
