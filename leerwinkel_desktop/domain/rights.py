"""What a client was told and allowed, what the office decided, and who did what (DOMAIN.md §3, §9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import ClassVar

from leerwinkel_desktop.domain.fields import Privacy, Record, choice, day, integer, note, ref, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Record):
    """One answer to one purpose, with how it was told, on which text, and with whom data may be shared."""

    kind: ClassVar[str] = "consent"
    label: ClassVar[str] = "Toestemming"

    dossier_id: str | None = ref("Dossier", "dossier", owner=True)
    purpose: str | None = choice("Waarvoor", "consent_purpose", Privacy.ORDINARY)
    partner: str | None = text("Met wie")
    state: str | None = choice("Antwoord", "consent_state", Privacy.ORDINARY)
    date: Date | None = day("Datum")
    how: str | None = choice("Hoe", "consent_how", Privacy.ORDINARY)
    witness: str | None = text("Getuige", Privacy.IDENTIFYING)
    text_version: str | None = text("Versie van de tekst", max_length=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Informing(Record):
    """The page on data protection was handed over or read aloud: which version, when and how."""

    kind: ClassVar[str] = "informing"
    label: ClassVar[str] = "Uitleg over gegevens"

    dossier_id: str | None = ref("Dossier", "dossier", owner=True)
    date: Date | None = day("Datum")
    text_version: str | None = text("Versie van de tekst", max_length=40)
    how: str | None = choice("Hoe", "informing_how", Privacy.ORDINARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionDecision(Record):
    """What the office decided when the retention period of a dossier was over (DOMAIN.md §9)."""

    kind: ClassVar[str] = "retention_decision"
    label: ClassVar[str] = "Beslissing over bewaren"

    dossier_id: str | None = ref("Dossier", "dossier", owner=True)
    date: Date | None = day("Datum")
    decision: str | None = choice("Beslissing", "retention_decision", Privacy.ORDINARY)
    until: Date | None = day("Bewaren tot")
    reason: str | None = note("Waarom", max_length=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry(Record):
    """Who did what to which record, when and on which device: ids only, never names (SECURITY.md §2).

    Entries are appended by the store as a hash chain and are never saved like other records.
    """

    kind: ClassVar[str] = "audit_entry"
    label: ClassVar[str] = "Logboekregel"

    number: int | None = integer("Nummer", low=1)
    at_ms: int | None = integer("Tijdstip (milliseconden sinds 1970)")
    user: str | None = text("Gebruiker", max_length=60)
    device: str | None = text("Toestel", max_length=60)
    action: str | None = text("Wat", max_length=60)
    subject: str | None = text("Over (id)", max_length=60)
