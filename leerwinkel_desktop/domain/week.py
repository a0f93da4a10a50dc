"""The week of a client as spans of taken hours, and whether lessons fit in what is left (decision 25)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from math import ceil
from typing import Final

from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.trajectories import WeekSlot

DAYS: Final = ("MA", "DI", "WO", "DO", "VR", "ZA", "ZO")
FIRST_HOUR: Final = 7
LAST_HOUR: Final = 22
"""The day that is drawn runs from 7 to 22 hours."""
WEEKEND: Final = frozenset({"ZA", "ZO"})
EVENING: Final = (18, 21)
HALF_DAYS: Final = ((9, 12), (13, 16))
BLOCK_HOURS: Final = 3
"""So many hours of lessons go in an evening or a half day (decision 25)."""

Hour = tuple[str, int]
"""A day and the hour that begins then."""
Taken = Mapping[Hour, str]
"""What each taken hour is taken by, a code of `week_use`."""


class Unit(StrEnum):
    """In what free time is counted."""

    EVENING = "evening"
    HALF_DAY = "half_day"
    WEEKEND = "weekend"
    HOUR = "hour"


_UNITS: Final = {
    "DAY": Unit.HALF_DAY,
    "EVENING": Unit.EVENING,
    "WEEKEND": Unit.WEEKEND,
    "DISTANCE": Unit.HOUR,
}


@dataclass(frozen=True, slots=True)
class Fit:
    """How much is free for lessons of one kind, and how much they take a week (None: not known)."""

    unit: Unit
    free: int
    needed: int | None

    @property
    def fits(self) -> bool | None:
        """Whether there is room; None when it is not known how many hours the lessons take."""
        return None if self.needed is None else self.free >= self.needed


def taken(slots: Iterable[WeekSlot]) -> dict[Hour, str]:
    """Which hours are taken and by what; of two marks on one hour the newest counts (ids rise with time)."""
    found: dict[Hour, str] = {}
    for slot in sorted(slots, key=lambda one: one.id):
        if slot.day in DAYS and slot.use:
            found.update({(slot.day, hour): slot.use for hour in _hours(slot)})
    return found


def _hours(slot: WeekSlot) -> range:
    """The hours of a span; none for one that is not whole."""
    return range(slot.from_hour or 0, slot.to_hour or 0)


def spans(marks: Taken, day: str) -> list[tuple[int, int, str]]:
    """What a day is taken by, as (from, to, use) in order: equal hours that follow each other are one."""
    hours = sorted(hour for found, hour in marks if found == day)
    found = []
    for (use, _), group in groupby(
        enumerate(hours), key=lambda pair: (marks[day, pair[1]], pair[1] - pair[0])
    ):
        run = [hour for _, hour in group]
        found.append((run[0], run[-1] + 1, use))
    return found


def marked(
    slots: Sequence[WeekSlot], trajectory_id: str, day: str, hours: tuple[int, int], use: str | None
) -> tuple[list[WeekSlot], list[WeekSlot]]:
    """What to save and what to remove so that these hours (from, to) of a day are taken by `use`, or free.

    Spans that lie outside are left alone, so that what another laptop marks there is never overwritten.
    """
    low, high = hours
    of_day = [slot for slot in slots if slot.day == day]
    own = [slot for slot in of_day if slot.use == use and _touches(slot, low, high)] if use else []
    save, gone = [], own[1:]
    for slot in of_day:
        if slot not in own and _overlaps(slot, low, high):
            kept = list(_outside(slot, low, high))
            save += kept
            gone += [] if kept else [slot]
    if use is not None:
        fresh = WeekSlot(id=new_id(), trajectory_id=trajectory_id, day=day, use=use)
        low = min([low, *(slot.from_hour or 0 for slot in own)])
        high = max([high, *(slot.to_hour or 0 for slot in own)])
        save.append(replace(own[0] if own else fresh, from_hour=low, to_hour=high))
    return save, gone


def _touches(slot: WeekSlot, low: int, high: int) -> bool:
    return (slot.from_hour or 0) <= high and low <= (slot.to_hour or 0)


def _overlaps(slot: WeekSlot, low: int, high: int) -> bool:
    return (slot.from_hour or 0) < high and low < (slot.to_hour or 0)


def _outside(slot: WeekSlot, low: int, high: int) -> Iterator[WeekSlot]:
    """What is left of a span when these hours are cut out: its head keeps the record, a tail is new."""
    first, last = slot.from_hour or 0, slot.to_hour or 0
    if first < low:
        yield replace(slot, to_hour=low)
    if high < last:
        tail = replace(slot, from_hour=high)
        yield replace(tail, id=new_id()) if first < low else tail


def fit(marks: Taken, schedule: str | None, hours_week: int | None) -> Fit | None:
    """How lessons of that kind (a code of `training_mode`) fit; None when that says nothing of the hours."""
    unit = _UNITS.get(schedule or "")
    if unit is None:
        return None
    if unit is Unit.HOUR:
        return Fit(unit, len(_drawn() - marks.keys()), hours_week)
    needed = None if hours_week is None else ceil(hours_week / BLOCK_HOURS)
    free = sum(not any((day, hour) in marks for hour in range(*block)) for day, block in _blocks(unit))
    return Fit(unit, free, needed)


def _drawn() -> set[Hour]:
    return {(day, hour) for day in DAYS for hour in range(FIRST_HOUR, LAST_HOUR)}


def _blocks(unit: Unit) -> Iterator[tuple[str, tuple[int, int]]]:
    """Every stretch in which such lessons can be."""
    for day in DAYS:
        if (day in WEEKEND) is (unit is Unit.WEEKEND):
            for block in (EVENING,) if unit is Unit.EVENING else HALF_DAYS:
                yield day, block
