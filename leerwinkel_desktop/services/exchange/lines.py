"""Takes the lines of a bundle: changes to the log, receipts to our stream, others are kept (FORMAT.md §5)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from leerwinkel_desktop.services import trust
from leerwinkel_desktop.services.exchange import erasures
from leerwinkel_desktop.services.trust import RestoredCopy
from leerwinkel_desktop.store import applying, changelog, devices, trails
from leerwinkel_desktop.store.database import Transaction
from sync import Audit, Audited, Change, Keyset, Line, Receipt, Roster, Unknown
from sync.errors import Fork

BATCH = 1000


def batches(lines: Iterator[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines in portions of at most a thousand."""
    while batch := tuple(islice(lines, BATCH)):
        yield batch


class Origin(NamedTuple):
    """Where lines come from: whether of a laptop's own stream, in which bundle, and who sent it."""

    own: bool
    bundle: str
    sender: str


class LineReader:
    """Takes the lines of one bundle and counts what they brought."""

    def __init__(self, transaction: Transaction, applier: applying.Applier, origin: Origin) -> None:
        self._transaction = transaction
        self._own = origin.own
        self._bundle = origin.bundle
        self.trail = trails.Follower(transaction.connection, origin.sender)
        self._applier = applier
        self._unknown = 0
        self.confirmed = 0
        self.erased = 0

    def take(self, lines: tuple[Line, ...]) -> None:
        """Take some lines, in order. Raises Fork, RestoredCopy, or what a keyset or roster is refused for."""
        changes = [line for line in lines if isinstance(line, Change)]
        if changes:
            self._applier.apply(changes)
            self._transaction.log.observe(max(change.hlc for change in changes))
        for line in lines:
            if isinstance(line, Receipt):
                self._receipt(line)
            elif isinstance(line, Audit):
                self.trail.take(line)
            elif isinstance(line, Audited):
                trails.confirm(self._transaction.connection, line)
            elif isinstance(line, Unknown) and line.type == erasures.TYPE and not self._own:
                self.erased += erasures.obey(self._transaction, line.raw)
            elif isinstance(line, Keyset | Roster):
                trust.adopt(self._transaction.connection, line)
            elif not isinstance(line, Change):
                self._unknown += 1
                self._transaction.connection.execute(
                    "INSERT OR REPLACE INTO unknown_line VALUES (?, ?, ?)",
                    (self._bundle, self._unknown, line.raw),
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
