"""The advice sheet on paper: what it says, what it hides, how it fits and that it is real text."""

from __future__ import annotations

import base64
import ctypes
import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leerwinkel_desktop.domain.advice import AdviceMaterial, BetrayingWord, House, Part, Variant
from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.codelists import CodeLists, fold
from leerwinkel_desktop.domain.fields import Kind, fields_of
from leerwinkel_desktop.domain.trajectories import AdviceStep, LearningQuestion, Option, Trajectory
from leerwinkel_desktop.printing.advice_sheet import Sheet, render
from leerwinkel_desktop.printing.pages import extract_text, page_count
from leerwinkel_desktop.printing.warnings import WarningCode
from leerwinkel_desktop.printing.words import betraying_words

LONG = "Dit is een heel lange tekst die een klant zomaar kan typen en die niet op het blad past. " * 50


def _text(sheet: Sheet) -> str:
    return " ".join(extract_text(sheet.pdf).split())


def _codes(sheet: Sheet) -> set[WarningCode]:
    return {warning.code for warning in sheet.warnings}


def _characters(pdf: bytes) -> Iterator[tuple[int, str, float, tuple[float, float, float, float]]]:
    """Page, letter, size and box (left, right, bottom, top) of each printed character."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for place in range(text.count_chars()):
                sign = text.get_text_range(place, 1)
                if sign.strip():
                    left, bottom, right, top = text.get_charbox(place)
                    size = pdfium.FPDFText_GetFontSize(text.raw, place)
                    yield number, sign, size, (left, right, bottom, top)


@pytest.fixture
def long_material(material: AdviceMaterial) -> AdviceMaterial:
    """Every text as long as its field allows, in as many records as fit on a sheet."""

    def filled(record):
        texts = [f for f in fields_of(type(record)) if f.kind in (Kind.TEXT, Kind.NOTE)]
        return replace(record, **{f.name: LONG[: f.max_length] for f in texts})

    options = [filled(replace(material.options[0], id=f"o{n}", client_rank=n)) for n in (1, 2, 3)]
    path = " → ".join([LONG[:60]] * 4)
    steps = [filled(replace(material.steps[0], id=f"s{n}", position=n)) for n in range(1, 6)]
    return replace(
        material,
        question=filled(material.question),
        talents=tuple(map(filled, material.talents)),
        options=tuple(replace(option, path=path) for option in options),
        steps=tuple(steps),
    )


def test_the_ordinary_sheet_says_its_nine_parts(material: AdviceMaterial, codelists: CodeLists):
    text = _text(render(material, Variant.ORDINARY, codelists=codelists))
    for words in (
        *("Mijn leerplan", "Amina", "maandag 3 maart 2025"),
        *("Dit wil ik", "later mijn eigen winkel openen", "Dit kan ik al", "Ik ben geduldig met mensen."),
        *(
            "Mijn keuze",
            "Eerste keuze",
            "richting Handel",
            "CVO Voorbeeld, Teststraat 9",
            "Bus 1 tot de markt",
        ),
        *("in september", "12 uur per week, 2 jaar", "Nederlands B1", "graduaat", "Plan B"),
        *("Wat kost het?", "ongeveer 150 euro per jaar", "Vraag na bij de school of je minder", "het OCMW"),
        *("Wat doe ik eerst?", "1. Ik ga zelf naar de school.", "015 00 00 02", "identiteitskaart"),
        *("2. Ik vraag mijn attest.", "maandag 10 maart 2025", "Dat doet mijn begeleider."),
        *("Wie helpt mij?", "Els Voorbeeld van Leerwinkel Demostad", "015 00 00 01", "Proefplein 1"),
        *("We bellen je op maandag 24 maart 2025", "Dit advies is gratis."),
        *("nagekeken", "maandag 24 februari 2025", "Prijzen en data kunnen veranderen"),
    ):
        assert words in text.replace("keken alles na op", "nagekeken"), words


def test_no_number_or_surname_or_birth_date_is_printed(material: AdviceMaterial, codelists: CodeLists):
    client = replace(
        material.client, birth_date=date(1990, 5, 17), phone="0470 99 88 77", email="a@b.example"
    )
    sheet = render(replace(material, client=client), Variant.ORDINARY, codelists=codelists)
    text = _text(sheet)
    for hidden in ("Verzonnen", "DEM-2025", "1990", "17 mei", "99 88 77", "@", "http", "www"):
        assert hidden not in text


def test_a_support_is_a_question_and_never_a_promise(material: AdviceMaterial, codelists: CodeLists):
    every = tuple(code.code for code in codelists["support"])
    options = (replace(material.options[0], support_codes=every),)
    text = _text(render(replace(material, options=options), Variant.ORDINARY, codelists=codelists))
    for code in codelists["support"]:
        ask = code.text("ask")
        assert ask is not None
        assert ask in text
        assert "raag na" in ask


def test_an_unknown_support_is_told(material: AdviceMaterial, codelists: CodeLists):
    options = (replace(material.options[0], support_codes=("NIEUW",)),)
    sheet = render(replace(material, options=options), Variant.ORDINARY, codelists=codelists)
    assert WarningCode.UNKNOWN_SUPPORT in _codes(sheet)


def test_the_sheet_for_inside(detained: AdviceMaterial, codelists: CodeLists):
    text = _text(render(detained, Variant.INSIDE, codelists=codelists))
    for words in (
        *("nu, binnen", "Rekenen en Nederlands in groep", "Ligo Voorbeeld", "examencommissie"),
        *("Gratis zolang je in de gevangenis zit. Vraag het daarna opnieuw na.", "attest van detentie"),
        *("Ik schrijf een rapportbriefje aan dienst Onderwijs.", "Ik vraag boeken in de bibliotheek."),
        *("Wie moet akkoord gaan?", "De directie: de lessen op dinsdag", "Wat als ik verhuis?"),
        *("Wanneer zie ik mijn begeleider?", "dinsdag 18 maart 2025"),
    ):
        assert words in text, words
    for hidden in (
        "beklaagde",
        "onderzoeksrechter",
        "2027",
        "vleugel",
        "Gevangenis Demostad",
        "CVO Voorbeeld",
    ):
        assert fold(hidden) not in fold(text), hidden


def _everything(pdf: bytes) -> str:
    """All a curious reader can find in the file: text, raw bytes and unpacked streams."""
    found = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        data = stream.strip()
        if data.endswith(b"~>"):
            found.append(zlib.decompress(base64.a85decode(data.removesuffix(b"~>"))))
    raw = b"\n".join(found)
    return "\n".join((extract_text(pdf), raw.decode("latin-1"), raw.replace(b"\0", b"").decode("latin-1")))


@pytest.mark.parametrize("large", [False, True])
def test_the_portable_file_betrays_nothing(detained: AdviceMaterial, codelists: CodeLists, large: bool):
    sheet = render(detained, Variant.PORTABLE, codelists=codelists, large_print=large)
    assert betraying_words().find(_text(sheet)) is None
    whole = fold(_everything(sheet.pdf))
    for entry in betraying_words().entries:
        word = fold(entry.word)
        if len(word) > 4:
            assert word not in whole, word
    assert "diploma secundair" in fold(_text(sheet))


def test_the_portable_file_looks_like_anybodys(detained: AdviceMaterial, codelists: CodeLists):
    text = _text(render(detained, Variant.PORTABLE, codelists=codelists))
    assert text.startswith("Mijn leerplan Amina")
    assert "Bel of kom langs als je dat wil." in text
    for hidden in ("nu, binnen", "buiten", "We bellen je", "18 maart", "Rekenen en Nederlands"):
        assert hidden not in text


def test_the_portable_sheet_is_refused_rather_than_cleaned(detained: AdviceMaterial, codelists: CodeLists):
    options = (replace(detained.options[0], route="Bus 1 vanaf de gevangenis"),)
    with pytest.raises(BetrayingWord) as refused:
        render(replace(detained, options=options), Variant.PORTABLE, codelists=codelists)
    assert (refused.value.field, refused.value.word) == ("option.route", "gevangen")


def test_a_code_list_cannot_betray_either(detained: AdviceMaterial):
    support = """
        name = "support"
        label = "Steun"
        [[code]]
        code = "FEE_EXEMPT"
        label = "x"
        ask = "Vraag na bij de griffie."
    """
    with pytest.raises(BetrayingWord):
        render(detained, Variant.PORTABLE, codelists=CodeLists(lambda _name: support))


def test_the_ordinary_sheet_warns_about_a_betraying_word(material: AdviceMaterial, codelists: CodeLists):
    question = LearningQuestion(id="q", dream="Ik wil na mijn vrijlating leren.")
    sheet = render(replace(material, question=question), Variant.ORDINARY, codelists=codelists)
    assert WarningCode.BETRAYING_WORD in _codes(sheet)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("variant", list(Variant))
def test_typical_words_fit_unshortened_on_two_sides(
    detained: AdviceMaterial, codelists: CodeLists, variant: Variant, large: bool
):
    sheet = render(detained, variant, codelists=codelists, large_print=large)
    assert sheet.pages == page_count(sheet.pdf) <= 2
    assert not _codes(sheet) & {WarningCode.SHORTENED, WarningCode.TOO_LONG, WarningCode.MISSING}
    assert "…" not in _text(sheet)


@pytest.mark.parametrize("large", [False, True])
def test_too_long_words_end_at_a_word_with_a_warning(
    long_material: AdviceMaterial, codelists: CodeLists, large: bool
):
    sheet = render(long_material, Variant.ORDINARY, codelists=codelists, large_print=large)
    assert sheet.pages == page_count(sheet.pdf) <= 2
    fields = {warning.where for warning in sheet.warnings if warning.code is WarningCode.SHORTENED}
    assert {"learning_question.dream", "talent.description", "option.title", "option.path"} <= fields
    assert {"advice_step.what", "option.price_text"} <= fields
    words = set(LONG.replace(".", "").split())
    before = re.findall(r"(\S+) …", _text(sheet))
    assert before
    assert {word.strip("., ") for word in before} <= words


@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_printed_off_the_page_or_over_other_words(
    long_material: AdviceMaterial, codelists: CodeLists, large: bool
):
    sheet = render(long_material, Variant.ORDINARY, codelists=codelists, large_print=large)
    for _page, sign, _size, (left, right, bottom, top) in _characters(sheet.pdf):
        assert left > 30, sign
        assert right < 595 - 30, sign
        assert bottom > 15, sign
        assert top < 842 - 25, sign


@pytest.mark.parametrize(("large", "body"), [(False, 13), (True, 18)])
def test_letters_are_large_enough(material: AdviceMaterial, codelists: CodeLists, large: bool, body: int):
    sheet = render(material, Variant.ORDINARY, codelists=codelists, large_print=large)
    sizes = [round(size) for _, _, size, _ in _characters(sheet.pdf)]
    assert min(sizes) >= 12
    assert max(set(sizes), key=sizes.count) == body


def _fonts(pdf: bytes) -> set[tuple[str, bool]]:
    """Name and whether it is embedded, of the font of each text object."""
    found = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                font = pdfium.FPDFTextObj_GetFont(item.raw)
                name = ctypes.create_string_buffer(200)
                pdfium.FPDFFont_GetBaseFontName(font, name, 200)
                found.add((name.value.decode().split("+")[-1], bool(pdfium.FPDFFont_GetIsEmbedded(font))))
    return found


def test_fonts_travel_with_the_file(material: AdviceMaterial, codelists: CodeLists):
    client = replace(material.client, first_name="Юлія أمينة")
    pdf = render(replace(material, client=client), Variant.ORDINARY, codelists=codelists).pdf
    fonts = _fonts(pdf)
    assert b"Helvetica" not in pdf
    assert {embedded for _, embedded in fonts} == {True}
    assert {name for name, _ in fonts} == {
        *("AtkinsonHyperlegible-Regular", "AtkinsonHyperlegible-Bold"),
        *("NotoSans-Regular", "NotoSansArabic-Regular"),
    }


def test_the_file_says_its_title_language_and_house_only(detained: AdviceMaterial, codelists: CodeLists):
    for variant in Variant:
        pdf = render(detained, variant, codelists=codelists).pdf
        with pypdfium2.PdfDocument(pdf) as document:
            told = document.get_metadata_dict()
        assert told["Title"] == "Mijn leerplan"
        assert told["Author"] == "Leerwinkel Demostad"
        assert "Amina" not in str(told)
        assert "2000" in told["CreationDate"]
        assert b"/Lang (nl-BE)" in pdf


def test_the_same_sheet_has_the_same_bytes(
    material: AdviceMaterial, long_material: AdviceMaterial, codelists: CodeLists
):
    other = replace(material, client=replace(material.client, first_name="أمينة رضا"))
    first = render(other, Variant.ORDINARY, codelists=codelists).pdf
    render(
        replace(material, client=Client(id="x", first_name="محمد هند")), Variant.ORDINARY, codelists=codelists
    )
    render(long_material, Variant.PORTABLE, codelists=codelists)
    assert render(other, Variant.ORDINARY, codelists=codelists).pdf == first


_ELSEWHERE = """
import hashlib
from datetime import date
from leerwinkel_desktop.domain.advice import AdviceMaterial, House, Variant
from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.printing.advice_sheet import render
house = House("Leerwinkel Demostad")
LIST = 'name = "support"\\nlabel = "Steun"\\n[[code]]\\ncode = "X"\\nlabel = "x"'
for name in NAMES:
    client = Client(id="c", first_name=name)
    trajectory = Trajectory(id="t")
    material = AdviceMaterial(client=client, trajectory=trajectory, house=house, today=date(2025, 3, 3))
    pdf = render(material, Variant.ORDINARY, codelists=CodeLists(lambda name: LIST)).pdf
print(hashlib.sha256(pdf).hexdigest())
"""


def test_another_process_and_another_history_make_the_same_bytes():
    root = Path(__file__).parents[2]
    hashes = {
        subprocess.run(
            [sys.executable, "-c", _ELSEWHERE.replace("NAMES", repr(names))],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for names, seed in ((["أمينة رضا"], "1"), (["محمد هند", "نور", "أمينة رضا"], "2"))
    }
    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("name", "printed", "warning"),
    [
        ("Zoë Müller-Şahin", "Zoë Müller-Şahin", None),
        ("Zoe\u0301", "Zoé", None),
        ("Юлія", "Юлія", None),
        ("ნინო", "Nino", WarningCode.LATIN_LETTERS),
        ("ሰላም", "Salaame", WarningCode.LATIN_LETTERS),
        ("Ana 😀", "Ana \ufffd", WarningCode.REPLACED_LETTERS),
        ("שרה", "\ufffd\ufffd\ufffd", WarningCode.REPLACED_LETTERS),
    ],
)
def test_a_name_in_any_script_is_printed_or_told(
    material: AdviceMaterial, codelists: CodeLists, name: str, printed: str, warning: WarningCode | None
):
    client = replace(material.client, first_name=name)
    sheet = render(replace(material, client=client), Variant.ORDINARY, codelists=codelists)
    assert printed in _text(sheet)
    letters = {WarningCode.LATIN_LETTERS, WarningCode.REPLACED_LETTERS}
    assert _codes(sheet) & letters == ({warning} if warning else set())


def test_arabic_is_printed_with_joined_letters(material: AdviceMaterial, codelists: CodeLists):
    client = replace(material.client, first_name="أمينة")
    sheet = render(replace(material, client=client), Variant.ORDINARY, codelists=codelists)
    text = _text(sheet)
    assert "أمينة" in text
    assert not _codes(sheet) & {WarningCode.LATIN_LETTERS, WarningCode.REPLACED_LETTERS}


def test_an_empty_sheet_has_lines_to_write_on(codelists: CodeLists):
    empty = AdviceMaterial(
        client=Client(id="c"),
        trajectory=Trajectory(id="t"),
        house=House("Leerwinkel"),
        today=date(2025, 3, 3),
    )
    for variant in Variant:
        sheet = render(empty, variant, codelists=codelists)
        assert Part.DREAM in {w.where for w in sheet.warnings if w.code is WarningCode.MISSING}
        assert b"Dit wil ik" in extract_text(sheet.pdf).encode()


def test_plain_language_findings_become_warnings(material: AdviceMaterial, codelists: CodeLists):
    step = AdviceStep(id="s1", what="Ik volg OKOT vanaf 3/3/2025.", position=1)
    talent = Talent(id="k1", description=" ".join(["rekenen"] * 21))
    sheet = render(replace(material, steps=(step,), talents=(talent,)), Variant.ORDINARY, codelists=codelists)
    told = {(warning.code, warning.where) for warning in sheet.warnings}
    assert (WarningCode.JARGON, "advice_step.what") in told
    assert (WarningCode.DATE_FORMAT, "advice_step.what") in told
    assert (WarningCode.LONG_SENTENCE, "talent.description") in told


def test_old_information_is_told(material: AdviceMaterial, codelists: CodeLists):
    old = replace(material, checked_on=date(2024, 3, 3))
    assert WarningCode.OLD_INFORMATION in _codes(render(old, Variant.ORDINARY, codelists=codelists))
    assert WarningCode.OLD_INFORMATION not in _codes(render(material, Variant.ORDINARY, codelists=codelists))


def test_draft_and_emblem(material: AdviceMaterial, codelists: CodeLists):
    plain = _text(render(material, Variant.ORDINARY, codelists=codelists))
    logos = replace(material, logos=("EU", "Stad Demostad"))
    marked = _text(render(logos, Variant.ORDINARY, codelists=codelists, draft=True))
    for words in ("ONTWERP", "Medegefinancierd door de Europese Unie.", "Met steun van Stad Demostad."):
        assert words in marked
        assert words not in plain


any_text = st.text(max_size=300)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dream=any_text, name=any_text, title=any_text, path=any_text, large=st.booleans())
def test_any_text_is_printed_on_two_sides(
    material: AdviceMaterial, codelists: CodeLists, dream: str, name: str, title: str, path: str, large: bool
):
    first = Option(id="o1", title=title or None, path=path or None, address=name or None)
    changed = replace(
        material,
        client=Client(id="c", first_name=name or None),
        question=LearningQuestion(id="q", dream=dream or None),
        options=(first, *material.options[1:]),
    )
    sheet = render(changed, Variant.ORDINARY, codelists=codelists, large_print=large)
    assert sheet.pages == page_count(sheet.pdf) <= 2
