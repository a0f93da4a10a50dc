"""Keeps the ways into a vault that need nobody's passphrase (SECURITY.md §2): by the office, by the sheet."""

from __future__ import annotations

from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices, slots
from leerwinkel_desktop.store.slots import Way


def keep(workspace: Workspace) -> tuple[Way, ...]:
    """Seal the data key to the office and to the recovery key that this vault knows now; gives what was new.

    Called at each unlock and when a laptop accepts its welcome, so a yearly new office key finds its way by
    itself. Raises DiskFull or VaultUnreachable.
    """
    with workspace.database.read() as reader:
        device = devices.read_device(reader.connection)
        office = next((peer for peer in devices.peers(reader.connection) if peer.role == "office"), None)
    wanted: dict[Way, str | None] = {"paper": device.recovery_recipient}
    if device.role == "laptop" and office is not None:
        wanted["hub"] = office.recipient
    standing = slots.ways(workspace.folder)
    renewed: list[Way] = []
    for way, recipient in wanted.items():
        slot = standing.get(way)
        if recipient and (slot is None or (slot.recipient, slot.owner) != (recipient, device.actor)):
            slots.set_way(workspace.folder, workspace.opened, way, recipient, device.actor)
            renewed.append(way)
    return tuple(renewed)
