"""Adds users to an open vault and changes their slots; the data key and all data stay as they are."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from leerwinkel_desktop.store.keys import Cost
from leerwinkel_desktop.store.slots.file import Role, read
from leerwinkel_desktop.store.slots.opened import OpenedVault, checked, swap, write
from leerwinkel_desktop.store.slots.sealed import sealed
from leerwinkel_desktop.store.slots.wrapped import opened_by, slot_of, wrap_for


def add_user(
    folder: Path, opened: OpenedVault, name: str, role: Role, passphrase: str, cost: Cost | None = None
) -> str:
    """Give somebody a slot of his own; gives the user's id."""
    made = opened_by(opened.vault_id, opened.keys, name, role)
    slot = wrap_for(made, passphrase, cost)
    write(folder, opened, [*checked(folder, opened), slot])
    return made.user_id


def reset_user(
    folder: Path, opened: OpenedVault, user_id: str, passphrase: str, cost: Cost | None = None
) -> OpenedVault:
    """Give a user who forgot his passphrase a new slot under the same id, with a new identity.

    Raises UnknownUser.
    """
    old = slot_of(read(folder), user_id)
    made = opened_by(opened.vault_id, opened.keys, old.user, old.role, user_id)
    made.restored = opened.restored
    swap(folder, opened, wrap_for(made, passphrase, cost))
    return made


def change_passphrase(folder: Path, opened: OpenedVault, passphrase: str, cost: Cost | None = None) -> None:
    """Give the user who opened the vault a new passphrase. Raises UnknownUser."""
    slot_of(read(folder), opened.user_id)
    swap(folder, opened, wrap_for(opened, passphrase, cost))


def edit_user(
    folder: Path, opened: OpenedVault, user_id: str, name: str | None = None, role: Role | None = None
) -> None:
    """Give a user another name or role; his passphrase stays. Raises UnknownUser."""
    old = slot_of(read(folder), user_id)
    bare = replace(old, user=name or old.user, role=role or old.role)
    slot = sealed(opened.vault_id, bare, opened.keys)
    swap(folder, opened, slot)
    if user_id == opened.user_id:
        opened.user, opened.role = slot.user, slot.role
