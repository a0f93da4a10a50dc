"""Slots of users: Argon2id makes a key of the passphrase, and that key wraps the user's own identity."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from msgspec.structs import replace

from leerwinkel_desktop.store import keys
from leerwinkel_desktop.store.errors import UnknownUser
from leerwinkel_desktop.store.keys import Cost, Kdf
from leerwinkel_desktop.store.slots.file import FORMAT, Role, Slot, UserSlot, VaultFile, format_of, read
from leerwinkel_desktop.store.slots.opened import OpenedVault
from leerwinkel_desktop.store.slots.sealed import sealed


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a slot; `recipient` (`age1pq1…`) takes what only this user may read."""

    id: str
    name: str
    role: Role
    recipient: str


def users(folder: Path) -> list[User]:
    """Everybody with a slot, in order of making; an older vault has none before it is opened."""
    if format_of(folder) < FORMAT:
        return []
    return [User(slot.id, slot.user, slot.role, slot.recipient) for slot in user_slots(read(folder).slots)]


def user_slots(slots: Sequence[Slot]) -> list[UserSlot]:
    """The slots of users among these."""
    return [slot for slot in slots if isinstance(slot, UserSlot)]


def slot_of(file: VaultFile, user_id: str) -> UserSlot:
    """The slot of one user. Raises UnknownUser."""
    for slot in user_slots(file.slots):
        if slot.id == user_id:
            return slot
    raise UnknownUser(user_id)


def opened_by(
    vault_id: str,
    found: list[bytes],
    name: str,
    role: Role,
    user_id: str | None = None,
    identity: str | None = None,
) -> OpenedVault:
    """The vault with these data keys as a user opens it, with a fresh id and identity where none is given."""
    identity = identity or keys.new_identity()
    recipient = keys.recipient_of(identity)
    next_key = found[1] if len(found) > 1 else None
    user_id = user_id or str(uuid.uuid4())
    return OpenedVault(found[0], name, vault_id, user_id, role, b"", identity, recipient, next_key)


def wrap_for(opened: OpenedVault, passphrase: str, cost: Cost | None) -> UserSlot:
    """The slot of this user under this passphrase; also renews `opened.user_key`.

    `cost` is (m, t, p) of Argon2id, calibrated when None.
    """
    m, t, p = cost or keys.calibrated()
    kdf = Kdf(m=m, t=t, p=p, salt=secrets.token_bytes(16))
    opened.user_key = user_key(keys.derive(passphrase, kdf))
    empty = UserSlot(
        id=opened.user_id,
        user=opened.user,
        role=opened.role,
        kdf=kdf,
        recipient=opened.recipient,
        nonce=secrets.token_bytes(12),
        wrapped=b"",
        sealed=b"",
    )
    bound = _bound(opened.vault_id, empty)
    wrapped = keys.wrap(opened.identity.encode(), opened.user_key, empty.nonce, bound)
    return sealed(opened.vault_id, replace(empty, wrapped=wrapped), opened.keys)


def unwrap(vault_id: str, slot: UserSlot, derived: bytes) -> str | None:
    """The identity in a slot, or None when the passphrase that this came from is another."""
    found = keys.unwrap(slot.wrapped, user_key(derived), slot.nonce, _bound(vault_id, slot))
    return None if found is None else found.decode()


def user_key(derived: bytes) -> bytes:
    """The key that wraps the identity, out of what Argon2id gave."""
    return keys.subkey(derived, b"leerwinkel vault user 2")


def _bound(vault_id: str, slot: UserSlot) -> bytes:
    """What only the user himself can change about his slot: name, role and data key are not in it."""
    return msgspec.json.encode(
        [FORMAT, vault_id, slot.id, slot.kdf, slot.recipient, slot.nonce], order="deterministic"
    )
