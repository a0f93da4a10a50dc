"""The moments of a month in the demo: a fair with its queue, sitting days, a workshop, and a trial lesson."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from leerwinkel_desktop.domain.agenda import clock_of, minute_of
from leerwinkel_desktop.services import moments
from leerwinkel_desktop.services import quick_question as quick
from leerwinkel_desktop.services.demo import people
from leerwinkel_desktop.services.workspace import Workspace

DAY: Final = timedelta(days=1)
SITTING: Final = "Sociaal Huis"
BEFORE: Final = 3
"""The fair was so many days ago, on the Saturday before the Tuesday on which the demo is told."""
OPENS: Final = "10:00"
EACH: Final = 17
"""Minutes from one question at the fair to the next."""
AT_THE_DOOR: Final = 48


def on(workspace: Workspace, day: date, clock: str) -> Workspace:
    """The same vault at that moment, so that what is told about it bears its day and its time "HH:MM"."""
    then = int(datetime.combine(day, time.fromisoformat(clock)).timestamp() * 1000)
    return replace(workspace, today=lambda: day, now_ms=lambda: then)


def queue(workspace: Workspace, chance: random.Random, count: int) -> None:
    """A fair some days ago and its queue: so many quick info questions, one after the other."""
    day = workspace.today() - DAY * BEFORE
    fair = moments.save_event(
        workspace, None, type="JOBBEURS", name="Werk en leren", date=day, location="Nekkerhal"
    )
    moments.count(workspace, fair.id, AT_THE_DOOR)
    where = quick.Where(moment=quick.Moment(fair.id, fair.type, fair.location, quick.POPUP))
    for turn in range(count):
        then = on(workspace, day, clock_of(minute_of(OPENS) + EACH * turn))
        people.quick_question(then, chance, where)


def month(workspace: Workspace, attendees: Sequence[str]) -> None:
    """A sitting day each week, a workshop at which these clients were, and a trial lesson to come."""
    today = workspace.today()
    moments.plan_sitting(workspace, SITTING, moments.series(today - DAY * 7, today + DAY * 14).days)
    workshop = moments.save_event(
        workspace,
        None,
        type="WORKSHOP_KANDIDAAT",
        name="Studeren met kinderen",
        date=today - DAY * 6,
        location="Bibliotheek",
    )
    moments.count(workspace, workshop.id, len(attendees) + 5)
    moments.attach(workspace, workshop.id, attendees)
    moments.save_event(
        workspace, None, type="PROEFLES", date=today + DAY * 6, location="Opleidingscentrum Voorbeeld"
    )
