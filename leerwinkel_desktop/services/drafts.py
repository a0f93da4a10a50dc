"""Keeps what somebody was typing while the window is locked, encrypted like all the rest.

One draft for each user (UI.md "Principles"): the page, the dossier, the field, and the words that do not fit
their field yet. What does fit is saved as a normal change before; a draft is no change and never travels.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.database import Transaction


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """`page` names a page of the window; `memo` is what that page wants to know again, as plain JSON."""

    page: str
    client_id: str | None = None
    memo: dict[str, Any] = field(default_factory=dict)


def keep(workspace: Workspace, draft: Draft) -> None:
    """Keep this draft of the current user in place of the one before. Raises DiskFull, VaultBusy …"""
    row = (workspace.user, workspace.now_ms(), draft.client_id, draft.page, json.dumps(draft.memo))
    with workspace.database.bare() as connection:
        connection.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)", row)


def find(workspace: Workspace) -> Draft | None:
    """The draft of the current user; it stays until another takes its place, so a crash costs nothing."""
    with workspace.database.read() as reader:
        row = reader.connection.execute(
            "SELECT page, client_id, memo FROM draft WHERE user = ?", (workspace.user,)
        ).fetchone()
    return None if row is None else Draft(row[0], row[1], json.loads(row[2]))


def drop(workspace: Workspace) -> None:
    """Nothing is waiting any more for the current user."""
    with workspace.database.bare() as connection:
        connection.execute("DELETE FROM draft WHERE user = ?", (workspace.user,))


def forget(transaction: Transaction, client_id: str) -> None:
    """Erase everybody's drafts about one client, and those that may name anybody (a search)."""
    transaction.connection.execute("DELETE FROM draft WHERE client_id = ? OR client_id IS NULL", (client_id,))
