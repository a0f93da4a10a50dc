"""Gives what click says by itself in Dutch, so that the whole command line speaks one language (CLI.md)."""

from __future__ import annotations

import sys
import tomllib

import click.core  # its modules are looked up by name below

from leerwinkel_desktop.paths import resources

FILE = "locale/nl/click.toml"


def speak() -> None:
    """Hand click our words, in the place of those that it takes from gettext by the system's language."""
    words: dict[str, str] = tomllib.loads((resources() / FILE).read_text(encoding="utf-8"))

    def one(text: str) -> str:
        return words.get(text, text)

    def some(single: str, several: str, count: int) -> str:
        return one(single if count == 1 else several)

    for name, module in list(sys.modules.items()):
        if name.startswith(click.__name__ + "."):
            for called, ours in (("_", one), ("ngettext", some)):
                if hasattr(module, called):
                    setattr(module, called, ours)
