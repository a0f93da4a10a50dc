"""Makes the advice sheet: advice material in, a PDF of at most two sides out (DOMAIN.md §6)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from leerwinkel_desktop.domain.advice import (
    FORBIDDEN,
    AdviceMaterial,
    BetrayingWord,
    Part,
    Variant,
    is_old,
    left_out,
    missing,
    options_for,
    refuse_betraying,
    shown_texts,
)
from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.domain.trajectories import AdviceStep, Option
from leerwinkel_desktop.i18n import SOURCE_LANGUAGE, _
from leerwinkel_desktop.printing.canvas import new_canvas
from leerwinkel_desktop.printing.content import Content, printed_texts
from leerwinkel_desktop.printing.fitting import lay_out
from leerwinkel_desktop.printing.fonts import faces, legible
from leerwinkel_desktop.printing.layout import Placed, draw_foot
from leerwinkel_desktop.printing.looks import LARGE, NORMAL, SIDES, Look
from leerwinkel_desktop.printing.marks import draw_mark
from leerwinkel_desktop.printing.sheet_words import sheet_content
from leerwinkel_desktop.printing.warnings import SheetWarning, WarningCode, plain
from leerwinkel_desktop.printing.words import betraying_words, plain_rules

DRAFT = _("ONTWERP: nog niet om mee te geven")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished sheet: `pages` is the number of sides; the warnings are advice and never stop printing.

    `language` is the one beside the Dutch, or "nl".
    """

    pdf: bytes
    pages: int
    warnings: tuple[SheetWarning, ...]
    language: str = SOURCE_LANGUAGE


def render(
    material: AdviceMaterial,
    variant: Variant,
    *,
    codelists: CodeLists,
    large_print: bool = False,
    draft: bool = False,
    language: str = SOURCE_LANGUAGE,
) -> Sheet:
    """The sheet of one variant; the same input always gives the same bytes.

    With another language than "nl" (one of i18n.SECOND_LANGUAGES) our own words stand on it in both.

    Raises domain.advice.BetrayingWord when a typed text may not stand on this variant (DOMAIN.md §6 B).
    """
    faces()
    refuse_betraying(material, variant, betraying_words())
    words = sheet_content(material, variant, codelists, draft=draft, language=language)
    _refuse_in_content(words, variant)
    look = LARGE if large_print else NORMAL
    placed = lay_out(words, look)
    pdf = _written(words, placed, look)
    warnings = dict.fromkeys(
        (*_too_long(placed, words, look), *_warnings(material, variant, codelists, placed))
    )
    return Sheet(pdf, len(placed.pages), tuple(warnings), language)


def _refuse_in_content(words: Content, variant: Variant) -> None:
    """Look once more at all that will be printed: a code list from the office can hold a word too."""
    for text in printed_texts(words):
        if word := betraying_words().find(text, FORBIDDEN[variant]):
            raise BetrayingWord("advice_sheet", word, variant)


def _written(words: Content, placed: Placed, look: Look) -> bytes:
    target = io.BytesIO()
    canvas = new_canvas(target)
    canvas.setTitle(_("Mijn leerplan"))
    canvas.setAuthor(words.house)
    canvas.setSubject("")
    canvas.setCreator("Leerwinkel Desktop")
    for number, page in enumerate(placed.pages, start=1):
        for top, atom in page:
            atom.draw(canvas, top)
        draw_foot(canvas, words, look, number, len(placed.pages))
        if words.draft:
            draw_mark(canvas, DRAFT)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _too_long(placed: Placed, words: Content, look: Look) -> Iterator[SheetWarning]:
    """Large print in two languages may take more than two sides."""
    roomy = look is LARGE and words.language != SOURCE_LANGUAGE
    if len(placed.pages) > SIDES and not roomy:
        yield SheetWarning(WarningCode.TOO_LONG, Part.SMALL_PRINT, str(len(placed.pages)))


def _warnings(
    material: AdviceMaterial, variant: Variant, codelists: CodeLists, placed: Placed
) -> Iterator[SheetWarning]:
    for part in missing(material, variant):
        yield SheetWarning(WarningCode.MISSING, part)
    for field, text in placed.shortened:
        yield SheetWarning(WarningCode.SHORTENED, field, text)
    for record in left_out(material, variant):
        yield SheetWarning(WarningCode.LEFT_OUT, record.kind, _headline(record))
    if is_old(material):
        checked = in_full(material.checked_on) if material.checked_on else _("nooit")
        yield SheetWarning(WarningCode.OLD_INFORMATION, Part.SMALL_PRINT, checked)
    yield from _unknown_supports(material, variant, codelists)
    yield from _text_warnings(material, variant)


def _headline(record: object) -> str:
    match record:
        case Talent(description=text) | Option(title=text) | AdviceStep(what=text):
            return text or ""
        case _:
            return ""


def _unknown_supports(
    material: AdviceMaterial, variant: Variant, codelists: CodeLists
) -> Iterator[SheetWarning]:
    for option in options_for(material, variant):
        for code in option.support_codes:
            if code not in codelists["support"]:
                yield SheetWarning(WarningCode.UNKNOWN_SUPPORT, "option.support_codes", code)


def _text_warnings(material: AdviceMaterial, variant: Variant) -> Iterator[SheetWarning]:
    rules = plain_rules()
    for shown in shown_texts(material, variant):
        letters = legible(shown.text)
        if letters.romanised:
            yield SheetWarning(WarningCode.LATIN_LETTERS, shown.field, letters.romanised, shown.record_id)
        if letters.lost:
            yield SheetWarning(WarningCode.REPLACED_LETTERS, shown.field, letters.lost, shown.record_id)
        if variant is Variant.ORDINARY and (word := betraying_words().find(shown.text)):
            yield SheetWarning(WarningCode.BETRAYING_WORD, shown.field, word, shown.record_id)
        if not shown.field.startswith(("house.", "client.")):
            yield from (plain(one, shown.record_id) for one in rules.check(shown.field, shown.text))
