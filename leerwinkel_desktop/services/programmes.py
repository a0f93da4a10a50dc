"""What is known of a programme beside its code (DOMAIN.md §8.2)."""

from __future__ import annotations

from collections.abc import Mapping

from leerwinkel_desktop.domain.organisation import Programme
from leerwinkel_desktop.services.workspace import Workspace


def stands(workspace: Workspace, code: str) -> tuple[Programme | None, Mapping[str, int]]:
    """The record of a programme, None while nothing is filled in, and what is seen of it."""
    with workspace.database.read() as reader:
        known = reader.find(Programme, code=code)
        if not known:
            return None, {}
        return known[-1], reader.seen([known[-1].id]).get(known[-1].id, {})
