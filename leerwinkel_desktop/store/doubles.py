"""Keeps what finds the same person twice: keys of each client, what is still to be compared, and pairs.

What the keys are is said by domain/same_person.py. They are made after the save or the import, not in it: a
change only marks its client, so that an import of many stays an import.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leerwinkel_desktop.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Found:
    """Two clients who may be one person, the smaller id first; `different_by` says that they are not."""

    first: str
    second: str
    score: int
    different_by: str | None
    different_at_ms: int | None


def mark(connection: Connection, client_ids: Sequence[str]) -> None:
    """These clients changed: their keys are to be made anew."""
    connection.executemany("INSERT OR REPLACE INTO key_due VALUES (?)", [(one,) for one in client_ids])


def keys_due(connection: Connection, limit: int) -> list[str]:
    """Clients whose keys are to be made anew, oldest first."""
    return _ids(connection, "SELECT client_id FROM key_due ORDER BY client_id LIMIT ?", limit)


def pairs_due(connection: Connection, limit: int) -> list[str]:
    """Clients who are to be compared with all others, oldest first."""
    return _ids(connection, "SELECT client_id FROM pair_due ORDER BY client_id LIMIT ?", limit)


def how_many_keys(connection: Connection) -> int:
    """How many clients wait for their keys."""
    return int(connection.execute("SELECT count(*) FROM key_due").fetchone()[0])


def how_many_pairs(connection: Connection) -> int:
    """How many clients wait to be compared."""
    return int(connection.execute("SELECT count(*) FROM pair_due").fetchone()[0])


def _ids(connection: Connection, query: str, limit: int) -> list[str]:
    return [row[0] for row in connection.execute(query, (limit,))]


def put_keys(connection: Connection, keys: Mapping[str, Iterable[str]]) -> None:
    """The keys of these clients as they are now, none for one who is gone; then they are to be compared."""
    ids = [(client_id,) for client_id in keys]
    connection.executemany("DELETE FROM double_key WHERE client_id = ?", ids)
    rows = [(client_id, key) for client_id, own in keys.items() for key in own]
    connection.executemany("INSERT OR IGNORE INTO double_key VALUES (?, ?)", rows)
    connection.executemany("DELETE FROM key_due WHERE client_id = ?", ids)
    connection.executemany("INSERT OR REPLACE INTO pair_due VALUES (?)", ids)


def candidates(connection: Connection, keys: Sequence[str]) -> list[str]:
    """The clients who have one of these keys."""
    marks = ",".join("?" * len(keys))
    query = f"SELECT DISTINCT client_id FROM double_key WHERE key IN ({marks})"  # noqa: S608
    return [row[0] for row in connection.execute(query, list(keys))]


def put_pairs(connection: Connection, client_id: str, scores: Mapping[str, int]) -> None:
    """The pairs of one client as they are now, other client -> score; what was decided stays decided."""
    connection.execute(
        "DELETE FROM double_pair WHERE (first = ? OR second = ?) AND different_by IS NULL",
        (client_id, client_id),
    )
    rows = [(*sorted((client_id, other)), score) for other, score in scores.items()]
    connection.executemany(
        "INSERT INTO double_pair (first, second, score) VALUES (?, ?, ?) "
        "ON CONFLICT (first, second) DO UPDATE SET score = excluded.score",
        rows,
    )
    connection.execute("DELETE FROM pair_due WHERE client_id = ?", (client_id,))


def pairs(connection: Connection, *, different: bool) -> list[Found]:
    """The pairs to decide on, or those that were said to be different people; most alike first."""
    known = "NOT NULL" if different else "NULL"
    rows = connection.execute(
        "SELECT first, second, score, different_by, different_at_ms FROM double_pair "  # noqa: S608
        f"WHERE different_by IS {known} ORDER BY score DESC, first, second"
    )
    return [Found(*row) for row in rows]


def put_different(connection: Connection, one: str, other: str, user: str | None, at_ms: int) -> None:
    """Two clients are different people, says this user; None takes that back, and they are compared again."""
    pair = sorted((one, other))
    if user is None:
        connection.execute("DELETE FROM double_pair WHERE first = ? AND second = ?", pair)
        connection.execute("INSERT OR REPLACE INTO pair_due VALUES (?)", (pair[1],))
    else:
        connection.execute(
            "INSERT INTO double_pair VALUES (?, ?, 0, ?, ?) ON CONFLICT (first, second) "
            "DO UPDATE SET different_by = excluded.different_by, different_at_ms = excluded.different_at_ms",
            (*pair, user, at_ms),
        )


def forget(connection: Connection, client_ids: Iterable[str]) -> None:
    """Nothing that makes these clients comparable stays: they left this vault."""
    for client_id in client_ids:
        for table in ("double_key", "key_due", "pair_due"):
            connection.execute(f"DELETE FROM {table} WHERE client_id = ?", (client_id,))  # noqa: S608
        connection.execute("DELETE FROM double_pair WHERE first = ? OR second = ?", (client_id, client_id))


def described(
    connection: Connection, names: Sequence[str], client_ids: Sequence[str]
) -> list[tuple[Any, ...]]:
    """The id and these fields of each client who was not removed, as they stand in the table."""
    marks = ",".join("?" * len(client_ids))
    columns = ", ".join(names)
    query = f"SELECT id, {columns} FROM client WHERE removed = 0 AND id IN ({marks})"  # noqa: S608
    rows: list[tuple[Any, ...]] = connection.execute(query, list(client_ids)).fetchall()
    return rows


def contact(connection: Connection, client_ids: Sequence[str]) -> tuple[int, str | None]:
    """How many trajectories these clients have, and the day of the latest intake or talk with one of them."""
    marks = ",".join("?" * len(client_ids))
    row = connection.execute(
        "SELECT count(*), max(intake_date), max((SELECT max(date) FROM session "  # noqa: S608
        "WHERE session.trajectory_id = trajectory.id AND session.removed = 0)) FROM trajectory "
        "JOIN dossier ON dossier.id = trajectory.dossier_id AND dossier.removed = 0 "
        f"WHERE trajectory.removed = 0 AND dossier.client_id IN ({marks})",
        list(client_ids),
    ).fetchone()
    return int(row[0]), max(filter(None, row[1:]), default=None)


def written_by(connection: Connection, client_id: str) -> str | None:
    """The name of the device that wrote the first change of a client."""
    row = connection.execute(
        "SELECT coalesce(actor.name, device.name) FROM change JOIN actor ON actor.number = change.actor "
        "LEFT JOIN device ON device.actor = actor.actor WHERE record_id = ? ORDER BY change.hlc LIMIT 1",
        (client_id,),
    ).fetchone()
    return None if row is None else row[0]
