"""The person and what they bring: client, dossier, education so far and talents (DOMAIN.md §3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import ClassVar

from leerwinkel_desktop.domain.fields import (
    Privacy,
    Record,
    choice,
    choices,
    day,
    integer,
    note,
    ref,
    text,
    yes_no,
)

WHO = Privacy.IDENTIFYING
SENSITIVE = Privacy.SENSITIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Client(Record):
    """The person who is helped. There is no field for the national register number (DOMAIN.md §9)."""

    kind: ClassVar[str] = "client"
    label: ClassVar[str] = "Klant"

    client_no: str | None = text("Dossiernummer", WHO, max_length=40)
    first_name: str | None = text("Voornaam", WHO)
    last_name: str | None = text("Achternaam", WHO)
    birth_date: Date | None = day("Geboortedatum", WHO, needed=True)
    birth_year: int | None = integer("Geboortejaar", Privacy.STATISTICAL, low=1900, high=2199)
    gender: str | None = choice("Geslacht", "gender", needed=True)
    nis_code: str | None = choice("Gemeente", "territory", needed=True)
    postal_code: str | None = text("Postcode", WHO, max_length=12)
    phone: str | None = text("Telefoon", WHO, max_length=40)
    email: str | None = text("E-mail", WHO, max_length=200)
    preferred_contact: str | None = choice("Liefst bereikt via", "preferred_contact", Privacy.ORDINARY)
    contact_language: str | None = choice("Thuistaal", "language")
    reading_support: str | None = choice("Hulp bij lezen", "reading_support", Privacy.ORDINARY)
    nationality: tuple[str, ...] = choices("Nationaliteit", "nationality", needed=True)
    first_nationality: str | None = choice("Eerste nationaliteit", "nationality", SENSITIVE)
    father_first_nationality: str | None = choice("Eerste nationaliteit vader", "nationality", SENSITIVE)
    mother_first_nationality: str | None = choice("Eerste nationaliteit moeder", "nationality", SENSITIVE)
    foreign_origin_declared: bool | None = yes_no("Buitenlandse herkomst (zelf gezegd)", SENSITIVE)
    residence_status: str | None = choice("Verblijf", "residence_status", SENSITIVE)
    notes: str | None = note("Praktische nota")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier(Record):
    """The one file of a person; a dossier with `merged_into` is an alias of another ("uniek dossier")."""

    kind: ClassVar[str] = "dossier"
    label: ClassVar[str] = "Dossier"

    client_id: str | None = ref("Klant", "client", owner=True)
    opened_on: Date | None = day("Geopend op", Privacy.STATISTICAL)
    status: str | None = choice("Status", "dossier_status")
    retention_until: Date | None = day("Bewaren tot")
    merged_into: str | None = ref("Samengevoegd met", "dossier")


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationRecord(Record):
    """One school or training in the client's past."""

    kind: ClassVar[str] = "education_record"
    label: ClassVar[str] = "Opleiding tot nu"

    dossier_id: str | None = ref("Dossier", "dossier", owner=True)
    level_code: str | None = choice("Niveau", "education_level")
    title: str | None = text("Richting of titel")
    country: str | None = choice("Land", "nationality")
    year: int | None = integer("Jaar", low=1900, high=2199)
    completed: bool | None = yes_no("Afgewerkt")
    proof_seen: bool | None = yes_no("Bewijs gezien")
    recognition: str | None = choice("Gelijkwaardigheid", "recognition")
    recognised_as: str | None = choice("Erkend als", "education_level")
    last_year_followed: str | None = text("Laatst gevolgde jaar")
    reason_left: str | None = choice("Reden van stoppen", "reason_left", SENSITIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talent(Record):
    """Something the client can do, in their own words and without a score (DOMAIN.md §5, step 1)."""

    kind: ClassVar[str] = "talent"
    label: ClassVar[str] = "Talent"

    dossier_id: str | None = ref("Dossier", "dossier", owner=True)
    description: str | None = text("Dit kan ik al")
    shown_where: str | None = choice("Waar bleek dat", "talent_context", Privacy.ORDINARY)
    position: int | None = integer("Volgorde", low=0, high=999)


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEvent(Record):
    """Some years of work, home or whatever counts beside school; without an end it goes on (§5, step 1)."""

    kind: ClassVar[str] = "life_event"
    label: ClassVar[str] = "Levensloop"

    dossier_id: str | None = ref("Dossier", "dossier", owner=True)
    sort: str | None = choice("Soort", "life_sort", Privacy.ORDINARY)
    what: str | None = text("Wat was het?")
    from_year: int | None = integer("Van (jaar)", low=1900, high=2199)
    to_year: int | None = integer("Tot (jaar)", low=1900, high=2199)
