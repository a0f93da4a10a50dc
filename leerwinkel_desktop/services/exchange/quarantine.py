"""What was put aside: forks and work of stopped laptops; an administrator decides (FORMAT.md §13.5)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.exchange import aside, previewing, reading
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.files import remove
from sync.errors import SyncError

Reason = Literal["fork", "revoked"]


class NotInQuarantine(InputError):
    """No such bundle is in quarantine."""


@dataclass(frozen=True, slots=True)
class Aside:
    """One bundle in quarantine: its name there, why, and what its header says (None: no longer readable)."""

    name: str
    reason: Reason
    sender: str | None
    created_ms: int | None
    first: int | None
    last: int | None


def look_into(workspace: Workspace, path: Path, progress: Progress = silent) -> previewing.Preview:
    """A preview; a bundle that reading would put aside is put aside at once, as nobody can then read it.

    Raises what `preview` raises.
    """
    try:
        return previewing.preview(workspace, path, progress)
    except tuple(aside.REASONS) as refusal:
        with suppress(type(refusal)):
            reading.import_bundle(workspace, path, progress)
        raise


def quarantined(workspace: Workspace) -> list[Aside]:
    """All bundles in quarantine, by name."""
    folder = workspace.folder / aside.FOLDER
    if not folder.is_dir():
        return []
    return [_aside(workspace, path) for path in sorted(folder.glob(f"*{aside.SUFFIX}"))]


def _aside(workspace: Workspace, path: Path) -> Aside:
    reason: Reason = "fork" if path.name.startswith("fork-") else "revoked"
    try:
        told = reading.inspect(workspace, path, stopped=True)
    except SyncError:
        return Aside(path.name, reason, None, None, None, None)
    return Aside(path.name, reason, told.sender, told.created_ms, told.first, told.last)


def look_at(workspace: Workspace, name: str, progress: Progress = silent) -> previewing.Preview:
    """What letting one in would do. Raises NotAllowed, NotInQuarantine, or what `preview` raises."""
    access.require(workspace, "ADMINISTRATOR")
    return previewing.preview(workspace, _find(workspace, name), progress, stopped=True)


def release(workspace: Workspace, name: str, progress: Progress = silent) -> reading.Imported:
    """Let one in after all: the cut of a stopped laptop is moved behind it, and the roster says so.

    No receipt is due: a stopped laptop gets none. A fork stays one: its laptop enrols anew and hands over
    again. Raises NotAllowed, NotInQuarantine, or what `import_bundle` raises; the bundle then stays where it
    is.
    """
    access.require(workspace, "ADMINISTRATOR")
    path = _find(workspace, name)
    outcome = reading.import_bundle(workspace, path, progress, stopped=True)
    _note(workspace, "bundle.released", path)
    remove(path)
    return replace(outcome, receipt_for=None)


def discard(workspace: Workspace, name: str) -> None:
    """Throw one away. Raises NotAllowed, NotInQuarantine or VaultUnreachable."""
    access.require(workspace, "ADMINISTRATOR")
    path = _find(workspace, name)
    remove(path)
    _note(workspace, "bundle.discarded", path)


def _find(workspace: Workspace, name: str) -> Path:
    found = {path.name: path for path in (workspace.folder / aside.FOLDER).glob(f"*{aside.SUFFIX}")}
    if name not in found:
        raise NotInQuarantine
    return found[name]


def _note(workspace: Workspace, action: str, path: Path) -> None:
    with workspace.database.write() as transaction:
        transaction.note(action, path.stem.rpartition("-")[2], workspace.user)
