"""Begins a new life for a database out of a backup: a new actor, its own place, and nobody who was erased.

SECURITY.md §2 "Backups": what was written after the backup may be elsewhere under the old actor's numbers, so
this database must not go on counting there.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.domain.ids import new_actor
from leerwinkel_desktop.services import machine, renewal, trust
from leerwinkel_desktop.services.rights.erasure import apply_erased
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices, erased, slots, whereabouts
from leerwinkel_desktop.store.connection import Connection, connect, naming_problems
from leerwinkel_desktop.store.database import FILE
from leerwinkel_desktop.store.erased import ErasedEntry
from leerwinkel_desktop.store.renumbering import renumber

ASIDE: Final = "opzij-"
"""What the folder begins with where a damaged vault was put aside."""


def begin(workspace: Workspace) -> None:
    """Give the restored database a new actor and erase again; cut off, the next unlock does it again.

    Raises DiskFull, VaultBusy or VaultUnreachable.
    """
    if workspace.device().role == "laptop":
        renewal.renew_actor(workspace)
    else:
        _renew_office(workspace)
    entries = _erased_aside(workspace)
    with workspace.database.write() as transaction:
        apply_erased(transaction.connection, workspace.codelists, entries)
        transaction.note("vault.restored", None, workspace.user)
    workspace.database.fold()
    slots.begin_new_life(workspace.folder, workspace.opened)


def _renew_office(workspace: Workspace) -> None:
    """The office keeps its keys and takes a new actor; each laptop is welcomed again (FORMAT.md §13.7)."""
    with workspace.database.write() as transaction:
        connection = transaction.connection
        device, own = devices.read_device(connection), devices.peers(connection)[0]
        actor = new_actor()
        renumber(connection, replace(own, acked=own.upto, acked_chain=own.chain), actor)
        devices.write_device(connection, replace(device, actor=actor))
        devices.add_actor(connection, actor, verify_key=own.verify_key, recipient=own.recipient)
        devices.set_state(connection, own.actor, "REVOKED")
        machine.bind(connection, workspace.folder)
        trust.sign_roster(connection)
        whereabouts.believe(connection)
        transaction.note("device.renewed", own.actor, workspace.user)


def _erased_aside(workspace: Workspace) -> list[ErasedEntry]:
    """The erased list of the vault that this one took the place of, as far as it can still be read."""
    found: list[ErasedEntry] = []
    for aside in sorted(workspace.folder.glob(f"{ASIDE}*/{FILE}")):
        with suppress(EnvironmentProblem):  # damaged, or under another key: what the office sends will tell
            found += _read(aside, workspace.opened.key)
    return found


def _read(path: Path, key: bytes) -> list[ErasedEntry]:
    with naming_problems():
        connection: Connection = connect(path, key)
        try:
            return erased.erased_list(connection)
        finally:
            connection.close()
