"""How a laptop and the office come to know each other: by signed cards (SECURITY.md §3 "Trust").

Enrol on the laptop, compare the characters, welcome at the office, compare the root with the poster, accept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.domain.ids import DEVICES
from leerwinkel_desktop.services import access, detention, machine, ways
from leerwinkel_desktop.services.machine import CopiedVault, moved, stay
from leerwinkel_desktop.services.renewal import Renewed, renew_actor
from leerwinkel_desktop.services.trust import (
    MOST_AHEAD,
    NotALaptop,
    NotAnOffice,
    NotEnrolled,
    NothingToPrint,
    RestoredCopy,
    TooLongAway,
    forget_root,
    found,
    known_keyset,
    lost,
    office_peer,
    revoke,
    root_fingerprint,
    root_waiting,
    rotate,
    rotation_due,
    show_root,
    sign_roster,
    take_keyset,
)
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import changelog, devices
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection, named
from leerwinkel_desktop.store.devices import Device, Peer
from leerwinkel_desktop.store.files import write_durably
from sync import Change, keys, lines, trust
from sync.age import Identity
from sync.clock import Clock
from sync.errors import Fork
from sync.keys import SigningKey
from sync.lines import Unknown
from sync.trust import Mark, WelcomeCard

__all__ = [
    "CopiedVault",
    "NotALaptop",
    "NotAnOffice",
    "NotEnrolled",
    "NothingToPrint",
    "Renewed",
    "RestoredCopy",
    "TooLongAway",
    "forget_root",
    "lost",
    "moved",
    "renew_actor",
    "revoke",
    "root_fingerprint",
    "root_waiting",
    "rotate",
    "rotation_due",
    "show_root",
    "stay",
]

LARGEST_CARD = trust.MAX_WELCOME + 1


class AlreadyEnrolled(InputError):
    """The laptop belongs to another office already."""


class NoBlocksLeft(InputError):
    """All blocks of dossier numbers have been given out."""


class StoppedLaptop(InputError):
    """A revoked or lost laptop is not welcomed again under the same actor."""


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


@dataclass(frozen=True, slots=True)
class Candidate:
    """What an enrol card says; a person compares the fingerprint before welcoming it."""

    name: str
    fingerprint: str
    card: trust.EnrolCard


def read_enrol_card(path: Path) -> Candidate:
    """Read a laptop's card. Raises the errors of FORMAT.md §12."""
    card = trust.read_enrol(_read(path))
    return Candidate(card.name, keys.fingerprint(card.public_key), card)


def check_fingerprint(candidate: Candidate, typed: str) -> None:
    """Compare what was typed from the laptop's screen. Raises FingerprintMistyped or FingerprintDiffers."""
    keys.check_fingerprint(typed, candidate.card.public_key)


def welcome(
    workspace: Workspace, candidate: Candidate, path: Path, secrets: Mapping[str, bytes] | None = None
) -> Peer:
    """Let a laptop in: remember its keys, give it a block of dossier numbers, sign the roster, and write a
    welcome sealed to it. `secrets` (name -> up to 4096 bytes) travel along.

    The same laptop again keeps its block. Raises NotAllowed, NotAnOffice, StoppedLaptop or NoBlocksLeft.
    """
    card = candidate.card
    with workspace.database.write() as transaction:
        connection = transaction.connection
        device = devices.read_device(connection)
        if device.role != "office":
            raise NotAnOffice
        access.require(workspace, "OFFICE")
        _let_in(connection, card)
        laptop = _known(connection, card.actor)
        mark = _give_again(connection, laptop)
        above = min(card.roster, trusted.roster_version(connection) + MOST_AHEAD)
        roster = sign_roster(connection, above)
        trusted.set_standing(connection, card.actor, roster=roster.version)
        transaction.note("device.welcomed", card.actor, workspace.user)
        answer = WelcomeCard(
            created=Clock().tick(workspace.now_ms()),
            device=card.actor,
            device_key=keys.key_id(card.actor, card.public_key),
            device_number=laptop.device_number or 0,
            given=mark,
            held=Mark(chain=laptop.chain, last=laptop.upto),
            keyset=known_keyset(connection),
            number_prefix=device.town,
            office=device.actor,
            organisation_name=device.organisation_name or device.name,
            roster=roster,
            secrets={**_detention_key(workspace, card.recipient), **(secrets or {})},
        )
        sealed = trust.write_welcome(answer, SigningKey(device.signing_key), card.recipient)
        write_durably(path, sealed)
        return _known(connection, card.actor)


def _detention_key(workspace: Workspace, recipient: str) -> dict[str, bytes]:
    """The organisation's detention key for a laptop, when whoever welcomes it has access to it."""
    if not detention.may_open(workspace):
        return {}
    return {detention.SECRET: detention.export_key_for(workspace, recipient)}


def _let_in(connection: Connection, card: trust.EnrolCard) -> None:
    known = devices.peer(connection, card.actor)
    if known is not None and known.state != "ACTIVE":
        raise StoppedLaptop
    number = known.device_number if known else None
    if number is None:
        number = devices.next_device_number(connection)
    if number >= DEVICES:
        raise NoBlocksLeft
    devices.add_actor(connection, card.actor, card.name, "laptop", number, card.public_key, card.recipient)
    if card.previous is not None and devices.peer(connection, card.previous) is not None:
        trusted.set_standing(connection, card.previous, successor=card.actor)


def _give_again(connection: Connection, laptop: Peer) -> Mark:
    """Where the office's stream to the laptop goes on; what waits for it is given again behind that.

    Receipts, keysets and rosters are not: the welcome tells the same, and newer.
    """
    waiting = [raw for _, raw in devices.given(connection, laptop.actor)]
    mark = Mark(chain=laptop.sent_chain, last=laptop.sent)
    number, chain = laptop.sent, laptop.sent_chain
    for raw in waiting:
        line = lines.parse_verified(raw)
        if isinstance(line, Unknown | Change):
            number, chain = number + 1, lines.link(chain, line, raw)
            devices.give(connection, laptop.actor, number, raw)
    devices.set_position(connection, laptop.actor, "sent", number, chain)
    return mark


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
        for name, value in card.secrets.items():
            if name == detention.SECRET:  # never kept: the key that opens it lies in the same database
                identity = devices.read_device(connection).identity
                detention.take_key_in(workspace, transaction, value, identity)
            else:
                trusted.keep_secret(connection, name, value)
        transaction.note("device.accepted", card.office, workspace.user)
    ways.keep(workspace)
    return keys.fingerprint(card.keyset.root)


def _welcome(connection: Connection, path: Path) -> WelcomeCard:
    device = devices.read_device(connection)
    if device.role != "laptop":
        raise NotALaptop
    pinned = trusted.pinned(connection).root
    card = trust.read_welcome(
        _read(path),
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


def known_devices(workspace: Workspace) -> list[Peer]:
    """All devices that this vault knows, itself first."""
    with workspace.database.read() as reader:
        return devices.peers(reader.connection)


def secret(workspace: Workspace, name: str) -> bytes | None:
    """What the office's welcome gave this laptop under a name, or None."""
    with workspace.database.read() as reader:
        return trusted.secret(reader.connection, name)


def _known(connection: Connection, actor: str) -> Peer:
    found_peer = devices.peer(connection, actor)
    if found_peer is None:
        raise LookupError(actor)
    return found_peer


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_CARD)
    except OSError as error:
        raise named(error) from error
