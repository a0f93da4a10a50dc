"""The organisation's chain of trust: root, keyset and roster, and who is stopped (SECURITY.md §3 "Trust")."""

from __future__ import annotations

from datetime import timedelta

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices, trust
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.devices import Device, Peer
from leerwinkel_desktop.store.trust import OfficeKeys
from sync import keys, roster
from sync.age import Identity
from sync.clock import Clock
from sync.errors import IllFormed, RootDiffers
from sync.keys import SigningKey
from sync.roster import Keyset, Member, OfficeKey, Role, Roster, State

GRACE = timedelta(days=366)
YEAR_MS = 365 * 86_400_000
MOST_AHEAD = 10_000


class NotAnOffice(InputError):
    """Only the office can do this."""


class NotALaptop(InputError):
    """Only a laptop can do this."""


class NotEnrolled(InputError):
    """The laptop has no office yet, so it cannot hand anything over."""


class TooLongAway(InputError):
    """The laptop missed a change of the office's keys for too long: it must be welcomed again."""


class RestoredCopy(EnvironmentProblem):
    """The office holds more than this laptop ever wrote: this is a restored copy (SECURITY.md §4)."""


class RestoredOffice(EnvironmentProblem):
    """The office went back to an older backup: it forgot what it once confirmed (FORMAT.md §13.7)."""


class NothingToPrint(InputError):
    """No root key waits to be printed: it stands on the sheet already."""


def found(connection: Connection, device: Device) -> str:
    """Make the root of an office, its first keyset and roster; gives the root's line of text, for paper.

    The key that the office has already becomes the first of the keyset, valid from the beginning.
    """
    if device.organisation is None or device.recovery_recipient is None:
        raise NotAnOffice
    text, root = roster.new_root()
    own = OfficeKeys(device.signing_key, device.identity, 0, None, 1)
    unsigned = Keyset(
        keys=[_public(own)],
        organisation=device.organisation,
        recovery_recipient=device.recovery_recipient,
        root=root.public,
        version=1,
    )
    trust.add_office_keys(connection, own, None)
    trust.put(connection, roster.sign_keyset(unsigned, root))
    trust.pin(connection, root=root.public)
    sign_roster(connection)
    return text


def sign_roster(connection: Connection, above: int = 0) -> Roster:
    """Sign who belongs, as it stands now, under the next version, which is also above that number."""
    keyset = known_keyset(connection)
    own = trust.office_keys(connection)[-1]
    members = [
        _member(connection, peer) for peer in devices.peers(connection) if peer.verify_key and peer.role
    ]
    unsigned = Roster(
        keyset=keyset.version,
        members=sorted(members, key=lambda member: member.actor),
        organisation=keyset.organisation,
        public_key=keyset.current.public_key,
        version=max(trust.roster_version(connection), above) + 1,
    )
    signed = roster.sign_roster(unsigned, SigningKey(own.signing_key))
    trust.put(connection, signed)
    return signed


def known_keyset(connection: Connection) -> Keyset:
    """The keyset known here. Raises NotEnrolled where there is none."""
    keyset = trust.keyset(connection)
    if keyset is None:
        raise NotEnrolled
    return keyset


def _member(connection: Connection, peer: Peer) -> Member:
    state: State = "ACTIVE" if peer.state == "ACTIVE" else "LOST" if peer.state == "LOST" else "REVOKED"
    role: Role = "office" if peer.role == "office" else "laptop"
    cut = trust.standing(connection, peer.actor).last
    return Member(
        actor=peer.actor,
        device_number=peer.device_number or 0,
        last=None if state == "ACTIVE" else peer.upto if cut is None else cut,
        name=peer.name or "Laptop",
        public_key=peer.verify_key or b"",
        recipient=keys.recipient_hash(peer.recipient or ""),
        role=role,
        state=state,
    )


def _public(own: OfficeKeys) -> OfficeKey:
    return OfficeKey(
        public_key=SigningKey(own.signing_key).public,
        recipient=Identity(own.identity).recipient,
        valid_from=own.valid_from,
        valid_until=own.valid_until,
    )


def rotate(workspace: Workspace, root_text: str) -> None:
    """Give the office new keys, about once a year; `root_text` is the root's line on the recovery sheet.

    Raises NotAllowed, NotAnOffice, BadKey for a line that is no root key, RootDiffers for another root's.
    """
    access.require(workspace, "ADMINISTRATOR")
    root = roster.root_key(root_text)
    with workspace.database.write() as transaction:
        connection = transaction.connection
        device = devices.read_device(connection)
        if device.role != "office":
            raise NotAnOffice
        keyset = known_keyset(connection)
        if root.public != keyset.root:
            raise RootDiffers
        hlc = connection.execute("SELECT hlc FROM device").fetchone()[0]
        stamp = Clock(hlc).tick(transaction.now_ms)
        transaction.log.observe(stamp)
        until = stamp + (int(GRACE.total_seconds() * 1000) << 16)
        identity, _ = keys.new_identity()
        fresh = OfficeKeys(
            SigningKey.generate().private, identity, stamp, None, trust.roster_version(connection) + 1
        )
        trust.add_office_keys(connection, fresh, until)
        own = trust.office_keys(connection)[-roster.MAX_KEYS :]
        unsigned = Keyset(
            keys=[_public(one) for one in own],
            organisation=keyset.organisation,
            recovery_recipient=keyset.recovery_recipient,
            root=root.public,
            version=keyset.version + 1,
        )
        trust.put(connection, roster.sign_keyset(unsigned, root))
        connection.execute(
            "UPDATE device SET signing_key = ?, identity = ?", (fresh.signing_key, fresh.identity)
        )
        public = _public(fresh)
        devices.add_actor(connection, device.actor, verify_key=public.public_key, recipient=public.recipient)
        sign_roster(connection)
        transaction.note("office.rotated", device.actor, workspace.user)


def rotation_due(workspace: Workspace) -> bool:
    """Whether the office's current key is older than a year (the first one counts from when it signed)."""
    with workspace.database.read() as reader:
        own = trust.office_keys(reader.connection)
        first = reader.connection.execute("SELECT min(at_ms) FROM audit_entry").fetchone()[0]
    if not own:
        return False
    begun = own[-1].valid_from >> 16 or int(first or 0)
    return workspace.now_ms() - begun > YEAR_MS


def signing_key_for(connection: Connection, actor: str, created: int) -> SigningKey:
    """The newest office key that a laptop knows. Raises TooLongAway when that one is no longer valid."""
    known = trust.standing(connection, actor).roster
    own = trust.office_keys(connection)
    usable = [key for key in own if key.roster <= known] or own[:1]
    newest = usable[-1]
    if newest.valid_until is not None and created > newest.valid_until:
        raise TooLongAway
    return SigningKey(newest.signing_key)


def adopt(connection: Connection, statement: Keyset | Roster) -> None:
    """Take a newer keyset or roster that came in a bundle of the office; the same again does nothing.

    Raises WrongOrganisation, RootDiffers, BadSignature, RolledBack, ExpiredKey, UnknownSender, or IllFormed
    for a first keyset without the office key that is known here.
    """
    known = trust.keyset(connection)
    if isinstance(statement, Keyset):
        device = devices.read_device(connection)
        pinned = trust.pinned(connection).root
        roster.check_keyset(statement, organisation=device.organisation, root=pinned, known=known)
        office = office_peer(connection)
        if pinned is None and statement.find(office.verify_key or b"") is None:
            raise IllFormed("keyset")
        trust.pin(connection, root=statement.root)
        take_keyset(connection, statement, office.actor)
    else:
        if known is None:
            raise NotEnrolled
        roster.check_roster(statement, known, known=trust.known_roster(connection))
        trust.put(connection, statement)


def take_keyset(connection: Connection, keyset: Keyset, office: str) -> None:
    """From now on seal to the keyset's current recipient and to its recovery recipient."""
    current = keyset.current
    trust.put(connection, keyset)
    devices.add_actor(connection, office, verify_key=current.public_key, recipient=current.recipient)
    connection.execute("UPDATE device SET recovery_recipient = ?", (keyset.recovery_recipient,))


def office_peer(connection: Connection) -> Peer:
    """The office as this laptop knows it. Raises NotEnrolled."""
    for peer in devices.peers(connection)[1:]:
        if peer.role == "office" and peer.state == "ACTIVE":
            return peer
    raise NotEnrolled


def revoke(workspace: Workspace, actor: str, last: int | None = None) -> None:
    """Accept nothing more from a laptop than up to number `last` (None: than what is here now).

    Raises NotAllowed or NotAnOffice.
    """
    _stop(workspace, actor, "REVOKED", last)


def lost(workspace: Workspace, actor: str, last: int | None = None) -> None:
    """A laptop was lost or stolen, also after it was revoked: like `revoke`, and the roster says so.

    Raises NotAllowed or NotAnOffice.
    """
    _stop(workspace, actor, "LOST", last)


def _stop(workspace: Workspace, actor: str, state: State, last: int | None) -> None:
    if workspace.device().role != "office":
        raise NotAnOffice
    access.require(workspace, "ADMINISTRATOR")
    with workspace.database.write() as transaction:
        connection = transaction.connection
        peer = devices.peer(connection, actor)
        if peer is None or peer.role != "laptop":
            raise LookupError(actor)
        if peer.state == "LOST":
            state = "LOST"  # only the cut may still move: what was lost is not merely revoked
        trust.set_standing(connection, actor, last=peer.upto if last is None else max(last, peer.upto))
        devices.set_state(connection, actor, state)
        sign_roster(connection)
        transaction.note(f"device.{state.lower()}", actor, workspace.user)


def cut_of(connection: Connection, peer: Peer) -> int | None:
    """The last number accepted of a stopped device; None for an active one."""
    if peer.state == "ACTIVE":
        return None
    cut = trust.standing(connection, peer.actor).last
    return peer.upto if cut is None else cut


def move_cut(connection: Connection, actor: str, last: int) -> None:
    """A stopped laptop's work was let in: the cut stands behind it, and the roster says so."""
    peer = devices.peer(connection, actor)
    cut = cut_of(connection, peer) if peer else None
    if cut is not None and last > cut:
        trust.set_standing(connection, actor, last=last)
        sign_roster(connection)


def root_fingerprint(workspace: Workspace) -> str | None:
    """What the poster in the office says (FORMAT.md §6.4); None before there is a root."""
    with workspace.database.read() as reader:
        root = trust.pinned(reader.connection).root
    return None if root is None else keys.fingerprint(root)


def root_waiting(workspace: Workspace) -> bool:
    """Whether a root key was made for an office that had none, and still has to go on paper."""
    with workspace.database.read() as reader:
        return trust.pinned(reader.connection).root_waiting is not None


def show_root(workspace: Workspace) -> str:
    """The waiting root key, to print on the recovery sheet. Raises NotAllowed, NothingToPrint."""
    access.require(workspace, "ADMINISTRATOR")
    with workspace.database.read() as reader:
        text = trust.pinned(reader.connection).root_waiting
    if text is None:
        raise NothingToPrint
    return text


def forget_root(workspace: Workspace) -> None:
    """The root key is on paper now: keep it nowhere else. Raises NotAllowed."""
    access.require(workspace, "ADMINISTRATOR")
    with workspace.database.write() as transaction:
        trust.pin(transaction.connection, root_waiting=None)
        transaction.note("office.root_printed", None, workspace.user)
