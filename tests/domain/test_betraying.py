"""The vocabulary that betrays detention: what it finds, and what it leaves alone."""

from __future__ import annotations

import pytest

from leerwinkel_desktop.domain import betraying
from leerwinkel_desktop.domain.betraying import Group
from leerwinkel_desktop.paths import resources

WORDS = betraying.parse((resources() / "plain_language" / "betraying_words.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "Mijn EX-GEDETINEERDE vriend",
        "les op cel",
        "met een enkelband",
        "na de Gevan\u00adgenis",
        "gevan\u200bgenis",
        "vraag het aan de PSD",
        "geinterneerd",
        "Geïnterneerde",
        "het project LIO",
        "Liersesteenweg  2",
        "als ik vrijkom",
        "عندما أخرج من السجن",
        "після тюрми",
        "en prison",
        "hapishanede",
        "strafblad",
        "de strafuitvoeringsrechtbank",
        "mijn celgenoot",
        "arresthuis",
    ],
)
def test_it_finds(text: str):
    assert WORDS.find(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ik leer Excel en ik wil parketlegger worden",
        "installateur van PV-panelen en uv-lampen",
        "binnen 3 jaar open ik mijn eigen zaak",
        "als er een plaats vrijkomt, bellen ze mij",
        "een professionele bachelor (PBA)",
        "strafrecht",
        "Liersesteenweg 25",
        "vi leert met het et-teken",
        "de bewakingsagent",
        "cellofaan en celluloid",
        "Lionel en Sura",
        "Ik wil bij de politie of als advocaat werken",
    ],
)
def test_it_leaves_alone(text: str):
    assert WORDS.find(text) is None


def test_it_looks_only_for_the_groups_that_are_asked():
    assert WORDS.find("gevangenis", {Group.STATUS, Group.GUARD}) is None
    assert WORDS.find("cipier", {Group.GUARD}) == "cipier"


def test_each_entry_finds_itself():
    assert [
        entry.word for entry in WORDS.entries if not WORDS.find(f"en {entry.word} dan", {entry.group})
    ] == []


def test_an_unknown_group_is_refused():
    with pytest.raises(ValueError, match="nonsense"):
        betraying.parse('[[words]]\ngroup = "nonsense"\nmatch = "part"\nlist = ["x"]')
