"""The audit trails of laptops as the office holds them, and where one did not fit (FORMAT.md §14)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leerwinkel_desktop.domain.rights import AuditEntry
from leerwinkel_desktop.store import audit
from leerwinkel_desktop.store.connection import Connection
from sync.audit import MAX_ENTRIES, Audit, Audited, audit_link, tellable

OWN: Final = 1
"""The short number of this device among the actors."""


@dataclass(frozen=True, slots=True)
class Position:
    """Up to where the office holds a trail: the part, the number, and the chain value there."""

    part: int = 0
    number: int = 0
    chain: bytes = audit.START


@dataclass(frozen=True, slots=True)
class Break:
    """Where the trail of a laptop did not fit: its actor, the entry's number, and when that was found."""

    actor: str
    number: int
    at_ms: int


def position(connection: Connection, actor: int) -> Position | None:
    """Up to where the office holds the trail of an actor (short number); None for nothing at all."""
    row = connection.execute("SELECT part, number, chain FROM trail WHERE actor = ?", (actor,)).fetchone()
    return None if row is None else Position(*row)


def set_position(connection: Connection, actor: int, at: Position) -> None:
    """The office holds the trail up to here."""
    connection.execute(
        "INSERT OR REPLACE INTO trail VALUES (?, ?, ?, ?)", (actor, at.part, at.number, at.chain)
    )


def forget(connection: Connection) -> None:
    """On a laptop: the office holds nothing of this trail yet; it is given everything."""
    connection.execute("DELETE FROM trail WHERE actor = ?", (OWN,))


def confirm(connection: Connection, told: Audited) -> None:
    """On a laptop: keep what the office says that it holds."""
    set_position(connection, OWN, Position(0, told.number, told.chain))


def audited(connection: Connection, actor: str) -> Audited | None:
    """At the office: what to tell a laptop; None where nothing of its trail is held."""
    held = position(connection, _short(connection, actor))
    return Audited(chain=held.chain, number=held.number) if held is not None and held.number else None


def first_broken(connection: Connection) -> int | None:
    """The first entry of the own trail that does not follow, or that is not the one the office holds."""
    broken, held = audit.first_broken(connection), position(connection, OWN)
    if broken is not None or held is None or audit.chain_at(connection, held.number) == held.chain:
        return broken
    last = connection.execute("SELECT coalesce(max(number), 0) FROM audit_entry").fetchone()[0]
    return min(held.number, int(last) + 1)


def untold(connection: Connection) -> list[Audit]:
    """The lines for the office: what it does not hold yet, or everything when the own trail was changed."""
    held = position(connection, OWN) or Position()
    last = held.number if first_broken(connection) is None else 0
    before = follows = audit.chain_at(connection, last) or audit.START
    lines: list[Audit] = []
    fits = False
    for number, entry, chain in audit.stored(connection, last):
        fits = fits and number == last + 1 and follows == before and len(lines[-1].entries) < MAX_ENTRIES
        if not tellable(number, entry):
            last, before, fits = number, chain, False
            continue
        if not fits:
            lines.append(Audit(chain=before, entries=[], first=number))
            follows = before
        lines[-1].entries.append(entry)
        last, before, follows, fits = number, chain, audit_link(follows, entry), True
    return lines


class Follower:
    """Follows the trail of one laptop through one bundle, and finds where it does not fit (§14.3)."""

    def __init__(self, connection: Connection, actor: str) -> None:
        self._connection = connection
        self._actor = _short(connection, actor)
        self._known = position(connection, self._actor)
        held = self._known or Position()
        self._part, self._number = held.part, held.number
        self._came: tuple[int, bytes] | None = None
        self._breaks: list[tuple[int, bytes]] = []

    def take(self, line: Audit) -> None:
        """Compare a line with what is held, and keep what is new."""
        before, chain, rows = line.first - 1, line.chain, []
        fits = self._goes_on(before, chain)
        for number, entry in enumerate(line.entries, line.first):
            chain = audit_link(chain, entry)
            held = self._held(number)
            if held == chain:
                continue
            if held is not None and fits:
                self._breaks.append((number, chain))
            if held is not None or number != self._number + 1:
                self._part += 1
            self._number = number
            rows.append((self._actor, self._part, number, *entry, chain))
        self._connection.executemany("INSERT INTO trail_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._came = before + len(line.entries), chain

    def _goes_on(self, before: int, chain: bytes) -> bool:
        """Whether a line that begins behind `before` goes on where the line before it, or the office, is."""
        expected = self._expected(before)
        if expected is None:
            last = self._number if self._came is None else self._came[0]
            self._breaks.append((last + 1, chain))
        elif expected != chain:
            self._breaks.append((max(before, 1), chain))
        return expected == chain

    def _expected(self, number: int) -> bytes | None:
        """The chain value at a number by the line before, or by what is held; None for neither."""
        if self._came is not None and self._came[0] == number:
            return self._came[1]
        if self._known is not None and self._known.number == number:
            return self._known.chain
        return audit.START if number == 0 else self._held(number)

    def _held(self, number: int) -> bytes | None:
        if number > self._number:
            return None
        row = self._connection.execute(
            "SELECT chain FROM trail_entry WHERE actor = ? AND number = ? ORDER BY part DESC LIMIT 1",
            (self._actor, number),
        ).fetchone()
        return None if row is None else bytes(row[0])

    def finish(self, head: bytes, at_ms: int) -> int | None:
        """Look at the end of the trail and keep the position; gives the first number that did not fit.

        The same break again, of a bundle that repeats entries, was told before: None.
        """
        if self._came is None:
            if self._known is not None and head != self._known.chain:
                self._breaks.append((self._number + 1, head))
            return self._tell(at_ms)
        number, chain = self._came
        if chain != head:
            self._breaks.append((number, head))
        elif number < self._number:
            self._breaks.append((number + 1, head))
        part = self._part + (number < self._number)
        set_position(self._connection, self._actor, Position(part, number, head))
        return self._tell(at_ms)

    def _tell(self, at_ms: int) -> int | None:
        fresh = [
            number
            for number, chain in self._breaks
            if self._connection.execute(
                "INSERT OR IGNORE INTO trail_break (actor, number, chain, at_ms) VALUES (?, ?, ?, ?)",
                (self._actor, number, chain, at_ms),
            ).rowcount
        ]
        return fresh[0] if fresh else None


def breaks(connection: Connection) -> list[Break]:
    """What did not fit and nobody has acknowledged, oldest first."""
    rows = connection.execute(
        "SELECT actor.actor, trail_break.number, at_ms FROM trail_break "
        "JOIN actor ON actor.number = trail_break.actor WHERE seen_ms IS NULL ORDER BY at_ms, 2"
    )
    return [Break(*row) for row in rows]


def acknowledge(connection: Connection, actor: str, at_ms: int, user: str) -> int:
    """Somebody has seen what did not fit in the trail of a laptop; gives how many."""
    done = connection.execute(
        "UPDATE trail_break SET seen_ms = ?, seen_by = ? WHERE actor = ? AND seen_ms IS NULL",
        (at_ms, user, _short(connection, actor)),
    )
    return int(done.rowcount)


def entries(connection: Connection, actor: str) -> list[AuditEntry]:
    """All that was handed over of a laptop's trail, in order; a number twice where it did not fit."""
    rows = connection.execute(
        "SELECT number, at_ms, user, device, action, subject FROM trail_entry "
        "WHERE actor = ? ORDER BY number, part",
        (_short(connection, actor),),
    )
    return [audit.as_entry(number, entry) for number, *entry in rows]


def user_at(connection: Connection, actor: str, at_ms: int) -> str | None:
    """Who was named last in a laptop's trail at that moment (milliseconds, UTC), or None."""
    row = connection.execute(
        "SELECT user FROM trail_entry WHERE actor = (SELECT number FROM actor WHERE actor = ?) "
        "AND user IS NOT NULL AND at_ms <= ? ORDER BY at_ms DESC, number DESC LIMIT 1",
        (actor, at_ms),
    ).fetchone()
    return None if row is None else str(row[0])


def _short(connection: Connection, actor: str) -> int:
    row = connection.execute("SELECT number FROM actor WHERE actor = ?", (actor,)).fetchone()
    return int(row[0])
