"""Changes the data key in two phases, with both keys in the slots meanwhile (SECURITY.md §2 "Removing")."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from leerwinkel_desktop.store.keys import KEY_BYTES
from leerwinkel_desktop.store.slots.file import Slot
from leerwinkel_desktop.store.slots.opened import OpenedVault, checked, write
from leerwinkel_desktop.store.slots.sealed import sealed


def begin_key_change(folder: Path, opened: OpenedVault, without: Sequence[str] = ()) -> list[Slot]:
    """Put a next data key beside the present one in every slot, and drop the slots of these users.

    From here on each way in gives both keys; `finish_key_change` ends it, after the database has changed.
    Gives the slots as they were, for `call_off_key_change`.
    """
    before = checked(folder, opened)
    opened.next_key = secrets.token_bytes(KEY_BYTES)
    _seal_anew(folder, opened, [slot for slot in before if slot.id not in without])
    return before


def call_off_key_change(folder: Path, opened: OpenedVault, before: Sequence[Slot]) -> None:
    """Put the slots back as they were: the database is still under the present data key."""
    opened.next_key = None
    write(folder, opened, before)


def finish_key_change(folder: Path, opened: OpenedVault) -> None:
    """Let go of the old data key: the database opens with the next one."""
    slots = checked(folder, opened)
    opened.key, opened.next_key = opened.keys[-1], None
    _seal_anew(folder, opened, slots)


def _seal_anew(folder: Path, opened: OpenedVault, slots: Sequence[Slot]) -> None:
    write(folder, opened, [sealed(opened.vault_id, slot, opened.keys) for slot in slots])
