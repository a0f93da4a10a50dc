"""Reads a bundle: checks everything first, then applies it in one transaction (SECURITY.md §4 "Import").

The steps: I0 copied to the inbox, I1 verified, I2 begin, I3 checked, I4 changes and heads, I5 position,
I6 audit and clock, I7 commit, I8 moved to "verwerkt".
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.services.enrolment import NotEnrolled
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import changelog, devices
from leerwinkel_desktop.store.connection import Connection, named
from leerwinkel_desktop.store.database import Transaction
from leerwinkel_desktop.store.devices import BundleRow, Device, Peer
from leerwinkel_desktop.store.errors import VaultBusy
from leerwinkel_desktop.store.files import durable
from leerwinkel_desktop.store.migrate import newest
from sync import Change, Header, Identity, Line, Receipt, Verified, peek, place, read_lines, verify
from sync.clock import ms_of
from sync.errors import AlreadyImported, EmptyBundle, Fork, IllFormed, NewerFormat, RevokedSender, TooLarge
from sync.header import MAX_FILE
from sync.trust import key_id

BATCH = 1000


class RestoredCopy(EnvironmentProblem):
    """The office confirms more than this laptop ever wrote: this is a restored copy (SECURITY.md §4)."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of reading a bundle.

    `already` means that nothing was new and nothing was written; `at_ms` is when it was read then.
    `receipt_for` is the actor of the laptop that waits for a receipt; `confirmed` how many changes of this
    laptop a receipt told to be safe; `skew_ms` how far the sender's clock is ahead of ours.
    """

    sender: str
    created: int = 0
    changed: int = 0
    conflicts: int = 0
    held: tuple[tuple[str, str, str], ...] = ()
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
    keys: dict[str, Peer]

    def known(self, wanted: str) -> bytes | None:
        """The public key of a key id. Raises RevokedSender."""
        peer = self.keys.get(wanted)
        if peer is not None and peer.state != "ACTIVE":
            raise RevokedSender(peer.actor, peer.upto)
        return peer.verify_key if peer else None


def desk(connection: Connection) -> Desk:
    """Whom we know now. Raises NotEnrolled for a laptop without an office."""
    device = devices.read_device(connection)
    if device.organisation is None:
        raise NotEnrolled
    others = (peer for peer in devices.peers(connection) if peer.actor != device.actor and peer.verify_key)
    keys = {key_id(peer.actor, peer.verify_key): peer for peer in others if peer.verify_key}
    return Desk(device, (Identity(device.identity),), keys)


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


def inspect(workspace: Workspace, path: Path) -> Told:
    """The checked header of a bundle that is for us. Raises the errors of FORMAT.md §12."""
    with workspace.database.read() as reader, opened(path) as file:
        header = _peek(desk(reader.connection), file)
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


def _peek(us: Desk, file: BinaryIO) -> Header:
    header = peek(file, us.identities, us.known, organisation=us.device.organisation or "", schema=newest())
    _check_stream(us.device, header)
    return header


def verified(us: Desk, have: Callable[[Header], int], file: BinaryIO) -> Verified:
    """Pass one over a bundle. Raises the errors of FORMAT.md §12."""
    checked = verify(
        file, us.identities, us.known, organisation=us.device.organisation or "", schema=newest(), have=have
    )
    _check_stream(us.device, checked.header)
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


def import_bundle(workspace: Workspace, path: Path, progress: Progress = silent) -> Imported:
    """Read a bundle whole or not at all; reading it again changes nothing.

    Raises the errors of FORMAT.md §12 (gap, fork, unknown sender, damaged …), NotEnrolled, RestoredCopy,
    DiskFull, VaultBusy or Cancelled; the database is then as it was.
    """
    progress(0, 1, "Bundel kopiëren")
    name = path.name.encode("utf-8", "replace").decode()
    inbox = _copy(path, workspace.folder / "inbox")
    try:
        outcome = _import_copy(workspace, inbox, name, progress)
    except BaseException:
        inbox.unlink(missing_ok=True)
        raise
    _finish(inbox, workspace.folder / "verwerkt", keep=not outcome.already)
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


def _import_copy(workspace: Workspace, path: Path, name: str, progress: Progress) -> Imported:
    with opened(path) as file:
        with workspace.database.read() as reader:
            us = desk(reader.connection)
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
    place(checked, have, chain_here(connection, header, have, checked.overlap))
    applier = changelog.Applier(connection, workspace.codelists)
    reader = _Reader(transaction, applier)
    done = 0
    for lines in _batches(read_lines(file, checked, have)):
        progress(done, header.body.lines, "Dossiers inlezen")
        reader.take(lines, header.bundle)
        done += len(lines)
    which = "upto" if header.own else "received"
    devices.set_position(connection, sender.actor, which, header.stream.last, header.stream.chain_after)
    _confirm(connection, header)
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
        receipt_for=sender.actor if header.own else None,
        confirmed=reader.confirmed,
        skew_ms=skew,
    )


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
    if upto > peer.sent:
        raise Fork(peer.actor, upto)
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

    def __init__(self, transaction: Transaction, applier: changelog.Applier) -> None:
        self._transaction = transaction
        self._applier = applier
        self._unknown = 0
        self.confirmed = 0

    def take(self, lines: tuple[Line, ...], bundle: str) -> None:
        changes = [line for line in lines if isinstance(line, Change)]
        if changes:
            self._applier.apply(changes)
            self._transaction.log.observe(max(change.hlc for change in changes))
        for line in lines:
            if isinstance(line, Receipt):
                self._receipt(line)
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
