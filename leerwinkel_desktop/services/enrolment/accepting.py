"""The laptop takes the office's welcome: people compare the root with the poster, and it is pinned."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services import detention, ways
from leerwinkel_desktop.services.enrolment.cards import LARGEST_CARD
from leerwinkel_desktop.services.trust import NotALaptop, RestoredCopy, office_peer, take_keyset
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import along, changelog, devices, trails
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.database import Transaction
from leerwinkel_desktop.store.files import read_at_most
from sync import keys, trust
from sync.age import Identity
from sync.errors import Fork
from sync.keys import SigningKey
from sync.trust import WelcomeCard


class AlreadyEnrolled(InputError):
    """The laptop belongs to another office already."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a welcome says, before it is accepted: people compare the root with the poster in the office.

    `pinned` means that this root was compared here before.
    """

    organisation: str
    root_fingerprint: str
    device_number: int
    pinned: bool


def read_welcome_card(workspace: Workspace, path: Path) -> Invitation:
    """Look at the office's welcome; nothing is written. Raises what `accept` raises."""
    with workspace.database.read() as reader:
        card = _welcome(reader.connection, path)
        pinned = trusted.pinned(reader.connection).root is not None
    return Invitation(card.organisation_name, keys.fingerprint(card.keyset.root), card.device_number, pinned)


def accept(workspace: Workspace, path: Path, typed: str | None = None) -> str:
    """Take the office's welcome and pin its root; gives the root's fingerprint as on the poster.

    `typed` is what somebody typed from the poster, compared first. Raises NotALaptop, FingerprintMistyped,
    FingerprintDiffers, AlreadyEnrolled, RestoredCopy, NotAKey, or the errors of FORMAT.md §12 (NotForUs for
    another laptop's card, RootDiffers, RolledBack …).
    """
    with workspace.database.write() as transaction:
        connection = transaction.connection
        card = _welcome(connection, path)
        if typed is not None:
            keys.check_fingerprint(typed, card.keyset.root)
        before = trusted.roster_version(connection)
        _join(connection, card)
        if card.roster.version > before:
            _take_positions(connection, card)
        _keep_secrets(workspace, transaction, card)
        transaction.note("device.accepted", card.office, workspace.user)
    ways.keep(workspace)
    return keys.fingerprint(card.keyset.root)


def _keep_secrets(workspace: Workspace, transaction: Transaction, card: WelcomeCard) -> None:
    for name, value in card.secrets.items():
        if name == detention.SECRET:  # never kept: the key that opens it lies in the same database
            identity = devices.read_device(transaction.connection).identity
            detention.take_key_in(workspace, transaction, value, identity)
        else:
            trusted.keep_secret(transaction.connection, name, value)


def _welcome(connection: Connection, path: Path) -> WelcomeCard:
    device = devices.read_device(connection)
    if device.role != "laptop":
        raise NotALaptop
    pinned = trusted.pinned(connection).root
    card = trust.read_welcome(
        read_at_most(path, LARGEST_CARD),
        [Identity(device.identity)],
        device.actor,
        SigningKey(device.signing_key).public,
        root=pinned,
        keyset=trusted.keyset(connection),
        known=trusted.known_roster(connection),
    )
    if device.organisation not in (None, card.keyset.organisation):
        raise AlreadyEnrolled
    if device.organisation is not None and pinned is None:  # enrolled before there was a root
        office = office_peer(connection)
        if card.keyset.find(office.verify_key or b"") is None:
            raise AlreadyEnrolled
    return card


def _join(connection: Connection, card: WelcomeCard) -> None:
    device = devices.read_device(connection)
    joined = replace(
        device,
        number=card.device_number,
        town=card.number_prefix,
        organisation=card.keyset.organisation,
        organisation_name=card.organisation_name,
    )
    devices.write_device(connection, joined)
    for peer in devices.peers(connection)[1:]:
        if peer.role == "office" and peer.actor != card.office:
            devices.set_state(connection, peer.actor, "REVOKED")
    devices.add_actor(connection, card.office, "Kantoor", "office", 0)
    trusted.pin(connection, root=card.keyset.root, previous=None)
    take_keyset(connection, card.keyset, card.office)
    trusted.put(connection, card.roster)


def _take_positions(connection: Connection, card: WelcomeCard) -> None:
    """Start from where the office stands: it may have been restored, or know us from before."""
    own = devices.peers(connection)[0]
    if card.held.last > own.upto:
        raise RestoredCopy
    chain = changelog.chain_at(connection, own.actor, card.held.last)
    if chain != card.held.chain:
        raise Fork(own.actor, card.held.last)
    devices.set_position(connection, own.actor, "acked", card.held.last, chain)
    devices.set_position(connection, card.office, "received", card.given.last, card.given.chain)
    trusted.set_standing(connection, card.office, created=card.created)
    trails.forget(connection)
    along.welcomed(connection, card.held.last, card.given.last)
