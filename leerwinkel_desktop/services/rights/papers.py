"""Makes the papers that an organisation must be able to show: its register of processing (GDPR art. 30)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from leerwinkel_desktop.domain.detention import BLOCK
from leerwinkel_desktop.domain.fields import Privacy, fields_of, owner_of
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.domain.registry import RECORDS, is_judicial
from leerwinkel_desktop.domain.retention import Rule
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.documents import Paper, PaperSection, render_paper
from leerwinkel_desktop.services.rights import house, retention, texts
from leerwinkel_desktop.services.workspace import Workspace

CLASSES: Final = (
    Privacy.IDENTIFYING,
    Privacy.ORDINARY,
    Privacy.STATISTICAL,
    Privacy.SENSITIVE,
    Privacy.JUDICIAL,
)


def register(workspace: Workspace) -> Paper:
    """The register of processing as it stands today: what is kept follows from the declared fields."""
    found = texts.document("processing", workspace.today())
    facts = house.facts(workspace)
    return Paper(
        title=found.body["title"],
        name=facts.controller or facts.name,
        date=in_full(workspace.today()),
        sections=(
            _who(facts),
            _told(found.body["purpose"], "dream"),
            _told(found.body["people"], "help"),
            *_kept(found.body["classes"]),
            _told(found.body["recipients"], "move"),
            _terms(workspace),
            _consents(workspace),
            _told(found.body["security"], "agreement"),
        ),
        small_print=(_("Versie {version}.").format(version=found.version),),
        house=facts.name,
        dense=True,
    )


def render_register(workspace: Workspace) -> bytes:
    """The register of processing as a PDF."""
    return render_paper(register(workspace))


def _who(facts: house.HouseFacts) -> PaperSection:
    blank = _("(nog in te vullen in Beheer)")
    answers = tuple((house.LABELS[name], getattr(facts, name) or blank) for name in house.NAMES)
    return PaperSection(_("Wie is verantwoordelijk"), "help", facts=answers)


def _told(body: Mapping[str, Any], icon: str) -> PaperSection:
    return PaperSection(body["heading"], icon, text=tuple(body["text"]))


def _kept(classes: Mapping[str, str]) -> Iterator[PaperSection]:
    """One section for each privacy class: the labels of its fields, by kind of record."""
    for privacy in CLASSES:
        labels: defaultdict[str, list[str]] = defaultdict(list)
        for record in (*(each for each in RECORDS if not is_judicial(each)), *BLOCK):
            personal = record.kind == "client" or owner_of(record) is not None
            for field in fields_of(record):
                if personal and field.privacy is privacy and field.target is None:
                    labels[record.label].append(field.label)
        facts = tuple((record, ", ".join(dict.fromkeys(own))) for record, own in labels.items())
        yield PaperSection(classes[privacy.value], "choice", facts=facts)


def _terms(workspace: Workspace) -> PaperSection:
    rules = retention.rules(workspace.today())
    programmes = workspace.codelists["programme"]
    facts = [(programmes.label_of(code), _term(rule)) for code, rule in rules.by_programme.items()]
    facts.append((_("Andere dossiers"), _term(rules.default)))
    facts.append((_("Afgeschermd blok"), _term(rules.detention)))
    closing = _("De langste termijn van iemands programma's geldt. Daarna blijft één rij zonder naam.")
    return PaperSection(_("Hoe lang"), "calendar", text=(closing,), facts=tuple(facts))


def _term(rule: Rule) -> str:
    begin = (
        _("na het laatste contact")
        if rule.counts_from == "last_contact"
        else _("na 31 december van het jaar waarin het programma eindigt")
    )
    return _("{years} jaar {begin} ({why})").format(years=rule.years, begin=begin, why=rule.why)


def _consents(workspace: Workspace) -> PaperSection:
    purposes = workspace.codelists["consent_purpose"].current(workspace.today())
    return PaperSection(
        _("Waarvoor toestemming wordt gevraagd"), "agreement", bullets=tuple(each.label for each in purposes)
    )
