"""What is safe at the office and what is only here, told from receipts alone (SECURITY.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services.exchange.persons import Owners
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import along, devices
from leerwinkel_desktop.store.devices import BundleRow

SUFFIX = ".lwb"


class UnknownLaptop(InputError):
    """The office knows no such laptop."""


@dataclass(frozen=True, slots=True)
class Pending:
    """`changes` in `dossiers` are only on this laptop; `safe_dossiers` are at the office.

    `last_receipt_ms` is when the last receipt was read, None for never; `enrolled`: there is an office;
    `erased`: the office does not know yet that what it erased is gone here too.
    """

    role: devices.Role
    enrolled: bool
    changes: int
    dossiers: int
    safe_dossiers: int
    last_receipt_ms: int | None
    erased: bool = False


def pending(workspace: Workspace) -> Pending:
    """Where the data of this vault is."""
    with workspace.database.read() as reader:
        connection = reader.connection
        device = devices.read_device(connection)
        own = devices.peers(connection)[0]
        total = connection.execute("SELECT count(*) FROM client WHERE removed = 0").fetchone()[0]
        if device.role == "office":
            return Pending(device.role, True, 0, 0, int(total), None)
        unsafe = connection.execute(
            "SELECT DISTINCT kind, record_id FROM change WHERE actor = 1 AND seq > ?", (own.acked,)
        ).fetchall()
        touched = Owners(connection).clients(unsafe)
        removed = connection.execute("SELECT id FROM client WHERE removed = 1")
        dossiers = len(touched)
        shown = dossiers - len(touched & {row[0] for row in removed})
        read = devices.bundles(connection, direction="IN")
        return Pending(
            device.role,
            device.organisation is not None,
            own.upto - own.acked,
            dossiers,
            int(total) - shown,
            read[0].at_ms if read else None,
            along.must_tell(connection),
        )


def log(workspace: Workspace) -> list[BundleRow]:
    """All bundles written and read here, newest first."""
    with workspace.database.read() as reader:
        return devices.bundles(reader.connection)


def bundles_in(folder: Path) -> list[Path]:
    """The bundle files in a folder, oldest name first; nothing for a folder that is not there."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX and path.is_file())


def laptop_actor(workspace: Workspace, number: int) -> str:
    """The actor of a laptop by its number. Raises UnknownLaptop."""
    with workspace.database.read() as reader:
        for peer in devices.peers(reader.connection):
            if peer.role == "laptop" and peer.device_number == number:
                return peer.actor
    raise UnknownLaptop
