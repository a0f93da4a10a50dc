"""A vault that stands open: its data key, and the one way by which its slots are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leerwinkel_desktop.store.errors import ForeignFile, VaultFull
from leerwinkel_desktop.store.files import write_durably
from leerwinkel_desktop.store.slots.file import (
    COPY,
    FILE,
    MOST_SLOTS,
    Role,
    Slot,
    UserSlot,
    check_mac,
    encode,
    read,
)


@dataclass(slots=True, repr=False)
class OpenedVault:
    """The data key and whose slot gave it; what changes about a slot afterwards changes here too.

    `user_key` (32 bytes) comes from the user's Argon2id output and is stored nowhere; it changes with the
    passphrase and when the parameters grow stronger, so nothing outside the slot may be wrapped with it: seal
    to `recipient` instead, which `identity` opens for as long as the user remembers a passphrase.
    `next_key`: the data key that this vault is changing to, when a change was cut off. `confirmed_ms`: when
    the user last gave the passphrase again in this session.
    """

    key: bytes
    user: str
    vault_id: str
    user_id: str
    role: Role
    user_key: bytes
    identity: str
    recipient: str
    next_key: bytes | None = None
    restored: bool = False
    confirmed_ms: int | None = None

    @property
    def keys(self) -> list[bytes]:
        """The data key, and the next one during a change."""
        return [self.key] if self.next_key is None else [self.key, self.next_key]


def checked(folder: Path, opened: OpenedVault) -> list[Slot]:
    """The slots as they stand, which must be those of the vault that is open. Raises ForeignFile."""
    file = read(folder)
    if file.vault_id != opened.vault_id:
        raise ForeignFile
    check_mac(file, opened.key)
    return file.slots


def content(opened: OpenedVault, slots: Sequence[Slot]) -> bytes:
    """The vault file with these slots."""
    return encode(opened.vault_id, opened.key, slots, restored=opened.restored)


def write(folder: Path, opened: OpenedVault, slots: Sequence[Slot]) -> None:
    """Write the file and then its copy, so that a passphrase that was changed does not live on in a copy.

    Raises VaultFull, DiskFull or VaultUnreachable.
    """
    if len(slots) > MOST_SLOTS:
        raise VaultFull
    raw = content(opened, slots)
    write_durably(folder / FILE, raw)
    write_durably(folder / COPY, raw)


def swapped(slots: Sequence[Slot], slot: UserSlot) -> list[Slot]:
    """The slots, with this one in the place of the one with its id."""
    return [slot if one.id == slot.id else one for one in slots]


def swap(folder: Path, opened: OpenedVault, slot: UserSlot) -> None:
    """Write a user's slot in the place of the one with its id."""
    write(folder, opened, swapped(checked(folder, opened), slot))
