"""After an upgrade: lets go what fits now, and reads the lines that an older program kept (FORMAT.md §5)."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Final

from leerwinkel_desktop import __version__
from leerwinkel_desktop.domain.fields import fields_of
from leerwinkel_desktop.domain.registry import STORED
from leerwinkel_desktop.services.exchange import erasures, withheld
from leerwinkel_desktop.services.exchange.lines import LineReader, Origin
from leerwinkel_desktop.services.trust import RestoredCopy, RestoredOffice
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import applying, devices
from leerwinkel_desktop.store.database import Transaction
from sync import Audit, Unknown
from sync.errors import SyncError
from sync.lines import parse_verified

RULES: Final = "rules"


@cache
def rules() -> str:
    """What this program knows, as one value: another one means that kept things deserve another look."""
    declared = [(kind, fields_of(record)) for kind, record in STORED.items()]
    return sha256(f"{__version__}\n{declared}".encode()).hexdigest()


def catch_up(workspace: Workspace) -> None:
    """Look again at what was held back or kept, once for each other program; sweep what was not swept yet.

    Raises VaultBusy, DiskFull or VaultUnreachable; then all is as it was, and the next time does it.
    """
    with workspace.database.read() as reader:
        looked, traces = reader.setting(RULES) == rules(), reader.setting(erasures.TRACES) is not None
    if not looked:
        with workspace.database.write() as transaction:
            withheld.look_again(transaction)
            if replay(transaction):
                traces = True
                erasures.to_be_swept(transaction)
            transaction.set_setting(RULES, rules())
    if traces:
        erasures.sweep(workspace)


def replay(transaction: Transaction) -> int:
    """Read the kept lines of types that are known now, oldest first; gives how many records were erased.

    What cannot be read now either (a receipt of what a restored copy no longer has …) stays where it is.
    """
    connection, erased, known = transaction.connection, 0, 0
    own = devices.read_device(connection).role == "office"
    for bundle in reversed(devices.bundles(connection, direction="IN")):
        origin = Origin(own, bundle.id, bundle.actor)
        reader = LineReader(transaction, applying.Applier(connection, transaction.codelists), origin)
        for number, raw in connection.execute(
            "SELECT number, line FROM unknown_line WHERE bundle_id = ? ORDER BY number", (bundle.id,)
        ).fetchall():
            if _read(reader, bytes(raw), given=not own):
                known += 1
                connection.execute(
                    "DELETE FROM unknown_line WHERE bundle_id = ? AND number = ?", (bundle.id, number)
                )
        erased += reader.erased
    if known:
        transaction.note("bundle.replayed")
    return erased


def _read(reader: LineReader, raw: bytes, *, given: bool) -> bool:
    """Read one kept line; whether it is done with. The trail comes again until it is confirmed (§14.2)."""
    try:
        line = parse_verified(raw)
        if isinstance(line, Unknown) and not (given and line.type == erasures.TYPE):
            return False
        if not isinstance(line, Audit):
            reader.take((line,))
    except (SyncError, RestoredCopy, RestoredOffice):
        return False
    return True
