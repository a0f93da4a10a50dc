"""The years of a life as bars under each other: school, work, home and the rest (DOMAIN.md §5, step 1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from leerwinkel_desktop.domain.clients import EducationRecord, LifeEvent

SCHOOL: Final = "SCHOOL"
OTHER: Final = "OTHER"
LANES: Final = (SCHOOL, "WORK", "HOME", OTHER)
"""Codes of `life_sort`, in the order in which they are drawn."""
LEAST_YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """Some years of a life: `last` is the last year of it, `goes_on` when it has no end; `lane` a code."""

    kind: str
    record_id: str
    lane: str
    text: str
    first: int
    last: int
    goes_on: bool = False


def bars(schools: Iterable[EducationRecord], events: Iterable[LifeEvent], this_year: int) -> list[Bar]:
    """What can be drawn, by lane and year; an entry without any year is left out. Gaps are nobody's fault."""
    found = [bar for one in schools if (bar := _school(one)) is not None]
    found += [bar for one in events if (bar := _event(one, this_year)) is not None]
    return sorted(found, key=lambda bar: (LANES.index(bar.lane), bar.first, bar.last, bar.record_id))


def _school(record: EducationRecord) -> Bar | None:
    if record.year is None:
        return None
    return Bar(record.kind, record.id, SCHOOL, record.title or "", record.year, record.year)


def _event(record: LifeEvent, this_year: int) -> Bar | None:
    first = record.from_year if record.from_year is not None else record.to_year
    if first is None:
        return None
    goes_on = record.to_year is None
    last = max(first, this_year) if record.to_year is None else record.to_year
    lane = record.sort if record.sort in LANES else OTHER
    return Bar(record.kind, record.id, lane, record.what or "", min(first, last), max(first, last), goes_on)


def span(drawn: Iterable[Bar], this_year: int) -> tuple[int, int]:
    """The first and the last year to draw, up to now and never less than a few years."""
    years = [year for bar in drawn for year in (bar.first, bar.last)]
    first, last = min([*years, this_year]), max([*years, this_year])
    return min(first, last - LEAST_YEARS), last
