"""A laptop's side of giving: who goes along until when, who leaves, the index of people (FORMAT.md §15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from leerwinkel_desktop.store import owners
from leerwinkel_desktop.store.connection import Connection
from sync import Holding, Person, encode_line
from sync.giving import MOST_IDS

_BATCH: Final = 400


@dataclass(frozen=True, slots=True)
class Scope:
    """How the office gives to this laptop: everything or not, the index of people or not.

    `worth` is the last number that is worth confirming, `heard` what the office knows to be confirmed.
    """

    everything: bool = False
    people: bool = False
    worth: int = 0
    heard: int = 0


class Hint(NamedTuple):
    """A person who is known at the office, in the words of the index."""

    client_id: str
    client_no: str | None
    first_name: str | None
    last_name: str | None
    birth_date: str | None
    place: str | None


def scope(connection: Connection) -> Scope:
    """How the office gives to this laptop."""
    row = connection.execute("SELECT everything, people, worth, heard FROM scope").fetchone()
    return Scope() if row is None else Scope(bool(row[0]), bool(row[1]), row[2], row[3])


def set_scope(connection: Connection, **values: int) -> None:
    """Put down some of what `Scope` holds."""
    connection.execute("INSERT OR IGNORE INTO scope (one) VALUES (1)")
    for name, value in values.items():
        connection.execute(f"UPDATE scope SET {name} = ?", (int(value),))  # noqa: S608


def keep_all(connection: Connection) -> None:
    """This is a workstation now: nobody goes along or leaves any more, and nothing is to be told."""
    connection.execute("DELETE FROM along")
    connection.execute("DELETE FROM holding_due")


def must_tell(connection: Connection) -> bool:
    """Whether the office must be told something, also when there is no new work."""
    known = scope(connection)
    row = connection.execute("SELECT EXISTS (SELECT 1 FROM holding_due)").fetchone()
    return known.worth > known.heard or (bool(row[0]) and not known.everything)


def holding(connection: Connection) -> list[bytes]:
    """The lines that tell the office what is here and what left, as far as it cannot know by itself."""
    if scope(connection).everything:
        return []
    rows = connection.execute("SELECT client_id, here FROM holding_due ORDER BY here, client_id").fetchall()
    return [
        encode_line(
            Holding(here=[row[0] for row in some if row[1]], left=[row[0] for row in some if not row[1]])
        )
        for some in (rows[begin : begin + MOST_IDS] for begin in range(0, len(rows), MOST_IDS))
    ]


def welcomed(connection: Connection, held: int, given: int) -> None:
    """The office welcomed this laptop: tell it who is here, but for those whom only unconfirmed work made.

    Who left and was not confirmed is told all the same.
    `held`: up to which number of ours the office has; `given`: where its own stream goes on.
    """
    connection.execute("DELETE FROM holding_due WHERE here")
    connection.execute(
        "INSERT OR IGNORE INTO holding_due SELECT id, 1 FROM client WHERE id NOT IN "
        "(SELECT record_id FROM change WHERE kind = 'client' GROUP BY record_id "
        "HAVING min(actor = 1 AND seq > ?))",
        (held,),
    )
    set_scope(connection, worth=given, heard=given)


def take(connection: Connection, client_ids: Iterable[str], until: str | None) -> None:
    """These clients go along."""
    rows = [(client_id, until) for client_id in client_ids]
    connection.executemany(
        "INSERT INTO along VALUES (?, ?, 0) ON CONFLICT DO UPDATE SET until = excluded.until, leaving = 0",
        rows,
    )
    connection.executemany("DELETE FROM holding_due WHERE client_id = ?", [(row[0],) for row in rows])


def release(connection: Connection, client_ids: Iterable[str]) -> None:
    """These clients leave as soon as nothing about them is unsent; who left already is told of again."""
    ids = [(client_id,) for client_id in client_ids]
    connection.executemany("DELETE FROM holding_due WHERE client_id = ?", ids)
    connection.executemany("INSERT INTO along VALUES (?, NULL, 1) ON CONFLICT DO UPDATE SET leaving = 1", ids)


def confirmed(connection: Connection, client_ids: Sequence[str]) -> None:
    """The office heard that these clients left; of whom something came back meanwhile leaves again."""
    ids = [(client_id,) for client_id in client_ids]
    connection.executemany("DELETE FROM holding_due WHERE client_id = ? AND NOT here", ids)
    release(connection, [client_id for client_id in client_ids if _is_here(connection, client_id)])


def _is_here(connection: Connection, client_id: str) -> bool:
    """Whether anything of a client stands in the tables."""
    found = owners.records_of(connection, [client_id])
    stands = connection.execute("SELECT 1 FROM client WHERE id = ?", (client_id,)).fetchone()
    return len(found) > 1 or stands is not None


def leaving(connection: Connection) -> list[str]:
    """The clients who are to leave, and those who left and of whom something may have come back."""
    rows = connection.execute(
        "SELECT client_id FROM along WHERE leaving UNION SELECT client_id FROM holding_due WHERE NOT here "
        "ORDER BY 1"
    )
    return [row[0] for row in rows]


def gone(connection: Connection, client_ids: Iterable[str]) -> None:
    """These clients are not here any more: the office must hear of it."""
    ids = [(client_id,) for client_id in client_ids]
    connection.executemany("DELETE FROM along WHERE client_id = ?", ids)
    connection.executemany("INSERT OR REPLACE INTO holding_due VALUES (?, 0)", ids)


def unsent(connection: Connection, acked: int) -> set[str]:
    """The clients about whom something was written here that the office has not confirmed."""
    keys = connection.execute(
        "SELECT DISTINCT kind, record_id FROM change WHERE actor = 1 AND seq > ?", (acked,)
    ).fetchall()
    return set(owners.clients_of(connection, keys).values())


def untils(connection: Connection) -> dict[str, str | None]:
    """Who was taken along, and until when (ISO date)."""
    return dict(connection.execute("SELECT client_id, until FROM along WHERE NOT leaving").fetchall())


def erased(connection: Connection, record_ids: Sequence[str]) -> None:
    """Those who are erased go along no more, and nothing is hinted of them."""
    for ids in owners.batches(record_ids, _BATCH):
        marks = ",".join("?" * len(ids))
        for table in ("along", "holding_due", "person_hint"):
            connection.execute(f"DELETE FROM {table} WHERE client_id IN ({marks})", list(ids))  # noqa: S608


# The index of people


def news_of(connection: Connection, client_ids: Iterable[str]) -> None:
    """The index has news of these clients: what it said of them is no longer true."""
    connection.executemany("DELETE FROM person_hint WHERE client_id = ?", [(each,) for each in client_ids])


def hint(connection: Connection, person: Person) -> None:
    """Put one person in the index."""
    if scope(connection).people:
        connection.execute(
            "INSERT OR REPLACE INTO person_hint VALUES (?, ?, ?, ?, ?, ?)",
            (person.id, person.number, person.first_name, person.last_name, person.birth_date, person.place),
        )


def empty(connection: Connection) -> None:
    """Forget the whole index."""
    connection.execute("DELETE FROM person_hint")


def hints(connection: Connection, birth_date: str | None = None) -> Iterator[Hint]:
    """The people of the index whose dossier is not here; all of them, or those born on one day."""
    rows = connection.execute(
        "SELECT * FROM person_hint WHERE (?1 IS NULL OR birth_date = ?1) "
        "AND client_id NOT IN (SELECT id FROM client) ORDER BY client_id",
        (birth_date,),
    )
    return (Hint(*row) for row in rows)
