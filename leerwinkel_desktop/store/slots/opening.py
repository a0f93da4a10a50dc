"""Makes a vault file, and opens one with a passphrase or with keys that another way in gave."""

from __future__ import annotations

import secrets
import uuid
from pathlib import Path

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.store import keys
from leerwinkel_desktop.store.errors import ForeignFile, NoVault, NoWayIn, WrongPassphrase
from leerwinkel_desktop.store.keys import KEY_BYTES, Cost
from leerwinkel_desktop.store.slots.file import (
    COPY,
    FILE,
    FORMAT,
    MOST_SLOTS,
    Role,
    Slot,
    UserSlot,
    VaultFile,
    candidates,
    check_mac,
    decode,
    read,
    read_bytes,
    version,
)
from leerwinkel_desktop.store.slots.first import open_first
from leerwinkel_desktop.store.slots.opened import OpenedVault, content, swapped, write
from leerwinkel_desktop.store.slots.sealed import open_slot
from leerwinkel_desktop.store.slots.wrapped import opened_by, slot_of, unwrap, user_key, user_slots, wrap_for


def create(
    folder: Path, user: str, passphrase: str, cost: Cost | None = None, role: Role = "ADMINISTRATOR"
) -> OpenedVault:
    """Make a data key and the vault file with one user; `cost` is (m, t, p), calibrated when None."""
    opened = opened_by(str(uuid.uuid4()), [secrets.token_bytes(KEY_BYTES)], user, role)
    write(folder, opened, [wrap_for(opened, passphrase, cost)])
    return opened


def unlock(
    folder: Path, passphrase: str, user_id: str | None = None, first: str | None = None
) -> OpenedVault:
    """The data key behind the passphrase, of one user or of whoever it fits (`first` is tried first).

    A damaged file is read from its copy; an older format and weaker parameters are brought up to date, and
    the file is written when that changed it. Raises NoVault, ForeignFile, NewerVault, SlotTooExpensive,
    NoWayIn, WrongPassphrase, VaultUnreachable or DiskFull.
    """
    problem: EnvironmentProblem | None = None
    for raw in candidates(folder):
        try:
            if isinstance(problem, WrongPassphrase) and version(raw) < FORMAT:
                break  # the copy of the first format may hold a passphrase that was changed since
            opened, slots = _open(raw, passphrase, user_id, first)
        except (ForeignFile, WrongPassphrase) as error:
            problem = problem or error
            continue
        wanted = content(opened, slots)
        if any(read_bytes(folder / name) != wanted for name in (FILE, COPY)):
            write(folder, opened, slots)
        return opened
    raise problem or NoVault


def confirm(folder: Path, opened: OpenedVault, passphrase: str) -> None:
    """Whether this is the passphrase of the user who opened the vault. Raises WrongPassphrase."""
    slot = slot_of(read(folder), opened.user_id)
    keys.refuse_expense(slot.kdf)
    if unwrap(opened.vault_id, slot, keys.derive(passphrase, slot.kdf)) is None:
        raise WrongPassphrase


def admit(folder: Path, file: VaultFile, found: list[bytes], name: str, role: Role, passphrase: str,
          cost: Cost | None = None, user_id: str | None = None) -> OpenedVault:  # fmt: skip
    """Give somebody a way in with keys that another way in gave: a user who is there, or a new one.

    Raises ForeignFile when the keys are not those of this vault.
    """
    check_mac(file, found[0])
    made = opened_by(file.vault_id, found, name, role, user_id)
    made.restored = file.restored
    slot = wrap_for(made, passphrase, cost)
    write(folder, made, [*(one for one in file.slots if one.id != made.user_id), slot])
    return made


def _open(
    raw: bytes, passphrase: str, user_id: str | None, first: str | None
) -> tuple[OpenedVault, list[Slot]]:
    if version(raw) < FORMAT:
        return open_first(raw, passphrase)
    file = decode(raw)
    slots = user_slots(file.slots)
    if len(file.slots) > MOST_SLOTS:
        raise ForeignFile
    for slot in slots:
        keys.refuse_expense(slot.kdf)
    if not slots:
        raise NoWayIn
    for slot in sorted(slots, key=lambda one: one.id != first):
        if user_id in (None, slot.id):
            derived = keys.derive(passphrase, slot.kdf)
            identity = unwrap(file.vault_id, slot, derived)
            if identity is not None:
                return _opened(file, slot, derived, identity, passphrase)
    raise WrongPassphrase


def _opened(
    file: VaultFile, slot: UserSlot, derived: bytes, identity: str, passphrase: str
) -> tuple[OpenedVault, list[Slot]]:
    found = open_slot(file.vault_id, slot, identity)
    if found is None:
        raise ForeignFile
    check_mac(file, found[0])
    opened = opened_by(file.vault_id, found, slot.user, slot.role, slot.id, identity)
    opened.user_key = user_key(derived)
    opened.restored = file.restored
    cost = keys.strengthened(slot.kdf)
    if cost is None:
        return opened, file.slots
    return opened, swapped(file.slots, wrap_for(opened, passphrase, cost))
