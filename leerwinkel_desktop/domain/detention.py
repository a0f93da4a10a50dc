"""The detention block, kept apart: no offence, sentence, victims or co-accused (DOMAIN.md §9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import ClassVar

from leerwinkel_desktop.domain.fields import Privacy, Record, choice, day, ref, text

JUDICIAL = Privacy.JUDICIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionEpisode(Record):
    """What is needed to work with a client inside, as the client or a partner tells it; no dates of law."""

    kind: ClassVar[str] = "detention_episode"
    label: ClassVar[str] = "Detentie"

    dossier_id: str | None = ref("Dossier", "dossier", JUDICIAL, owner=True)
    prison: str | None = text("Gevangenis", JUDICIAL)
    contact_route: str | None = text("Bereikbaar via", JUDICIAL)
    request_slip_to: str | None = text("Rapportbriefje aan", JUDICIAL)
    status: str | None = choice("Toestand", "detention_status", JUDICIAL)
    modality: str | None = choice("Modaliteit", "modality", JUDICIAL)
    milestone_date: Date | None = day("Eerste mijlpaal (door klant gezegd)", JUDICIAL)
    transferred_on: Date | None = day("Overgeplaatst op", JUDICIAL)
    released_on: Date | None = day("Vrij op", JUDICIAL)
    next_visit: Date | None = day("Volgende bezoekdag", JUDICIAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class DetentionApproval(Record):
    """Who must agree with a plan inside, for what, and where that stands."""

    kind: ClassVar[str] = "detention_approval"
    label: ClassVar[str] = "Akkoord binnen"

    episode_id: str | None = ref("Detentie", "detention_episode", JUDICIAL, owner=True)
    approval_by: str | None = choice("Door", "approval_by", JUDICIAL)
    for_what: str | None = text("Waarvoor", JUDICIAL)
    state: str | None = choice("Stand", "approval_state", JUDICIAL)
