"""What a user has in hand after unlocking: the database, the device, the code lists and the clock."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.store.database import Database
from leerwinkel_desktop.store.devices import Device, read_device
from leerwinkel_desktop.store.slots import OpenedVault


def now_ms() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True, repr=False)
class Workspace:
    """One unlocked vault; every service takes it as its first argument."""

    folder: Path
    opened: OpenedVault
    database: Database
    codelists: CodeLists
    today: Callable[[], date] = date.today
    now_ms: Callable[[], int] = now_ms

    @property
    def user(self) -> str:
        """Whose passphrase opened the vault."""
        return self.opened.user

    def device(self) -> Device:
        """Who this device is, as it stands now."""
        with self.database.read() as reader:
            return read_device(reader.connection)

    def close(self) -> None:
        """Close the database; the workspace cannot be used after this."""
        self.database.close()
