"""What follows the advice: training starts, qualifications and follow-up moments (DOMAIN.md §3, §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import ClassVar

from leerwinkel_desktop.domain.fields import Privacy, Record, choice, day, integer, ref, text, yes_no

STATISTICAL = Privacy.STATISTICAL


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingStart(Record):
    """An enrolment or start of a training, and how it goes."""

    kind: ClassVar[str] = "training_start"
    label: ClassVar[str] = "Opleiding"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    training_no: str | None = text("Opleidingnummer", Privacy.IDENTIFYING, max_length=60)
    offering_id: str | None = ref("Aanbod", "offering")
    title: str | None = text("Titel", STATISTICAL)
    provider_id: str | None = ref("Aanbieder", "provider")
    provider_name: str | None = text("Aanbieder", STATISTICAL)
    provider_type: str | None = choice("Soort aanbieder", "provider_type")
    vks_level: int | None = integer("VKS-niveau", STATISTICAL, low=1, high=8)
    category: str | None = choice("Categorie", "training_category", needed=True)
    study_area: str | None = choice("Studiegebied", "study_area")
    goal: str | None = text("Uiteindelijk doel")
    target_dutch_level: str | None = choice("Doel Nederlands", "dutch_level")
    start_date: Date | None = day("Start op", STATISTICAL, needed=True)
    confirmed_by: str | None = choice("Bevestigd door", "confirmed_by")
    mode: str | None = choice("Vorm", "training_mode")
    status: str | None = choice("Stand", "training_status", needed=True)
    status_date: Date | None = day("Stand op", STATISTICAL)
    stop_reason: str | None = choice("Reden van stoppen", "stop_reason", Privacy.SENSITIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification(Record):
    """A certificate, diploma or part of one that came out of a training."""

    kind: ClassVar[str] = "qualification"
    label: ClassVar[str] = "Kwalificatie"

    training_start_id: str | None = ref("Opleiding", "training_start", owner=True)
    type: str | None = choice("Soort", "qualification_type", needed=True)
    awarded_on: Date | None = day("Behaald op", STATISTICAL)
    partial: bool | None = yes_no("Gedeeltelijk", STATISTICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp(Record):
    """One follow-up moment (F1-F6, FD): planned, tried, reached, and what came out."""

    kind: ClassVar[str] = "follow_up"
    label: ClassVar[str] = "Opvolging"

    trajectory_id: str | None = ref("Traject", "trajectory", owner=True)
    moment: str | None = choice("Moment", "follow_up_moment")
    due_on: Date | None = day("Te doen op")
    done_on: Date | None = day("Gedaan op", STATISTICAL)
    reached: bool | None = yes_no("Bereikt")
    attempts: int | None = integer("Pogingen", low=0, high=99)
    channel: str | None = choice("Kanaal", "contact_mode", Privacy.ORDINARY)
    outcome: str | None = choice("Uitkomst", "follow_up_outcome", needed=True, in_sight=True)
    not_started_reason: str | None = choice("Reden niet gestart", "not_started_reason", Privacy.SENSITIVE)
    next_due: Date | None = day("Volgende keer")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAttempt(Record):
    """One try to reach somebody for a follow-up moment, and by which way (DOMAIN.md §7 "Attempts")."""

    kind: ClassVar[str] = "contact_attempt"
    label: ClassVar[str] = "Poging"

    follow_up_id: str | None = ref("Opvolging", "follow_up", owner=True)
    date: Date | None = day("Geprobeerd op")
    channel: str | None = choice("Hoe", "preferred_contact", Privacy.ORDINARY)
    reached: bool | None = yes_no("Bereikt")
