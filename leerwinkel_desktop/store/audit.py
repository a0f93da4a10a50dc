"""The audit trail: append-only, each entry hashes the one before, ids only (SECURITY.md §2)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from leerwinkel_desktop.domain.rights import AuditEntry
from leerwinkel_desktop.store.connection import Connection
from sync.audit import AuditEntry as Entry
from sync.audit import audit_link

START = bytes(32)


def append(
    connection: Connection,
    at_ms: int,
    action: str,
    subject: str | None = None,
    user: str | None = None,
    device: str | None = None,
) -> None:
    """Add one entry to the chain, inside the caller's transaction."""
    entry = (at_ms, _nfc(user), _nfc(device), action, _nfc(subject))
    connection.execute(
        "INSERT INTO audit_entry (at_ms, user, device, action, subject, chain) VALUES (?, ?, ?, ?, ?, ?)",
        (*entry, audit_link(head(connection), entry)),
    )


def _nfc(text: str | None) -> str | None:
    return None if text is None else unicodedata.normalize("NFC", text)


def head(connection: Connection) -> bytes:
    """The hash of the last entry (32 bytes), or zeros when there is none; it travels in each bundle."""
    row = connection.execute("SELECT chain FROM audit_entry ORDER BY number DESC LIMIT 1").fetchone()
    return START if row is None else _value(row[0])


def _value(stored: bytes) -> bytes:
    """32 bytes, whatever somebody put there: a spoiled trail must not hold up a hand-over."""
    return bytes(stored).ljust(32, b"\0")[:32]


def entries(connection: Connection) -> list[AuditEntry]:
    """All entries, oldest first."""
    rows = connection.execute(
        "SELECT number, at_ms, user, device, action, subject FROM audit_entry ORDER BY number"
    )
    return [as_entry(number, entry) for number, *entry in rows]


def last_of(connection: Connection, action: str) -> dict[str, tuple[str | None, int]]:
    """By subject: who did this last, and when in milliseconds."""
    rows = connection.execute(
        "SELECT subject, user, at_ms FROM audit_entry "
        "WHERE action = ? AND subject IS NOT NULL ORDER BY number",
        (action,),
    )
    return {subject: (user, at_ms) for subject, user, at_ms in rows}


def user_at(connection: Connection, at_ms: int) -> str | None:
    """Who was named last at that moment (milliseconds, UTC), or None."""
    row = connection.execute(
        "SELECT user FROM audit_entry WHERE user IS NOT NULL AND at_ms <= ? "
        "ORDER BY at_ms DESC, number DESC LIMIT 1",
        (at_ms,),
    ).fetchone()
    return None if row is None else str(row[0])


def as_entry(number: int, entry: Sequence[Any]) -> AuditEntry:
    """A numbered entry as a record to show."""
    at_ms, user, device, action, subject = entry
    return AuditEntry(
        id=str(number),
        number=number,
        at_ms=at_ms,
        user=user,
        device=device,
        action=action,
        subject=subject,
    )


def chain_at(connection: Connection, number: int) -> bytes | None:
    """The chain value that stands with an entry; zeros before the first, None where there is no entry."""
    if number == 0:
        return START
    row = connection.execute("SELECT chain FROM audit_entry WHERE number = ?", (number,)).fetchone()
    return None if row is None else _value(row[0])


def stored(connection: Connection, after: int = 0) -> Iterator[tuple[int, Entry, bytes]]:
    """Number, entry and chain value of each row behind a number, as they stand there, fitting or not."""
    for number, *entry, chain in connection.execute(
        "SELECT number, at_ms, user, device, action, subject, chain FROM audit_entry "
        "WHERE number > ? ORDER BY number",
        (after,),
    ):
        at_ms, user, device, action, subject = entry
        yield number, (at_ms, user, device, action, subject), _value(chain)


def first_broken(connection: Connection) -> int | None:
    """The number of the first entry that does not follow from the one before, or None when all do."""
    chain, expected = START, 1
    for number, entry, found in stored(connection):
        chain = audit_link(chain, entry)
        if number != expected or chain != found:
            return number
        expected += 1
    return None
