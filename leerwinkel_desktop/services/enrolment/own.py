"""A device's own keys, and what a new vault must know of itself (SECURITY.md §2 "Keys")."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leerwinkel_desktop.services import machine
from leerwinkel_desktop.services.trust import found, root_fingerprint
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.devices import Device, Peer
from sync import keys
from sync.age import Identity
from sync.keys import SigningKey


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """A device's own secrets: an Ed25519 signing key and an age identity."""

    signing_key: bytes
    identity: str


@dataclass(frozen=True, slots=True, repr=False)
class Recovery:
    """The offline way in: the identity goes on paper, the recipient into every bundle."""

    identity: str
    recipient: str


def new_keys() -> Keys:
    """Fresh keys for a device."""
    identity, _ = keys.new_identity()
    return Keys(SigningKey.generate().private, identity)


def new_recovery() -> Recovery:
    """A fresh recovery identity."""
    return Recovery(*keys.new_identity())


def settle(connection: Connection, device: Device, folder: Path) -> str | None:
    """Make a new vault known to itself: own keys, its place, and at an office the root.

    Gives the root's line of text, for paper only; None on a laptop.
    """
    public = SigningKey(device.signing_key).public
    recipient = Identity(device.identity).recipient
    devices.add_actor(connection, device.actor, verify_key=public, recipient=recipient)
    machine.bind(connection, folder)
    return found(connection, device) if device.role == "office" else None


def catch_up(connection: Connection, folder: Path) -> None:
    """Give a vault from before there was a root what it lacks; the new root waits to be printed."""
    device = devices.read_device(connection)
    machine.bind_once(connection, folder)
    if device.role == "office" and trusted.pinned(connection).root is None:
        trusted.pin(connection, root_waiting=found(connection, device))


def own_fingerprint(workspace: Workspace) -> str:
    """Five groups of four characters (and two check characters) that people compare (FORMAT.md §6.4).

    A laptop shows that of its own key; the office that of the root, which hangs there on a poster.
    """
    device = workspace.device()
    root = root_fingerprint(workspace) if device.role == "office" else None
    return root or keys.fingerprint(SigningKey(device.signing_key).public)


def known_devices(workspace: Workspace) -> list[Peer]:
    """All devices that this vault knows, itself first; not those of whom it only holds changes."""
    with workspace.database.read() as reader:
        own, *others = devices.peers(reader.connection)
    return [own, *(peer for peer in others if peer.role or peer.verify_key or peer.upto)]


def secret(workspace: Workspace, name: str) -> bytes | None:
    """What the office's welcome gave this laptop under a name, or None."""
    with workspace.database.read() as reader:
        return trusted.secret(reader.connection, name)
