"""Says whether the lessons of an option fit in the week, in one sentence with a sign."""

from __future__ import annotations

from collections.abc import Iterable

from leerwinkel_desktop.domain import week
from leerwinkel_desktop.domain.trajectories import Option, WeekSlot
from leerwinkel_desktop.domain.week import Fit, Unit
from leerwinkel_desktop.i18n import _, counted


def told(option: Option, slots: Iterable[WeekSlot]) -> tuple[str, str]:
    """The sentence, and its tone (good, attention or muted)."""
    marks = week.taken(slots)
    if not marks:
        return _("Duid eerst de week aan."), "muted"
    found = week.fit(marks, option.schedule, option.hours_week)
    if found is None:
        return _("Vraag na wanneer de lessen zijn."), "muted"
    free = _free(found)
    if found.needed is None:
        return _("{free}. Hoeveel uren les per week?").format(free=free), "muted"
    words = _("✓ Past: {free}, {n} nodig.") if found.fits else _("✗ Past niet: {free}, {n} nodig.")
    return words.format(free=free, n=found.needed), "good" if found.fits else "attention"


def _free(fit: Fit) -> str:
    match fit.unit:
        case Unit.EVENING:
            return counted("{n} avond vrij", "{n} avonden vrij", fit.free)
        case Unit.HALF_DAY:
            return counted("{n} halve dag vrij", "{n} halve dagen vrij", fit.free)
        case Unit.WEEKEND:
            return counted("{n} halve weekenddag vrij", "{n} halve weekenddagen vrij", fit.free)
        case Unit.HOUR:
            return counted("{n} uur vrij", "{n} uren vrij", fit.free)
