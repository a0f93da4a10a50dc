"""The words of the papers that a client takes along, in plain Dutch (DOMAIN.md §6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from leerwinkel_desktop.domain.advice import (
    AdviceMaterial,
    Variant,
    address_of,
    options_for,
    phone_of,
    talents_for,
)
from leerwinkel_desktop.domain.clients import EducationRecord
from leerwinkel_desktop.domain.codelists import CodeList
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.domain.trajectories import Session
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.documents import Paper, PaperSection
from leerwinkel_desktop.services.rights import consents
from leerwinkel_desktop.services.rights.consents import Question
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import people

DRAFT: Final = _("ONTWERP: nog geen toestemming")
BY_PHONE: Final = "TELEFOON"
DOTS: Final = "." * 44


@dataclass(frozen=True, slots=True)
class Partner:
    """To whom a client is referred; all but the name may be unknown."""

    name: str
    contact: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a partner may hear when the client agrees: its words come from the dossier."""

    code: str
    label: str
    lines: tuple[str, ...]
    field: str


def tellable(workspace: Workspace, material: AdviceMaterial) -> tuple[Told, ...]:
    """What there is to tell, in the order of the letter; nothing of health, family, money or barriers."""
    return tuple(one for one in _all(workspace, material) if one.lines)


def _all(workspace: Workspace, material: AdviceMaterial) -> Iterator[Told]:
    client, question, trajectory = material.client, material.question, material.trajectory
    wish = (question.own_words or question.dream) if question else None
    yield Told("CONTACT", _("Telefoon en e-mail"), _filled(client.phone, client.email), "client.phone")
    yield Told("WISH", _("Wat ik wil leren"), _filled(wish), "learning_question.own_words")
    choice = options_for(material, Variant.PORTABLE)[:1]
    chosen = [", ".join(_filled(one.title, one.provider_name)) for one in choice]
    yield Told("CHOICE", _("Wat ik kies"), _filled(*chosen), "option.title")
    talents = [one.description for one in talents_for(material)]
    yield Told("TALENTS", _("Wat ik al kan"), _filled(*talents), "talent.description")
    yield Told("SCHOOLS", _("Wat ik al volgde"), _schools(workspace, material), "education_record.title")
    spoken = _label(workspace.codelists["dutch_level"], trajectory.dutch_level_in)
    yield Told("DUTCH", _("Mijn Nederlands"), _filled(spoken), "trajectory.dutch_level_in")


def _schools(workspace: Workspace, material: AdviceMaterial) -> tuple[str, ...]:
    levels = workspace.codelists["education_level"]
    with workspace.database.read() as reader:
        dossiers = people.dossiers_of(reader.connection, material.trajectory.dossier_id or "")
        found = [one for each in dossiers for one in reader.find(EducationRecord, dossier_id=each)]
    named = ((one.title or _label(levels, one.level_code), one.year) for one in found)
    return tuple(f"{name} ({year})" if year else name for name, year in named if name)


def _label(codes: CodeList, code: str | None) -> str | None:
    return codes.label_of(code) if code is not None and code in codes else None


def _filled(*lines: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line and line.strip())


def time_in_full(clock: str) -> str:
    """A time as it stands on paper: "9 uur", "14.30 uur"."""
    hour, minute = int(clock[:2]), clock[3:]
    return _("{time} uur").format(time=hour if minute == "00" else f"{hour}.{minute}")


def slip(material: AdviceMaterial, session: Session, bring: str) -> Paper:
    """When, where, with whom, and whom to ring; what is not known is a line to write on."""
    day = in_full(session.date) if session.date else DOTS
    at = time_in_full(session.starts_at) if session.starts_at else DOTS
    facts = [(_("Wanneer?"), day), (_("Hoe laat?"), at)]
    if session.mode == BY_PHONE:
        facts.append((_("Waar?"), _("Wij bellen je.")))
    else:
        facts.append((_("Waar?"), session.location or DOTS))
    if material.house.counsellor:
        facts.append((_("Met wie?"), material.house.counsellor))
    help_facts = ((_("Bel"), phone),) if (phone := phone_of(material)) else ()
    things = _filled(*bring.splitlines())
    return Paper(
        title=_("Mijn afspraak"),
        name=material.client.first_name or "",
        date="",
        sections=(
            PaperSection(material.house.name, "calendar", facts=tuple(facts)),
            *((PaperSection(_("Breng mee"), "agreement", bullets=things),) if things else ()),
            PaperSection(_("Kan je niet komen?"), "call", text=(_("Laat het ons weten."),), facts=help_facts),
        ),
        house=material.house.name,
    )


def letter(
    workspace: Workspace,
    material: AdviceMaterial,
    partner: Partner,
    told: tuple[Told, ...],
    answer: Consent | None,
) -> Paper:
    """A letter to a school or partner; without the yes of the client it is marked as a draft."""
    name, house = _name(material), material.house.name
    return Paper(
        title=_("Doorverwijsbrief"),
        name=_("Voor {partner}").format(partner=partner.contact or partner.name),
        date=in_full(material.today),
        sections=(
            PaperSection(
                _("Waarom deze brief?"),
                "choice",
                text=(
                    _("{name} kwam bij {house} met een vraag over leren.").format(name=name, house=house),
                    _("We vragen {partner} om {name} verder te helpen.").format(
                        partner=partner.name, name=name
                    ),
                ),
            ),
            *_told_section(_("Dit mogen we vertellen"), told),
            _house_section(_("Wie helpt nu?"), material),
            _answer_section(workspace, answer),
        ),
        small_print=(
            _("Gebruik deze brief alleen om {name} verder te helpen.").format(name=name),
            _("Geef hem niet door, en bewaar hem niet langer dan nodig."),
        ),
        house=house,
        mark="" if answer is not None else DRAFT,
    )


def handover(
    workspace: Workspace,
    material: AdviceMaterial,
    partner: Partner,
    told: tuple[Told, ...],
    question: Question,
    answer: Consent | None,
) -> Paper:
    """The form of a warm handover: as agreed with `answer`, else to ask and to sign first."""
    facts = ((_("Naar"), partner.name), (_("Contact"), partner.contact), (_("Adres"), partner.address))
    return Paper(
        title=_("Warme overdracht"),
        name=_name(material),
        date=in_full(material.today),
        sections=(
            PaperSection(
                _("Wat is dat?"),
                "move",
                text=(
                    question.text,
                    _("We doen dit alleen om jou daar goed te laten starten."),
                ),
                facts=tuple((label, text) for label, text in facts if text),
            ),
            *_told_section(_("Dit vertellen we"), told),
            _house_section(_("Wie belt of gaat mee?"), material),
            *((_answer_section(workspace, answer),) if answer is not None else _signing()),
        ),
        small_print=(
            _("Zeg je nee, dan helpen we je even goed verder."),
            _("Zeg je ja, dan mag je dat later altijd terugnemen."),
            _("Versie {version}.").format(version=question.text_version),
        ),
        house=material.house.name,
    )


def _name(material: AdviceMaterial) -> str:
    client = material.client
    return " ".join(filter(None, (client.first_name, client.last_name))) or _("Deze persoon")


def _told_section(heading: str, told: tuple[Told, ...]) -> tuple[PaperSection, ...]:
    facts = tuple((one.label, "; ".join(one.lines)) for one in told)
    if facts:
        return (PaperSection(heading, "agreement", facts=facts),)
    return (PaperSection(heading, "agreement", text=(_("Alleen de naam."),)),)


def _house_section(heading: str, material: AdviceMaterial) -> PaperSection:
    house = material.house
    reach = ((_("Telefoon"), phone_of(material)), (_("Adres"), address_of(material)))
    facts = ((_("Naam"), house.counsellor), *reach)
    return PaperSection(
        heading, "help", text=(house.name,), facts=tuple((label, text) for label, text in facts if text)
    )


def _answer_section(workspace: Workspace, answer: Consent | None) -> PaperSection:
    heading = _("Toestemming")
    if answer is None:
        return PaperSection(heading, "steps", text=(_("Nog niet gegeven."),), lines=1)
    facts = [(_("Ja gezegd op"), in_full(answer.date) if answer.date else DOTS)]
    if answer.how:
        facts.append((_("Hoe"), consents.how_told(workspace.codelists, answer.how, answer.witness)))
    if answer.witness:
        facts.append((_("Getuige"), answer.witness))
    return PaperSection(heading, "steps", facts=tuple(facts))


def _signing() -> tuple[PaperSection, ...]:
    return (
        PaperSection(_("Mag dit?"), "steps", text=(_("ja  /  nee"),), facts=((_("Datum"), DOTS),)),
        PaperSection(_("Mijn handtekening"), "agreement", lines=1),
        PaperSection(
            _("Zeg je het liever?"),
            "help",
            text=(_("Dan schrijft een getuige hier naam en handtekening."),),
            lines=1,
        ),
    )
