"""Invented people and schools for the tests of paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from leerwinkel_desktop.domain.advice import AdviceMaterial, House
from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.detention import DetentionApproval, DetentionEpisode
from leerwinkel_desktop.domain.trajectories import (
    AdviceSheet,
    AdviceStep,
    LearningQuestion,
    Option,
    Trajectory,
)
from leerwinkel_desktop.paths import resources


@pytest.fixture(scope="session")
def codelists() -> CodeLists:
    return CodeLists(lambda name: (resources() / "codelists" / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.fixture
def house() -> House:
    return House(
        name="Leerwinkel Demostad",
        address="Proefplein 1, 2800 Demostad",
        phone="015 00 00 00",
        walk_in="dinsdag en donderdag van 9 tot 12 uur",
        counsellor="Els Voorbeeld",
        counsellor_phone="015 00 00 01",
    )


@pytest.fixture
def options() -> tuple[Option, ...]:
    first = Option(
        id="o1",
        title="Diploma secundair onderwijs, richting Handel",
        provider_name="CVO Voorbeeld",
        address="Teststraat 9, 2800 Demostad",
        route="Bus 1 tot de markt, dan 5 minuten stappen",
        phone="015 00 00 02",
        opening_hours="maandag tot donderdag van 9 tot 20 uur",
        start_text="in september",
        hours_week=12,
        duration_text="2 jaar",
        certificate="diploma secundair onderwijs",
        path="Nederlands B1 → algemene vakken en Handel → diploma secundair → graduaat",
        price_text="ongeveer 150 euro per jaar",
        support_codes=("FEE_EXEMPT", "PREMIE_SO"),
        certificate_from="het OCMW, Proefstraat 3",
        client_rank=1,
    )
    second = Option(
        id="o2",
        title="Opleiding winkelmedewerker",
        provider_name="VDAB Demostad",
        address="Teststraat 40",
        start_text="elke maand",
        hours_week=32,
        duration_text="5 maanden",
        client_rank=2,
    )
    return first, second


@pytest.fixture
def material(house: House, options: tuple[Option, ...]) -> AdviceMaterial:
    return AdviceMaterial(
        client=Client(id="c1", first_name="Amina", last_name="Verzonnen", client_no="DEM-2025-0042"),
        trajectory=Trajectory(id="t1"),
        question=LearningQuestion(
            id="q1",
            dream="Ik wil in een winkel werken en later mijn eigen winkel openen. "
            "Ik wil goed Nederlands spreken.",
        ),
        talents=(
            Talent(id="k1", description="Ik reken snel.", position=1),
            Talent(id="k2", description="Ik ben geduldig met mensen.", position=2),
            Talent(id="k3", description="Ik spreek vier talen.", position=3),
        ),
        options=options,
        steps=(
            AdviceStep(
                id="s1",
                position=1,
                what="Ik vraag mijn attest.",
                where="OCMW, Proefstraat 3",
                by_when=date(2025, 3, 10),
            ),
            AdviceStep(
                id="s2",
                position=2,
                what="Ik zoek opvang voor mijn kind.",
                where="Huis van het Kind",
                by_when=date(2025, 3, 17),
            ),
            AdviceStep(id="s3", position=3, what="We bellen samen de school.", who="COUNSELLOR"),
        ),
        sheet=AdviceSheet(id="a1", call_on=date(2025, 3, 24)),
        house=house,
        checked_on=date(2025, 2, 24),
        today=date(2025, 3, 3),
    )


@pytest.fixture
def detained(material: AdviceMaterial) -> AdviceMaterial:
    inside = Option(
        id="o3",
        title="Rekenen en Nederlands in groep",
        provider_name="Ligo Voorbeeld",
        start_text="elke dinsdag",
        hours_week=4,
        duration_text="tot juni",
        certificate="deelcertificaat",
        path="Nederlands → rekenen → examencommissie",
        inside=True,
        client_rank=1,
    )
    step = AdviceStep(
        id="s9", position=2, inside=True, what="Ik vraag boeken in de bibliotheek.", by_when=date(2025, 3, 10)
    )
    return replace(
        material,
        options=(*material.options, inside),
        steps=(*material.steps, step),
        episode=DetentionEpisode(
            id="e1",
            prison="Gevangenis Demostad",
            contact_route="vleugel C",
            request_slip_to="dienst Onderwijs",
            status="BEKLAAGDE",
            milestone_date=date(2027, 7, 9),
            next_visit=date(2025, 3, 18),
        ),
        approvals=(
            DetentionApproval(
                id="p1", approval_by="DIRECTIE", for_what="de lessen op dinsdag", state="ASKED"
            ),
            DetentionApproval(id="p2", approval_by="ONDERZOEKSRECHTER", for_what="het examen buiten"),
        ),
    )
