"""What a report looks at: a period, the day of reckoning, filters, and the settings of DOMAIN.md §8."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from leerwinkel_desktop.domain.codelists import fold
from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.domain.indicators.facts import TrajectoryFact


class ImpossiblePeriod(InputError):
    """The period ends before it begins, or is reckoned before it begins: `start`, `end`, `as_of`."""

    def __init__(self, start: date, end: date, as_of: date) -> None:
        super().__init__(start, end, as_of)
        self.start = start
        self.end = end
        self.as_of = as_of


@dataclass(frozen=True, slots=True)
class Scope:
    """A period (both days included), the day of reckoning (peildatum), and filters on trajectories.

    `location` is compared without capitals and accents. Raises ImpossiblePeriod.
    """

    start: date
    end: date
    as_of: date
    programme: str | None = None
    location: str | None = None

    def __post_init__(self) -> None:
        if self.end < self.start or self.as_of < self.start:
            raise ImpossiblePeriod(self.start, self.end, self.as_of)

    @property
    def days(self) -> int:
        """The number of days in the period."""
        return (self.end - self.start).days + 1

    def holds(self, trajectory: TrajectoryFact) -> bool:
        """Whether the trajectory is a T of this report: intake in the period, and through the filters."""
        intake = trajectory.intake_date
        if intake is None or not self.start <= intake <= self.end:
            return False
        if self.programme is not None and trajectory.programme != self.programme:
            return False
        return self.location is None or fold(trajectory.intake_location or "") == fold(self.location)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an office may set otherwise (DOMAIN.md §7, §8): months that somebody stays ORIENTING."""

    active_months: int = 6


def months_before(day: date, months: int) -> date:
    """The same day that many months earlier, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def percent(n: int, base: int) -> int | None:
    """100·n/base as a whole number, halves up, or None without a base (DOMAIN.md §8)."""
    return (200 * n + base) // (2 * base) if base else None
