"""The check of plain Dutch: long sentences, jargon, dates that are not in full."""

from __future__ import annotations

from datetime import date

import pytest

from leerwinkel_desktop.domain import plain_language
from leerwinkel_desktop.domain.plain_language import Fault
from leerwinkel_desktop.paths import resources

RULES = plain_language.parse((resources() / "plain_language" / "rules.toml").read_text(encoding="utf-8"))


def _found(text: str, fault: Fault) -> list[tuple[str, str]]:
    return [(f.found, f.suggestion) for f in RULES.check("x.y", text) if f.fault is fault]


def test_a_finding_points_at_its_words():
    text = "Ik volg AAV op 03/03/2025."
    for finding in RULES.check("option.title", text):
        assert text[finding.start : finding.end] == finding.found
        assert finding.field == "option.title"
    assert [f.fault for f in RULES.check("x", text)] == [Fault.JARGON, Fault.DATE_FORMAT]


def test_twenty_words_are_fine_and_one_more_is_long():
    assert _found(" ".join(["woord"] * 20) + ".", Fault.LONG_SENTENCE) == []
    long = " ".join(["woord"] * 21) + "."
    assert _found("Kort. " + long + " Kort.", Fault.LONG_SENTENCE) == [(long, "21")]


def test_a_line_end_or_question_ends_a_sentence_and_a_number_does_not():
    half = " ".join(["woord"] * 12)
    assert _found(f"{half}\n{half}", Fault.LONG_SENTENCE) == []
    assert _found(f"{half}? {half}!", Fault.LONG_SENTENCE) == []
    assert _found(f"{half} 2.25 {half}", Fault.LONG_SENTENCE) != []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Je dient te betalen", [("dient te", "moet")]),
        ("Indien nodig", [("Indien", "als")]),
        ("vraag VOV", [("VOV", "Vlaams opleidingsverlof")]),
        ("m.b.t. het traject", [("m.b.t.", "over"), ("traject", "plan")]),
        ("een beetje bit en so", []),
        ("de indiener van NT25", []),
    ],
)
def test_jargon_gets_its_replacement(text: str, found: list[tuple[str, str]]):
    assert _found(text, Fault.JARGON) == found


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("2025-03-03", "maandag 3 maart 2025"),
        ("3/3/2025", "maandag 3 maart 2025"),
        ("03-03-25", "maandag 3 maart 2025"),
        ("3.3.2025", "maandag 3 maart 2025"),
        ("3 mrt 2025", "maandag 3 maart 2025"),
        ("12 sept", "12 september"),
    ],
)
def test_dates_are_written_in_full(text: str, suggestion: str):
    assert [s for _, s in _found(f"Kom op {text} langs", Fault.DATE_FORMAT)] == [suggestion]


@pytest.mark.parametrize(
    "text",
    ["015/12.34.56", "0470 12 34 56", "31/02/2025", "1.50 euro", "maandag 3 maart 2025", "24/7", "12.10.56"],
)
def test_other_numbers_are_no_dates(text: str):
    assert _found(text, Fault.DATE_FORMAT) == []


def test_in_full():
    assert plain_language.in_full(date(2024, 2, 29)) == "donderdag 29 februari 2024"


def test_the_shipped_replacements_are_plain_themselves():
    for word, instead in {**RULES.exact, **RULES.loose}.items():
        assert [f.found for f in RULES.check("x", instead) if f.found != word] == [], word
