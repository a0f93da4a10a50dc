"""Slots that are opened elsewhere: the hub slot by the office, the paper slot by the printed sheet."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec.structs import replace

from leerwinkel_desktop.store import keys
from leerwinkel_desktop.store.errors import NoWayIn
from leerwinkel_desktop.store.slots.file import (
    FORMAT,
    HubSlot,
    PaperSlot,
    Slot,
    UserSlot,
    VaultFile,
    check_mac,
    format_of,
    read,
)
from leerwinkel_desktop.store.slots.opened import OpenedVault, checked, write

Way = Literal["hub", "paper"]
_KINDS: dict[Way, type[HubSlot | PaperSlot]] = {"hub": HubSlot, "paper": PaperSlot}
_S = TypeVar("_S", bound=UserSlot | HubSlot | PaperSlot)


def ways(folder: Path) -> dict[Way, HubSlot | PaperSlot]:
    """The hub slot and the paper slot, where the vault has them; an older one has none yet."""
    if format_of(folder) < FORMAT:
        return {}
    slots = read(folder).slots
    return {way: slot for way, kind in _KINDS.items() for slot in slots if isinstance(slot, kind)}


def set_way(folder: Path, opened: OpenedVault, way: Way, recipient: str, owner: str) -> None:
    """Seal the data key to the office (hub) or to the recovery key (paper), in place of what stood there."""
    kind = _KINDS[way]
    empty = kind(id=str(uuid.uuid4()), owner=owner, recipient=recipient, sealed=b"")
    others = [one for one in checked(folder, opened) if not isinstance(one, kind)]
    write(folder, opened, [*others, sealed(opened.vault_id, empty, opened.keys)])


def open_with_identity(file: VaultFile, identity: str, way: Way) -> list[bytes]:
    """The data keys behind the hub or paper slot. Raises NoWayIn without such a slot or for another identity,
    and ForeignFile when the slots are not those of this vault."""
    for slot in file.slots:
        found = open_slot(file.vault_id, slot, identity) if isinstance(slot, _KINDS[way]) else None
        if found is not None:
            check_mac(file, found[0])
            return found
    raise NoWayIn


def open_slot(vault_id: str, slot: Slot, identity: str) -> list[bytes] | None:
    """The data keys in a slot, or None for another identity. Raises ForeignFile.

    Whether they are those of the vault that it says only that vault's own file tells (`check_mac`).
    """
    return keys.unseal(slot.sealed, identity, _bound(vault_id, slot))


def sealed(vault_id: str, slot: _S, found: list[bytes]) -> _S:
    """The slot with the data keys sealed to its recipient, bound to all its other fields."""
    return replace(slot, sealed=keys.seal(found, slot.recipient, _bound(vault_id, slot)))


def _bound(vault_id: str, slot: Slot) -> bytes:
    """All other fields of the slot, so that none of them can be changed."""
    return msgspec.json.encode([FORMAT, vault_id, replace(slot, sealed=b"")], order="deterministic")
