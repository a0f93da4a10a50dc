"""Opens the office's own vault, or one out of a backup, with the printed sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services import passphrases, vaults
from leerwinkel_desktop.services.recovery.sheet import sheet_identity
from leerwinkel_desktop.services.recovery.whose import chosen
from leerwinkel_desktop.services.workspace import Workspace, now_ms
from leerwinkel_desktop.store import slots, tries
from leerwinkel_desktop.store.keys import Cost
from leerwinkel_desktop.store.slots import HubSlot


class SheetOnLaptop(InputError):
    """The secret of the sheet is never typed on a laptop: write a request and answer it at the office."""


def open_with_sheet(
    folder: Path,
    sheet: str,
    user: str | None,
    passphrase: str,
    *,
    name: str = "Beheerder",
    cost: Cost | None = None,
    clock: Callable[[], int] = now_ms,
    today: Callable[[], date] = date.today,
) -> Workspace:
    """Open the vault with the text of the sheet; from now on this passphrase of this user opens it.

    Raises SheetOnLaptop, SheetMistyped, NoWayIn, UnknownUser, WeakPassphrase, GuessablePassphrase, and what
    `vaults.unlock` raises.
    """
    file = slots.read(folder)
    if not file.restored and any(isinstance(slot, HubSlot) for slot in file.slots):
        raise SheetOnLaptop
    whose = chosen(folder, user, name)
    passphrases.check(passphrase, whose.name)
    data_keys = slots.open_with_identity(file, sheet_identity(sheet), "paper")
    opened = slots.admit(folder, file, data_keys, whose.name, whose.role, passphrase, cost, user_id=whose.id)
    tries.start(folder)
    return vaults.enter(folder, opened, clock=clock, today=today, action="vault.recovered")
