"""Writes the words of a sheet: turns advice material into headed sections in plain Dutch (DOMAIN.md §6).

Nothing here knows a font or a page; `layout` draws what this module says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from leerwinkel_desktop.domain.advice import (
    EU,
    AdviceMaterial,
    Part,
    Step,
    StepKind,
    Variant,
    address_of,
    dream_field,
    options_for,
    phone_of,
    steps_for,
    talents_for,
    walk_in_of,
)
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.domain.trajectories import Option
from leerwinkel_desktop.i18n import _


class Length(StrEnum):
    """How much room a typed text may ask; the layout knows the number of lines at each density."""

    FREE = "free"
    DREAM = "dream"
    TALENT = "talent"
    FACT = "fact"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `field` names the typed text behind it, for warnings."""

    text: str
    field: str = ""
    length: Length = Length.FREE
    bold: bool = False
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with its answer."""

    label: str
    text: str
    field: str = ""
    length: Length = Length.FACT


@dataclass(frozen=True, slots=True)
class Path:
    """The way to the goal: boxes with arrows between them, the last one is the goal."""

    boxes: tuple[str, ...]
    field: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to write on by hand, for a part that has no words yet."""


@dataclass(frozen=True, slots=True)
class Task:
    """A step with a box to tick: its words, and what goes with it; without words a line to write on.

    `brief` says the details in one running text, for when there is little room.
    """

    what: Text
    details: tuple[Fact, ...] = ()
    number: int | None = None
    brief: Text | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One option in a frame; the first choice has the strong frame.

    `brief` says the facts of a later choice in one running text, for when there is little room.
    """

    tag: str
    title: Text
    items: tuple[Fact | Path, ...]
    first: bool
    brief: Text | None = None


Item = Text | Fact | Path | Blank | Task | Card


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its pictogram and what stands under it (nothing, when the heading says it all)."""

    part: Part
    icon: str
    heading: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A whole sheet: `name` is the first name as typed, `emblem` whether the European emblem is due."""

    title: str
    name: str
    date: str
    sections: tuple[Section, ...]
    small_print: tuple[str, ...]
    house: str
    emblem: bool
    draft: bool


_ARROW: Final = re.compile(r"\s*(?:→|⇒|➔|➜|›|[-–=]*>)\s*")


def content(material: AdviceMaterial, variant: Variant, codelists: CodeLists, *, draft: bool) -> Content:
    """The words of one variant; refuse betraying words before calling this."""
    writer = _Writer(material, variant, codelists)
    return Content(
        title=_("Mijn leerplan: nu, binnen") if variant is Variant.INSIDE else _("Mijn leerplan"),
        name=material.client.first_name or "",
        date=in_full(material.today),
        sections=tuple(writer.sections()),
        small_print=tuple(writer.small_print()),
        house=material.house.name,
        emblem=EU in material.logos,
        draft=draft,
    )


def printed_texts(content: Content) -> Iterator[str]:
    """Every text of the sheet, also those of code lists and our own."""
    yield from (content.title, content.name, content.date, content.house, *content.small_print)
    for section in content.sections:
        yield section.heading
        for item in section.items:
            yield from _item_texts(item)


def _item_texts(item: Item) -> Iterator[str]:
    match item:
        case Text():
            yield item.text
        case Fact():
            yield from (item.label, item.text)
        case Path():
            yield from item.boxes
        case Task():
            yield item.what.text
            for detail in item.details:
                yield from _item_texts(detail)
        case Card():
            yield from (item.tag, item.title.text)
            for part in item.items:
                yield from _item_texts(part)


@dataclass(frozen=True, slots=True)
class _Writer:
    material: AdviceMaterial
    variant: Variant
    codelists: CodeLists

    @property
    def inside(self) -> bool:
        return self.variant is Variant.INSIDE

    def sections(self) -> Iterator[Section]:
        yield Section(Part.DREAM, "dream", _("Dit wil ik"), self._dream())
        yield Section(Part.TALENTS, "talents", _("Dit kan ik al"), self._talents())
        yield Section(Part.CHOICE, "choice", _("Mijn keuze"), tuple(self._cards()) or (Blank(), Blank()))
        yield Section(Part.COST, "cost", _("Wat kost het?"), tuple(self._cost()))
        yield Section(Part.STEPS, "steps", _("Wat doe ik eerst?"), tuple(self._tasks()))
        if self.inside:
            yield Section(Part.AGREEMENT, "agreement", _("Wie moet akkoord gaan?"), tuple(self._agreement()))
            yield Section(Part.TRANSFER, "move", _("Wat als ik verhuis?"), tuple(self._transfer()))
        yield Section(Part.HELP, "help", _("Wie helpt mij?"), tuple(self._help()))
        yield from self._call()

    def _dream(self) -> tuple[Item, ...]:
        question = self.material.question
        name = dream_field(question) if question else ""
        text = getattr(question, name) if question else None
        return (Text(text, f"learning_question.{name}", Length.DREAM),) if text else (Blank(),)

    def _talents(self) -> tuple[Item, ...]:
        told = (talent.description or "" for talent in talents_for(self.material))
        return tuple(Text(text, "talent.description", Length.TALENT, bullet=True) for text in told) or (
            Blank(),
        )

    def _cards(self) -> Iterator[Card]:
        tags = (_("Eerste keuze"), _("Plan B"), _("Plan C"))
        for place, option in enumerate(options_for(self.material, self.variant)):
            title = Text(option.title or _("Nog te kiezen"), "option.title", Length.FACT, bold=True)
            items = tuple(self._option(option, place))
            told = (f"{item.text[:1].upper()}{item.text[1:]}." for item in items if isinstance(item, Fact))
            brief = Text(" ".join(told), "option.address", Length.FACT)
            yield Card(tags[place], title, items, first=place == 0, brief=brief if place and items else None)

    def _option(self, option: Option, place: int) -> Iterator[Fact | Path]:
        yield from _facts(option, _WHERE_INSIDE if self.inside else _WHERE)
        if place < 2:
            yield from _facts(option, _WHEN)
            if time := _time(option):
                yield Fact(_("Hoeveel tijd?"), time, "option.duration_text")
            yield from _facts(option, _GOAL)
            boxes = tuple(box for box in _ARROW.split(option.path or "") if box)
            if place == 0 and len(boxes) > 1:
                yield Path(boxes, "option.path")
            elif boxes:
                yield Fact(_("Mijn weg"), " › ".join(boxes), "option.path")

    def _cost(self) -> Iterator[Item]:
        if self.inside:
            yield Text(_("Gratis zolang je in de gevangenis zit. Vraag het daarna opnieuw na."))
            yield Text(_("Voor lessen binnen heb je een attest van detentie nodig."))
            yield Text(_("Heb je nog papieren nodig? Vraag een kopie via de griffie."))
            return
        options = options_for(self.material, self.variant)
        for place, option in enumerate(options[:2]):
            if option.price_text:
                label = _("Prijs") if place == 0 else _("Prijs plan B")
                yield Fact(label, option.price_text, "option.price_text")
        yield from (Text(ask, bullet=True) for ask in self._asks(options))
        first = next((option.certificate_from for option in options if option.certificate_from), None)
        if first:
            yield Fact(_("Vraag het attest bij"), first, "option.certificate_from")
        if not any(option.price_text for option in options):
            yield Text(_("Vraag de prijs na bij de school."))

    def _asks(self, options: tuple[Option, ...]) -> list[str]:
        """The sentence "vraag na …" of each support once; a support is never promised (DOMAIN.md §4.9)."""
        supports = self.codelists["support"]
        codes = dict.fromkeys(code for option in options[:2] for code in option.support_codes)
        known = (supports.get(code) for code in codes if code in supports)
        return [code.text("ask") or _("Vraag na: {support}.").format(support=code.label) for code in known]

    def _tasks(self) -> Iterator[Item]:
        steps = steps_for(self.material, self.variant)
        for number, step in enumerate(steps, start=1):
            yield Task(self._what(step), tuple(self._details(step)), number, self._brief(step))
        if not any(step.kind is StepKind.OWN for step in steps):
            yield Task(Text(""), (), len(steps) + 1)

    def _what(self, step: Step) -> Text:
        if step.what:
            return Text(step.what, "advice_step.what", Length.STEP, bold=True)
        if step.kind is StepKind.GO:
            return Text(_("Ik ga zelf naar de school."), bold=True)
        service = self.material.episode.request_slip_to if self.material.episode else None
        words = _("Ik schrijf een rapportbriefje aan {service}.").format(service=service or "…" * 8)
        return Text(words, "detention_episode.request_slip_to", Length.STEP, bold=True)

    def _details(self, step: Step) -> Iterator[Fact]:
        options = options_for(self.material, self.variant)
        if step.kind is StepKind.GO and options:
            yield from self._directions(step, options[0])
        elif step.where:
            yield Fact(_("Waar?"), step.where, "advice_step.where", Length.STEP)
        if step.by_when:
            yield Fact(_("Tegen wanneer?"), in_full(step.by_when))
        if who := _HELPERS.get(step.who or ""):
            yield Fact(_("Wie?"), _(who))

    def _brief(self, step: Step) -> Text | None:
        if step.kind is StepKind.GO:
            return None
        when = _("tegen {date}").format(date=in_full(step.by_when)) if step.by_when else None
        words = ", ".join(filter(None, (step.where, when)))
        who = _HELPERS.get(step.who or "")
        text = ". ".join(filter(None, (words, _(who) if who else None)))
        return Text(text, "advice_step.where", Length.STEP) if text else None

    def _directions(self, step: Step, option: Option) -> Iterator[Fact]:
        """Address, phone, opening hours and what to bring."""
        if step.where:
            yield Fact(_("Waar?"), step.where, "advice_step.where", Length.STEP)
        else:
            yield from _facts(option, _WHERE[:1])
        yield from _facts(option, _REACH)
        if option.bring:
            yield Fact(_("Neem mee"), option.bring, "option.bring", Length.STEP)
        else:
            own = _("identiteitskaart, diploma en een attest van hoogstens 1 maand oud")
            yield Fact(_("Neem mee"), own, length=Length.FREE)

    def _agreement(self) -> Iterator[Item]:
        for approval in self.material.approvals:
            who = _(_AGREEING.get(approval.approval_by or "", _JUSTICE))
            words = _("{who}: {what}").format(who=who, what=approval.for_what) if approval.for_what else who
            yield Task(Text(words, "detention_approval.for_what", Length.STEP))
        if not self.material.approvals:
            yield Text(_("Vraag het aan je begeleider."))

    def _transfer(self) -> Iterator[Item]:
        yield Text(_("Je plan blijft van jou. Neem dit blad en je attesten mee."))
        yield Text(_("Schrijf daar een nieuw rapportbriefje aan de onderwijscoördinator."))

    def _help(self) -> Iterator[Item]:
        house = self.material.house
        if house.counsellor:
            yield Text(
                _("{name} van {house}").format(name=house.counsellor, house=house.name),
                "house.counsellor",
                bold=True,
            )
        else:
            yield Text(house.name, "house.name", bold=True)
        if self.inside:
            if address := address_of(self.material):
                yield Fact(_("Schrijf naar"), address, "house.address")
            return
        if phone := phone_of(self.material):
            yield Fact(_("Bel"), phone, "house.phone")
        if address := address_of(self.material):
            yield Fact(_("Kom langs"), address, "house.address")
        if walk_in := walk_in_of(self.material):
            yield Fact(_("Zonder afspraak"), walk_in, "house.walk_in")
        if self.variant is Variant.PORTABLE:
            yield Text(_("Bel of kom langs als je dat wil. Dat kan ook later."))

    def _call(self) -> Iterator[Section]:
        if self.inside:
            visit = self.material.episode.next_visit if self.material.episode else None
            when = (Text(in_full(visit), bold=True),) if visit else (Blank(),)
            yield Section(Part.CALL, "calendar", _("Wanneer zie ik mijn begeleider?"), when)
        elif self.variant is Variant.ORDINARY:
            day = self.material.sheet.call_on if self.material.sheet else None
            if day:
                yield Section(Part.CALL, "call", _("We bellen je op {date}").format(date=in_full(day)))
            else:
                yield Section(Part.CALL, "call", _("We bellen je op"), (Blank(),))

    def small_print(self) -> Iterator[str]:
        checked = self.material.checked_on
        yield _("Dit advies is gratis.")
        if checked:
            yield _("We keken alles na op {date}.").format(date=in_full(checked))
        if not self.inside:
            yield _("Prijzen en data kunnen veranderen. Vraag ze na bij de school.")
        yield _("We gaan zorgvuldig om met je gegevens. Je mag ze altijd inkijken.")
        others = [logo for logo in self.material.logos if logo != EU]
        if others:
            yield _("Met steun van {names}.").format(names=", ".join(others))
        if EU in self.material.logos:
            yield _("Medegefinancierd door de Europese Unie.")


_WHERE: Final = (("Waar?", ("provider_name", "address")), ("Hoe ga ik?", ("route",)))
_WHERE_INSIDE: Final = (("Van wie?", ("provider_name",)),)
_WHEN: Final = (("Wanneer start het?", ("start_text",)),)
_GOAL: Final = (("Wat krijg ik daarna?", ("certificate",)),)
_REACH: Final = (("Telefoon", ("phone",)), ("Open", ("opening_hours",)))
_HELPERS: Final = {"COUNSELLOR": "Dat doet mijn begeleider.", "PARTNER": "Dat doet iemand anders voor mij."}
_AGREEING: Final = {
    "DIRECTIE": "De directie",
    "ONDERWIJSCOORD": "De onderwijscoördinator",
    "PSD": "De psychosociale dienst (PSD)",
}
_JUSTICE: Final = "Justitie (vraag aan je begeleider wie)"
"""For approvals whose exact name would tell a reader the status of the case (DOMAIN.md §6 B)."""


def _facts(option: Option, wanted: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[Fact]:
    for label, names in wanted:
        if text := ", ".join(filter(None, (getattr(option, name) for name in names))):
            yield Fact(_(label), text, f"option.{names[-1]}")


def _time(option: Option) -> str:
    """Hours per week and duration in one answer: "12 uur per week, 2 jaar"."""
    hours = _("{hours} uur per week").format(hours=option.hours_week) if option.hours_week else None
    return ", ".join(filter(None, (hours, option.duration_text)))
