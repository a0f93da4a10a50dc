"""Reads a bundle: checks everything first, then applies it in one transaction (SECURITY.md §4 "Import").

The steps: I0 copied to the inbox, I1 verified, I2 begin, I3 checked, I4 changes and heads, I5 position,
I6 audit and clock, I7 commit, I8 moved to "verwerkt".
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from leerwinkel_desktop.services import trust
from leerwinkel_desktop.services.exchange import aside, desk, erasures, inbox, placing
from leerwinkel_desktop.services.exchange.lines import LineReader, Origin, batches
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import applying, devices
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.database import Transaction
from leerwinkel_desktop.store.devices import BundleRow
from leerwinkel_desktop.store.errors import DiskFull, VaultBusy
from sync import Verified, read_lines
from sync.clock import ms_of
from sync.errors import AlreadyImported, Fork, RevokedSender

TIMES_ITS_LINES = 8


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of reading a bundle.

    `already` means that nothing was new and nothing was written; `at_ms` is when it was read then.
    `dropped` counts changes about somebody who was erased: their values were not kept; `erased` counts the
    records that were erased here because the office did so; `left` the dossiers that left this laptop.
    `receipt_for` is the actor of the laptop that waits for a receipt; `confirmed` how many changes of this
    laptop a receipt told to be safe; `skew_ms` how far the sender's clock is ahead of ours.
    `audit_broken` is the number from which the laptop's audit trail was changed or cut (FORMAT.md §14.3).
    `traces`: copies may hold people who are not to be here; they are removed.
    """

    sender: str
    created: int = 0
    changed: int = 0
    conflicts: int = 0
    held: tuple[tuple[str, str, str], ...] = ()
    dropped: int = 0
    erased: int = 0
    left: int = 0
    already: bool = False
    at_ms: int | None = None
    receipt_for: str | None = None
    confirmed: int = 0
    skew_ms: int = 0
    audit_broken: int | None = None
    traces: bool = False


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
    with workspace.database.read() as reader, inbox.opened(path) as file:
        header = desk.read_header(desk.desk_for(reader.connection, stopped), file)
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


def import_bundle(
    workspace: Workspace, path: Path, progress: Progress = silent, *, stopped: bool = False
) -> Imported:
    """Read a bundle whole or not at all; reading it again changes nothing.

    `stopped`: an administrator lets in what goes beyond the cut of a stopped laptop; without it such a bundle
    is put aside at the office, as is a fork. Raises the errors of FORMAT.md §12 (gap, fork, unknown sender,
    damaged …), NotEnrolled, RestoredCopy, RestoredOffice, DiskFull, VaultBusy or Cancelled; the database is
    then as it was.
    """
    known = _known(workspace, path, progress, stopped)
    if known is not None:
        inbox.clear(workspace.folder / "inbox", path)
        return known
    try:
        return _import(workspace, path, progress, stopped)
    except DiskFull as full:
        raise DiskFull(_room(workspace, path, stopped)) from full


def _room(workspace: Workspace, path: Path, stopped: bool) -> int:
    """How many bytes reading takes, amply: a copy of the bundle, and its lines in tables, index and log."""
    with workspace.database.read() as reader, inbox.opened(path) as file:
        header = desk.read_header(desk.desk_for(reader.connection, stopped), file)
        return file.seek(0, 2) + TIMES_ITS_LINES * header.body.bytes + DiskFull.ONE_SAVE


def _import(workspace: Workspace, path: Path, progress: Progress, stopped: bool) -> Imported:
    name = path.name.encode("utf-8", "replace").decode()
    copy = inbox.copied(path, workspace.folder / "inbox", progress)
    try:
        outcome = _import_copy(workspace, copy, name, progress, stopped)
    except (Fork, RevokedSender) as error:
        aside.keep(workspace, copy, error)
        raise
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    inbox.finish(copy, workspace.folder / "verwerkt", keep=not outcome.already)
    if outcome.traces:
        erasures.sweep(workspace)
    return outcome


def _known(workspace: Workspace, path: Path, progress: Progress, stopped: bool) -> Imported | None:
    """What to say of a bundle of which all is here; then nothing is written, not even a copy."""
    with workspace.database.read() as reader, inbox.opened(path) as source:
        file = inbox.watched(source, progress)
        us = desk.desk_for(reader.connection, stopped)
        try:
            header = desk.read_header(us, file)
            known = placing.read_before(reader.connection, header)
        except RevokedSender:
            return None  # its copy is judged again, and put aside
    return None if known is None else Imported(header.sender.name, already=True, at_ms=known.at_ms)


def _import_copy(workspace: Workspace, path: Path, name: str, progress: Progress, stopped: bool) -> Imported:
    with inbox.opened(path) as source:
        file = inbox.watched(source, progress)
        with workspace.database.read() as reader:
            us = desk.desk_for(reader.connection, stopped)
            header = desk.read_header(us, file)
            have = placing.position(reader.connection, header)
        checked = desk.verified(us, lambda _: have, file)
        with workspace.database.write() as transaction:
            try:
                return _apply(workspace, transaction, source, checked, have, name, progress)
            except AlreadyImported:
                at_ms = placing.covered_at(transaction.connection, header)
                return Imported(header.sender.name, already=True, at_ms=at_ms)


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
    if placing.position(connection, header) != have:
        raise VaultBusy
    placing.check_place(connection, checked, have)
    applier = applying.Applier(connection, workspace.codelists)
    reader = LineReader(transaction, applier, Origin(header.own, header.bundle, sender.actor, header.kind))
    done = 0
    for lines in batches(read_lines(file, checked, have)):
        progress(done, header.body.lines, "Dossiers inlezen")
        reader.take(lines)
        done += len(lines)
    reader.finish(header, have)
    which = "upto" if header.own else "received"
    devices.set_position(connection, sender.actor, which, header.stream.last, header.stream.chain_after)
    placing.confirm(connection, header)
    trusted.set_standing(connection, sender.actor, created=header.created)
    if header.own:
        known = min(header.roster, trusted.roster_version(connection))
        trusted.set_standing(connection, sender.actor, roster=known)
        trust.move_cut(connection, sender.actor, header.stream.last)
    skew = transaction.log.observe(header.created)
    broken = reader.trail.finish(header.audit_head, transaction.now_ms) if header.own else None
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
    if broken is not None:
        transaction.note("audit.laptop_broken", sender.actor, workspace.user)
    if reader.traces:
        erasures.to_be_swept(transaction)
    progress(header.body.lines, header.body.lines, "Vastleggen")
    return Imported(
        sender=sender.name,
        created=applier.created,
        changed=applier.changed,
        conflicts=applier.conflicts,
        held=tuple(applier.held),
        dropped=applier.dropped,
        erased=reader.erased,
        left=reader.left,
        traces=reader.traces,
        receipt_for=sender.actor if header.own else None,
        confirmed=reader.confirmed,
        skew_ms=skew,
        audit_broken=broken,
    )
