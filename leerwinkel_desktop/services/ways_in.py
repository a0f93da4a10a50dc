"""Tells what can still open a locked vault when nobody knows its passphrase (SECURITY.md §2)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leerwinkel_desktop.services import recovery, vaults
from leerwinkel_desktop.store import slots
from leerwinkel_desktop.store.slots import User


@dataclass(frozen=True, slots=True)
class WaysIn:
    """`office`: by a request to it; `sheet`: the printed sheet may be typed here.

    `users` may choose whose passphrase was forgotten; a vault out of a backup may have none. `asked` are the
    signs of the request that waits for its answer.
    """

    vault: bool
    users: tuple[User, ...]
    office: bool
    sheet: bool
    asked: str | None


def look(folder: Path) -> WaysIn:
    """Look at a locked vault from outside. Raises ForeignFile, NewerVault or VaultUnreachable."""
    if not vaults.exists(folder):
        return WaysIn(False, (), False, False, None)
    if slots.format_of(folder) < 2:  # the first format knew one user and no other way in
        return WaysIn(True, (), False, False, None)
    file, standing = slots.read(folder), slots.ways(folder)
    laptop = "hub" in standing and not file.restored
    return WaysIn(
        vault=True,
        users=tuple(recovery.users_of(folder)),
        office="hub" in standing,
        sheet="paper" in standing and not laptop,
        asked=recovery.waiting_for_answer(folder),
    )


def without_users(folder: Path) -> bool:
    """Whether a vault stands here that no passphrase opens: it came out of a backup.

    Raises ForeignFile, NewerVault or VaultUnreachable.
    """
    return vaults.exists(folder) and slots.format_of(folder) > 1 and not slots.users(folder)
