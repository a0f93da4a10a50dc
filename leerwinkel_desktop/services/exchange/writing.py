"""Writes what a laptop has for the office, and the office's receipts, as sealed bundles."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services import machine, trust
from leerwinkel_desktop.services.exchange import placing
from leerwinkel_desktop.services.exchange.overview import SUFFIX, UnknownLaptop
from leerwinkel_desktop.services.exchange.persons import Owners
from leerwinkel_desktop.services.machine import CopiedVault
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.trust import NotAnOffice, NotEnrolled
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import audit, changelog, devices, trails
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.database import Transaction
from leerwinkel_desktop.store.errors import DiskFull
from leerwinkel_desktop.store.devices import BundleRow, Device, Peer
from leerwinkel_desktop.store.files import durable
from leerwinkel_desktop.store.migrate import newest
from sync import HeaderDraft, Receipt, SigningKey, encode, encode_line, roster
from sync import write_bundle as seal
from sync.clock import Clock

LEAST_SCHEMA = 1


class NothingToHandOver(InputError):
    """Everything on this laptop is at the office already."""


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle on its way: where it stands and what it carries."""

    path: Path
    changes: int
    dossiers: int


def write_bundle(workspace: Workspace, folder: Path, progress: Progress = silent) -> Written:
    """Write everything since the last receipt into a new bundle in the folder.

    It may be nothing but the word that what the office erased is gone here too.

    Raises NotEnrolled, NothingToHandOver, DiskFull or VaultUnreachable; cancelling leaves no file.
    """
    with workspace.database.write() as transaction:
        connection = transaction.connection
        device = devices.read_device(connection)
        if device.role != "laptop" or device.organisation is None:
            raise NotEnrolled
        if machine.moved_in(connection, workspace.folder) == "MACHINE":
            raise CopiedVault
        office = trust.office_peer(connection)
        own = devices.peers(connection)[0]
        total = own.upto - own.acked
        if not total and not placing.must_confirm(connection):
            raise NothingToHandOver
        touched = connection.execute(
            "SELECT DISTINCT kind, record_id FROM change WHERE actor = 1 AND seq > ?", (own.acked,)
        ).fetchall()

        trail = list(map(encode_line, trails.untold(connection)))

        def lines() -> Iterator[bytes]:
            yield from trail
            for done, change in enumerate(changelog.stream(connection, own.actor, own.acked)):
                if done % 1000 == 0:
                    progress(done, total, "Bundel schrijven")
                yield encode(change)

        draft = _draft(connection, device, own.actor, own.acked + 1, own.acked_chain, workspace.now_ms())
        path = (
            folder / f"laptop-{device.number or 0:02d}-{own.acked + 1}-{own.upto}-{draft.bundle[:4]}{SUFFIX}"
        )
        key = SigningKey(device.signing_key)
        _seal(transaction, workspace, path, draft, lines, key, [office.recipient or ""])
        return Written(path, total, len(Owners(connection).clients(touched)))


def write_receipt(workspace: Workspace, actor: str, folder: Path) -> Path:
    """Tell a laptop what the office holds of it: everything given since it last confirmed, and a receipt.

    Raises NotAnOffice, UnknownLaptop, DiskFull or VaultUnreachable.
    """
    with workspace.database.write() as transaction:
        if devices.read_device(transaction.connection).role != "office":
            raise NotAnOffice
        _give_trust(transaction.connection, _laptop(transaction.connection, actor))
        _give_receipt(transaction.connection, _laptop(transaction.connection, actor))
    # Given lines stand in the database before a file carries them: a number never gets two contents.
    with workspace.database.write() as transaction:
        connection = transaction.connection
        device, laptop = devices.read_device(connection), _laptop(connection, actor)
        lines = [line for _, line in devices.given(connection, actor)]
        draft = _draft(connection, device, actor, laptop.acked + 1, laptop.acked_chain, workspace.now_ms())
        last = laptop.acked + len(lines)
        path = folder / f"kantoor-{laptop.device_number or 0:02d}-{last}-{draft.bundle[:4]}{SUFFIX}"
        key = trust.signing_key_for(connection, actor, draft.created)
        _seal(transaction, workspace, path, draft, lambda: lines, key, [laptop.recipient or ""])
        return path


def _laptop(connection: Connection, actor: str) -> Peer:
    laptop = devices.peer(connection, actor)
    if laptop is None or laptop.recipient is None or laptop.role != "laptop" or laptop.state != "ACTIVE":
        raise UnknownLaptop
    return laptop


def _give_trust(connection: Connection, laptop: Peer) -> None:
    """The roster for a laptop that does not know the newest, behind its keyset (FORMAT.md §13.4)."""
    known, own = trusted.standing(connection, laptop.actor).roster, trusted.office_keys(connection)
    if known >= trusted.roster_version(connection):
        return
    waiting = {line for _, line in devices.given(connection, laptop.actor)}
    number, chain = laptop.sent, laptop.sent_chain
    keyset = trusted.keyset(connection) if known < own[-1].roster else None
    for statement in (keyset, trusted.known_roster(connection)):
        raw = roster.encode(statement) if statement else b""
        if raw and raw not in waiting:
            number, chain = number + 1, changelog.link_line(chain, raw)
            devices.give(connection, laptop.actor, number, raw)
    devices.set_position(connection, laptop.actor, "sent", number, chain)


def _give_receipt(connection: Connection, laptop: Peer) -> None:
    if not laptop.upto:
        return
    receipt = Receipt(actor=laptop.actor, chain=laptop.chain, upto=laptop.upto)
    audited = trails.audited(connection, laptop.actor)
    lines = [encode_line(line) for line in (audited, receipt) if line is not None]
    waiting = [line for _, line in devices.given(connection, laptop.actor)]
    if waiting[-len(lines) :] == lines:
        return
    number, chain = laptop.sent, laptop.sent_chain
    for number, raw in enumerate(lines, laptop.sent + 1):
        chain = changelog.link_line(chain, raw)
        devices.give(connection, laptop.actor, number, raw)
    devices.set_position(connection, laptop.actor, "sent", number, chain)


def _draft(
    connection: Connection, device: Device, stream: str, first: int, chain_before: bytes, now_ms: int
) -> HeaderDraft:
    if device.organisation is None:
        raise NotEnrolled
    clock = connection.execute("SELECT hlc FROM device").fetchone()[0]
    received = {
        (device.actor if peer.role == "office" else peer.actor): _held(device, peer)
        for peer in devices.peers(connection)
        if peer.actor != device.actor
    }
    return HeaderDraft(
        kind="changes",
        organisation=device.organisation,
        bundle=str(uuid.uuid4()),
        sender_actor=device.actor,
        sender_name=device.name,
        stream=stream,
        first=first,
        chain_before=chain_before,
        schema=newest(),
        min_schema=LEAST_SCHEMA,
        created=Clock(clock).tick(now_ms),
        ack={actor: number for actor, number in received.items() if number},
        audit_head=audit.head(connection),
        roster=trusted.roster_version(connection),
    )


def _held(device: Device, peer: Peer) -> int:
    return peer.received if device.role == "laptop" else peer.upto


def _seal(
    transaction: Transaction,
    workspace: Workspace,
    path: Path,
    draft: HeaderDraft,
    lines: Callable[[], Iterable[bytes]],
    key: SigningKey,
    recipients: Iterable[str],
) -> None:
    recovery = devices.read_device(transaction.connection).recovery_recipient
    everyone = sorted({*recipients, recovery or ""} - {""})
    try:
        with durable(path) as file:
            header = seal(file, draft, lines, key, everyone)
    except DiskFull as full:
        whole = io.BytesIO()
        seal(whole, draft, lines, key, everyone)
        raise DiskFull(whole.tell()) from full
    stream = header.stream
    row = BundleRow(
        header.bundle,
        "OUT",
        header.kind,
        path.name,
        transaction.now_ms,
        stream.id,
        stream.first,
        stream.last,
        header.body.lines,
    )
    devices.log_bundle(transaction.connection, row)
    transaction.note("bundle.written", header.bundle, workspace.user)
