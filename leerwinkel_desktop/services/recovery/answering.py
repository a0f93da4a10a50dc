"""The office's half of a recovery: answers a request with its own keys, or with the printed sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.recovery.asked import Asked, check_signs
from leerwinkel_desktop.services.recovery.sheet import sheet_identity
from leerwinkel_desktop.services.trust import NotAnOffice
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices, keys, slots, trust
from leerwinkel_desktop.store.errors import NoWayIn
from leerwinkel_desktop.store.files import write_durably
from leerwinkel_desktop.store.slots import HubSlot, PaperSlot


class RefusedLaptop(InputError):
    """The office does not know this laptop, or has reported it revoked or lost: it gets no answer.

    `name` is the laptop's name, or its number when it is unknown.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def laptop_name(workspace: Workspace, asked: Asked) -> str | None:
    """How the office calls the laptop that asks, or None when it does not know it."""
    with workspace.database.read() as reader:
        peer = devices.peer(reader.connection, asked.owner)
    return None if peer is None else peer.name


def answer(workspace: Workspace, asked: Asked, typed: str, path: Path) -> None:
    """Let the laptop in again, at the office; `typed` are the signs that stand on the laptop's screen.

    Raises NotAllowed, NotAnOffice, FingerprintMistyped, FingerprintDiffers, RefusedLaptop, NoWayIn, DiskFull
    or VaultUnreachable.
    """
    access.require(workspace, "OFFICE")
    device = workspace.device()
    if device.role != "office":
        raise NotAnOffice
    check_signs(asked, typed)
    with workspace.database.read() as reader:
        peer = devices.peer(reader.connection, asked.owner)
        identities = [device.identity, *(one.identity for one in trust.office_keys(reader.connection))]
    if peer is None or peer.role != "laptop" or peer.state != "ACTIVE":
        raise RefusedLaptop(peer.name or asked.owner if peer else asked.owner)
    _answer(asked, asked.hub, identities, path)
    with workspace.database.write() as transaction:
        transaction.note("recovery.answered", asked.owner, workspace.user)


def answer_with_sheet(asked: Asked, typed: str, sheet: str, path: Path) -> None:
    """Let a laptop in again with the printed sheet alone, on a machine of the office without its vault.

    Raises SheetMistyped, FingerprintMistyped, FingerprintDiffers, NoWayIn, DiskFull or VaultUnreachable.
    """
    check_signs(asked, typed)
    _answer(asked, asked.paper, [sheet_identity(sheet)], path)


def _answer(asked: Asked, slot: HubSlot | PaperSlot | None, identities: Sequence[str], path: Path) -> None:
    if slot is None:
        raise NoWayIn
    for identity in identities:
        found = slots.open_slot(asked.vault_id, slot, identity)
        if found is not None:
            write_durably(path, keys.seal(found, asked.recipient, asked.raw))
            return
    raise NoWayIn
