"""Takes the lines of a bundle: changes to the log, receipts to our stream, others are kept (FORMAT.md §5)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from leerwinkel_desktop.domain import profiles
from leerwinkel_desktop.services import trust
from leerwinkel_desktop.services.exchange import erasures, leave
from leerwinkel_desktop.services.trust import RestoredCopy
from leerwinkel_desktop.store import along, applying, changelog, devices, giving, trails, whereabouts
from leerwinkel_desktop.store.database import Transaction
from leerwinkel_desktop.store.owners import CLIENT
from sync import (
    Audit,
    Audited,
    Change,
    Gone,
    Header,
    Holding,
    Keyset,
    Line,
    People,
    Person,
    Receipt,
    Release,
    Roster,
    Scope,
    Take,
    Unknown,
)
from sync.clock import ms_of
from sync.errors import Fork
from sync.lines import Plain

BATCH = 1000


def batches(lines: Iterator[Line]) -> Iterator[tuple[Line, ...]]:
    """The lines in portions of at most a thousand."""
    while batch := tuple(islice(lines, BATCH)):
        yield batch


class Origin(NamedTuple):
    """Where lines come from: whether of a laptop's own stream, in which bundle and of which kind, by whom."""

    own: bool
    bundle: str
    sender: str
    kind: str = "changes"


class LineReader:
    """Takes the lines of one bundle and counts what they brought."""

    def __init__(self, transaction: Transaction, applier: applying.Applier, origin: Origin) -> None:
        self._transaction = transaction
        self._origin = origin
        self.trail = trails.Follower(transaction.connection, origin.sender)
        self._applier = applier
        self._unknown = 0
        self._told: list[Holding] = []
        self._wrote: dict[str, int] = {}
        self._worth = False
        used = transaction.setting(profiles.SETTING) or ""
        self._keeps_index = profiles.PROFILES.get(used, profiles.OFFICE).keeps_index
        self._own_actor = changelog.own_actor(transaction.connection)
        self.confirmed = 0
        self.erased = 0
        self.left = 0
        self.unkept = 0

    @property
    def traces(self) -> bool:
        """Whether a copy of the bundle, or of earlier ones, may hold people who are not to be here."""
        return bool(self.erased or self._applier.dropped or self.left or self.unkept)

    def take(self, lines: tuple[Line, ...]) -> None:
        """Take some lines, in order. Raises Fork, RestoredCopy, or what a keyset or roster is refused for."""
        changes = [line for line in lines if isinstance(line, Change)]
        if changes:
            self._worth |= any(change.actor != self._own_actor for change in changes)
            self._applier.apply(changes)
            for change in changes:
                if change.kind == CLIENT and change.patch is not None:
                    self._wrote.setdefault(change.id, ms_of(change.hlc))
            self._transaction.log.observe(max(change.hlc for change in changes))
        for line in lines:
            if not isinstance(line, Change):
                self._one(line)

    def _one(self, line: Plain | Keyset | Roster | Unknown) -> None:
        connection = self._transaction.connection
        if isinstance(line, Receipt):
            self._receipt(line)
        elif isinstance(line, Audit):
            self.trail.take(line)
        elif isinstance(line, Audited):
            trails.confirm(connection, line)
        elif isinstance(line, Keyset | Roster):
            trust.adopt(connection, line)
        elif isinstance(line, Holding):
            self._told.append(line)
        elif isinstance(line, Scope | Take | Release | Gone | People | Person):
            self._worth |= isinstance(line, Take | Release | Gone)
            self._given(line)
        elif isinstance(line, Unknown) and line.type == erasures.TYPE and not self._origin.own:
            self._worth = True
            self.erased += erasures.obey(self._transaction, line.raw)
        else:
            self._unknown += 1
            connection.execute(
                "INSERT OR REPLACE INTO unknown_line VALUES (?, ?, ?)",
                (self._origin.bundle, self._unknown, line.raw),
            )

    def _given(self, line: Scope | Take | Release | Gone | People | Person) -> None:
        """What the office says of the clients on this laptop (FORMAT.md §15.2)."""
        connection = self._transaction.connection
        match line:
            case Scope():
                along.set_scope(connection, everything=line.all, people=line.people)
                if line.all:
                    along.keep_all(connection)
                if not line.people or self._origin.kind == "snapshot":
                    along.empty(connection)
            case Take():
                along.take(connection, line.ids, line.until)
            case Release():
                along.release(connection, line.ids)
            case Gone():
                along.confirmed(connection, line.ids)
            case People():
                along.news_of(connection, line.ids)
            case Person() if self._keeps_index:
                along.hint(connection, line)
            case _:  # a person, where no index is kept
                self.unkept += 1

    def finish(self, header: Header, have: int) -> None:
        """What follows from the whole bundle; `have` of its stream was here before."""
        connection = self._transaction.connection
        if not header.own:
            known = along.scope(connection)
            heard = max(known.heard, header.stream.first - 1) if header.kind == "changes" else known.heard
            worth = header.stream.last if self._worth else known.worth
            along.set_scope(connection, heard=heard, worth=worth)
            self.left = leave.leave(self._transaction)
            return
        whereabouts.arrived(connection, header.sender.actor, self._wrote, have)
        if giving.manner(connection, header.sender.actor).everything:
            return
        ack = header.ack.get(header.sender.actor, 0)
        for told in self._told:
            whereabouts.left(connection, header.sender.actor, told.left, ack)
            whereabouts.here(connection, header.sender.actor, told.here, self._transaction.now_ms)
        if not any(told.here for told in self._told):
            whereabouts.heard(connection, header.sender.actor, ack)

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
