"""Puts a bundle aside that may not be read, so that nothing is silently dropped (FORMAT.md §13.5)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.files import sync_folder
from sync.errors import Fork, RefusedBundle, RevokedSender

FOLDER: Final = "quarantaine"
SUFFIX: Final = ".lwb"
REASONS: Final[dict[type[RefusedBundle], str]] = {Fork: "fork", RevokedSender: "revoked"}


def keep(workspace: Workspace, copy: Path, error: RefusedBundle) -> None:
    """Move a copy from the inbox to the quarantine, under its reason and the hash of its bytes.

    Only the office keeps such bundles. The same bundle again is kept once. Raises VaultUnreachable.
    """
    if workspace.device().role != "office":
        copy.unlink(missing_ok=True)
        return
    folder = workspace.folder / FOLDER
    try:
        with copy.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        kept = folder / f"{REASONS[type(error)]}-{digest[:16]}{SUFFIX}"
        new = not kept.exists()
        folder.mkdir(exist_ok=True)
        copy.replace(kept)
        sync_folder(folder)
    except OSError as problem:
        raise named(problem) from problem
    if new:
        with workspace.database.write() as transaction:
            transaction.note("bundle.quarantined", digest[:16], workspace.user)
