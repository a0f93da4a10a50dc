"""Reads the dated texts and rules of `resources/documents/`: the newest that is valid on a day."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from leerwinkel_desktop.paths import resources

FOLDER = "documents"


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one document; `body` is its TOML."""

    name: str
    version: str
    valid_from: date
    body: Mapping[str, Any]


@cache
def documents() -> tuple[Document, ...]:
    """All shipped documents, oldest first."""
    found = []
    for path in sorted((resources() / FOLDER).glob("*.toml")):
        body = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(Document(body["name"], body["version"], body["valid_from"], body))
    return tuple(sorted(found, key=lambda one: (one.name, one.valid_from, one.version)))


def document(name: str, on: date, version: str | None = None) -> Document:
    """The newest version on that day, the first one before it was valid, or the version that is asked for.

    Raises KeyError when there is none.
    """
    own = [one for one in documents() if one.name == name and version in (None, one.version)]
    valid = [one for one in own if one.valid_from <= on]
    if not own:
        raise KeyError((name, version))
    return valid[-1] if valid else own[0]
