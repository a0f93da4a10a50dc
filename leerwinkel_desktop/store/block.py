"""The detention keys of a vault as they are kept: sealed to each holder, with the list of who has access."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leerwinkel_desktop.store.connection import Connection

_ACCESS = "user_id, user, granted_by, granted_at_ms, withdrawn_by, withdrawn_at_ms"


@dataclass(frozen=True, slots=True)
class Access:
    """One line of the access list: who, let in by whom and when (milliseconds, UTC), and when no longer."""

    user_id: str
    user: str
    granted_by: str
    granted_at_ms: int
    withdrawn_by: str | None
    withdrawn_at_ms: int | None

    @property
    def open(self) -> bool:
        """Whether this person has access now."""
        return self.withdrawn_at_ms is None


def key_ids(connection: Connection) -> list[str]:
    """The keys that this vault knows, oldest first; the last one seals."""
    return [row[0] for row in connection.execute("SELECT key_id FROM block_key ORDER BY number")]


def add_key(connection: Connection, key_id: str, at_ms: int) -> None:
    """Know a key, as the one that seals from now on; a key that is known moves up."""
    connection.execute(
        "INSERT INTO block_key (number, key_id, made_at_ms) "
        "VALUES ((SELECT coalesce(max(number), 0) + 1 FROM block_key), ?, ?) "
        "ON CONFLICT (key_id) DO UPDATE SET number = excluded.number",
        (key_id, at_ms),
    )


def share(connection: Connection, key_id: str, holder: str, sealed: bytes) -> None:
    """Keep a key, sealed to one holder."""
    connection.execute("INSERT OR REPLACE INTO block_share VALUES (?, ?, ?)", (key_id, holder, sealed))


def shares(connection: Connection, holder: str) -> list[tuple[str, bytes]]:
    """The keys that a holder can open, oldest first, as (key id, sealed)."""
    rows = connection.execute(
        "SELECT block_share.key_id, sealed FROM block_share "
        "JOIN block_key ON block_key.key_id = block_share.key_id WHERE holder = ? ORDER BY number",
        (holder,),
    )
    return [(row[0], bytes(row[1])) for row in rows]


def forget_shares(connection: Connection, holder: str) -> None:
    """Destroy what a holder could open the keys with."""
    connection.execute("DELETE FROM block_share WHERE holder = ?", (holder,))


def access_list(connection: Connection) -> list[Access]:
    """Everybody who has or had access, in the order in which they got it."""
    rows = connection.execute(f"SELECT {_ACCESS} FROM block_access ORDER BY number")  # noqa: S608
    return [Access(*row) for row in rows]


def grant(connection: Connection, user_id: str, user: str, by: str, at_ms: int) -> None:
    """Put somebody on the access list."""
    connection.execute(
        "INSERT INTO block_access (user_id, user, granted_by, granted_at_ms) VALUES (?, ?, ?, ?)",
        (user_id, user, by, at_ms),
    )


def withdraw(connection: Connection, user_id: str, by: str, at_ms: int) -> None:
    """Close somebody's line on the access list and destroy their shares."""
    connection.execute(
        "UPDATE block_access SET withdrawn_by = ?, withdrawn_at_ms = ? "
        "WHERE user_id = ? AND withdrawn_at_ms IS NULL",
        (by, at_ms, user_id),
    )
    forget_shares(connection, user_id)


def unsealed(connection: Connection) -> list[tuple[str, str, str]]:
    """What an older program stored open, as (kind, id, values as JSON), oldest first."""
    rows: Sequence[tuple[str, str, str]] = connection.execute(
        "SELECT kind, id, wire FROM unsealed ORDER BY kind DESC, id"  # episodes before their approvals
    ).fetchall()
    return list(rows)


def forget_unsealed(connection: Connection) -> None:
    """Drop what an older program stored open; secure_delete wipes the pages."""
    connection.execute("DELETE FROM unsealed")


def stale(connection: Connection, current: str) -> list[str]:
    """The sealed records of which a value stands under another key than the newest, or none at all."""
    rows = connection.execute(
        "SELECT id FROM sealed_record WHERE removed = 0 AND substr(coalesce(s01, ''), 1, 8) != ? ORDER BY id",
        (current,),
    )
    return [row[0] for row in rows]
