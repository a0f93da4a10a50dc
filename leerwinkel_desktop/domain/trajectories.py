"""One episode of guidance and what its four steps bring: from intake to advice (DOMAIN.md §3, §5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import ClassVar

from leerwinkel_desktop.domain.fields import (
    Privacy,
    Record,
    choice,
    choices,
    clock,
    day,
    integer,
    note,
    ref,
    refs,
    text,
    yes_no,
)

WHO = Privacy.IDENTIFYING
SENSITIVE = Privacy.SENSITIVE
STATISTICAL = Privacy.STATISTICAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Trajectory(Record):
    """One episode of guidance, opened by an intake; a person can have several."""

    kind: ClassVar[str] = "trajectory"
    label: ClassVar[str] = "Traject"

    dossier_id: str | None = ref("Dossier", "dossier", owner=True)
    trajectory_no: str | None = text("Trajectnummer", WHO, max_length=60)
    seq: int | None = integer("Volgnummer", low=1, high=999)
    intake_date: Date | None = day("Intake op", STATISTICAL, needed=True)
    programme: str | None = choice("Programma", "programme", needed=True)
    target_groups: tuple[str, ...] = choices("Doelgroep", "target_group", SENSITIVE)
    service_type: str | None = choice("Dienstverlening", "service_type", needed=True)
    intake_location: str | None = text("Plaats van de intake", STATISTICAL)
    contact_mode: str | None = choice("Contactwijze", "contact_mode")
    referral_source: str | None = choice("Doorverwezen door", "referral_source", needed=True)
    discovery_channel: str | None = choice("Hoe kende je ons", "discovery_channel", needed=True)
    counsellor: str | None = text("Begeleider")
    status: str | None = choice("Status", "trajectory_status")
    closed_on: Date | None = day("Afgesloten op", STATISTICAL)
    close_reason: str | None = choice("Reden van afsluiten", "close_reason")
    level_at_intake: str | None = choice("Hoogste diploma", "education_level", needed=True)
    recognised_level: str | None = choice("Erkend als", "education_level")
    statuses_at_intake: tuple[str, ...] = choices("Statuut", "statuses", SENSITIVE, needed=True)
    primary_status: str | None = choice("Voornaamste statuut", "statuses", SENSITIVE)
    employment_esf: str | None = choice("Werk (ESF)", "employment_esf")
    unemployed_since: Date | None = day("Werkloos sinds", SENSITIVE)
    dutch_level_in: str | None = choice("Nederlands (spreken)", "dutch_level")
    dutch_level_written: str | None = choice("Nederlands (schrijven)", "dutch_level")
    went_well: str | None = note("Wat liep goed?")
    willingness: int | None = integer("Zin om te leren (0-10)", low=0, high=10)
    willingness_why: str | None = note("Waarom niet lager?")
    entered_in_mlp_on: Date | None = day("In MLP ingevoerd op")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Record):
    """One planned or held contact; only attended ones count as sessions.

    An appointment is a session with a time, `attended` GEPLAND; held, it is the same record (decision 21).
    """

    kind: ClassVar[str] = "session"
    label: ClassVar[str] = "Gesprek"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    date: Date | None = day("Datum", STATISTICAL, needed=True)
    starts_at: str | None = clock("Uur")
    minutes: int | None = integer("Minuten", STATISTICAL, low=0, high=1440)
    mode: str | None = choice("Wijze", "contact_mode")
    location: str | None = text("Plaats", STATISTICAL)
    step_reached: str | None = choice("Stap", "step")
    attended: str | None = choice("Aanwezig", "attendance", needed=True)
    interpreter: bool | None = yes_no("Tolk")
    group_session: str | None = ref("Groepsmoment", "event")
    short_note: str | None = note("Korte nota", max_length=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class LearningQuestion(Record):
    """What the client wants to learn, and the dream behind it (steps 1 and 2)."""

    kind: ClassVar[str] = "learning_question"
    label: ClassVar[str] = "Leervraag"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    type: str | None = choice("Soort vraag", "question_type")
    own_words: str | None = note("In eigen woorden")
    desired_occupation: str | None = text("Gewenst beroep")
    horizon_years: int | None = integer("Binnen hoeveel jaar", low=1, high=10, usual=(1, 3, 5, 10))
    dream: str | None = note("Waar wil jij staan?")
    why: str | None = note("Waarom is dat belangrijk?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier(Record):
    """An obstacle on the way, who takes it up, and how far that is (step 3)."""

    kind: ClassVar[str] = "barrier"
    label: ClassVar[str] = "Drempel"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    code: str | None = choice("Drempel", "barrier", SENSITIVE)
    weight: int | None = integer("Gewicht (1 klein - 3 blokkeert)", low=1, high=3)
    step_found: str | None = choice("Gevonden in stap", "step")
    action: str | None = note("Wat doen we?", max_length=1000)
    support_code: str | None = choice("Steun", "support", Privacy.ORDINARY)
    owner: str | None = choice("Wie", "barrier_owner", Privacy.ORDINARY)
    status: str | None = choice("Stand", "barrier_status", Privacy.ORDINARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Support(Record):
    """A support that was advised (fee exemption, training leave …), and what came of it."""

    kind: ClassVar[str] = "support"
    label: ClassVar[str] = "Steun"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    code: str | None = choice("Steun", "support", SENSITIVE)
    advised_on: Date | None = day("Geadviseerd op")
    applied: bool | None = yes_no("Aangevraagd")
    result: str | None = text("Resultaat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Record):
    """One possible way to learn, held against dream, reality and preconditions (step 3)."""

    kind: ClassVar[str] = "option"
    label: ClassVar[str] = "Keuze"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    offering_id: str | None = ref("Aanbod", "offering")
    title: str | None = text("Wat")
    provider_id: str | None = ref("Aanbieder", "provider")
    provider_name: str | None = text("School of aanbieder")
    address: str | None = text("Adres")
    route: str | None = text("Hoe geraak ik er?")
    phone: str | None = text("Telefoon van de school", max_length=40)
    opening_hours: str | None = text("Open")
    bring: str | None = text("Wat breng ik mee?")
    start_text: str | None = text("Wanneer start het?")
    schedule: str | None = choice("Wanneer zijn de lessen?", "training_mode", Privacy.ORDINARY)
    hours_week: int | None = integer("Uren per week", low=0, high=80)
    duration_text: str | None = text("Hoe lang duurt het?")
    dutch_level: str | None = choice("Hoeveel Nederlands is nodig?", "dutch_level", Privacy.ORDINARY)
    certificate: str | None = text("Welk diploma op het einde?")
    path: str | None = text("Leerweg (stappen met →)")
    price_text: str | None = text("Wat kost het?")
    support_codes: tuple[str, ...] = choices("Steun", "support", Privacy.ORDINARY)
    certificate_from: str | None = text("Vraag het attest bij")
    inside: bool | None = yes_no("Kan binnen (zonder internet)", Privacy.JUDICIAL)
    fits_dream: str | None = choice("Past bij de droom", "option_light", Privacy.ORDINARY)
    fits_reality: str | None = choice("Past bij de realiteit", "option_light", Privacy.ORDINARY)
    fits_preconditions: str | None = choice("Past praktisch", "option_light", Privacy.ORDINARY)
    pro: str | None = note("Voordelen", max_length=1000)
    con: str | None = note("Nadelen", max_length=1000)
    client_rank: int | None = integer("Keuze van de klant (1 = eerst)", low=1, high=3)
    checked_on: Date | None = day("Nagekeken op")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSlot(Record):
    """Some hours of each week that are taken, by work, children or something else (step 3, decision 25)."""

    kind: ClassVar[str] = "week_slot"
    label: ClassVar[str] = "Week"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    day: str | None = choice("Dag", "weekday", Privacy.ORDINARY)
    from_hour: int | None = integer("Van (uur)", low=0, high=23)
    to_hour: int | None = integer("Tot (uur)", low=1, high=24)
    use: str | None = choice("Wat doe je dan?", "week_use", Privacy.ORDINARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceSheet(Record):
    """One version of the printed advice: what was on it, in which variant, and the hash of the file."""

    kind: ClassVar[str] = "advice_sheet"
    label: ClassVar[str] = "Adviesblad"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    version: int | None = integer("Versie", low=1, high=999)
    variant: str | None = choice("Variant", "sheet_variant", Privacy.JUDICIAL)
    language: str | None = choice("Taal", "language", Privacy.ORDINARY)
    large_print: bool | None = yes_no("Grote letters")
    option_ids: tuple[str, ...] = refs("Keuzes", "option")
    call_on: Date | None = day("We bellen je op")
    walk_in: str | None = text("Vrije inloop")
    counsellor_phone: str | None = text("Telefoon van de begeleider", max_length=40)
    office_address: str | None = text("Adres van de Leerwinkel")
    printed_at: Date | None = day("Afgedrukt op")
    handed_over: bool | None = yes_no("Meegegeven")
    teach_back_done: bool | None = yes_no("Klant vertelde het na")
    sha256: str | None = text("Vingerafdruk van het bestand", max_length=64)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceStep(Record):
    """One of the at most five first steps on the sheet, inside or outside."""

    kind: ClassVar[str] = "advice_step"
    label: ClassVar[str] = "Eerste stap"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    position: int | None = integer("Volgorde", low=1, high=5)
    inside: bool | None = yes_no("Voor nu, binnen", Privacy.JUDICIAL)
    what: str | None = text("Wat doe ik?")
    where: str | None = text("Waar?")
    by_when: Date | None = day("Tegen wanneer?")
    who: str | None = choice("Wie", "barrier_owner", Privacy.ORDINARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(Record):
    """Where the client was sent; going oneself is the rule, a warm handover needs consent."""

    kind: ClassVar[str] = "referral"
    label: ClassVar[str] = "Doorverwijzing"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    partner_id: str | None = ref("Partner", "provider")
    partner_name: str | None = text("Naar wie")
    type: str | None = choice("Hoe", "referral_type", Privacy.ORDINARY)
    date: Date | None = day("Datum")
    consent_id: str | None = ref("Toestemming", "consent")
    result: str | None = text("Resultaat")
