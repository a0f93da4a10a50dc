"""What a counsellor should know about a sheet before it is printed, as codes and as Dutch sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from leerwinkel_desktop.domain.advice import Part
from leerwinkel_desktop.domain.fields import field_of
from leerwinkel_desktop.domain.plain_language import Fault, Finding
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.i18n import _


class WarningCode(StrEnum):
    """Why a sheet deserves a second look."""

    MISSING = "missing"
    SHORTENED = "shortened"
    TOO_LONG = "too_long"
    REPLACED_LETTERS = "replaced_letters"
    LATIN_LETTERS = "latin_letters"
    LONG_SENTENCE = "long_sentence"
    JARGON = "jargon"
    DATE_FORMAT = "date_format"
    AMOUNT = "amount"
    PASSIVE = "passive"
    OLD_INFORMATION = "old_information"
    LEFT_OUT = "left_out"
    UNKNOWN_SUPPORT = "unknown_support"
    BETRAYING_WORD = "betraying_word"


@dataclass(frozen=True, slots=True)
class SheetWarning:
    """One remark: `where` is a Part or a field ("option.title"), `detail` a word, text, number or date.

    `record_id` is the record with that field, where there is one; `finding` what plain Dutch would change.
    `detail` can hold what a client said: it is for the counsellor's eyes, never for a log.
    """

    code: WarningCode
    where: str
    detail: str = ""
    record_id: str = ""
    finding: Finding | None = None


def sentence(warning: SheetWarning) -> str:
    """The warning in Dutch, for beside the sheet."""
    return _(_SENTENCES[warning.code]).format(part=part_name(warning.where), detail=warning.detail)


def plain(finding: Finding, record_id: str) -> SheetWarning:
    """The warning of a finding of the plain-language check."""
    match finding.fault:
        case Fault.LONG_SENTENCE:
            detail = finding.suggestion
        case Fault.PASSIVE:
            detail = finding.found
        case Fault.JARGON | Fault.DATE_FORMAT | Fault.AMOUNT:
            detail = f"{finding.found} › {finding.suggestion}"
    return SheetWarning(WarningCode(finding.fault), finding.field, detail, record_id, finding)


def part_name(where: str) -> str:
    """What a part, a field ("option.title") or a kind of record ("option") is called on screen."""
    if where in set(Part):
        return _(_PARTS[Part(where)])
    kind, _dot, name = where.partition(".")
    record = BY_KIND.get(kind)
    if record is None:
        return _("de gegevens van de Leerwinkel")
    return field_of(record, name).label if name else record.label


_SENTENCES: Final[dict[WarningCode, str]] = {
    WarningCode.MISSING: "“{part}” is nog leeg. Op papier staat een lijn om op te schrijven.",
    WarningCode.SHORTENED: "De tekst bij “{part}” is te lang en stopt met “…”. Maak hem korter: {detail}",
    WarningCode.TOO_LONG: "Het blad past niet op twee kanten: het telt er {detail}. Maak de teksten korter.",
    WarningCode.REPLACED_LETTERS: "Deze tekens kunnen we niet drukken bij “{part}”: {detail}",
    WarningCode.LATIN_LETTERS: "Deze letters staan in ons alfabet op papier bij “{part}”: {detail}",
    WarningCode.LONG_SENTENCE: "Een zin bij “{part}” telt {detail} woorden. Maak er twee van, liefst van 15.",
    WarningCode.JARGON: "Moeilijk woord bij “{part}”: {detail}",
    WarningCode.DATE_FORMAT: "Schrijf de datum voluit bij “{part}”: {detail}",
    WarningCode.AMOUNT: "Schrijf het bedrag in gewone woorden bij “{part}”: {detail}",
    WarningCode.PASSIVE: "Zeg wie het doet bij “{part}”: {detail}",
    WarningCode.OLD_INFORMATION: "Kijk na of de informatie nog klopt. Laatst nagekeken: {detail}.",
    WarningCode.LEFT_OUT: "Dit staat niet op dit blad: {detail}",
    WarningCode.UNKNOWN_SUPPORT: "Deze steun kennen we niet en staat niet op het blad: {detail}",
    WarningCode.BETRAYING_WORD: "Let op: “{detail}” bij “{part}” verraadt dat iemand vastzit of vastzat.",
}
_PARTS: Final[dict[Part, str]] = {
    Part.TITLE: "Mijn leerplan",
    Part.DREAM: "Dit wil ik",
    Part.TALENTS: "Dit kan ik al",
    Part.CHOICE: "Mijn keuze",
    Part.COST: "Wat kost het?",
    Part.STEPS: "Wat doe ik eerst?",
    Part.AGREEMENT: "Wie moet akkoord gaan?",
    Part.TRANSFER: "Wat als ik verhuis?",
    Part.HELP: "Wie helpt mij?",
    Part.CALL: "Het volgende contact",
    Part.SMALL_PRINT: "Kleine letters",
}
