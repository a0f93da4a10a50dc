"""The house that helps: programmes of funders, staff, places, sitting days and events (DOMAIN.md §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from decimal import Decimal
from typing import ClassVar

from leerwinkel_desktop.domain.fields import (
    Privacy,
    Record,
    choice,
    choices,
    day,
    decimal,
    integer,
    ref,
    text,
    yes_no,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """What one funder asks of us: territory, ages, target and the fields and figures needed."""

    kind: ClassVar[str] = "programme"
    label: ClassVar[str] = "Programma"

    code: str | None = choice("Code", "programme", Privacy.ORDINARY)
    name: str | None = text("Naam")
    funder: str | None = text("Financier")
    valid_from: Date | None = day("Van")
    valid_to: Date | None = day("Tot")
    territory: tuple[str, ...] = choices("Gebied", "territory", Privacy.ORDINARY)
    min_age: int | None = integer("Minimumleeftijd", low=0, high=120)
    max_age: int | None = integer("Maximumleeftijd", low=0, high=120)
    target_rule: str | None = text("Doelgroepregel")
    target_count: int | None = integer("Doel per jaar", low=0)
    required_fields: str | None = text("Nodige velden", max_length=2000)
    indicator_set: str | None = text("Cijferset", max_length=60)
    retention_years: int | None = integer("Bewaartermijn (jaar)", low=0, high=99)
    logo_set: str | None = text("Logo's")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counsellor(Record):
    """A member of staff who guides learners; never a client."""

    kind: ClassVar[str] = "counsellor"
    label: ClassVar[str] = "Begeleider"

    name: str | None = text("Naam")
    phone: str | None = text("Telefoon", max_length=40)
    email: str | None = text("E-mail", max_length=200)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAssignment(Record):
    """How much somebody works for the shop, from when to when (G03, G04)."""

    kind: ClassVar[str] = "staff_assignment"
    label: ClassVar[str] = "Personeel"

    counsellor: str | None = text("Naam")
    fte: Decimal | None = decimal("VTE", Privacy.STATISTICAL, needed=True)
    starts_on: Date | None = day("Van", Privacy.STATISTICAL, needed=True)
    ends_on: Date | None = day("Tot", Privacy.STATISTICAL)
    paid: bool | None = yes_no("Bezoldigd", Privacy.STATISTICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLocation(Record):
    """A place where people can find us."""

    kind: ClassVar[str] = "service_location"
    label: ClassVar[str] = "Plaats"

    name: str | None = text("Naam")
    address: str | None = text("Adres")
    nis_code: str | None = choice("Gemeente", "territory")
    valid_from: Date | None = day("Van")
    valid_to: Date | None = day("Tot")


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingDay(Record):
    """One fixed presence day at a place (E02, E03)."""

    kind: ClassVar[str] = "sitting_day"
    label: ClassVar[str] = "Zitdag"

    location_id: str | None = ref("Plaats", "service_location")
    date: Date | None = day("Datum")
    held: bool | None = yes_no("Gehouden")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """A fair, workshop, talk or other moment; attendees are counts, not clients."""

    kind: ClassVar[str] = "event"
    label: ClassVar[str] = "Moment"

    type: str | None = choice("Soort", "event_type")
    name: str | None = text("Naam")
    date: Date | None = day("Datum")
    partner_id: str | None = ref("Partner", "provider")
    location: str | None = text("Plaats")
    audience: str | None = choice("Voor wie", "event_audience")
    held: bool | None = yes_no("Gehouden")
    attendees_count: int | None = integer("Aanwezigen", low=0, high=100000)
    intakes_opened: int | None = integer("Intakes hieruit", low=0, high=100000)
