"""What there is to learn and where: providers, partners, courses and modules (DOMAIN.md §3, §4.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from typing import ClassVar

from leerwinkel_desktop.domain.fields import (
    Record,
    choice,
    day,
    decimal,
    integer,
    note,
    ref,
    text,
    yes_no,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Record):
    """A school, training body or partner service."""

    kind: ClassVar[str] = "provider"
    label: ClassVar[str] = "Aanbieder of partner"

    name: str | None = text("Naam")
    provider_type: str | None = choice("Soort aanbieder", "provider_type")
    partner_type: str | None = choice("Soort partner", "partner_type")
    address: str | None = text("Adres")
    nis_code: str | None = choice("Gemeente", "territory")
    phone: str | None = text("Telefoon", max_length=40)
    email: str | None = text("E-mail", max_length=200)
    opening_hours: str | None = text("Open")
    contact_person: str | None = text("Contactpersoon")
    last_checked_on: Date | None = day("Nagekeken op")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offering(Record):
    """One course on offer."""

    kind: ClassVar[str] = "offering"
    label: ClassVar[str] = "Aanbod"

    code: str | None = text("Code", max_length=60)
    title: str | None = text("Titel")
    provider_id: str | None = ref("Aanbieder", "provider")
    place: str | None = text("Adres")
    nis_code: str | None = choice("Gemeente", "territory")
    study_area: str | None = choice("Studiegebied", "study_area")
    category: str | None = choice("Categorie", "training_category")
    vks_level: int | None = integer("VKS-niveau", low=1, high=8)
    modular: bool | None = yes_no("Modulair")
    start_dates: str | None = text("Startdata")
    schedule: str | None = choice("Rooster", "training_mode")
    duration: str | None = text("Duur")
    hours_week: int | None = integer("Uren per week", low=0, high=80)
    language_level_required: str | None = choice("Nodig Nederlands", "dutch_level")
    entry_conditions: str | None = note("Toelating", max_length=1000)
    fee_rule: str | None = choice("Tariefregel", "support")
    extra_cost: Decimal | None = decimal("Extra kost (euro)")
    certificate_type: str | None = choice("Bewijs", "qualification_type")
    shortage_job: bool | None = yes_no("Knelpuntberoep")
    vov: bool | None = yes_no("Vlaams opleidingsverlof")
    vdab_star: bool | None = yes_no("Door VDAB erkend")
    inside_prison: bool | None = yes_no("Kan in de gevangenis")
    without_internet: bool | None = yes_no("Kan zonder internet")
    source: str | None = text("Bron")
    source_url: str | None = text("Webadres van de bron")
    checked_on: Date | None = day("Nagekeken op")


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferingModule(Record):
    """One module of a modular course; `lesson_periods` are units of 50 minutes."""

    kind: ClassVar[str] = "offering_module"
    label: ClassVar[str] = "Module"

    offering_id: str | None = ref("Aanbod", "offering")
    code: str | None = text("Code", max_length=60)
    title: str | None = text("Titel")
    lesson_periods: int | None = integer("Lestijden", low=0, high=10000)
    position: int | None = integer("Volgorde", low=0, high=999)
    required: bool | None = yes_no("Verplicht")
