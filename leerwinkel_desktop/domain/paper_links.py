"""Takes web and e-mail addresses off paper: inside, nobody can follow them (DOMAIN.md §6 B)."""

from __future__ import annotations

import dataclasses
import re
from typing import Any, TypeVar

from leerwinkel_desktop.domain.advice import AdviceMaterial, House
from leerwinkel_desktop.domain.fields import Kind, Record, fields_of

T = TypeVar("T", Record, House)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.])(?:[\w-]+\.)+(?:be|brussels|vlaanderen|com|org|net|eu|nl)\b(?:/[^\s<>()]*)?",
    re.IGNORECASE,
)
_PARTS = ("talents", "options", "steps", "approvals")


def links_in(text: str) -> list[str]:
    """The web and e-mail addresses in a text."""
    return [hit[0].rstrip(".,;:") for hit in _LINK.finditer(text)]


def without_links(material: AdviceMaterial) -> tuple[AdviceMaterial, tuple[tuple[str, str], ...]]:
    """The same material without addresses on the net, and what was left out as (field, address)."""
    found: list[tuple[str, str]] = []
    changed: dict[str, Any] = {
        name: tuple(_record(one, found) for one in getattr(material, name)) for name in _PARTS
    }
    for name in ("question", "sheet", "episode"):
        one = getattr(material, name)
        changed[name] = None if one is None else _record(one, found)
    changed["house"] = _stripped(
        material.house, [(field.name, "house") for field in dataclasses.fields(material.house)], found
    )
    return dataclasses.replace(material, **changed), tuple(found)


def _record(record: Record, found: list[tuple[str, str]]) -> Record:
    texts = [f.name for f in fields_of(type(record)) if f.kind in (Kind.TEXT, Kind.NOTE)]
    return _stripped(record, [(name, f"{record.kind}.{name}") for name in texts], found)


def _stripped(thing: T, names: list[tuple[str, str]], found: list[tuple[str, str]]) -> T:
    changed: dict[str, Any] = {}
    for name, where in names:
        text = getattr(thing, name)
        links = links_in(text) if isinstance(text, str) else []
        if links:
            found += [(where, link) for link in links]
            for link in links:
                text = text.replace(link, "")
            changed[name] = re.sub(r"\s{2,}", " ", text).strip(" ,;:") or None
    return dataclasses.replace(thing, **changed) if changed else thing
