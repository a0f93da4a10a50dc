"""The desk of a counsellor in the demo: a week of appointments, who is to be called, and sheets to hand over.

Everybody here is invented. Days count from the day of the demo, a Tuesday.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.domain.training import FollowUp, TrainingStart
from leerwinkel_desktop.domain.trajectories import AdviceStep, Barrier, LearningQuestion, Option, Trajectory
from leerwinkel_desktop.services import appointments, dossiers, sheet_files, sheets
from leerwinkel_desktop.services.appointments import HELD, NO_SHOW, PLANNED, WALK_IN
from leerwinkel_desktop.services.demo import fair
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.workspace import Workspace

SURNAME: Final = "Verzonnen"
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in the agenda; `talks` are (days from today, time, minutes, way, attendance)."""

    first_name: str
    gender: str
    age: int
    level: str
    language: str | None
    intake: int
    talks: tuple[tuple[int, str, int, str, str], ...]


GUESTS: Final = (
    Guest("Karim", "M", 41, "20", None, -40, ((0, "09:30", 45, "AFSPRAAK", HELD),)),
    Guest("Lotte", "V", 23, "33", None, 0, ((0, "10:30", 20, WALK_IN, HELD),)),
    Guest(
        *("Mehmet", "M", 36, "90", "tr", -7),
        ((-7, "13:00", 50, "ZITDAG", HELD), (0, "11:00", 30, "AFSPRAAK", HELD)),
    ),
    Guest("Nadia", "V", 52, "10", None, -28, ((0, "13:00", 60, "AFSPRAAK", PLANNED),)),
    Guest(
        *("Oksana", "V", 33, "60", "uk", -14),
        ((-1, "10:00", 60, "AFSPRAAK", HELD), (0, "14:30", 30, "ONLINE", PLANNED)),
    ),
    Guest("Pieter", "M", 19, "27", None, -21, ((0, "15:30", 45, "TELEFOON", PLANNED),)),
    Guest(
        *("Rachida", "V", 45, "25", None, -35),
        ((-14, "10:00", 60, "AFSPRAAK", NO_SHOW), (-5, "14:00", 60, "AFSPRAAK", NO_SHOW)),
    ),
    Guest(
        *("Stijn", "M", 27, "26", None, -90),
        ((-1, "09:00", 45, "AFSPRAAK", HELD), (3, "09:30", 45, "AFSPRAAK", PLANNED)),
    ),
    Guest("Tesfaye", "M", 30, "90", "en", -9, ((1, "10:30", 60, "AFSPRAAK", PLANNED),)),
    Guest(
        *("Yusra", "V", 38, "10", None, -7),
        ((-7, "14:00", 45, "ZITDAG", HELD), (1, "13:30", 60, "AFSPRAAK", PLANNED)),
    ),
    Guest(
        *("Wout", "M", 22, "30", None, -30),
        ((3, "11:00", 60, "AFSPRAAK", PLANNED), (6, "10:00", 60, "AFSPRAAK", PLANNED)),
    ),
)
"""Mornings came, afternoons are still to come; one walked in, one stayed away twice."""
_DUE: Final = (("Stijn", "F2", -3, 1), ("Pieter", "F1", -1, 0), ("Wout", "F1", 0, 0), ("Karim", "F1", 9, 0))
"""Who is to be heard about their advice: the moment, days from today, and how often it was tried."""
AT_THE_WORKSHOP: Final = ("Karim", "Nadia", "Oksana", "Stijn")
_TOLD: Final = {
    "Oksana": ("Ik leg goed uit", "Ik wil weer lesgeven.", "GELIJKSCHAKELING", "Nederlands richtgraad 3"),
    "Mehmet": ("Ik werk heel precies", "Ik wil lasser worden.", "BEROEPSOPLEIDING", "Lasser"),
    "Karim": ("Ik kan goed luisteren", "Ik wil in de zorg werken.", "BEROEPSOPLEIDING", "Zorgkundige"),
}
"""Who has a sheet: a talent, a dream, the kind of question and the course."""
_WAITS: Final = "Mehmet"
_ORDINARY: Final = "ORDINARY"
_IN_PERSON: Final = frozenset({"AFSPRAAK", "ZITDAG", WALK_IN})


def fill(workspace: Workspace) -> str:
    """A desk with people at it, in a vault on the day of the demo; gives what was made, in Dutch."""
    views = {guest.first_name: _guest(workspace, guest) for guest in GUESTS}
    for name, moment, days, tried in _DUE:
        due = {"moment": moment, "due_on": workspace.today() + DAY * days, "attempts": tried or None}
        dossiers.add(workspace, FollowUp, _own(views[name]).id, **due)
    _start_soon(workspace, _own(views["Wout"]).id)
    fair.month(workspace, [views[name].client.id for name in AT_THE_WORKSHOP])
    for name, told in _TOLD.items():
        _sheet(workspace, views[name], *told, wait=name == _WAITS)
    talks = sum(len(guest.talks) for guest in GUESTS)
    return f"{talks} afspraken, {len(_DUE)} opvolgingen en {len(_TOLD)} bladen"


def _own(view: DossierView) -> Trajectory:
    if view.trajectory is None:
        raise LookupError(view.client.id)
    return view.trajectory


def _guest(workspace: Workspace, guest: Guest) -> DossierView:
    today = workspace.today()
    begun = fair.on(workspace, today + DAY * guest.intake, "09:00")
    view = dossiers.create(
        begun,
        first_name=guest.first_name,
        last_name=SURNAME,
        birth_date=date(today.year - guest.age, 2, 3),
        gender=guest.gender,
        nis_code="12025",
        contact_language=guest.language,
    )
    trajectory = _own(view).id
    way = guest.talks[0][3]
    dossiers.change(
        workspace,
        Trajectory,
        trajectory,
        service_type="GUIDANCE",
        programme="CITY",
        referral_source="EIGEN",
        level_at_intake=guest.level,
        contact_mode=way,
        intake_location=fair.SITTING if way in _IN_PERSON else None,
    )
    for days, at, minutes, mode, attended in guest.talks:
        place = fair.SITTING if mode in _IN_PERSON else None
        values = {"date": today + DAY * days, "starts_at": at, "minutes": minutes}
        appointments.plan(workspace, trajectory, mode=mode, location=place, attended=attended, **values)
    return view


def _start_soon(workspace: Workspace, trajectory: str) -> None:
    """A training that starts soon, while something big stands in the way."""
    soon = workspace.today() + DAY * 20
    dossiers.add(
        workspace,
        TrainingStart,
        trajectory,
        title="Lasser",
        provider_name="Opleidingscentrum Voorbeeld",
        category="VOCATIONAL",
        start_date=soon,
        status="ENROLLED",
    )
    blocked = {"code": "MOBILITEIT", "weight": 3, "owner": "CLIENT", "status": "OPEN"}
    dossiers.add(workspace, Barrier, trajectory, **blocked)


def _sheet(
    workspace: Workspace,
    view: DossierView,
    talent: str,
    dream: str,
    question: str,
    course: str,
    *,
    wait: bool,
) -> None:
    """A sheet that is ready: printed and handed over, or waiting for a printer."""
    own = _own(view).id
    dossiers.add(workspace, Talent, view.dossier.id, description=talent, shown_where="WORK", position=1)
    dossiers.add(workspace, LearningQuestion, own, type=question, dream=dream, horizon_years=3)
    dossiers.add(
        workspace,
        Option,
        own,
        title=course,
        provider_name="CVO Voorbeeld",
        address="Schoolstraat 1, 2800 Mechelen",
        phone="015 00 00 02",
        opening_hours="maandag tot donderdag, 9 tot 19 uur",
        start_text="in september",
        client_rank=1,
        checked_on=workspace.today(),
    )
    dossiers.add(workspace, AdviceStep, own, position=1, what="Ik bel de school.", who="CLIENT")
    sheet = sheets.render(workspace, own, _ORDINARY)
    ready = sheet_files.confirm(workspace, own, _ORDINARY, sheet.pdf, language=sheet.language)
    if wait:
        sheet_files.print_later(workspace, ready.id)
    else:
        sheets.mark_printed(workspace, own, _ORDINARY, sheet)
