"""Tells laptops what was erased, as numbered lines of the office's stream, and erases there (FORMAT.md §5).

A laptop confirms with the acknowledgement in its next bundle: until then the line waits at the office.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from leerwinkel_desktop.services import drafts
from leerwinkel_desktop.services.exchange import aside
from leerwinkel_desktop.services.exchange.overview import SUFFIX
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import along, changelog, devices, erased, erasing, migrate
from leerwinkel_desktop.store.connection import Connection, named
from leerwinkel_desktop.store.database import FILE, Transaction
from leerwinkel_desktop.store.devices import Peer
from leerwinkel_desktop.store.erased import ErasedEntry
from leerwinkel_desktop.store.files import remove, sync_folder
from sync import Erase
from sync.changes import canonical
from sync.errors import IllFormed
from sync.giving import MOST_IDS

TYPE: Final = "erase"
READ_BUNDLES: Final = "verwerkt"
INBOX: Final = "inbox"
TRACES: Final = "traces"
_START: Final = b'{"_":"erase",'
_decode = msgspec.json.Decoder(Erase).decode


def tell(connection: Connection, record_ids: Iterable[str]) -> None:
    """Put the erasure in the stream of each active laptop, inside the caller's transaction."""
    rest = iter(sorted(record_ids))
    laptops = [peer for peer in devices.peers(connection) if peer.role == "laptop" and peer.recipient]
    while ids := list(islice(rest, MOST_IDS)):
        raw = canonical(Erase(ids=ids))
        for laptop in laptops:
            now = devices.peer(connection, laptop.actor) or laptop
            chain = changelog.link_line(now.sent_chain, raw)
            devices.give(connection, laptop.actor, now.sent + 1, raw)
            devices.set_position(connection, laptop.actor, "sent", now.sent + 1, chain)


def unconfirmed(connection: Connection) -> list[tuple[Peer, int]]:
    """Each laptop with erasures that it has not confirmed, and how many lines."""
    found = []
    for peer in devices.peers(connection):
        lines = sum(raw.startswith(_START) for _, raw in devices.given(connection, peer.actor))
        if lines:
            found.append((peer, lines))
    return found


def told(raw: bytes) -> list[str]:
    """The ids in a line that tells of an erasure. Raises IllFormed."""
    try:
        return _decode(raw).ids
    except (ValueError, RecursionError):
        raise IllFormed(TYPE) from None


def obey(transaction: Transaction, raw: bytes) -> int:
    """Erase here what the office erased; gives how many records went. Raises IllFormed."""
    ids = told(raw)
    connection = transaction.connection
    erased.listed(connection, [ErasedEntry(each, transaction.now_ms, "OFFICE") for each in ids])
    along.erased(connection, ids)
    found = erasing.come_back(connection)
    rows = erasing.erase(connection, transaction.codelists, found, transaction.now_ms, "OFFICE")
    for client_id in found.get("client", ()):
        transaction.note("dossier.erased", client_id)
    return rows


def remove_copies(folder: Path) -> int:
    """Remove bundles that were read and copies from before a migration: they may hold the person.

    The log holds the same lines, so nothing else is lost. Raises VaultUnreachable.
    """
    found = [path for name in (READ_BUNDLES, INBOX) for path in (folder / name).glob("*") if path.is_file()]
    found += migrate.copies(folder / FILE)
    for path in found:
        remove(path)
    for place in {path.parent for path in found}:
        try:
            sync_folder(place)  # before the mark goes, or a power cut brings back a copy that nobody removes
        except OSError as error:
            raise named(error) from error
    return len(found)


def to_be_swept(transaction: Transaction) -> None:
    """Put down, with the work that took people away, that copies of them are still to be removed."""
    transaction.set_setting(TRACES, "")


def sweep(workspace: Workspace) -> None:
    """Remove what may still hold people who went; the next start does it when this is cut off.

    Raises VaultUnreachable, VaultBusy or DiskFull.
    """
    remove_copies(workspace.folder)
    drafts.sweep(workspace)
    workspace.database.fold()
    with workspace.database.bare() as connection:
        connection.execute("DELETE FROM setting WHERE name = ?", (TRACES,))


def put_aside(folder: Path) -> int:
    """How many sealed bundles are in quarantine."""
    return sum(path.is_file() and path.suffix == SUFFIX for path in (folder / aside.FOLDER).glob("*"))
