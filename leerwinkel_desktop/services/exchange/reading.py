"""Reads a bundle: checks everything first, then applies it in one transaction (SECURITY.md §4 "Import").

The steps: I0 copied to the inbox, I1 verified, I2 begin, I3 checked, I4 changes and heads, I5 position,
I6 audit and clock, I7 commit, I8 moved to "verwerkt".
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from leerwinkel_desktop.services import trust
from leerwinkel_desktop.services.exchange import aside, erasures
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.trust import NotEnrolled, RestoredCopy, RestoredOffice
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import changelog, devices
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection, named
from leerwinkel_desktop.store.database import Transaction
from leerwinkel_desktop.store.devices import BundleRow, Device
from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.store.files import durable
from leerwinkel_desktop.store.migrate import newest
from sync import (
    Change,
    Header,
    Identity,
    Keyset,
    Line,
    OfficeKey,
    Receipt,
    Roster,
    Unknown,
    Verified,
    peek,
    place,
    read_lines,
    verify,
)
from sync.clock import ms_of
from sync.errors import (
    AlreadyImported,
    EmptyBundle,
    Fork,
    Gap,
    IllFormed,
    NewerFormat,
    RevokedSender,
    TooLarge,
)
from sync.header import MAX_FILE
from sync.keys import key_id
from sync.roster import check_valid

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of reading a bundle.

    `already` means that nothing was new and nothing was written; `at_ms` is when it was read then.
    `dropped` counts changes about somebody who was erased: their values were not kept; `erased` counts the
    records that were erased here because the office did so.
    `receipt_for` is the actor of the laptop that waits for a receipt; `confirmed` how many changes of this
    laptop a receipt told to be safe; `skew_ms` how far the sender's clock is ahead of ours.
    """

    sender: str
    created: int = 0
    changed: int = 0
    conflicts: int = 0
    held: tuple[tuple[str, str, str], ...] = ()
    dropped: int = 0
    erased: int = 0
    already: bool = False
    at_ms: int | None = None
    receipt_for: str | None = None
    confirmed: int = 0
    skew_ms: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Desk:
    """Whom we know and who we are, as needed to check a bundle."""

    device: Device
    identities: tuple[Identity, ...]
    keys: dict[str, bytes]
    times: dict[str, OfficeKey]
    cuts: dict[str, int]

    def known(self, wanted: str) -> bytes | None:
        """The public key of a key id."""
        return self.keys.get(wanted)

    def check(self, header: Header) -> None:
        """What the library leaves to us: the time of an office key, whose numbers these are, and the cut.

        Raises ExpiredKey, NewerFormat, IllFormed or RevokedSender.
        """
        key = self.times.get(header.key_id)
        if key is not None:
            check_valid(key, header.created)
        _check_stream(self.device, header)
        cut = self.cuts.get(header.sender.actor)
        if cut is not None and header.stream.last > cut:
            raise RevokedSender(header.sender.actor, cut)


def desk(connection: Connection) -> Desk:
    """Whom we know now. Raises NotEnrolled for a laptop without an office."""
    device = devices.read_device(connection)
    if device.organisation is None:
        raise NotEnrolled
    if device.role == "laptop":
        return _desk_of_laptop(connection, device)
    others = [peer for peer in devices.peers(connection)[1:] if peer.verify_key and peer.role == "laptop"]
    cuts = {peer.actor: trust.cut_of(connection, peer) for peer in others}
    identities = {device.identity, *(own.identity for own in trusted.office_keys(connection))}
    return Desk(
        device,
        tuple(map(Identity, sorted(identities))),
        {key_id(peer.actor, peer.verify_key): peer.verify_key for peer in others if peer.verify_key},
        {},
        {actor: cut for actor, cut in cuts.items() if cut is not None},
    )


def _desk_of_laptop(connection: Connection, device: Device) -> Desk:
    """A laptop listens to its office only."""
    office = trust.office_peer(connection)
    keyset = trusted.keyset(connection)
    times = {key_id(office.actor, key.public_key): key for key in keyset.keys} if keyset else {}
    keys = {wanted: key.public_key for wanted, key in times.items()}
    if keyset is None and office.verify_key:  # enrolled before there was a root
        keys[key_id(office.actor, office.verify_key)] = office.verify_key
    return Desk(device, (Identity(device.identity),), keys, times, {})


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read. Raises VaultUnreachable."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise named(error) from error
    with file:
        yield file


@dataclass(frozen=True, slots=True)
class Told:
    """What a bundle's checked header says."""

    bundle: str
    kind: str
    sender: str
    created_ms: int
    first: int
    last: int
    lines: int
    recipients: int
    schema: int
    organisation: str


def inspect(workspace: Workspace, path: Path, *, stopped: bool = False) -> Told:
    """The checked header of a bundle that is for us; `stopped`: also beyond the cut of a stopped laptop.

    Raises the errors of FORMAT.md §12.
    """
    with workspace.database.read() as reader, opened(path) as file:
        header = _peek(_desk_for(reader.connection, stopped), file)
    return Told(
        bundle=header.bundle,
        kind=header.kind,
        sender=header.sender.name,
        created_ms=ms_of(header.created),
        first=header.stream.first,
        last=header.stream.last,
        lines=header.body.lines,
        recipients=len(header.recipients),
        schema=header.schema,
        organisation=header.organisation,
    )


def _desk_for(connection: Connection, stopped: bool) -> Desk:
    us = desk(connection)
    return replace(us, cuts={}) if stopped else us


def _peek(us: Desk, file: BinaryIO) -> Header:
    header = peek(file, us.identities, us.known, organisation=us.device.organisation or "", schema=newest())
    us.check(header)
    return header


def verified(us: Desk, have: Callable[[Header], int], file: BinaryIO) -> Verified:
    """Pass one over a bundle. Raises the errors of FORMAT.md §12."""
    checked = verify(
        file, us.identities, us.known, organisation=us.device.organisation or "", schema=newest(), have=have
    )
    us.check(checked.header)
    return checked


def _check_stream(device: Device, header: Header) -> None:
    """A laptop hands over its own numbers, and the office gives a laptop those of that laptop's stream.

    Otherwise a laptop could write in the name of another (FORMAT.md §5.1). Snapshots are for a newer program.
    """
    if header.kind != "changes":
        raise NewerFormat("kind", header.kind)
    if header.stream.id != (header.sender.actor if device.role == "office" else device.actor):
        raise IllFormed("stream")


def position(connection: Connection, header: Header) -> int:
    """The highest number that we hold of the header's stream."""
    peer = devices.peer(connection, header.sender.actor)
    if peer is None:
        return 0
    return peer.upto if header.own else peer.received


def import_bundle(
    workspace: Workspace, path: Path, progress: Progress = silent, *, stopped: bool = False
) -> Imported:
    """Read a bundle whole or not at all; reading it again changes nothing.

    `stopped`: an administrator lets in what goes beyond the cut of a stopped laptop; without it such a bundle
    is put aside at the office, as is a fork. Raises the errors of FORMAT.md §12 (gap, fork, unknown sender,
    damaged …), NotEnrolled, RestoredCopy, RestoredOffice, DiskFull, VaultBusy or Cancelled; the database is
    then as it was.
    """
    progress(0, 1, "Bundel kopiëren")
    name = path.name.encode("utf-8", "replace").decode()
    inbox = _copy(path, workspace.folder / "inbox")
    try:
        outcome = _import_copy(workspace, inbox, name, progress, stopped)
    except (Fork, RevokedSender) as error:
        aside.keep(workspace, inbox, error)
        raise
    except BaseException:
        inbox.unlink(missing_ok=True)
        raise
    _finish(inbox, workspace.folder / "verwerkt", keep=not outcome.already)
    if outcome.erased or outcome.dropped:
        erasures.remove_copies(workspace.folder)
        workspace.database.fold()
    return outcome


def _copy(path: Path, inbox: Path) -> Path:
    with opened(path) as source:
        size = source.seek(0, 2)
        source.seek(0)
        if size == 0:
            raise EmptyBundle
        if size > MAX_FILE:
            raise TooLarge("file", MAX_FILE)
        try:
            inbox.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise named(error) from error
        _clear(inbox, path)
        with durable(inbox / path.name) as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
    return inbox / path.name


def _clear(inbox: Path, keep: Path) -> None:
    """Drop what an import left that was cut off; it was a copy."""
    for left in inbox.iterdir():
        with suppress(OSError):
            if not left.samefile(keep):
                left.unlink()


def _finish(inbox: Path, folder: Path, *, keep: bool) -> None:
    try:
        if keep:
            folder.mkdir(exist_ok=True)
            inbox.replace(folder / inbox.name)
        else:
            inbox.unlink()
    except OSError as error:
        raise named(error) from error


def _import_copy(workspace: Workspace, path: Path, name: str, progress: Progress, stopped: bool) -> Imported:
    with opened(path) as file:
        with workspace.database.read() as reader:
            us = _desk_for(reader.connection, stopped)
            header = _peek(us, file)
            seen = devices.bundles(reader.connection, id=header.bundle, direction="IN")
            have = position(reader.connection, header)
        if seen:
            return Imported(header.sender.name, already=True, at_ms=seen[0].at_ms)
        progress(0, header.body.lines, "Bundel nakijken")
        checked = verified(us, lambda _: have, file)
        with workspace.database.write() as transaction:
            try:
                return _apply(workspace, transaction, file, checked, have, name, progress)
            except AlreadyImported:
                return Imported(header.sender.name, already=True)


def _apply(
    workspace: Workspace,
    transaction: Transaction,
    file: BinaryIO,
    checked: Verified,
    have: int,
    name: str,
    progress: Progress,
) -> Imported:
    connection, header = transaction.connection, checked.header
    sender = header.sender
    if position(connection, header) != have:
        raise VaultBusy
    check_place(connection, checked, have)
    applier = changelog.Applier(connection, workspace.codelists)
    reader = _Reader(transaction, applier, own=header.own)
    done = 0
    for lines in _batches(read_lines(file, checked, have)):
        progress(done, header.body.lines, "Dossiers inlezen")
        reader.take(lines, header.bundle)
        done += len(lines)
    which = "upto" if header.own else "received"
    devices.set_position(connection, sender.actor, which, header.stream.last, header.stream.chain_after)
    _confirm(connection, header)
    trusted.set_standing(connection, sender.actor, created=header.created)
    if header.own:
        known = min(header.roster, trusted.roster_version(connection))
        trusted.set_standing(connection, sender.actor, roster=known)
        trust.move_cut(connection, sender.actor, header.stream.last)
    skew = transaction.log.observe(header.created)
    row = BundleRow(
        header.bundle,
        "IN",
        header.kind,
        name,
        transaction.now_ms,
        sender.actor,
        header.stream.first,
        header.stream.last,
        header.body.lines,
    )
    devices.log_bundle(connection, row)
    transaction.note("bundle.read", header.bundle, workspace.user)
    progress(header.body.lines, header.body.lines, "Vastleggen")
    return Imported(
        sender=sender.name,
        created=applier.created,
        changed=applier.changed,
        conflicts=applier.conflicts,
        held=tuple(applier.held),
        dropped=applier.dropped,
        erased=reader.erased,
        receipt_for=sender.actor if header.own else None,
        confirmed=reader.confirmed,
        skew_ms=skew,
    )


def check_place(connection: Connection, checked: Verified, have: int) -> None:
    """Whether the bundle goes on where we are, by what both sides say they hold (FORMAT.md §5.2, §13.7).

    Raises RestoredCopy, RestoredOffice, Gap, Fork or AlreadyImported.
    """
    header = checked.header
    own = devices.peers(connection)[0]
    if header.own:
        peer = devices.peer(connection, header.sender.actor)
        if peer is not None and header.ack.get(peer.actor, 0) > peer.sent:
            raise RestoredOffice
    else:
        held = header.ack.get(own.actor, 0)
        if held > own.upto:
            raise RestoredCopy
        if held < own.acked and header.created > trusted.standing(connection, header.sender.actor).created:
            raise RestoredOffice
    try:
        place(checked, have, chain_here(connection, header, have, checked.overlap))
    except Gap as gap:
        if header.own:
            raise
        raise RestoredCopy from gap


def chain_here(connection: Connection, header: Header, have: int, overlap: int | None) -> bytes:
    """Our own chain value at the place where the bundle and we must agree."""
    peer = devices.peer(connection, header.sender.actor)
    if peer is None or overlap is None or overlap == 0:
        return devices.ZERO
    if header.own:
        return peer.chain if overlap == have else changelog.chain_at(connection, peer.actor, overlap)
    # Of a given stream only its head is kept; an older one was read before and does nothing.
    if overlap < have:
        raise AlreadyImported(overlap)
    return peer.received_chain


def _confirm(connection: Connection, header: Header) -> None:
    """Take the sender's word for what it holds of the stream that we give it."""
    if not header.own:
        return
    peer = devices.peer(connection, header.sender.actor)
    upto = header.ack.get(header.sender.actor, 0)
    if peer is None or upto <= peer.acked:
        return
    chain = peer.acked_chain
    for number, raw in devices.given(connection, peer.actor):
        if number <= upto:
            chain = changelog.link_line(chain, raw)
    devices.set_position(connection, peer.actor, "acked", upto, chain)
    devices.forget_given(connection, peer.actor, upto)


def _batches(lines: Iterator[Line]) -> Iterator[tuple[Line, ...]]:
    while batch := tuple(islice(lines, BATCH)):
        yield batch


class _Reader:
    """Takes the lines of one bundle: changes to the log, receipts to our own stream, the rest is kept."""

    def __init__(self, transaction: Transaction, applier: changelog.Applier, *, own: bool) -> None:
        self._transaction = transaction
        self._own = own
        self._applier = applier
        self._unknown = 0
        self.confirmed = 0
        self.erased = 0

    def take(self, lines: tuple[Line, ...], bundle: str) -> None:
        changes = [line for line in lines if isinstance(line, Change)]
        if changes:
            self._applier.apply(changes)
            self._transaction.log.observe(max(change.hlc for change in changes))
        for line in lines:
            if isinstance(line, Receipt):
                self._receipt(line)
            elif isinstance(line, Unknown) and line.type == erasures.TYPE and not self._own:
                self.erased += erasures.obey(self._transaction, line.raw)
            elif isinstance(line, Keyset | Roster):
                trust.adopt(self._transaction.connection, line)
            elif not isinstance(line, Change):
                self._unknown += 1
                self._transaction.connection.execute(
                    "INSERT OR REPLACE INTO unknown_line VALUES (?, ?, ?)", (bundle, self._unknown, line.raw)
                )

    def _receipt(self, receipt: Receipt) -> None:
        connection = self._transaction.connection
        own = devices.peers(connection)[0]
        if receipt.actor != own.actor or receipt.upto <= own.acked:
            return
        if receipt.upto > own.upto:
            raise RestoredCopy
        chain = changelog.chain_at(connection, own.actor, receipt.upto, (own.acked, own.acked_chain))
        if chain != receipt.chain:
            raise Fork(own.actor, receipt.upto)
        devices.set_position(connection, own.actor, "acked", receipt.upto, chain)
        self.confirmed += receipt.upto - own.acked
