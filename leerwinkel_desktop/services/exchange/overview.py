"""What is safe at the office and what is only here, told from receipts alone (SECURITY.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import along, devices, people
from leerwinkel_desktop.store.devices import BundleRow

SUFFIX = ".lwb"


class UnknownLaptop(InputError):
    """The office knows no such laptop."""


@dataclass(frozen=True, slots=True)
class Pending:
    """`changes` in `dossiers` are only on this laptop; `safe_dossiers` are at the office.

    `last_receipt_ms` is when the last receipt was read, None for never; `enrolled`: there is an office;
    `to_tell`: the office waits for word of what it gave, asked back or erased, or of who left. `taken`
    dossiers were taken along from the office, and of `overdue` of them the return date has passed. Dossiers
    that were merged count once.
    """

    role: devices.Role
    enrolled: bool
    changes: int
    dossiers: int
    safe_dossiers: int
    last_receipt_ms: int | None
    to_tell: bool = False
    taken: int = 0
    overdue: int = 0


def pending(workspace: Workspace) -> Pending:
    """Where the data of this vault is."""
    with workspace.database.read() as reader:
        connection = reader.connection
        device = devices.read_device(connection)
        own = devices.peers(connection)[0]
        total = people.how_many(connection)
        if device.role == "office":
            return Pending(device.role, True, 0, 0, total, None)
        unsent = along.unsent(connection, own.acked)
        last = connection.execute("SELECT max(at_ms) FROM bundle WHERE direction = 'IN'").fetchone()[0]
        untils = along.untils(connection)
        today = workspace.today().isoformat()
        return Pending(
            device.role,
            device.organisation is not None,
            own.upto - own.acked,
            len(people.persons(connection, unsent)),
            total - people.shown(connection, unsent),
            last,
            along.must_tell(connection),
            len(people.persons(connection, untils)),
            len(people.persons(connection, [each for each, day in untils.items() if day and day < today])),
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
