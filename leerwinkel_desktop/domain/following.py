"""Proposes the moments at which somebody is asked how it goes (DOMAIN.md §7); the windows are dated data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from leerwinkel_desktop.domain.agenda import first_semester_end, is_weekend
from leerwinkel_desktop.domain.codelists import Code
from leerwinkel_desktop.domain.early_signals import IN_LESSONS, LATELY, TO_START, Lesson
from leerwinkel_desktop.domain.indicators.scope import months_before

ENOUGH_ATTEMPTS: Final = 3
ENOUGH_CHANNELS: Final = 2
YEAR: Final = 12
NEAR: Final = timedelta(days=92)
"""A moment of each semester or year is about the end that is nearer than this."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is judged of one trajectory.

    `lessons` are its trainings with a start date, `moved` the days of a transfer or a release, `known` the
    moments that were planned or done, by code and day, `consents` the purposes with a yes.
    """

    advised_on: date | None = None
    closed_on: date | None = None
    lessons: tuple[Lesson, ...] = ()
    moved: tuple[date, ...] = ()
    known: tuple[tuple[str | None, date], ...] = ()
    consents: frozenset[str] = frozenset()

    @property
    def in_lessons(self) -> bool:
        """Whether some training goes on."""
        return any(lesson.status in IN_LESSONS for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A moment to plan (a code of `follow_up_moment`): the first and the last good day, and the best."""

    moment: str
    first: date
    last: date
    due_on: date


@dataclass(frozen=True, slots=True)
class _Window:
    """A moment is planned already when one is known from `since` until `until`."""

    first: date
    last: date
    since: date
    until: date = date.max


def proposals(codes: Iterable[Code], case: Case, today: date) -> list[Proposal]:
    """What can be planned now, by day; what is known already, or long past, is left out."""
    found = []
    for code in codes:
        consent = code.text("consent")
        if consent is None or consent in case.consents:
            for window in _ANCHORS[code.text("anchor") or ""](code, case, today):
                if window.last >= today - LATELY and not _is_known(code.code, window, case):
                    found.append(Proposal(code.code, window.first, window.last, _best(window, today)))
    return sorted(found, key=lambda one: (one.due_on, one.moment))


def unreachable(attempts: int, channels: Iterable[str | None]) -> bool:
    """Whether somebody was tried often enough, and by ways enough, to be called unreachable."""
    return attempts >= ENOUGH_ATTEMPTS and len({one for one in channels if one}) >= ENOUGH_CHANNELS


def _is_known(moment: str, window: _Window, case: Case) -> bool:
    return any(known == moment and window.since <= day <= window.until for known, day in case.known)


def _best(window: _Window, today: date) -> date:
    """The middle of what is left of a window, or today when it is past; never in a weekend."""
    first = max(window.first, today)
    day = first + (max(window.last, first) - first) // 2
    while is_weekend(day):
        day += timedelta(days=1)
    return day


def _around(code: Code, anchor: date, months: int | None = None) -> tuple[date, date]:
    """The first and the last day of the window that a code lays around a day."""
    middle = months_after(anchor, code.number("months") or 0 if months is None else months)
    before, after = code.number("from_days") or 0, code.number("to_days") or 0
    return middle + timedelta(days=before), middle + timedelta(days=after)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    return months_before(day, -months)


def _after_advice(code: Code, case: Case, today: date) -> Iterator[_Window]:  # noqa: ARG001
    if case.advised_on is not None and case.closed_on is None:
        yield _Window(*_around(code, case.advised_on), since=case.advised_on)


def _after_start(code: Code, case: Case, today: date) -> Iterator[_Window]:  # noqa: ARG001
    for start in sorted({one.start for one in case.lessons if one.status in TO_START}):
        yield _Window(*_around(code, start), since=start)


def _semester(code: Code, case: Case, today: date) -> Iterator[_Window]:
    """The next end of a semester of whoever is in lessons."""
    starts = [one.start for one in case.lessons if one.status in IN_LESSONS]
    if starts:
        first = max(first_semester_end(min(starts)), today - NEAR / 2)
        days = [date.fromisoformat(f"{year}-{on}") for year in _years(first) for on in code.texts("on")]
        end = min(day for day in days if day >= first)
        yield _Window(end, end, since=end - NEAR / 2, until=end + NEAR)


def _years(first: date) -> tuple[int, int]:
    return first.year, first.year + 1


def _after_close(code: Code, case: Case, today: date) -> Iterator[_Window]:
    if case.closed_on is None:
        return
    months = code.number("months") or 0
    if code.flag("yearly") and case.in_lessons:
        while _around(code, case.closed_on, months)[1] < today - NEAR:
            months += YEAR
    first, last = _around(code, case.closed_on, months)
    until = months_after(first, YEAR) - NEAR if code.flag("yearly") else date.max
    yield _Window(first, last, since=max(case.closed_on, first - NEAR), until=until)


def _after_move(code: Code, case: Case, today: date) -> Iterator[_Window]:  # noqa: ARG001
    """At the transfer or the release itself, and so many months later."""
    for day in sorted(set(case.moved)):
        later, last = _around(code, day)
        yield _Window(day, day, since=day, until=later - timedelta(days=1))
        yield _Window(later, last, since=later - timedelta(days=7))


_ANCHORS: Final[dict[str, Callable[[Code, Case, date], Iterator[_Window]]]] = {
    "ADVICE": _after_advice,
    "PLANNED_START": _after_start,
    "SEMESTER_END": _semester,
    "CLOSE": _after_close,
    "TRANSFER_OR_RELEASE": _after_move,
}
