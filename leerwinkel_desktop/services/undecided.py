"""Counts what waits for a decision of this user: fields that two people wrote, and people who are double."""

from __future__ import annotations

from leerwinkel_desktop.services import access, decisions, doubles
from leerwinkel_desktop.services.workspace import Workspace


def of_office(workspace: Workspace) -> bool:
    """Whether this user also decides about doubles."""
    return workspace.device().role == "office" and access.allowed(workspace, "OFFICE")


def how_many(workspace: Workspace) -> int:
    """How many things wait for this user."""
    pairs = doubles.how_many(workspace) if of_office(workspace) else 0
    return decisions.count(workspace) + pairs
