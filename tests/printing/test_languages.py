"""The second language beside the Dutch: whole catalogues, every letter drawn, and nothing that betrays."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polib
import pypdfium2
import pytest

from leerwinkel_desktop.domain.advice import FORBIDDEN, AdviceMaterial, Variant
from leerwinkel_desktop.domain.betraying import Group
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.i18n import SECOND_LANGUAGES
from leerwinkel_desktop.paths import resources
from leerwinkel_desktop.printing import sheet_words
from leerwinkel_desktop.printing.advice_sheet import Sheet, render
from leerwinkel_desktop.printing.content import printed_texts
from leerwinkel_desktop.printing.fonts import legible
from leerwinkel_desktop.printing.languages import EVERY_DAY, FIRST_OF_MONTH, Speaker, second_of
from leerwinkel_desktop.printing.pages import extract_text
from leerwinkel_desktop.printing.sheet_words import sheet_content
from leerwinkel_desktop.printing.warnings import WarningCode
from leerwinkel_desktop.printing.words import betraying_words
from tests.printing.structure import trees

SAME_WORD = {
    "fr": {"Plan B", "Plan C", EVERY_DAY},
    "en": {"Plan B", "Plan C", "{who}: {what}", EVERY_DAY, FIRST_OF_MONTH},
    "ar": {"{who}: {what}", EVERY_DAY, FIRST_OF_MONTH},
    "tr": {"{who}: {what}"},
    "uk": {"{who}: {what}"},
}
"""What may be the same as in Dutch."""
DUTCH = re.compile(
    r"\b(?:het|een|ik|naar|vraag|voor|niet|mijn|bij|zelf|wordt|hoe|waar|wie|wat)\b", re.IGNORECASE
)
BELGIAN = {
    *("OCMW", "VDAB", "RVA", "NARIC", "EVC", "PSD", "UiTPAS", "griffie", "rapportbriefje", "erkenning"),
    *("onderwijscoördinator", "attest", "van", "detentie", "opleidingscheque", "Vlaams", "opleidingsverlof"),
    *("tijdskrediet", "studietoelage", "leerkrediet", "leefloon", "examencommissie"),
}
"""Dutch words that a client will hear and read in Belgium, given beside their translation."""


def _catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(resources() / "locale" / language / "LC_MESSAGES" / "leerwinkel.po"))


def _forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _translations(language: str) -> Iterator[tuple[str, str]]:
    for entry in _catalogue(language):
        yield from ((entry.msgid, form) for form in _forms(entry))


def _said_in_code() -> set[str]:
    """Every text that the writer of sheets hands to its speaker, also those in its tables of labels."""
    tree = ast.parse(Path(sheet_words.__file__).read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in ("say", "self.say", "self.say.counted") and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
        if (
            isinstance(node, ast.AnnAssign)
            and node.value is not None
            and ast.unparse(node.annotation) == "Final"
        ):
            texts = (one.value for one in ast.walk(node.value) if isinstance(one, ast.Constant))
            found |= {text for text in texts if isinstance(text, str) and re.search(r"[A-Z][a-z]", text)}
    return found


def _wanted(codelists: CodeLists) -> set[str]:
    monday = date(2024, 1, 1)
    days = (in_full(monday + timedelta(days=n)).split() for n in range(366))
    dates = {word for weekday, _day, month, _year in days for word in (weekday, month)}
    asks = {ask for code in codelists["support"] if (ask := code.text("ask"))}
    return _said_in_code() | dates | asks | {EVERY_DAY, FIRST_OF_MONTH}


@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_a_catalogue_has_each_text_and_no_other(language: str, codelists: CodeLists):
    assert {entry.msgid for entry in _catalogue(language)} == _wanted(codelists)
    assert len(_said_in_code()) > 50, "the search for texts found nothing"


@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_each_text_is_translated_with_its_placeholders(language: str):
    for entry in _catalogue(language):
        names = _names(entry.msgid)
        assert not entry.fuzzy
        for form in _forms(entry):
            assert form.strip() == form != "", entry.msgid
            if not entry.msgid_plural:
                assert _names(form) == names, entry.msgid
            assert _names(form) <= names, entry.msgid


def _names(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_no_dutch_is_left_over(language: str):
    same = {source for source, text in _translations(language) if source == text}
    assert same == SAME_WORD[language]
    for source, text in _translations(language):
        assert source in same or not DUTCH.search(text), text
        if language in ("ar", "uk"):
            latin = set(re.findall(r"[^\W\d_]*[A-Za-zà-ÿ][^\W\d_]*", re.sub(r"\{\w+\}", "", text)))
            assert latin <= BELGIAN, text


@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_hours_have_every_form_that_the_language_has(language: str):
    catalogue = _catalogue(language)
    declared = re.search(r"nplurals=(\d)", catalogue.metadata["Plural-Forms"])
    assert declared is not None
    assert all(len(_forms(e)) == int(declared[1]) for e in catalogue if e.msgid_plural)
    said = [Speaker(language).counted("{n} uur per week", n) for n in range(1, 81)]
    assert all(text.second and "{" not in text.second for text in said)


@pytest.mark.parametrize(
    ("n", "language", "told"),
    [
        (1, "uk", "1 година на тиждень"),
        (3, "uk", "3 години на тиждень"),
        (12, "uk", "12 годин на тиждень"),
        (2, "ar", "ساعتان في الأسبوع"),
        (5, "ar", "5 ساعات في الأسبوع"),
        (12, "ar", "12 ساعة في الأسبوع"),
        (1, "fr", "1 heure par semaine"),
        (12, "tr", "haftada 12 saat"),
    ],
)
def test_hours_are_counted_as_the_language_does(n: int, language: str, told: str):
    assert Speaker(language).counted("{n} uur per week", n).second == told


@pytest.mark.parametrize(
    ("language", "third", "first"),
    [
        ("fr", "lundi 3 mars 2025", "mardi 1er avril 2025"),
        ("en", "Monday 3 March 2025", "Tuesday 1 April 2025"),
        ("ar", "الاثنين 3 مارس 2025", "الثلاثاء 1 أبريل 2025"),
        ("tr", "3 Mart 2025 Pazartesi", "1 Nisan 2025 Salı"),
        ("uk", "понеділок, 3 березня 2025 року", "вівторок, 1 квітня 2025 року"),
    ],
)
def test_a_date_stands_in_full_in_both(language: str, third: str, first: str):
    say = Speaker(language)
    assert (say.day(date(2025, 3, 3)), say.day(date(2025, 3, 3)).second) == ("maandag 3 maart 2025", third)
    assert say.day(date(2025, 4, 1)).second == first


@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_each_character_has_a_glyph(language: str):
    for source, text in _translations(language):
        letters = legible(text)
        assert not letters.romanised + letters.lost, source


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_what_is_ours_is_said_twice(
    detained: AdviceMaterial, codelists: CodeLists, language: str, variant: Variant
):
    words = sheet_content(detained, variant, codelists, draft=False, language=language)
    for said in (
        words.title,
        words.date,
        *(section.heading for section in words.sections),
        *words.small_print,
    ):
        assert second_of(said), said
    alone = sheet_content(detained, variant, codelists, draft=False)
    assert not any(map(second_of, (alone.title, alone.date, *alone.small_print)))
    assert set(printed_texts(alone)) < set(printed_texts(words))


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_no_typed_word_is_lost_for_a_translation(
    detained: AdviceMaterial, codelists: CodeLists, language: str, variant: Variant, large: bool
):
    sheet = render(detained, variant, codelists=codelists, large_print=large, language=language)
    told = {warning.code for warning in sheet.warnings}
    assert not told & {WarningCode.SHORTENED, WarningCode.LATIN_LETTERS, WarningCode.REPLACED_LETTERS}
    assert (WarningCode.TOO_LONG in told) == (sheet.pages > 2 and not large)
    assert sheet.pages <= 3
    assert sheet.language == language


@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_two_languages_stay_on_two_sides_where_dutch_takes_one(
    material: AdviceMaterial, codelists: CodeLists, language: str
):
    short = replace(
        material, options=material.options[:1], steps=material.steps[:1], talents=material.talents[:1]
    )
    short = replace(short, options=(replace(short.options[0], support_codes=(), path=None),))
    assert render(short, Variant.ORDINARY, codelists=codelists).pages <= 2
    assert render(short, Variant.ORDINARY, codelists=codelists, language=language).pages <= 2


@pytest.mark.parametrize("variant", [Variant.INSIDE, Variant.PORTABLE])
@pytest.mark.parametrize("language", SECOND_LANGUAGES)
def test_our_own_words_betray_nothing_in_any_language(
    detained: AdviceMaterial, codelists: CodeLists, language: str, variant: Variant
):
    every = replace(
        detained.options[0],
        support_codes=tuple(code.code for code in codelists["support"]),
        price_text=None,
    )
    for material in (detained, replace(detained, options=(every, *detained.options[2:]), checked_on=None)):
        words = sheet_content(material, variant, codelists, draft=False, language=language)
        for text in printed_texts(words):
            assert betraying_words().find(text, FORBIDDEN[variant]) is None, text


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Je sors de prison.", Group.PLACE),
        ("Le juge l’a dit.", Group.JUSTICE),
        ("Je suis condamné.", Group.STATUS),
        ("after the verdict of the judge", Group.JUSTICE),
        ("I was convicted.", Group.STATUS),
        ("بعد الخروج من السجن", Group.PLACE),
        ("قال القاضي", Group.JUSTICE),
        ("هو متهم", Group.STATUS),
        ("cezaevinden çıktım", Group.PLACE),
        ("Mahkeme karar verdi.", Group.JUSTICE),
        ("Hükümlü olarak", Group.STATUS),
        ("після в’язниці", Group.PLACE),
        ("рішення суду", Group.JUSTICE),
        ("Мене засуджено.", Group.STATUS),
    ],
)
def test_a_betraying_word_is_found_in_each_language(text: str, group: Group):
    assert betraying_words().find(text, {group}) is not None


def _lines(sheet: Sheet) -> list[str]:
    return extract_text(sheet.pdf).splitlines()


def test_arabic_ends_at_the_right_and_reads_in_order(detained: AdviceMaterial, codelists: CodeLists):
    sheet = render(detained, Variant.INSIDE, codelists=codelists, language="ar")
    with pypdfium2.PdfDocument(sheet.pdf) as document:
        text = document[0].get_textpage()
        found = [n for n in range(text.count_chars()) if text.get_text_range(n, 1) in "ماذاأريد"]
        rights = [text.get_charbox(n)[2] for n in found]
    assert max(rights) > 540, "no Arabic letter reaches the right margin"
    told = " ".join(extract_text(sheet.pdf).split())
    for word in ("أكتب", "السجن", "مرشدي", "الاثنين 10 مارس 2025"):
        assert word in told, word


def test_a_typed_value_keeps_its_order_within_arabic(detained: AdviceMaterial, codelists: CodeLists):
    assert detained.episode is not None
    episode = replace(detained.episode, request_slip_to="3de dienst (B) 015 03")
    sheet = render(replace(detained, episode=episode), Variant.INSIDE, codelists=codelists, language="ar")
    line = next(one for one in _lines(sheet) if "أ" in one and "rapportbriefje" in one)
    assert "3de dienst (B) 015 03" in line


def test_arabic_is_read_aloud_in_its_own_order(detained: AdviceMaterial, codelists: CodeLists):
    name = replace(detained.client, first_name="أمينة رضا")
    material = replace(detained, client=name)
    pdf = render(material, Variant.INSIDE, codelists=codelists, language="ar").pdf
    told = [node.actual for page in trees(pdf) for node in page.named("Span") if node.actual]
    assert "أمينة رضا" in told
    assert "خطتي للتعلّم: الآن، في الداخل" in told
    assert "أكتب ورقة طلب (rapportbriefje) إلى: dienst Onderwijs." in told


def test_each_language_is_told_to_a_screen_reader(material: AdviceMaterial, codelists: CodeLists):
    for language in SECOND_LANGUAGES:
        pdf = render(material, Variant.ORDINARY, codelists=codelists, language=language).pdf
        assert f"/Lang ({language})".encode() in pdf
