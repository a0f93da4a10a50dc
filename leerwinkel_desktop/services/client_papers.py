"""Papers that a client takes along beside the sheet: slip of an appointment, letter, warm handover.

They leave the house and may be read by anybody, so no word on them betrays detention, whoever it is about
(DOMAIN.md §6 B): not every counsellor may know of whom that would tell something. A letter tells a partner
only what was ticked, and is a draft until the client said yes to that partner (§9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, repeat
from typing import Final

from leerwinkel_desktop.domain.advice import FORBIDDEN, AdviceMaterial, BetrayingWord, Variant
from leerwinkel_desktop.domain.codelists import fold
from leerwinkel_desktop.domain.errors import InputError, NotFound
from leerwinkel_desktop.domain.offers import Provider
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.domain.trajectories import Referral, Session
from leerwinkel_desktop.printing.documents import Paper, render_paper, texts_of
from leerwinkel_desktop.printing.slips import render_slips
from leerwinkel_desktop.printing.words import betraying_words
from leerwinkel_desktop.services import client_paper_texts as texts
from leerwinkel_desktop.services import sheets
from leerwinkel_desktop.services.appointments import PLANNED
from leerwinkel_desktop.services.client_paper_texts import Partner, Told
from leerwinkel_desktop.services.rights import consents
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.database import Reader

SHARE, HANDOVER = "SHARE_PARTNER", "WARM_HANDOVER"


class Kind(StrEnum):
    """The papers; the word stands in the audit trail too ("paper.slip")."""

    SLIP = "slip"
    LETTER = "letter"
    HANDOVER = "handover"


PURPOSES: Final = {Kind.LETTER: SHARE, Kind.HANDOVER: HANDOVER}


class NotAgreed(InputError):
    """The client said no to this purpose, took the yes back, or was never asked; nothing was made."""

    def __init__(self, purpose: str) -> None:
        super().__init__(purpose)
        self.purpose = purpose


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper. `told` holds codes of what a partner may hear, `given` asks the form as agreed.

    `bring` is what to take along to the appointments, `times` how often each slip is wanted.
    """

    kind: Kind
    trajectory_id: str
    referral_id: str = ""
    told: frozenset[str] = frozenset()
    given: bool = False
    bring: str = ""
    times: int = 1
    large: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from for one trajectory."""

    appointments: tuple[Session, ...]
    referrals: tuple[tuple[str, str], ...]
    told: tuple[Told, ...]
    answers: dict[str, Consent]

    def agreed(self, kind: Kind, partner: str) -> bool:
        """Whether the client said yes to this paper for this partner."""
        return _agrees(self.answers.get(PURPOSES[kind]), partner)


def choices(workspace: Workspace, trajectory_id: str) -> Choices:
    """The appointments to come, the referrals (id and partner), what can be told, and the consents.

    Raises NotFound.
    """
    material = sheets.material(workspace, trajectory_id)
    dossier = material.trajectory.dossier_id or ""
    with workspace.database.read() as reader:
        sessions = reader.find(Session, trajectory_id=trajectory_id)
        referrals = reader.find(Referral, trajectory_id=trajectory_id)
        named = [(one.id, _partner(reader, one).name) for one in referrals]
    return Choices(
        tuple(_coming(sessions, material)),
        tuple((one, name) for one, name in named if name),
        texts.tellable(workspace, material),
        consents.current(workspace, dossier),
    )


def render(workspace: Workspace, wanted: Wanted) -> bytes:
    """The paper as a PDF. Raises NotFound, NotAgreed or BetrayingWord."""
    material = sheets.material(workspace, wanted.trajectory_id)
    if wanted.kind is Kind.SLIP:
        slips = _slips(workspace, material, wanted)
        _refuse(slips, ())
        copied = chain.from_iterable(repeat(slip, wanted.times) for slip in slips)
        return render_slips(tuple(copied), large_print=wanted.large)
    told = tuple(one for one in texts.tellable(workspace, material) if one.code in wanted.told)
    paper = _partner_paper(workspace, material, wanted, told)
    _refuse((paper,), told)
    return render_paper(paper, large_print=wanted.large)


def make(workspace: Workspace, wanted: Wanted) -> bytes:
    """The paper to print or to keep; that it was made stands in the audit trail. Raises as `render`."""
    pdf = render(workspace, wanted)
    dossier = sheets.material(workspace, wanted.trajectory_id).trajectory.dossier_id
    with workspace.database.write() as transaction:
        transaction.note(f"paper.{wanted.kind}", dossier, workspace.user)
    return pdf


def _slips(workspace: Workspace, material: AdviceMaterial, wanted: Wanted) -> tuple[Paper, ...]:
    with workspace.database.read() as reader:
        sessions = reader.find(Session, trajectory_id=wanted.trajectory_id)
    coming = _coming(sessions, material)
    if not coming:
        raise NotFound(Session.kind, "")
    return tuple(texts.slip(material, _veiled(one), wanted.bring) for one in coming)


def _coming(sessions: Sequence[Session], material: AdviceMaterial) -> list[Session]:
    """What is planned from today on, by day and time."""
    dated = [(one.date, one.starts_at or "", one) for one in sessions if one.attended == PLANNED and one.date]
    return [one for day, _at, one in sorted(dated, key=lambda each: each[:2]) if day >= material.today]


def _veiled(session: Session) -> Session:
    """The appointment without a place that betrays: the slip then has a line to write on."""
    if session.location and betraying_words().find(session.location, FORBIDDEN[Variant.PORTABLE]):
        return replace(session, location=None, mode=None)
    return session


def _partner_paper(
    workspace: Workspace, material: AdviceMaterial, wanted: Wanted, told: tuple[Told, ...]
) -> Paper:
    with workspace.database.read() as reader:
        partner = _partner(reader, reader.get(Referral, wanted.referral_id))
    dossier = material.trajectory.dossier_id or ""
    purpose = PURPOSES[wanted.kind]
    answer = consents.current(workspace, dossier).get(purpose)
    agreed = _agrees(answer, partner.name)
    if wanted.kind is Kind.LETTER:
        if answer is not None and answer.state != consents.GIVEN:
            raise NotAgreed(purpose)
        return texts.letter(workspace, material, partner, told, answer if agreed else None)
    if wanted.given and not agreed:
        raise NotAgreed(purpose)
    question = next(each for each in consents.ask(workspace, dossier) if each.purpose == purpose)
    return texts.handover(workspace, material, partner, told, question, answer if wanted.given else None)


def _agrees(answer: Consent | None, partner: str) -> bool:
    """Whether the answer is a yes, and to this partner when it names one."""
    if answer is None or answer.state != consents.GIVEN:
        return False
    return not answer.partner or fold(answer.partner) == fold(partner)


def _partner(reader: Reader, referral: Referral) -> Partner:
    """Whom the referral is to: a name that was typed, or a partner from the list."""
    found = reader.find(Provider, id=referral.partner_id) if referral.partner_id else []
    known = found[-1] if found else None
    name = referral.partner_name or (known.name if known else None) or ""
    return Partner(name, known.contact_person if known else None, known.address if known else None)


def _refuse(papers: Sequence[Paper], told: Sequence[Told]) -> None:
    """Raise BetrayingWord, with the field where it was typed when that is known."""
    for one in told:
        for line in one.lines:
            _refuse_text(line, one.field)
    for paper in papers:
        for text in texts_of(paper):
            _refuse_text(text, Referral.kind)


def _refuse_text(text: str, field: str) -> None:
    if word := betraying_words().find(text, FORBIDDEN[Variant.PORTABLE]):
        raise BetrayingWord(field, word, Variant.PORTABLE)
