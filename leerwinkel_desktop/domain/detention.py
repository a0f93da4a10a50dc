"""The detention block, kept apart and sealed: no offence, sentence, victims or co-accused (DOMAIN.md §9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import Any, ClassVar

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError
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


def _slot(number: int) -> Any:
    return text(f"Afgeschermd {number}", JUDICIAL, max_length=2000)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedRecord(Record):
    """What is stored, logged and carried of one record of the block: a dossier, and sealed values in slots.

    Which record it is, which values are filled in and how long they are cannot be seen without the
    detention key: every slot is always written, to the same length where it is short.
    """

    kind: ClassVar[str] = "sealed_record"
    label: ClassVar[str] = "Afgeschermd blok"

    dossier_id: str | None = ref("Dossier", "dossier", JUDICIAL, owner=True)
    s01: str | None = _slot(1)
    s02: str | None = _slot(2)
    s03: str | None = _slot(3)
    s04: str | None = _slot(4)
    s05: str | None = _slot(5)
    s06: str | None = _slot(6)
    s07: str | None = _slot(7)
    s08: str | None = _slot(8)
    s09: str | None = _slot(9)
    s10: str | None = _slot(10)
    s11: str | None = _slot(11)
    s12: str | None = _slot(12)


BLOCK: tuple[type[Record], ...] = (DetentionEpisode, DetentionApproval)
"""The records that exist in memory only, behind a SealedRecord each; parents before children."""

BLOCK_BY_KIND: dict[str, type[Record]] = {record.kind: record for record in BLOCK}

KIND_SLOT = "s01"
ALL_SLOTS: tuple[str, ...] = tuple(f"s{number:02d}" for number in range(1, 13))
SLOTS: dict[str, dict[str, str]] = {
    DetentionEpisode.kind: {
        "prison": "s02",
        "contact_route": "s03",
        "request_slip_to": "s04",
        "status": "s05",
        "modality": "s06",
        "milestone_date": "s07",
        "transferred_on": "s08",
        "released_on": "s09",
        "next_visit": "s10",
    },
    DetentionApproval.kind: {
        "episode_id": "s02",
        "approval_by": "s03",
        "for_what": "s04",
        "state": "s05",
    },
}
"""Where each field of the block is sealed. A slot is never given to another field of the same kind."""


class UnsealedBlock(EnvironmentProblem):
    """A laptop with an older program sends detention data that is not sealed; nothing of it may be kept."""


class NoAccess(InputError):
    """The detention block is closed to this user: somebody on its access list must let them in."""
