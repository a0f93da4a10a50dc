"""An invented catalogue for the demo: schools and courses that do not exist."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.offers import Offering, Provider
from leerwinkel_desktop.services.workspace import Workspace

_SCHOOLS: Final = (
    ("CVO Voorbeeld", "CVO", "Schoolstraat 1, 2800 Mechelen", "12025"),
    ("Ligo Verzonnen", "CBE", "Leerplein 2, 2500 Lier", "12021"),
    ("Opleidingscentrum Voorbeeld", "VDAB", "Werkweg 3, 2830 Willebroek", "12040"),
    ("Hogeschool Verzinsel", "HOGESCHOOL", "Campuslaan 4, 2800 Mechelen", "12025"),
)
_COURSES: Final = (
    # title, school, category, schedule, hours a week, Dutch, VKS, days since it was checked
    ("Tweedekansonderwijs: handel", 0, "SEC_DIPLOMA", "DAY", 16, "B1", 4, 20),
    ("Tweedekansonderwijs: handel (avond)", 0, "SEC_DIPLOMA", "EVENING", 9, "B1", 4, 20),
    ("Aanvullende algemene vorming", 0, "SEC_DIPLOMA", "EVENING", 6, "B1", 4, 35),
    ("Boekhoudkundig bediende", 0, "VOCATIONAL", "EVENING", 8, "B1", 4, 220),
    ("Logistiek assistent in de zorg", 0, "VOCATIONAL", "DAY", 20, "A2", 3, 40),
    ("Begeleider in de kinderopvang", 0, "VOCATIONAL", "BLENDED", 12, "B1", 4, 12),
    ("Nederlands richtgraad 1.1", 0, "NT2", "EVENING", 9, "A0", None, 60),
    ("Nederlands richtgraad 1.2", 0, "NT2", "DAY", 12, "A1", None, 60),
    ("Nederlands richtgraad 2", 0, "NT2", "EVENING", 9, "A2", None, 60),
    ("Lezen en schrijven", 1, "BASIC", "DAY", 6, "A2", 1, 15),
    ("Rekenen voor elke dag", 1, "BASIC", "EVENING", 3, "A2", 1, 15),
    ("Starten met de computer", 1, "BASIC", "DAY", 3, "A1", 1, 300),
    ("Alfabetisering Nederlands", 1, "NT2", "DAY", 12, "A0_ALFA", None, 15),
    ("Winkelmedewerker", 2, "VOCATIONAL", "DAY", 35, "A2", 3, 8),
    ("Lasser", 2, "VOCATIONAL", "DAY", 35, "A2", 3, 8),
    ("Heftruckchauffeur", 2, "VOCATIONAL", "DAY", 35, "A2", 2, 190),
    ("Poetshulp", 2, "VOCATIONAL", "DAY", 20, "A1", 2, 8),
    ("Graduaat in het programmeren", 3, "ASSOC", "EVENING", 14, "B2", 5, 25),
    ("Graduaat orthopedagogische begeleiding", 3, "ASSOC", "DAY", 24, "B2", 5, 25),
    ("Bachelor verpleegkunde", 3, "HIGHER", "DAY", 38, "C1", 6, 25),
    ("Nederlands op papier", 1, "NT2", "INSIDE_PRISON", 4, "A1", None, 50),
    ("Examencommissie: zelf leren", 0, "SEC_DIPLOMA", "DISTANCE", 8, "B1", 4, None),
)
_CERTIFICATES: Final = {
    "SEC_DIPLOMA": "DIPLOMA_SO",
    "ASSOC": "GRADUAAT",
    "HIGHER": "BACHELOR",
    "NT2": "ATTEST_NT2",
    "VOCATIONAL": "CERT",
    "BASIC": "DEELCERT",
}


def fill(workspace: Workspace) -> None:
    """Put the invented schools and courses in this vault, in one transaction."""
    schools = [
        Provider(
            id=new_id(),
            name=name,
            provider_type=kind,
            address=address,
            nis_code=nis,
            phone="015 00 00 02",
            opening_hours="maandag tot donderdag, 9 tot 19 uur",
        )
        for name, kind, address, nis in _SCHOOLS
    ]
    with workspace.database.write() as transaction:
        transaction.save_all(schools)
        transaction.save_all(_course(workspace, schools, *facts) for facts in _COURSES)


def _course(workspace: Workspace, schools: list[Provider], title: str, school: int, *facts: Any) -> Offering:
    category, schedule, hours, dutch, level, days = facts
    inside = schedule == "INSIDE_PRISON"
    return Offering(
        id=new_id(),
        title=title,
        provider_id=schools[school].id,
        category=category,
        schedule=schedule,
        hours_week=hours,
        language_level_required=dutch,
        vks_level=level,
        start_dates="september en februari",
        duration="1 jaar",
        certificate_type=_CERTIFICATES[category],
        fee_rule="VDAB_VERGOED" if school == 2 else "FEE_EXEMPT",
        vdab_star=school == 2,
        inside_prison=inside,
        without_internet=inside or category == "BASIC",
        checked_on=None if days is None else workspace.today() - timedelta(days=days),
    )
