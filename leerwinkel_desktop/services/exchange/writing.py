"""Writes what a laptop has for the office, and what the office has for a laptop, as sealed bundles."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services import machine, trust
from leerwinkel_desktop.services.exchange import giving
from leerwinkel_desktop.services.exchange.overview import SUFFIX, UnknownLaptop
from leerwinkel_desktop.services.machine import CopiedVault
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.trust import NotAnOffice, NotEnrolled
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import along, audit, changelog, devices, owners, people, trails, whereabouts
from leerwinkel_desktop.store import giving as given
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.database import Transaction
from leerwinkel_desktop.store.devices import BundleRow, Device, Peer
from leerwinkel_desktop.store.errors import DiskFull
from leerwinkel_desktop.store.files import durable
from leerwinkel_desktop.store.migrate import newest
from sync import HeaderDraft, SigningKey, encode, encode_line
from sync import write_bundle as seal

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

    It may carry no changes: only what the office gave and is here now, and what left.

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
        if not total and not along.must_tell(connection):
            raise NothingToHandOver
        touched = connection.execute(
            "SELECT DISTINCT kind, record_id FROM change WHERE actor = 1 AND seq > ?", (own.acked,)
        ).fetchall()
        whose = owners.clients_of(connection, touched).values()
        trail = list(map(encode_line, trails.untold(connection))) + along.holding(connection)

        def lines() -> Iterator[bytes]:
            yield from trail
            for done, change in enumerate(changelog.stream(connection, own.actor, own.acked)):
                if done % 1000 == 0:
                    progress(done, total, "Bundel schrijven")
                yield encode(change)

        draft = _draft(connection, device, own.actor, own.acked + 1, own.acked_chain, transaction.log.stamp())
        path = (
            folder / f"laptop-{device.number or 0:02d}-{own.acked + 1}-{own.upto}-{draft.bundle[:4]}{SUFFIX}"
        )
        key = SigningKey(device.signing_key)
        _seal(transaction, workspace, path, draft, lines, key, [office.recipient or ""])
        return Written(path, total, len(people.persons(connection, whose)))


def write_for_laptop(workspace: Workspace, actor: str, folder: Path, *, anew: bool = False) -> Path:
    """Write what the office has for a laptop: all that the laptop has not confirmed, and a receipt.

    A laptop that is new, or was welcomed again, gets a snapshot; `anew`: any laptop, from now on. What is
    given stands in the database before a file carries it: a number never gets two contents, and the file
    says what was given, whoever is taken along or leaves meanwhile.

    Raises NotAnOffice, UnknownLaptop, DiskFull or VaultUnreachable.
    """
    upto = _give(workspace, actor, anew=anew)
    while (path := _write_given(workspace, actor, folder, upto)) is None:
        upto = _give(workspace, actor)
    return path


def _give(workspace: Workspace, actor: str, *, anew: bool = False) -> int:
    """Put in a laptop's stream all that it must get; gives the last number."""
    with workspace.database.write() as transaction:
        connection = transaction.connection
        if devices.read_device(connection).role != "office":
            raise NotAnOffice
        _laptop(connection, actor)
        if anew:
            given.begin(connection, actor)
        for client_id in whereabouts.together(connection, actor, transaction.now_ms):
            transaction.note("dossier.taken_along", client_id, workspace.user)
        giving.give(connection, _laptop(connection, actor))
        return _laptop(connection, actor).sent


def _write_given(workspace: Workspace, actor: str, folder: Path, upto: int) -> Path | None:
    """Write what a laptop was given up to that number; None if more was given meanwhile."""
    with workspace.database.write() as transaction:
        connection = transaction.connection
        device, laptop = devices.read_device(connection), _laptop(connection, actor)
        if laptop.sent != upto:
            return None
        due = giving.snapshot_due(connection, laptop)
        first, before = (laptop.sent, laptop.sent_chain) if due else (laptop.acked, laptop.acked_chain)
        draft = _draft(connection, device, actor, first + 1, before, transaction.log.stamp())
        if due:
            draft = replace(draft, kind="snapshot")
        if giving.indexed(connection, actor):
            draft = replace(draft, min_schema=giving.NEEDS_SCHEMA)
        told = giving.snapshot if due else giving.lines
        path = folder / f"kantoor-{laptop.device_number or 0:02d}-{upto}-{draft.bundle[:4]}{SUFFIX}"
        key = trust.signing_key_for(connection, actor, draft.created)
        recipients = [laptop.recipient or ""]
        _seal(transaction, workspace, path, draft, lambda: told(connection, laptop), key, recipients)
        return path


def _laptop(connection: Connection, actor: str) -> Peer:
    laptop = devices.peer(connection, actor)
    if laptop is None or laptop.recipient is None or laptop.role != "laptop" or laptop.state != "ACTIVE":
        raise UnknownLaptop
    return laptop


def _draft(
    connection: Connection, device: Device, stream: str, first: int, chain_before: bytes, created: int
) -> HeaderDraft:
    if device.organisation is None:
        raise NotEnrolled
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
        created=created,
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
