"""The card by which a laptop asks in: written on the laptop, read at the office (FORMAT.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leerwinkel_desktop.services import machine
from leerwinkel_desktop.services.machine import CopiedVault
from leerwinkel_desktop.services.trust import NotALaptop
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.files import read_at_most, write_durably
from sync import keys, trust
from sync.age import Identity
from sync.clock import Clock
from sync.keys import SigningKey

LARGEST_CARD = trust.MAX_WELCOME + 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """What an enrol card says; a person compares the fingerprint before welcoming it."""

    name: str
    fingerprint: str
    card: trust.EnrolCard


def write_enrol_card(workspace: Workspace, path: Path) -> str:
    """Write this laptop's card; gives the fingerprint that the office must see too.

    Raises NotALaptop, or CopiedVault where people must first say whether the vault was moved or copied.
    """
    with workspace.database.read() as reader:
        device = devices.read_device(reader.connection)
        previous = trusted.pinned(reader.connection).previous
        version = trusted.roster_version(reader.connection)
        if device.role != "laptop":
            raise NotALaptop
        if machine.moved_in(reader.connection, workspace.folder) == "MACHINE":
            raise CopiedVault
    key = SigningKey(device.signing_key)
    card = trust.EnrolCard(
        actor=device.actor,
        created=Clock().tick(workspace.now_ms()),
        name=device.name,
        previous=previous,
        public_key=key.public,
        recipient=Identity(device.identity).recipient,
        roster=version,
    )
    write_durably(path, trust.write_card(card, key))
    return keys.fingerprint(key.public)


def read_enrol_card(path: Path) -> Candidate:
    """Read a laptop's card. Raises the errors of FORMAT.md §12."""
    card = trust.read_enrol(read_at_most(path, LARGEST_CARD))
    return Candidate(card.name, keys.fingerprint(card.public_key), card)


def check_fingerprint(candidate: Candidate, typed: str) -> None:
    """Compare what was typed from the laptop's screen. Raises FingerprintMistyped or FingerprintDiffers."""
    keys.check_fingerprint(typed, candidate.card.public_key)
