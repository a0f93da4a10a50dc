"""Asks, keeps and withdraws consents: each answer is a record, and the latest decides (DOMAIN.md §9).

Nothing is given until somebody said so: no answer is no consent. A yes that is only said needs a witness;
saying no or taking a yes back never does, and then nothing says that there was one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from leerwinkel_desktop.domain.clients import Dossier
from leerwinkel_desktop.domain.codelists import Code, CodeList, CodeLists, UnknownCode
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.documents import Paper, PaperSection, render_paper
from leerwinkel_desktop.services.rights import house, texts
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import people
from leerwinkel_desktop.store.database import Reader

NAME = "consent"
GIVEN, REFUSED, WITHDRAWN = "GIVEN", "REFUSED", "WITHDRAWN"
SIGNATURE, ORAL_WITNESS, ORAL = "SIGNATURE", "ORAL_WITNESS", "ORAL"


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask for one purpose, word for word, and what was answered last (None: never asked)."""

    purpose: str
    label: str
    text: str
    text_version: str
    answer: Consent | None
    names_partner: bool = False

    @property
    def allowed(self) -> bool:
        """Whether the answer that counts is a yes."""
        return self.answer is not None and self.answer.state == GIVEN

    @property
    def outdated(self) -> bool:
        """Whether the yes was given to an older text."""
        return (
            self.allowed and self.answer is not None and (self.answer.text_version or "") != self.text_version
        )


def ask(workspace: Workspace, dossier_id: str) -> list[Question]:
    """All purposes with today's words and the answers that count, in the order of the list."""
    found = texts.document(NAME, workspace.today())
    with workspace.database.read() as reader:
        latest = _latest(reader, dossier_id)
    return [
        Question(
            code.code,
            code.label,
            found.body["purposes"].get(code.code, code.label),
            found.version,
            latest.get(code.code),
            code.flag("names_partner"),
        )
        for code in workspace.codelists["consent_purpose"].current(workspace.today())
    ]


def answer(
    workspace: Workspace,
    dossier_id: str,
    purpose: str,
    state: str,
    *,
    how: str = SIGNATURE,
    witness: str | None = None,
    partner: str | None = None,
    on: date | None = None,
) -> Consent:
    """Keep an answer: GIVEN, REFUSED or WITHDRAWN; earlier answers stay as history.

    A yes on word of mouth needs a witness; a no never does. A yes to sharing names the partner; a no without
    one is about the partner that was named last. Raises InvalidValue or NotFound.
    """
    witness, partner = _filled(witness), _filled(partner)
    _check_how(_code(workspace, "consent_how", how), state, witness)
    if _code(workspace, "consent_purpose", purpose, "purpose").flag("names_partner"):
        partner = partner or _partner_before(workspace, dossier_id, purpose, state)
    made = Consent(
        id=new_id(),
        dossier_id=dossier_id,
        purpose=purpose,
        partner=partner,
        state=state,
        date=on or workspace.today(),
        how=how,
        witness=witness,
        text_version=texts.document(NAME, workspace.today()).version,
    )
    with workspace.database.write() as transaction:
        transaction.get(Dossier, dossier_id)
        transaction.save(made)
        transaction.note(f"consent.{state.lower()}", made.id, workspace.user)
    return made


def _filled(text: str | None) -> str | None:
    return (text or "").strip() or None


def _code(workspace: Workspace, codelist: str, code: str, field: str = "how") -> Code:
    try:
        return workspace.codelists[codelist].get(code)
    except UnknownCode as error:
        raise InvalidValue(field, "code") from error


def _check_how(how: Code, state: str, witness: str | None) -> None:
    """Whether an answer can be told in this way, and its witness has a name."""
    if state == GIVEN and how.flag("no_only"):
        raise InvalidValue("how", "code")
    if how.flag("needs_witness") and witness is None:
        raise InvalidValue("witness", "required")


def _partner_before(workspace: Workspace, dossier_id: str, purpose: str, state: str) -> str | None:
    """The partner whom a no is about; a yes without one says nothing. Raises InvalidValue."""
    if state == GIVEN:
        raise InvalidValue("partner", "required")
    before = current(workspace, dossier_id).get(purpose)
    return before.partner if before else None


def how_told(codelists: CodeLists, how: str, witness: object) -> str:
    """How an answer was told, in words; without a name it is never said that there was a witness."""
    return codelists["consent_how"].label_of(ORAL if how == ORAL_WITNESS and not witness else how)


def withdraw(workspace: Workspace, dossier_id: str, purpose: str, *, how: str = ORAL) -> Consent:
    """Take a consent back; nothing more is asked. Raises InvalidValue or NotFound."""
    return answer(workspace, dossier_id, purpose, WITHDRAWN, how=how)


def current(workspace: Workspace, dossier_id: str) -> dict[str, Consent]:
    """The answer that counts for each purpose that was ever asked."""
    with workspace.database.read() as reader:
        return _latest(reader, dossier_id)


def history(workspace: Workspace, dossier_id: str, purpose: str) -> list[Consent]:
    """All answers to one purpose, oldest first."""
    with workspace.database.read() as reader:
        return [one for one in _answers(reader, dossier_id) if one.purpose == purpose]


def allows(workspace: Workspace, dossier_id: str, purpose: str) -> bool:
    """Whether the person allows this purpose now."""
    found = current(workspace, dossier_id).get(purpose)
    return found is not None and found.state == GIVEN


def _latest(reader: Reader, dossier_id: str) -> dict[str, Consent]:
    return {one.purpose: one for one in _answers(reader, dossier_id) if one.purpose}


def _answers(reader: Reader, dossier_id: str) -> list[Consent]:
    """All answers of the person, in whichever of the merged dossiers they stand, oldest first."""
    dossiers = people.dossiers_of(reader.connection, dossier_id)
    return sorted((one for each in dossiers for one in reader.find(Consent, dossier_id=each)), key=_order)


def _order(consent: Consent) -> tuple[date, str]:
    """By day, and on one day in the order of making (ids rise with time)."""
    return consent.date or date.min, consent.id


def paper(workspace: Workspace, dossier_id: str) -> Paper:
    """The questions on paper, with the answers so far and room to sign.

    A purpose that tells of detention is asked by word of mouth only: others may read this paper.
    """
    purposes = workspace.codelists["consent_purpose"]
    questions = [
        each for each in ask(workspace, dossier_id) if not purposes.get(each.purpose).flag("detention")
    ]
    found = texts.document(NAME, workspace.today())
    states = workspace.codelists["consent_state"]
    return Paper(
        title=found.body["title"],
        name=found.body["lead"],
        date="",
        sections=(
            *(_section(each, states) for each in questions),
            PaperSection(_("Datum en handtekening, of naam van de getuige"), "steps", lines=2),
        ),
        small_print=(_("Versie {version}.").format(version=found.version),),
        house=house.facts(workspace).name,
    )


def _section(question: Question, states: CodeList) -> PaperSection:
    told, state = _("ja  /  nee"), question.answer.state if question.answer else None
    if question.answer and state and state in states:
        told = states.get(state).label
        told += f", {in_full(question.answer.date)}" if question.answer.date else ""
    facts = [(_("Jouw antwoord"), told)]
    if question.names_partner:
        partner = question.answer.partner if question.answer else None
        facts.insert(0, (_("Met wie"), partner or "." * 60))
    return PaperSection(question.label, "agreement", text=(question.text,), facts=tuple(facts))


def render(workspace: Workspace, dossier_id: str, *, large_print: bool = False) -> bytes:
    """The questions as a PDF."""
    return render_paper(paper(workspace, dossier_id), large_print=large_print)
