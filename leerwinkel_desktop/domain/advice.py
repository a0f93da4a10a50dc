"""The rules of the advice sheet: what each variant shows, in which order, what is missing (DOMAIN.md §6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from leerwinkel_desktop.domain.betraying import BetrayingWords, Group
from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.codelists import fold
from leerwinkel_desktop.domain.detention import DetentionApproval, DetentionEpisode
from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.trajectories import (
    AdviceSheet,
    AdviceStep,
    LearningQuestion,
    Option,
    Trajectory,
)

MOST_OPTIONS: Final = 3
MOST_STEPS: Final = 5
MOST_TALENTS: Final = 3
OLD_AFTER_DAYS: Final = 183
"""Information older than half a year gets a warning (DOMAIN.md §3, Provider)."""


class Variant(StrEnum):
    """Which sheet: the codes of code list `sheet_variant`."""

    ORDINARY = "ORDINARY"
    INSIDE = "INSIDE"
    PORTABLE = "PORTABLE"


class Part(StrEnum):
    """The parts of a sheet, in the order of the paper; also how warnings name a place."""

    TITLE = "title"
    DREAM = "dream"
    TALENTS = "talents"
    CHOICE = "choice"
    COST = "cost"
    STEPS = "steps"
    AGREEMENT = "agreement"
    TRANSFER = "transfer"
    HELP = "help"
    CALL = "call"
    SMALL_PRINT = "small_print"


class StepKind(StrEnum):
    """Where a step comes from: the two fixed first steps, or the counsellor's own words."""

    GO = "go"
    SLIP = "slip"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class House:
    """The Leerwinkel outside, and the counsellor; every part may be unknown but the name."""

    name: str
    address: str | None = None
    phone: str | None = None
    walk_in: str | None = None
    counsellor: str | None = None
    counsellor_phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceMaterial:
    """Everything a sheet is made of. `checked_on` is when the information was last verified.

    `logos` are codes of emblems that a programme requires: EU is drawn, other texts are printed as they are.
    """

    client: Client
    trajectory: Trajectory
    house: House
    today: date
    question: LearningQuestion | None = None
    talents: tuple[Talent, ...] = ()
    options: tuple[Option, ...] = ()
    steps: tuple[AdviceStep, ...] = ()
    sheet: AdviceSheet | None = None
    episode: DetentionEpisode | None = None
    approvals: tuple[DetentionApproval, ...] = ()
    checked_on: date | None = None
    logos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it is printed; `record_id` is None for a fixed step that nobody typed."""

    kind: StepKind
    what: str | None = None
    where: str | None = None
    by_when: date | None = None
    who: str | None = None
    record_id: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of typed text that a variant prints: `field` is kind and name ("option.title")."""

    part: Part
    field: str
    record_id: str
    text: str


class BetrayingWord(InputError):
    """A text on the sheet holds a word that may not be on this variant; the counsellor can mend it.

    `field` is kind and name ("advice_step.where"), `record_id` the record, `word` what was recognised.
    """

    def __init__(self, field: str, word: str, variant: Variant, record_id: str = "") -> None:
        super().__init__(field, variant.value)
        self.field = field
        self.word = word
        self.variant = variant
        self.record_id = record_id


FORBIDDEN: Final[dict[Variant, frozenset[Group]]] = {
    Variant.ORDINARY: frozenset(),
    Variant.INSIDE: frozenset({Group.STATUS, Group.OFFENCE, Group.GUARD}),
    Variant.PORTABLE: frozenset(Group),
}
"""Groups of words that stop a variant: inside everybody knows the place, never the case (DOMAIN.md §6)."""


def options_for(material: AdviceMaterial, variant: Variant) -> tuple[Option, ...]:
    """The options that the variant shows: the client's first choice, then plan B and at most one more."""
    wanted = variant is Variant.INSIDE
    ranked = sorted(material.options, key=lambda option: option.client_rank or MOST_OPTIONS + 1)
    return tuple(option for option in ranked if bool(option.inside) is wanted)[:MOST_OPTIONS]


def talents_for(material: AdviceMaterial) -> tuple[Talent, ...]:
    """The first three talents that have words."""
    told = (talent for talent in material.talents if talent.description)
    return tuple(sorted(told, key=lambda talent: talent.position or 0))[:MOST_TALENTS]


def steps_for(material: AdviceMaterial, variant: Variant) -> tuple[Step, ...]:
    """At most five steps; the client's own way to the school (inside: the request slip) goes first.

    The fixed first step is added unless the counsellor wrote one like it (DOMAIN.md §5 step 4, §6).
    """
    own = _own_steps(material, variant)
    if any(step.kind is not StepKind.OWN for step in own):
        return own[:MOST_STEPS]
    return (*_fixed_step(material, variant), *own)[:MOST_STEPS]


def _own_steps(material: AdviceMaterial, variant: Variant) -> tuple[Step, ...]:
    wanted = variant is Variant.INSIDE
    told = [step for step in material.steps if step.what and bool(step.inside) is wanted]
    told.sort(key=lambda step: step.position or MOST_STEPS + 1)
    return tuple(
        Step(_kind(step, variant), step.what, step.where, step.by_when, step.who, step.id) for step in told
    )


def _kind(step: AdviceStep, variant: Variant) -> StepKind:
    what = fold(step.what or "")
    if variant is Variant.INSIDE:
        return StepKind.SLIP if "rapportbrief" in what else StepKind.OWN
    return StepKind.GO if what.startswith(("ik ga zelf", "ga zelf")) else StepKind.OWN


def _fixed_step(material: AdviceMaterial, variant: Variant) -> tuple[Step, ...]:
    if variant is Variant.INSIDE:
        return (Step(StepKind.SLIP),)
    return (Step(StepKind.GO),) if options_for(material, variant) else ()


def shown_texts(material: AdviceMaterial, variant: Variant) -> tuple[Shown, ...]:
    """Every typed text that the variant prints, in the order of the paper."""
    return tuple(_shown(material, variant))


_OUTSIDE_OPTION: Final = (
    *("title", "provider_name", "address", "route", "start_text", "duration_text", "certificate", "path"),
    *("price_text", "certificate_from", "phone", "opening_hours", "bring"),
)
_INSIDE_OPTION: Final = ("title", "provider_name", "start_text", "duration_text", "certificate", "path")
_COST: Final = frozenset({"price_text", "certificate_from"})
_DIRECTIONS: Final = frozenset({"phone", "opening_hours", "bring"})


def _shown(material: AdviceMaterial, variant: Variant) -> Iterator[Shown]:
    yield from _texts(Part.TITLE, material.client, ("first_name",))
    if material.question:
        yield from _texts(Part.DREAM, material.question, (dream_field(material.question),))
    for talent in talents_for(material):
        yield from _texts(Part.TALENTS, talent, ("description",))
    inside = variant is Variant.INSIDE
    for option in options_for(material, variant):
        for name in _INSIDE_OPTION if inside else _OUTSIDE_OPTION:
            yield from _texts(_option_part(name), option, (name,))
    by_id = {step.id: step for step in material.steps}
    for shown in steps_for(material, variant):
        if shown.record_id is not None:
            yield from _texts(Part.STEPS, by_id[shown.record_id], ("what", "where"))
    if inside:
        yield from _detention_texts(material)
    yield from _help_texts(material)


def _option_part(name: str) -> Part:
    return Part.COST if name in _COST else Part.STEPS if name in _DIRECTIONS else Part.CHOICE


def _detention_texts(material: AdviceMaterial) -> Iterator[Shown]:
    if material.episode:
        yield from _texts(Part.STEPS, material.episode, ("request_slip_to",))
    for approval in material.approvals:
        yield from _texts(Part.AGREEMENT, approval, ("for_what",))


def _help_texts(material: AdviceMaterial) -> Iterator[Shown]:
    if material.sheet:
        yield from _texts(Part.HELP, material.sheet, ("walk_in", "counsellor_phone", "office_address"))
    house = material.house
    for name in ("name", "address", "phone", "walk_in", "counsellor", "counsellor_phone"):
        if value := getattr(house, name):
            yield Shown(Part.HELP, f"house.{name}", "", value)
    for logo in material.logos:
        yield Shown(Part.SMALL_PRINT, "programme.logo_set", "", logo)


def _texts(part: Part, record: Record, names: tuple[str, ...]) -> Iterator[Shown]:
    for name in names:
        if value := getattr(record, name):
            yield Shown(part, f"{record.kind}.{name}", record.id, value)


def dream_field(question: LearningQuestion) -> str:
    """The field that answers "Dit wil ik": the dream, else the question in own words."""
    return "dream" if question.dream or not question.own_words else "own_words"


def refuse_betraying(material: AdviceMaterial, variant: Variant, words: BetrayingWords) -> None:
    """Raise BetrayingWord for the first text that may not be on this variant; filter nothing silently."""
    for shown in shown_texts(material, variant):
        if word := words.find(shown.text, FORBIDDEN[variant]):
            raise BetrayingWord(shown.field, word, variant, shown.record_id)


def left_out(material: AdviceMaterial, variant: Variant) -> tuple[Record, ...]:
    """Records with words that this variant does not print: of the other side, or more than fit."""
    options = set(options_for(material, variant))
    talents = set(talents_for(material))
    steps = {step.record_id for step in steps_for(material, variant)}
    return (
        *(talent for talent in material.talents if talent.description and talent not in talents),
        *(option for option in material.options if option not in options),
        *(step for step in material.steps if step.what and step.id not in steps),
    )


def missing(material: AdviceMaterial, variant: Variant) -> tuple[Part, ...]:
    """The parts that have nothing to print yet; shown softly, never a block."""
    options = options_for(material, variant)
    question = material.question
    empty = {
        Part.TITLE: not material.client.first_name,
        Part.DREAM: question is None or not getattr(question, dream_field(question)),
        Part.TALENTS: not talents_for(material),
        Part.CHOICE: not options or not options[0].title,
        Part.COST: variant is not Variant.INSIDE
        and not any(o.price_text or o.support_codes for o in options),
        Part.STEPS: not any(step.kind is StepKind.OWN for step in steps_for(material, variant)),
        Part.HELP: not phone_of(material) or not material.house.counsellor,
        Part.CALL: not _next_contact(material, variant),
    }
    return tuple(part for part, nothing in empty.items() if nothing)


def _next_contact(material: AdviceMaterial, variant: Variant) -> bool:
    match variant:
        case Variant.ORDINARY:
            return material.sheet is not None and material.sheet.call_on is not None
        case Variant.INSIDE:
            return material.episode is not None and material.episode.next_visit is not None
        case Variant.PORTABLE:
            return True


def phone_of(material: AdviceMaterial) -> str | None:
    """The number to call: the one on the sheet, else the counsellor's, else the house's."""
    own = material.sheet.counsellor_phone if material.sheet else None
    return own or material.house.counsellor_phone or material.house.phone


def address_of(material: AdviceMaterial) -> str | None:
    """Where to come: the address on the sheet, else the house's."""
    return (material.sheet.office_address if material.sheet else None) or material.house.address


def walk_in_of(material: AdviceMaterial) -> str | None:
    """When to come without an appointment: as on the sheet, else the house's."""
    return (material.sheet.walk_in if material.sheet else None) or material.house.walk_in


def is_old(material: AdviceMaterial) -> bool:
    """Whether the information was checked longer ago than half a year, or never."""
    return material.checked_on is None or (material.today - material.checked_on).days > OLD_AFTER_DAYS


EU: Final = "EU"
"""The emblem that is drawn; it is neutral, and so the only one that the portable sheet may have."""


def logos_for(logo_set: str | None, variant: Variant) -> tuple[str, ...]:
    """The emblems of a programme ("EU, Stad Mechelen") that a variant may show (DOMAIN.md §6 B2).

    A name can tell where somebody was, so the portable sheet has the European one only.
    """
    named = (name.strip() for name in re.split(r"[,;]", logo_set or ""))
    codes = dict.fromkeys(EU if name.upper() in (EU, "ESF", "ESF+") else name for name in named if name)
    return tuple(code for code in codes if code == EU or variant is not Variant.PORTABLE)
