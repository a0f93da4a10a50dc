"""The audit trail: append-only, each entry hashes the one before, ids only (SECURITY.md §2)."""

from __future__ import annotations

import hashlib

from leerwinkel_desktop.domain.rights import AuditEntry
from leerwinkel_desktop.store.connection import Connection

START = bytes(32)


def _link(previous: bytes, at_ms: int, *texts: str | None) -> bytes:
    parts = [str(at_ms), *(text or "" for text in texts)]
    framed = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return hashlib.sha256(b"leerwinkel audit 1\n" + previous + framed).digest()


def append(
    connection: Connection,
    at_ms: int,
    action: str,
    subject: str | None = None,
    user: str | None = None,
    device: str | None = None,
) -> None:
    """Add one entry to the chain, inside the caller's transaction."""
    chain = _link(head(connection), at_ms, user, device, action, subject)
    connection.execute(
        "INSERT INTO audit_entry (at_ms, user, device, action, subject, chain) VALUES (?, ?, ?, ?, ?, ?)",
        (at_ms, user, device, action, subject, chain),
    )


def head(connection: Connection) -> bytes:
    """The hash of the last entry (32 bytes), or zeros when there is none; it travels in each bundle."""
    row = connection.execute("SELECT chain FROM audit_entry ORDER BY number DESC LIMIT 1").fetchone()
    return START if row is None else bytes(row[0])


def entries(connection: Connection) -> list[AuditEntry]:
    """All entries, oldest first."""
    rows = connection.execute(
        "SELECT number, at_ms, user, device, action, subject FROM audit_entry ORDER BY number"
    )
    return [
        AuditEntry(
            id=str(row[0]),
            number=row[0],
            at_ms=row[1],
            user=row[2],
            device=row[3],
            action=row[4],
            subject=row[5],
        )
        for row in rows
    ]


def first_broken(connection: Connection) -> int | None:
    """The number of the first entry that does not follow from the one before, or None when all do."""
    chain, expected = START, 1
    for number, at_ms, user, device, action, subject, found in connection.execute(
        "SELECT number, at_ms, user, device, action, subject, chain FROM audit_entry ORDER BY number"
    ):
        chain = _link(chain, at_ms, user, device, action, subject)
        if number != expected or chain != bytes(found):
            return int(number)
        expected += 1
    return None
