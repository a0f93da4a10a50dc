"""The vault file: a random data key, reached by one slot for each way in (SECURITY.md §2 "Slots").

`vault.json` stands beside the database. A user's passphrase makes `user_key`, which wraps an age identity of
the user; the data key is sealed to that identity's recipient. So the data key can change without anybody's
passphrase. The hub slot is sealed to the office, the paper slot to the recovery key (docs/decisions/0008).
"""

from __future__ import annotations

from leerwinkel_desktop.store.keys import CHEAPEST
from leerwinkel_desktop.store.slots.backup import as_restored, begin_new_life, without_users
from leerwinkel_desktop.store.slots.changing import add_user, change_passphrase, edit_user, reset_user
from leerwinkel_desktop.store.slots.file import (
    COPY,
    FILE,
    MAX_FILE,
    MOST_SLOTS,
    HubSlot,
    PaperSlot,
    Role,
    UserSlot,
    VaultFile,
    decode,
    exists,
    format_of,
    read,
)
from leerwinkel_desktop.store.slots.key_change import (
    begin_key_change,
    call_off_key_change,
    finish_key_change,
)
from leerwinkel_desktop.store.slots.opened import OpenedVault
from leerwinkel_desktop.store.slots.opening import admit, confirm, create, unlock
from leerwinkel_desktop.store.slots.sealed import Way, open_slot, open_with_identity, set_way, ways
from leerwinkel_desktop.store.slots.wrapped import User, users

__all__ = [
    "CHEAPEST",
    "COPY",
    "FILE",
    "MAX_FILE",
    "MOST_SLOTS",
    "HubSlot",
    "OpenedVault",
    "PaperSlot",
    "Role",
    "User",
    "UserSlot",
    "VaultFile",
    "Way",
    "add_user",
    "admit",
    "as_restored",
    "begin_key_change",
    "begin_new_life",
    "call_off_key_change",
    "change_passphrase",
    "confirm",
    "create",
    "decode",
    "edit_user",
    "exists",
    "finish_key_change",
    "format_of",
    "open_slot",
    "open_with_identity",
    "read",
    "reset_user",
    "set_way",
    "unlock",
    "users",
    "ways",
    "without_users",
]
