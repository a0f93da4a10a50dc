"""Invented people for the demo: a queue at a job fair, and one talk inside. Nobody here exists."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from leerwinkel_desktop.domain.detention import DetentionApproval, DetentionEpisode
from leerwinkel_desktop.domain.fields import Record, owner_of
from leerwinkel_desktop.domain.ids import new_id
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
from leerwinkel_desktop.services import quick_question as quick
from leerwinkel_desktop.services.demo import lives
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.quick_question import Asked
from leerwinkel_desktop.services.workspace import Workspace

SURNAME = "Voorbeeld"
_FIRST_NAMES = ("Amina", "Bram", "Chantal", "Dawit", "Elif", "Farid", "Greet", "Hamza", "Ilse", "Joëlle")
_LEVELS = ("10", "20", "27", "30", "33", "90")
_QUESTIONS = ("STUDIEKEUZE", "DIPLOMA_SO", "NEDERLANDS", "BEROEPSOPLEIDING")
_SOURCES = ("EIGEN", "VDAB", "OCMW", "ONDERWIJS")
_SCHOOL = Option(
    id="",
    provider_name="CVO Voorbeeld",
    address="Schoolstraat 1, 2800 Mechelen",
    phone="015 00 00 02",
    opening_hours="maandag tot donderdag, 9 tot 19 uur",
    duration_text="2 jaar",
    certificate="diploma secundair onderwijs",
)


def quick_question(workspace: Workspace, chance: random.Random, where: quick.Where) -> DossierView:
    """A quick info question: six fields and no more (DOMAIN.md §5)."""
    asked = Asked(
        first_name=chance.choice(_FIRST_NAMES),
        last_name=SURNAME,
        birth_year=workspace.today().year - chance.randint(18, 60),
        gender=chance.choice(("M", "V")),
        level=chance.choice(_LEVELS),
        referral=chance.choice(_SOURCES),
        question=chance.choice(_QUESTIONS),
    )
    kept = quick.keep(workspace, asked, where, minutes=10)
    return dossiers.reload(workspace, kept.client_id)


def guided(workspace: Workspace) -> DossierView:
    """A whole talk this morning, from talents to first steps."""
    today = workspace.today()
    client = {
        "first_name": "Samira",
        "birth_date": date(today.year - 29, 3, 14),
        "gender": "V",
        "nis_code": "12025",
        "postal_code": "2800",
        "phone": "0400 00 00 01",
        "nationality": ("BE",),
        "first_nationality": "MA",
        "contact_language": "ary",
    }
    intake = {
        "service_type": "GUIDANCE",
        "level_at_intake": "27",
        "statuses_at_intake": ("JOBSEEK",),
        "primary_status": "JOBSEEK",
        "referral_source": "EIGEN",
        "discovery_channel": "BEURS_WORKSHOP",
        "dutch_level_in": "B1",
        "went_well": "Ik hielp mijn tante in haar winkel. De klanten kwamen graag terug.",
    }
    told: list[Record] = [
        *lives.samira(today),
        LearningQuestion(
            id=new_id(),
            type="DIPLOMA_SO",
            own_words="Ik wil mijn diploma halen.",
            dream="Binnen drie jaar werk ik op het kantoor van een winkel.",
            horizon_years=3,
        ),
        replace(
            _SCHOOL,
            id=new_id(),
            title="Tweedekansonderwijs, richting handel",
            route="bus 1 tot halte Station, dan 5 minuten stappen",
            bring="identiteitskaart, schoolrapport, attest (niet ouder dan 1 maand)",
            start_text="maandag 1 september",
            schedule="DAY",
            hours_week=16,
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
            checked_on=today,
        ),
        Option(
            id=new_id(),
            title="Winkelmedewerker",
            provider_name="Opleidingscentrum Voorbeeld",
            start_text="elke maand",
            schedule="DAY",
            hours_week=35,
            duration_text="4 maanden",
            certificate="een beroepsattest",
            price_text="gratis",
            support_codes=("VDAB_VERGOED",),
            fits_dream="AMBER",
            fits_reality="GREEN",
            fits_preconditions="RED",
            pro="Snel klaar, en je vindt vlug werk.",
            con="Alle dagen, ook op woensdag.",
            client_rank=2,
            checked_on=today,
        ),
        Barrier(
            id=new_id(),
            code="KINDEROPVANG",
            weight=2,
            step_found="3",
            action="Samen opvang zoeken voor dinsdag en donderdag.",
            owner="COUNSELLOR",
            status="OPEN",
        ),
        AdviceStep(
            id=new_id(),
            position=1,
            what="Ik vraag opvang voor mijn zoon.",
            where="Huis van het Kind",
            by_when=today + timedelta(days=7),
            who="CLIENT",
        ),
        AdviceSheet(id=new_id(), version=1, language="nl", call_on=today + timedelta(days=21)),
    ]
    return _kept(workspace, client, intake, "POPUP", told, at="08:30", minutes=50)


def inside(workspace: Workspace) -> DossierView:
    """A talk inside: a plan for now, and one for later that tells nothing of it (DOMAIN.md §6 B)."""
    today = workspace.today()
    client = {
        "first_name": "Joris",
        "birth_date": date(today.year - 34, 9, 2),
        "gender": "M",
        "nis_code": "12021",
        "nationality": ("BE",),
    }
    intake = {
        "service_type": "GUIDANCE",
        "level_at_intake": "30",
        "statuses_at_intake": ("DETAINED",),
        "referral_source": "JUSTITIE",
        "dutch_level_in": "L1",
        "went_well": "Ik maakte zelf een kast voor mijn moeder. Ze staat er nog.",
    }
    told: list[Record] = [
        DetentionEpisode(
            id=new_id(),
            prison="Mechelen",
            request_slip_to="de onderwijscoördinator",
            status="ONB",
            next_visit=today + timedelta(days=14),
        ),
        DetentionApproval(
            id=new_id(), approval_by="ONDERWIJSCOORD", for_what="de lessen wiskunde", state="ASKED"
        ),
        *lives.joris(today),
        LearningQuestion(
            id=new_id(), type="BEROEPSOPLEIDING", dream="Ik wil elektricien worden.", horizon_years=3
        ),
        Option(
            id=new_id(),
            title="Wiskunde, basis",
            provider_name="Groep voor volwassenen",
            start_text="elke dinsdag",
            duration_text="10 weken",
            certificate="een deelcertificaat",
            inside=True,
            client_rank=1,
            checked_on=today,
        ),
        replace(
            _SCHOOL,
            id=new_id(),
            title="Elektrische installaties",
            bring="identiteitskaart, schoolrapport",
            start_text="in september en in februari",
            hours_week=12,
            path="Wiskunde → Elektriciteit + algemene vakken → diploma secundair onderwijs",
            price_text="ongeveer 100 euro per semester",
            support_codes=("PREMIE_SO",),
            client_rank=2,
            checked_on=today,
        ),
        AdviceStep(id=new_id(), position=1, inside=True, what="Ik maak de oefeningen van de eerste les."),
        AdviceStep(
            id=new_id(),
            position=2,
            what="Ik bel naar de Leerwinkel.",
            by_when=today + timedelta(days=60),
            who="CLIENT",
        ),
        AdviceSheet(id=new_id(), version=1, language="nl"),
    ]
    return _kept(workspace, client, intake, "GEVANGENIS", told, at="14:00", minutes=60)


def _kept(
    workspace: Workspace,
    client: Mapping[str, Any],
    intake: Mapping[str, Any],
    mode: str,
    told: Sequence[Record],
    *,
    at: str,
    minutes: int,
) -> DossierView:
    """Make the dossier with everything that was told, each record under its owner, and the talk of today."""
    view = dossiers.create(workspace, last_name=SURNAME, **client)
    if view.trajectory is None:
        raise LookupError(view.client.id)
    trajectory = view.trajectory.id
    dossiers.change(workspace, Trajectory, trajectory, contact_mode=mode, programme="CITY", **intake)
    talk = Session(
        id=new_id(),
        date=workspace.today(),
        starts_at=at,
        minutes=minutes,
        mode=mode,
        attended="J",
        step_reached="4",
    )
    owners = {"dossier": view.dossier.id, "trajectory": trajectory}
    for record in (*told, talk):
        owner = owner_of(type(record))
        if owner is not None and owner.target is not None:
            record = replace(record, **{owner.name: owners[owner.target]})
        dossiers.save(workspace, record)
        owners[record.kind] = record.id
    return dossiers.reload(workspace, view.client.id)
