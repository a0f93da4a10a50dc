"""The shipped reference data, read once."""

from __future__ import annotations

from functools import cache

from leerwinkel_desktop import paths
from leerwinkel_desktop.domain import free_text
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.free_text import Guard


@cache
def codelists() -> CodeLists:
    """All code lists, each parsed when first asked for."""
    folder = paths.resources() / "codelists"
    return CodeLists(lambda name: (folder / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def guard() -> Guard:
    """The guard over free text."""
    return free_text.parse((paths.resources() / "free_text" / "guard.toml").read_text(encoding="utf-8"))
