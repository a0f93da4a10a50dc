"""The slots that go into a backup, and their new life after it is put back (SECURITY.md §2 "Backups")."""

from __future__ import annotations

from pathlib import Path

from leerwinkel_desktop.store.errors import NoWayIn
from leerwinkel_desktop.store.slots.file import UserSlot, encode
from leerwinkel_desktop.store.slots.opened import OpenedVault, checked, write


def as_restored(folder: Path, opened: OpenedVault) -> bytes:
    """The vault file with all its users, marked as restored: for a backup put back where it was made."""
    return encode(opened.vault_id, opened.key, checked(folder, opened), restored=True)


def without_users(folder: Path, opened: OpenedVault) -> bytes:
    """The vault file for a backup: the hub and paper slots only, marked as restored. Raises NoWayIn when
    there are none, since such a backup could never be opened."""
    kept = [slot for slot in checked(folder, opened) if not isinstance(slot, UserSlot)]
    if not kept:
        raise NoWayIn
    return encode(opened.vault_id, opened.key, kept, restored=True)


def begin_new_life(folder: Path, opened: OpenedVault) -> None:
    """Forget that the slots came out of a backup: the database has a new actor now."""
    slots = checked(folder, opened)
    opened.restored = False
    write(folder, opened, slots)
