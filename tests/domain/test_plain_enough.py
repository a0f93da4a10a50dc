"""Plain sentences get no remark, and hidden doers, amounts and dates do: false alarms are measured here."""

from __future__ import annotations

import pytest

from leerwinkel_desktop.domain.plain_language import Fault, mended
from leerwinkel_desktop.printing.words import plain_rules

PLAIN = """
Ik wil bakker worden.
Ik wil later zelf een winkel openen.
Ik word graag verpleegkundige, want ik zorg graag voor mensen.
Ik ben in 2019 naar België gekomen.
Ik ben op school gestopt toen ik vijftien was.
Ik ben gestopt door de lange reis met de bus.
Mijn broer is gestart met een cursus lassen.
Ik heb vijf jaar in een restaurant gewerkt.
Ik kan goed rekenen en ik ben geduldig met kinderen.
Ik word blij van koken.
Ik wil gezond worden en weer gaan werken.
Mijn Nederlands wordt elke week beter.
Ik wil mijn rijbewijs halen en chauffeur worden.
De les start op maandag 1 september 2025.
De les is op dinsdag van 9 tot 12 uur.
Je betaalt 90 euro voor één jaar.
Het kost 12,50 euro voor het boek.
Je mag in twee keer betalen.
Breng je identiteitskaart en je diploma mee.
Ga zelf naar de school en vraag naar mevrouw Voorbeeld.
Bel naar 015 00 00 02 tussen 9 en 12 uur.
Neem bus 1 tot de markt en stap dan vijf minuten.
Vraag een attest bij het OCMW.
Ik vraag opvang voor mijn kind bij het Huis van het Kind.
We bellen samen de school op donderdag.
De opleiding duurt twee jaar.
Je krijgt daarna een diploma secundair onderwijs.
Je leert er lezen, schrijven en rekenen.
Je hebt les op drie avonden per week.
Er is een trein om het half uur.
Je kan gratis parkeren bij de school.
Wie werkt, kan les volgen in het weekend.
Elke maand begint een nieuwe groep.
Ik spreek Arabisch, Frans en een beetje Nederlands.
Mijn baas was tevreden over mijn werk.
Ik heb thuis voor mijn ouders gezorgd.
Vraag het na bij de school, want prijzen veranderen.
Schrijf een brief en geef hem aan je begeleider.
Ik wil genoeg verdienen voor mijn gezin.
Ons gebied is groot, maar er rijdt een bus.
Het geld krijg je later terug.
""".strip().splitlines()

HIDDEN = [
    ("Je wordt door de school gebeld.", "wordt door de school gebeld"),
    ("De attesten worden nagekeken.", "worden nagekeken"),
    ("De cursus wordt in september gegeven.", "wordt in september gegeven"),
    ("Er zal contact met je worden opgenomen.", "worden opgenomen"),
    ("Het dossier werd gisteren doorgestuurd.", "werd gisteren doorgestuurd"),
    ("Het formulier is ingevuld door het OCMW.", "is ingevuld"),
    ("Dat het gecontroleerd wordt, weet je.", "gecontroleerd wordt"),
    ("De prijs wordt besproken met de ouders.", "wordt besproken"),
]


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_plain_sentence_gets_no_remark(sentence: str):
    assert plain_rules().check("x", sentence) == ()


def test_there_are_enough_of_them():
    assert len(PLAIN) >= 40


@pytest.mark.parametrize(("sentence", "found"), HIDDEN)
def test_a_passive_is_seen(sentence: str, found: str):
    told = [one.found for one in plain_rules().check("x", sentence) if one.fault is Fault.PASSIVE]
    assert told == [found]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("€1.500,00", "1500 euro"),
        ("1500€", "1500 euro"),
        ("€ 25", "25 euro"),
        ("25.5 EUR", "25,50 euro"),
        ("€25,-", "25 euro"),
        ("eur 1 250,95", "1250,95 euro"),
    ],
)
def test_an_amount_is_written_as_people_say_it(text: str, told: str):
    sentence = f"Het kost {text} voor een jaar."
    (finding,) = plain_rules().check("x", sentence)
    assert (finding.fault, finding.found) == (Fault.AMOUNT, text)
    assert mended(sentence, finding) == f"Het kost {told} voor een jaar."


def test_a_replacement_keeps_the_capital_and_is_put_in_once():
    text = "Indien je komt, vraag VOV."
    first, second = plain_rules().check("x", text)
    done = mended(text, first)
    assert done == "Als je komt, vraag VOV."
    assert mended(text, second) == "Indien je komt, vraag Vlaams opleidingsverlof."
    assert mended(done or "", first) is None, "what was found is not there any more"


def test_a_long_sentence_and_a_passive_have_no_replacement():
    for text in (" ".join(["woord"] * 21), HIDDEN[0][0]):
        (finding,) = plain_rules().check("x", text)
        assert mended(text, finding) is None
