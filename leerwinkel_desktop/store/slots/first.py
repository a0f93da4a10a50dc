"""Opens the first format of the vault file, which had one user, and makes its slot anew."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from leerwinkel_desktop.store import keys
from leerwinkel_desktop.store.errors import WrongPassphrase
from leerwinkel_desktop.store.keys import Kdf
from leerwinkel_desktop.store.slots.file import Slot, parsed, refuse_other, sign
from leerwinkel_desktop.store.slots.opened import OpenedVault
from leerwinkel_desktop.store.slots.wrapped import opened_by, wrap_for


class _FirstSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="user", tag_field="type"):
    """The data key itself, wrapped with what Argon2id made of the passphrase."""

    id: str
    user: str
    kdf: Kdf
    nonce: bytes
    wrapped: bytes


class _FirstFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    vault_id: str
    slots: list[_FirstSlot]
    mac: bytes


def open_first(raw: bytes, passphrase: str) -> tuple[OpenedVault, list[Slot]]:
    """The vault and its slots in the present format.

    Raises ForeignFile, SlotTooExpensive or WrongPassphrase.
    """
    file = parsed(raw, _FirstFile)
    for slot in file.slots:
        keys.refuse_expense(slot.kdf)
    for slot in file.slots:
        key = _data_key(file.vault_id, slot, passphrase)
        if key is not None:
            _check_mac(file, key)
            opened = opened_by(file.vault_id, [key], slot.user, "ADMINISTRATOR", slot.id)
            cost = keys.strengthened(slot.kdf) or (slot.kdf.m, slot.kdf.t, slot.kdf.p)
            return opened, [wrap_for(opened, passphrase, cost)]
    raise WrongPassphrase


def _data_key(vault_id: str, slot: _FirstSlot, passphrase: str) -> bytes | None:
    bare = msgspec.json.encode([1, vault_id, replace(slot, wrapped=b"")], order="deterministic")
    return keys.unwrap(slot.wrapped, keys.derive(passphrase, slot.kdf), slot.nonce, bare)


def _check_mac(file: _FirstFile, key: bytes) -> None:
    signed = msgspec.json.encode([1, file.vault_id, file.slots], order="deterministic")
    refuse_other(sign(key, b"leerwinkel vault slots 1", signed), file.mac)
