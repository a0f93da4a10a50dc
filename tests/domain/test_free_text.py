"""The guard over free text finds what does not belong, and leaves ordinary sentences alone."""

from __future__ import annotations

import itertools
import time

import pytest

from leerwinkel_desktop.domain import free_text
from leerwinkel_desktop.domain.free_text import Guard, belgian_national_number
from leerwinkel_desktop.services.reference import guard


def found(text: str, **more: bool) -> list[tuple[str, str]]:
    return [(one.word, one.reason.code) for one in guard().check(text, **more)]


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("Werd beschuldigd van iets op het werk.", "beschuldigd van", "offence"),
        ("Ze was veroordeeld voor feiten van vroeger", "veroordeeld voor", "offence"),
        ("een oude diefstal", "diefstal", "offence"),
        ("twee diefstallen", "diefstallen", "offence"),
        ("vroeg strafeinde in mei", "strafeinde", "sentence"),
        ("2 jaar effectief", "jaar effectief", "sentence"),
        ("Er staat iets op het strafblad", "strafblad", "record"),
        ("gekend bij\nde politie", "gekend bij\nde politie", "record"),
        ("Zijn mededader woont daar", "mededader", "others"),
        ("Samen met Karel Verzonnen opgepakt", "Samen met Karel Verzonnen opgepakt", "others"),
        ("met zijn broer Jan veroordeeld", "met zijn broer Jan veroordeeld", "others"),
        ("Was slachtoffer", "slachtoffer", "others"),
        ("Heeft een enkelband", "enkelband", "detention"),
        ("in een GEVANGENIS gewerkt", "GEVANGENIS", "detention"),
        ("Geïnterneerd sinds vorig jaar", "Geïnterneerd", "detention"),
        ("heeft adhd", "adhd", "health"),
        ("Zij is schizofreen", "schizofreen", "health"),
        ("een burn-out", "burn-out", "health"),
        ("herstelt van een burn‑out", "burn‑out", "health"),
        ("Hij is moslim.", "moslim", "belief"),
        ("jehova’s getuige", "jehova’s getuige", "belief"),
    ],
)
def test_what_does_not_belong(text, word, reason):
    assert found(text) == [(word, reason)]


ORDINARY = """
Wil graag lassen leren en zoekt een cursus dicht bij huis.
Zit vast in een job zonder toekomst en wil iets anders.
De plaats in de opvang komt vrij in september.
Leerde in Excel hoe je een formule gebruikt.
Volgt een opleiding tot preventieadviseur.
Werkt bij een garage en leert de diagnose van auto's.
We leggen de datum vast voor volgende week.
Haar fiets is gestolen, ze komt voorlopig met de bus.
Betaling van het inschrijvingsgeld met uitstel kan.
Kwam via het OCMW en kent ons van een jobbeurs.
Past binnen de doelgroep van het programma.
Zit voor de computer en typt met twee vingers.
Heeft een kindje van 2 en zoekt opvang op maandag.
Woont sinds 2019 in België, sprak thuis Tigrinya.
Studeerde aan het Katholiek Onderwijs in Gent.
Wil straks verpleegkundige worden, vindt bloed geen probleem.
Dat is straf: in drie maanden van A1 naar A2!
Doet vrijwilligerswerk in een voedselbank.
Kan niet op vrijdagnamiddag.
Vraagt naar het examen van de rijschool.
De zaak van zijn vader verkocht groenten.
Rekent snel, is geduldig, werkt graag in team.
Haalde een attest van bedrijfsbeheer.
Wil iets met mensen doen, misschien zorgkundige.
Zoekt werk als bewakingsagent en kijkt naar de voorwaarden.
Belt zelf naar het CVO en vraagt naar de infodag.
Sprak met Fatima van het onthaal over het openingsuur.
Samen met Karel het rooster bekeken.
Heeft 3 jaar ervaring in de bouw en 2 jaar in de horeca.
Wil weten of een attest van inschrijving genoeg is.
Nummer van de school: 015 00 00 01, vragen naar Els.
Rekening BE68 5390 0754 7034 van de school.
Kreeg uitstel voor het examen omdat de trein te laat was.
Wil cel voor cel leren werken met een rekenblad.
""".strip().splitlines()


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_sentences_are_left_alone(text):
    assert found(text) == []


def test_places_are_those_of_the_text_as_typed():
    text = "ﬁets ß É\u0301 — Zij heeft ÁDHD en een burn-out."
    for one in guard().check(text):
        assert text[one.start : one.end] == one.word
    assert [one.word for one in guard().check(text)] == ["ÁDHD", "burn-out"]


def test_findings_stand_in_order_and_never_over_each_other():
    found = guard().check("Hij is veroordeeld voor diefstal en zit in de gevangenis met een mededader.")
    assert len(found) >= 4
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))


def test_in_the_block_detention_itself_is_no_news():
    assert found("bezoek in de gevangenis", in_block=True) == []
    assert found("veroordeeld voor diefstal", in_block=True) != []


def test_every_reason_says_why_and_what_to_write():
    for reason in guard().reasons:
        assert reason.why.endswith(".")
        assert reason.suggestion.endswith((".", "”.")), reason.code
    codes = [reason.code for reason in guard().reasons]
    assert len(set(codes)) == len(codes)
    assert free_text.DETENTION in codes


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("93.05.18-223.61", True),
        ("93051822361", True),
        ("93.05.18-223.62", False),
        ("00.01.01-001.05", True),
        ("00.13.01-001.05", False),
        ("123", False),
    ],
)
def test_a_national_number_is_known_by_its_check_digits(text, good):
    assert belgian_national_number(text) is good
    assert (found(f"nr {text}.") != []) is good


def test_a_guard_with_an_unknown_key_is_refused():
    with pytest.raises(ValueError, match="wholes"):
        free_text.parse('[[reason]]\ncode = "a"\nwhy = "b."\nsuggestion = "c."\nwholes = ["x"]')


def test_it_is_fast_enough_to_run_while_typing(record_property):
    """Nothing is asserted by the clock; the time is told beside the result."""
    text = " ".join(ORDINARY * 3)[:4000]
    checks: Guard = guard()
    checks.check(text)
    begin = time.perf_counter()
    for _ in range(20):
        checks.check(text)
    milliseconds = (time.perf_counter() - begin) / 20 * 1000
    record_property("milliseconds_for_4000_characters", round(milliseconds, 3))
    print(f"4.000 tekens: {milliseconds:.2f} ms")
    assert len(text) == 4000
