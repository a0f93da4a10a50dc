"""Writes the words of a sheet: turns advice material into headed sections in plain Dutch (DOMAIN.md §6).

Nothing here knows a font or a page; `layout` draws what this module says. What is ours is said through a
`Speaker`, in two languages when that is asked; typed words stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
from leerwinkel_desktop.domain.codelists import Code, CodeLists
from leerwinkel_desktop.domain.trajectories import Option
from leerwinkel_desktop.i18n import SOURCE_LANGUAGE, _
from leerwinkel_desktop.printing.content import (
    Blank,
    Card,
    Content,
    Fact,
    Item,
    Length,
    Path,
    Section,
    Task,
    Text,
)
from leerwinkel_desktop.printing.languages import Said, Speaker

_ARROW: Final = re.compile(r"\s*(?:→|⇒|➔|➜|›|[-–=]*>)\s*")


def sheet_content(
    material: AdviceMaterial,
    variant: Variant,
    codelists: CodeLists,
    *,
    draft: bool,
    language: str = SOURCE_LANGUAGE,
) -> Content:
    """The words of one variant, with a second language beside our own; refuse betraying words before this."""
    say = Speaker(language)
    writer = _Writer(material, variant, codelists, say)
    return Content(
        title=say("Mijn leerplan: nu, binnen") if variant is Variant.INSIDE else say("Mijn leerplan"),
        name=material.client.first_name or "",
        date=say.day(material.today),
        sections=tuple(writer.sections()),
        small_print=tuple(writer.small_print()),
        house=material.house.name,
        emblem=EU in material.logos,
        draft=draft,
        language=language,
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    material: AdviceMaterial
    variant: Variant
    codelists: CodeLists
    say: Speaker

    @property
    def inside(self) -> bool:
        return self.variant is Variant.INSIDE

    def sections(self) -> Iterator[Section]:
        yield Section(Part.DREAM, "dream", self.say("Dit wil ik"), self._dream())
        yield Section(Part.TALENTS, "talents", self.say("Dit kan ik al"), self._talents())
        yield Section(
            Part.CHOICE, "choice", self.say("Mijn keuze"), tuple(self._cards()) or (Blank(), Blank())
        )
        yield Section(Part.COST, "cost", self.say("Wat kost het?"), tuple(self._cost()))
        yield Section(Part.STEPS, "steps", self.say("Wat doe ik eerst?"), tuple(self._tasks()))
        if self.inside:
            yield Section(
                Part.AGREEMENT, "agreement", self.say("Wie moet akkoord gaan?"), tuple(self._agreement())
            )
            yield Section(Part.TRANSFER, "move", self.say("Wat als ik verhuis?"), tuple(self._transfer()))
        yield Section(Part.HELP, "help", self.say("Wie helpt mij?"), tuple(self._help()))
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
        tags = (self.say("Eerste keuze"), self.say("Plan B"), self.say("Plan C"))
        for place, option in enumerate(options_for(self.material, self.variant)):
            title = Text(option.title or self.say("Nog te kiezen"), "option.title", Length.FACT, bold=True)
            items = tuple(self._option(option, place))
            told = (f"{item.text[:1].upper()}{item.text[1:]}." for item in items if isinstance(item, Fact))
            brief = Text(" ".join(told), "option.address", Length.FACT)
            yield Card(tags[place], title, items, first=place == 0, brief=brief if place and items else None)

    def _option(self, option: Option, place: int) -> Iterator[Fact | Path]:
        yield from self._facts(option, _WHERE_INSIDE if self.inside else _WHERE)
        if place < 2:
            yield from self._facts(option, _WHEN)
            if time := self._time(option):
                yield Fact(self.say("Hoeveel tijd?"), time, "option.duration_text")
            yield from self._facts(option, _GOAL)
            boxes = tuple(box for box in _ARROW.split(option.path or "") if box)
            if place == 0 and len(boxes) > 1:
                yield Path(boxes, "option.path")
            elif boxes:
                yield Fact(self.say("Mijn weg"), " › ".join(boxes), "option.path")

    def _cost(self) -> Iterator[Item]:
        if self.inside:
            yield Text(self.say("Gratis zolang je in de gevangenis zit. Vraag het daarna opnieuw na."))
            yield Text(self.say("Voor lessen binnen heb je een attest van detentie nodig."))
            yield Text(self.say("Heb je nog papieren nodig? Vraag een kopie via de griffie."))
            return
        options = options_for(self.material, self.variant)
        for place, option in enumerate(options[:2]):
            if option.price_text:
                label = self.say("Prijs") if place == 0 else self.say("Prijs plan B")
                yield Fact(label, option.price_text, "option.price_text")
        yield from (Text(ask, bullet=True) for ask in self._asks(options))
        first = next((option.certificate_from for option in options if option.certificate_from), None)
        if first:
            yield Fact(self.say("Vraag het attest bij"), first, "option.certificate_from")
        if not any(option.price_text for option in options):
            yield Text(self.say("Vraag de prijs na bij de school."))

    def _asks(self, options: tuple[Option, ...]) -> list[str]:
        """The sentence "vraag na …" of each support once; a support is never promised (DOMAIN.md §4.9)."""
        supports = self.codelists["support"]
        codes = dict.fromkeys(code for option in options[:2] for code in option.support_codes)
        known = (supports.get(code) for code in codes if code in supports)
        return [self._ask(code) for code in known]

    def _ask(self, code: Code) -> Said:
        ask = code.text("ask")
        return self.say(ask) if ask else self.say("Vraag na: {support}.", support=code.label)

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
            return Text(self.say("Ik ga zelf naar de school."), bold=True)
        service = self.material.episode.request_slip_to if self.material.episode else None
        words = self.say("Ik schrijf een rapportbriefje aan {service}.", service=service or "…" * 8)
        return Text(words, "detention_episode.request_slip_to", Length.STEP, bold=True)

    def _details(self, step: Step) -> Iterator[Fact]:
        options = options_for(self.material, self.variant)
        if step.kind is StepKind.GO and options:
            yield from self._directions(step, options[0])
        elif step.where:
            yield Fact(self.say("Waar?"), step.where, "advice_step.where", Length.STEP)
        if step.by_when:
            yield Fact(self.say("Tegen wanneer?"), self.say.day(step.by_when))
        if who := _HELPERS.get(step.who or ""):
            yield Fact(self.say("Wie?"), self.say(who))

    def _brief(self, step: Step) -> Text | None:
        if step.kind is StepKind.GO:
            return None
        when = self.say("tegen {date}", date=self.say.day(step.by_when)) if step.by_when else Said("")
        who = _HELPERS.get(step.who or "")
        told = self.say(who) if who else Said("")
        where = ", ".join(filter(None, (step.where, when)))
        text = ". ".join(filter(None, (where, told)))
        second = ". ".join(filter(None, (when.second, told.second)))
        return Text(Said(text, second), "advice_step.where", Length.STEP) if text else None

    def _directions(self, step: Step, option: Option) -> Iterator[Fact]:
        """Address, phone, opening hours and what to bring."""
        if step.where:
            yield Fact(self.say("Waar?"), step.where, "advice_step.where", Length.STEP)
        else:
            yield from self._facts(option, _WHERE[:1])
        yield from self._facts(option, _REACH)
        if option.bring:
            yield Fact(self.say("Neem mee"), option.bring, "option.bring", Length.STEP)
        else:
            own = self.say("identiteitskaart, diploma en een attest van hoogstens 1 maand oud")
            yield Fact(self.say("Neem mee"), own, length=Length.FREE)

    def _agreement(self) -> Iterator[Item]:
        for approval in self.material.approvals:
            words = self.say(_AGREEING.get(approval.approval_by or "", _JUSTICE))
            if approval.for_what:
                words = self.say("{who}: {what}", who=words, what=approval.for_what)
            yield Task(Text(words, "detention_approval.for_what", Length.STEP))
        if not self.material.approvals:
            yield Text(self.say("Vraag het aan je begeleider."))

    def _transfer(self) -> Iterator[Item]:
        yield Text(self.say("Je plan blijft van jou. Neem dit blad en je attesten mee."))
        yield Text(self.say("Schrijf daar een nieuw rapportbriefje aan de onderwijscoördinator."))

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
                yield Fact(self.say("Schrijf naar"), address, "house.address")
            return
        if phone := phone_of(self.material):
            yield Fact(self.say("Bel"), phone, "house.phone")
        if address := address_of(self.material):
            yield Fact(self.say("Kom langs"), address, "house.address")
        if walk_in := walk_in_of(self.material):
            yield Fact(self.say("Zonder afspraak"), walk_in, "house.walk_in")
        if self.variant is Variant.PORTABLE:
            yield Text(self.say("Bel of kom langs als je dat wil. Dat kan ook later."))

    def _call(self) -> Iterator[Section]:
        if self.inside:
            visit = self.material.episode.next_visit if self.material.episode else None
            when = (Text(self.say.day(visit), bold=True),) if visit else (Blank(),)
            yield Section(Part.CALL, "calendar", self.say("Wanneer zie ik mijn begeleider?"), when)
        elif self.variant is Variant.ORDINARY:
            day = self.material.sheet.call_on if self.material.sheet else None
            if day:
                yield Section(Part.CALL, "call", self.say("We bellen je op {date}", date=self.say.day(day)))
            else:
                yield Section(Part.CALL, "call", self.say("We bellen je op"), (Blank(),))

    def small_print(self) -> Iterator[str]:
        checked = self.material.checked_on
        yield self.say("Dit advies is gratis.")
        if checked:
            yield self.say("We keken alles na op {date}.", date=self.say.day(checked))
        if not self.inside:
            yield self.say("Prijzen en data kunnen veranderen. Vraag ze na bij de school.")
        yield self.say("We gaan zorgvuldig om met je gegevens. Je mag ze altijd inkijken.")
        others = [logo for logo in self.material.logos if logo != EU]
        if others:
            yield self.say("Met steun van {names}.", names=", ".join(others))
        if EU in self.material.logos:
            yield self.say("Medegefinancierd door de Europese Unie.")

    def _facts(self, option: Option, wanted: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[Fact]:
        for label, names in wanted:
            if text := ", ".join(filter(None, (getattr(option, name) for name in names))):
                yield Fact(self.say(label), text, f"option.{names[-1]}")

    def _time(self, option: Option) -> Said:
        """Hours per week and duration in one answer: "12 uur per week, 2 jaar"."""
        hours = self.say.counted("{n} uur per week", option.hours_week) if option.hours_week else Said("")
        return Said(", ".join(filter(None, (hours, option.duration_text))), hours.second)


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
