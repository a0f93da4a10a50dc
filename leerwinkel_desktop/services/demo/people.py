"""Invented people for the demo: a queue at a job fair, and one talk inside. Nobody here exists."""

from __future__ import annotations

import random
from datetime import date, timedelta

from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.domain.detention import DetentionApproval, DetentionEpisode
from leerwinkel_desktop.domain.trajectories import (
    AdviceSheet,
    AdviceStep,
    Barrier,
    LearningQuestion,
    Option,
    Session,
    Trajectory,
)
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.workspace import Workspace

SURNAME = "Voorbeeld"
_FIRST_NAMES = ("Amina", "Bram", "Chantal", "Dawit", "Elif", "Farid", "Greet", "Hamza", "Ilse", "Joëlle")
_LEVELS = ("10", "20", "27", "30", "33", "90")
_QUESTIONS = ("STUDIEKEUZE", "DIPLOMA_SO", "NEDERLANDS", "BEROEPSOPLEIDING")
_SOURCES = ("EIGEN", "VDAB", "OCMW", "ONDERWIJS")


def quick_question(workspace: Workspace, chance: random.Random) -> DossierView:
    """A quick info question at the fair: six fields and no more (DOMAIN.md §5)."""
    view = dossiers.create(
        workspace,
        first_name=chance.choice(_FIRST_NAMES),
        last_name=SURNAME,
        birth_year=workspace.today().year - chance.randint(18, 60),
        gender=chance.choice(("M", "V")),
    )
    trajectory = _trajectory(view)
    dossiers.change(
        workspace,
        Trajectory,
        trajectory.id,
        service_type="INFO",
        contact_mode="POPUP",
        programme="CITY",
        level_at_intake=chance.choice(_LEVELS),
        referral_source=chance.choice(_SOURCES),
    )
    dossiers.add(workspace, LearningQuestion, trajectory.id, type=chance.choice(_QUESTIONS))
    _held(workspace, trajectory, "POPUP", 10, "1")
    return dossiers.reload(workspace, view.client.id)


def guided(workspace: Workspace) -> DossierView:
    """A whole talk at the fair, from talents to first steps."""
    view = dossiers.create(
        workspace,
        first_name="Samira",
        last_name=SURNAME,
        birth_date=date(workspace.today().year - 29, 3, 14),
        gender="V",
        nis_code="12025",
        postal_code="2800",
        phone="0400 00 00 01",
        nationality=("BE",),
        first_nationality="MA",
        contact_language="ary",
    )
    trajectory = _trajectory(view)
    dossiers.change(
        workspace,
        Trajectory,
        trajectory.id,
        service_type="GUIDANCE",
        contact_mode="POPUP",
        programme="CITY",
        level_at_intake="27",
        statuses_at_intake=("JOBSEEK",),
        primary_status="JOBSEEK",
        referral_source="EIGEN",
        discovery_channel="BEURS_WORKSHOP",
        dutch_level_in="B1",
        went_well="Ik hielp mijn tante in haar winkel. De klanten kwamen graag terug.",
    )
    for place, talent in enumerate(("Ik ben geduldig", "Ik reken snel", "Ik spreek drie talen"), start=1):
        dossiers.add(workspace, Talent, view.dossier.id, description=talent, position=place)
    dossiers.add(
        workspace,
        LearningQuestion,
        trajectory.id,
        type="DIPLOMA_SO",
        own_words="Ik wil mijn diploma halen.",
        dream="Binnen drie jaar werk ik op het kantoor van een winkel.",
        horizon_years=3,
    )
    _outside_options(workspace, trajectory)
    dossiers.add(
        workspace,
        Barrier,
        trajectory.id,
        code="KINDEROPVANG",
        weight=2,
        action="Samen opvang zoeken voor dinsdag en donderdag.",
        owner="COUNSELLOR",
        status="OPEN",
    )
    _steps(workspace, trajectory, (("Ik vraag opvang voor mijn zoon.", "Huis van het Kind", 7),))
    _sheet(workspace, trajectory)
    _held(workspace, trajectory, "POPUP", 50, "4")
    return dossiers.reload(workspace, view.client.id)


def inside(workspace: Workspace) -> DossierView:
    """A talk inside: a plan for now, and one for later that tells nothing of it (DOMAIN.md §6 B)."""
    view = dossiers.create(
        workspace,
        first_name="Joris",
        last_name=SURNAME,
        birth_date=date(workspace.today().year - 34, 9, 2),
        gender="M",
        nis_code="12021",
        nationality=("BE",),
    )
    trajectory = _trajectory(view)
    dossiers.change(
        workspace,
        Trajectory,
        trajectory.id,
        service_type="GUIDANCE",
        contact_mode="GEVANGENIS",
        programme="CITY",
        level_at_intake="30",
        statuses_at_intake=("DETAINED",),
        referral_source="JUSTITIE",
        dutch_level_in="L1",
    )
    episode = dossiers.add(
        workspace,
        DetentionEpisode,
        view.dossier.id,
        prison="Mechelen",
        request_slip_to="de onderwijscoördinator",
        status="ONB",
        next_visit=workspace.today() + timedelta(days=14),
    )
    dossiers.add(
        workspace,
        DetentionApproval,
        episode.id,
        approval_by="ONDERWIJSCOORD",
        for_what="de lessen wiskunde",
        state="ASKED",
    )
    for place, talent in enumerate(("Ik werk graag met mijn handen", "Ik hou vol"), start=1):
        dossiers.add(workspace, Talent, view.dossier.id, description=talent, position=place)
    dossiers.add(
        workspace,
        LearningQuestion,
        trajectory.id,
        type="BEROEPSOPLEIDING",
        dream="Ik wil elektricien worden.",
        horizon_years=3,
    )
    dossiers.add(
        workspace,
        Option,
        trajectory.id,
        title="Wiskunde, basis",
        provider_name="Groep voor volwassenen",
        start_text="elke dinsdag",
        duration_text="10 weken",
        certificate="een deelcertificaat",
        inside=True,
        client_rank=1,
        checked_on=workspace.today(),
    )
    dossiers.add(
        workspace,
        Option,
        trajectory.id,
        title="Elektrische installaties",
        provider_name="CVO Voorbeeld",
        address="Schoolstraat 1, 2800 Mechelen",
        phone="015 00 00 02",
        opening_hours="maandag tot donderdag, 9 tot 19 uur",
        bring="identiteitskaart, schoolrapport",
        start_text="in september en in februari",
        hours_week=12,
        duration_text="2 jaar",
        certificate="diploma secundair onderwijs",
        path="Wiskunde → Elektriciteit + algemene vakken → diploma secundair onderwijs",
        price_text="ongeveer 100 euro per semester",
        support_codes=("PREMIE_SO",),
        client_rank=2,
        checked_on=workspace.today(),
    )
    dossiers.add(
        workspace,
        AdviceStep,
        trajectory.id,
        position=2,
        inside=True,
        what="Ik maak de oefeningen van de eerste les.",
    )
    _steps(workspace, trajectory, (("Ik bel naar de Leerwinkel.", None, 60),))
    _sheet(workspace, trajectory, call=False)
    _held(workspace, trajectory, "GEVANGENIS", 60, "4")
    return dossiers.reload(workspace, view.client.id)


def _trajectory(view: DossierView) -> Trajectory:
    if view.trajectory is None:
        raise LookupError(view.client.id)
    return view.trajectory


def _held(workspace: Workspace, trajectory: Trajectory, mode: str, minutes: int, step: str) -> None:
    dossiers.add(
        workspace,
        Session,
        trajectory.id,
        date=workspace.today(),
        minutes=minutes,
        mode=mode,
        attended="J",
        step_reached=step,
    )


def _outside_options(workspace: Workspace, trajectory: Trajectory) -> None:
    dossiers.add(
        workspace,
        Option,
        trajectory.id,
        title="Tweedekansonderwijs, richting handel",
        provider_name="CVO Voorbeeld",
        address="Schoolstraat 1, 2800 Mechelen",
        route="bus 1 tot halte Station, dan 5 minuten stappen",
        phone="015 00 00 02",
        opening_hours="maandag tot donderdag, 9 tot 19 uur",
        bring="identiteitskaart, schoolrapport, attest (niet ouder dan 1 maand)",
        start_text="maandag 1 september",
        hours_week=16,
        duration_text="2 jaar",
        certificate="diploma secundair onderwijs",
        path="Nederlands B1 → algemene vakken + handel → diploma secundair onderwijs → graduaat",
        price_text="ongeveer 50 euro per jaar",
        support_codes=("FEE_EXEMPT", "KINDEROPVANG"),
        certificate_from="VDAB",
        fits_dream="GREEN",
        fits_reality="GREEN",
        fits_preconditions="AMBER",
        pro="Overdag, dicht bij huis.",
        con="Opvang nodig op twee dagen.",
        client_rank=1,
        checked_on=workspace.today(),
    )
    dossiers.add(
        workspace,
        Option,
        trajectory.id,
        title="Winkelmedewerker",
        provider_name="Opleidingscentrum Voorbeeld",
        start_text="elke maand",
        hours_week=35,
        duration_text="4 maanden",
        certificate="een beroepsattest",
        price_text="gratis",
        support_codes=("VDAB_VERGOED",),
        fits_dream="AMBER",
        fits_reality="GREEN",
        fits_preconditions="RED",
        client_rank=2,
        checked_on=workspace.today(),
    )


def _steps(
    workspace: Workspace, trajectory: Trajectory, steps: tuple[tuple[str, str | None, int], ...]
) -> None:
    for position, (what, where, days) in enumerate(steps, start=2):
        dossiers.add(
            workspace,
            AdviceStep,
            trajectory.id,
            position=position,
            what=what,
            where=where,
            by_when=workspace.today() + timedelta(days=days),
            who="CLIENT",
        )


def _sheet(workspace: Workspace, trajectory: Trajectory, *, call: bool = True) -> None:
    dossiers.add(
        workspace,
        AdviceSheet,
        trajectory.id,
        version=1,
        language="nl",
        call_on=workspace.today() + timedelta(days=21) if call else None,
    )
