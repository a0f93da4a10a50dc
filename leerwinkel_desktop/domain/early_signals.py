"""Says about whom somebody should be worried in time (DOMAIN.md §7 "Early signal")."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from leerwinkel_desktop.domain.agenda import first_semester_end

BEFORE_START: Final = timedelta(days=30)
LATELY: Final = timedelta(days=183)
"""An absence says something about now for as long as a contact keeps somebody oriented (DOMAIN.md §7)."""
FIRST_YEAR: Final = timedelta(days=366)
"""After a year of lessons the first semester is no early sign any more."""
IN_LESSONS: Final = frozenset({"STARTED", "ONGOING"})
TO_START: Final = frozenset({None, "ENROLLED"})
HELD, ABSENT = "J", "AFWEZIG"
F2: Final = "F2"


class Sign(StrEnum):
    """What there is to be worried about."""

    BARRIER = "barrier"
    ABSENT = "absent"
    UNANSWERED = "unanswered"
    NO_CERTIFICATE = "no_certificate"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A training of the trajectory out of which no certificate came yet."""

    start: date
    status: str | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is judged of one open trajectory.

    `asked` are the days on which a follow-up without an answer was due, by moment; `talks` are day and
    attendance (list `attendance`) of its sessions, in any order; `blocked`: a barrier of weight 3 is OPEN.
    """

    asked: tuple[tuple[str | None, date], ...] = ()
    talks: tuple[tuple[date, str | None], ...] = ()
    lessons: tuple[Lesson, ...] = ()
    blocked: bool = False


def signs(facts: Facts, today: date) -> list[tuple[Sign, date]]:
    """Each sign with its day: the start that is near, the absence, the moment due or the semester's end."""
    found = (rule(facts, today) for rule in (_barrier, _absent, _unanswered, _certificate))
    return [one for one in found if one is not None]


def _barrier(facts: Facts, today: date) -> tuple[Sign, date] | None:
    near = [
        lesson.start
        for lesson in facts.lessons
        if facts.blocked and lesson.status in TO_START and today <= lesson.start <= today + BEFORE_START
    ]
    return (Sign.BARRIER, min(near)) if near else None


def _absent(facts: Facts, today: date) -> tuple[Sign, date] | None:
    told = sorted(talk for talk in facts.talks if talk[1] in (HELD, ABSENT) and talk[0] <= today)
    twice = len(told) > 1 and all(attended == ABSENT for _, attended in told[-2:])
    return (Sign.ABSENT, told[-1][0]) if twice and told[-1][0] >= today - LATELY else None


def _unanswered(facts: Facts, today: date) -> tuple[Sign, date] | None:
    late = [due for moment, due in facts.asked if moment == F2 and due < today]
    return (Sign.UNANSWERED, min(late)) if late else None


def _certificate(facts: Facts, today: date) -> tuple[Sign, date] | None:
    ends = [
        first_semester_end(lesson.start)
        for lesson in facts.lessons
        if lesson.status in IN_LESSONS and lesson.start >= today - FIRST_YEAR
    ]
    passed = [end for end in ends if end < today]
    return (Sign.NO_CERTIFICATE, max(passed)) if passed else None
