"""What a client allowed, and who did what: consents and the audit entry (DOMAIN.md §3, §9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import ClassVar

from leerwinkel_desktop.domain.fields import Privacy, Record, choice, day, integer, ref, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Record):
    """One answer to one purpose, with how it was given and on which text."""

    kind: ClassVar[str] = "consent"
    label: ClassVar[str] = "Toestemming"

    dossier_id: str | None = ref("Dossier", "dossier", owner=True)
    purpose: str | None = choice("Waarvoor", "consent_purpose", Privacy.ORDINARY)
    state: str | None = choice("Antwoord", "consent_state", Privacy.ORDINARY)
    date: Date | None = day("Datum")
    how: str | None = choice("Hoe", "consent_how", Privacy.ORDINARY)
    witness: str | None = text("Getuige", Privacy.IDENTIFYING)
    text_version: str | None = text("Versie van de tekst", max_length=40)


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
