"""How a laptop and the office come to know each other: by signed cards (SECURITY.md §3 "Trust")."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.domain.ids import DEVICES
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices
from leerwinkel_desktop.store.connection import Connection, named
from leerwinkel_desktop.store.devices import Device, Peer
from leerwinkel_desktop.store.files import write_durably
from sync import trust
from sync.age import Identity
from sync.clock import Clock

LARGEST_CARD = trust.MAX_CARD + 1


class NotAnOffice(InputError):
    """Only the office can do this."""


class NotALaptop(InputError):
    """Only a laptop can do this."""


class NotEnrolled(InputError):
    """The laptop has no office yet, so it cannot hand anything over."""


class AlreadyEnrolled(InputError):
    """The laptop belongs to another office already."""


class NoBlocksLeft(InputError):
    """All blocks of dossier numbers have been given out."""


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
    identity, _ = trust.new_identity()
    return Keys(trust.SigningKey.generate().private, identity)


def new_recovery() -> Recovery:
    """A fresh recovery identity."""
    return Recovery(*trust.new_identity())


def remember_own_keys(connection: Connection, device: Device) -> None:
    """Put the public half of the own keys beside the names of the other devices."""
    public = trust.SigningKey(device.signing_key).public
    recipient = Identity(device.identity).recipient
    devices.add_actor(connection, device.actor, verify_key=public, recipient=recipient)


def own_fingerprint(workspace: Workspace) -> str:
    """Five groups of four characters (and two check characters) that people compare (FORMAT.md §6.4)."""
    return trust.fingerprint(trust.SigningKey(workspace.device().signing_key).public)


def write_enrol_card(workspace: Workspace, path: Path) -> str:
    """Write this laptop's card; gives the fingerprint that the office must see too. Raises NotALaptop."""
    device = workspace.device()
    if device.role != "laptop":
        raise NotALaptop
    key = trust.SigningKey(device.signing_key)
    card = trust.EnrolCard(
        actor=device.actor,
        created=Clock().tick(workspace.now_ms()),
        name=device.name,
        public_key=key.public,
        recipient=Identity(device.identity).recipient,
    )
    write_durably(path, trust.write_card(card, key))
    return trust.fingerprint(key.public)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What an enrol card says; a person compares the fingerprint before welcoming it."""

    name: str
    fingerprint: str
    card: trust.EnrolCard


def read_enrol_card(path: Path) -> Candidate:
    """Read a laptop's card. Raises the errors of FORMAT.md §12."""
    card = trust.read_enrol(_read(path))
    return Candidate(card.name, trust.fingerprint(card.public_key), card)


def welcome(workspace: Workspace, candidate: Candidate, path: Path) -> Peer:
    """Let a laptop in: remember its keys, give it a block of dossier numbers and write its welcome card.

    The same laptop again keeps its block. Raises NotAnOffice or NoBlocksLeft.
    """
    device = workspace.device()
    if device.role != "office" or device.organisation is None or device.recovery_recipient is None:
        raise NotAnOffice
    card, key = candidate.card, trust.SigningKey(device.signing_key)
    with workspace.database.write() as transaction:
        known = devices.peer(transaction.connection, card.actor)
        number = known.device_number if known else None
        if number is None:
            number = devices.next_device_number(transaction.connection)
        if number >= DEVICES:
            raise NoBlocksLeft
        devices.add_actor(
            transaction.connection, card.actor, card.name, "laptop", number, card.public_key, card.recipient
        )
        transaction.note("device.welcomed", card.actor, workspace.user)
        answer = trust.WelcomeCard(
            created=Clock().tick(workspace.now_ms()),
            device=card.actor,
            device_key=trust.key_id(card.actor, card.public_key),
            device_number=number,
            number_prefix=device.town,
            office=device.actor,
            organisation=device.organisation,
            organisation_name=device.organisation_name or "",
            public_key=key.public,
            recipient=Identity(device.identity).recipient,
            recovery_recipient=device.recovery_recipient,
        )
        write_durably(path, trust.write_card(answer, key))
        return _known(transaction.connection, card.actor)


def accept(workspace: Workspace, path: Path) -> str:
    """Take the office's welcome; gives the office's fingerprint, to compare with the poster in the office.

    Raises NotALaptop, AlreadyEnrolled, or the errors of FORMAT.md §12 (NotForUs for another laptop's card).
    """
    device = workspace.device()
    if device.role != "laptop":
        raise NotALaptop
    card = trust.read_welcome(_read(path), device.actor, trust.SigningKey(device.signing_key).public)
    if device.organisation not in (None, card.organisation):
        raise AlreadyEnrolled
    with workspace.database.write() as transaction:
        joined = Device(
            role="laptop",
            name=device.name,
            number=card.device_number,
            town=card.number_prefix,
            organisation=card.organisation,
            organisation_name=card.organisation_name,
            actor=device.actor,
            signing_key=device.signing_key,
            identity=device.identity,
            recovery_recipient=card.recovery_recipient,
        )
        devices.write_device(transaction.connection, joined)
        devices.add_actor(
            transaction.connection, card.office, "Kantoor", "office", 0, card.public_key, card.recipient
        )
        transaction.note("device.accepted", card.office, workspace.user)
    return trust.fingerprint(card.public_key)


def known_devices(workspace: Workspace) -> list[Peer]:
    """All devices that this vault knows, itself first."""
    with workspace.database.read() as reader:
        return devices.peers(reader.connection)


def revoke(workspace: Workspace, actor: str) -> None:
    """Accept nothing more from a laptop than what is here now. Raises NotAnOffice."""
    if workspace.device().role != "office":
        raise NotAnOffice
    with workspace.database.write() as transaction:
        devices.set_state(transaction.connection, actor, "REVOKED")
        transaction.note("device.revoked", actor, workspace.user)


def _known(connection: Connection, actor: str) -> Peer:
    found = devices.peer(connection, actor)
    if found is None:
        raise LookupError(actor)
    return found


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_CARD)
    except OSError as error:
        raise named(error) from error
