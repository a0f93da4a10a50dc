"""Loads the word lists that paper needs, once: plain Dutch, betraying words, letters of other scripts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from leerwinkel_desktop.domain import betraying, plain_language
from leerwinkel_desktop.domain.betraying import BetrayingWords
from leerwinkel_desktop.domain.plain_language import PlainLanguage
from leerwinkel_desktop.paths import resources


def _text(name: str) -> str:
    return (resources() / "plain_language" / name).read_text(encoding="utf-8")


@cache
def plain_rules() -> PlainLanguage:
    """The shipped rules of plain Dutch."""
    return plain_language.parse(_text("rules.toml"))


@cache
def betraying_words() -> BetrayingWords:
    """The shipped vocabulary of words that betray detention."""
    return betraying.parse(_text("betraying_words.toml"))


@cache
def latin_letters() -> Mapping[str, str]:
    """Letters of scripts that our fonts lack, each with its sound in Latin letters, small and capital."""
    tables = tomllib.loads(_text("romanised.toml"))
    small = {
        letter: sound
        for table in tables.values()
        if isinstance(table, dict)
        for letter, sound in zip(table["from"], table["to"], strict=True)
    }
    capitals = {
        letter.upper(): sound.capitalize() for letter, sound in small.items() if len(letter.upper()) == 1
    }
    return MappingProxyType(capitals | small)
