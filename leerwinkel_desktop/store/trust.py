"""What this vault trusts and how other devices stand: root, keyset, roster, own keys (FORMAT.md §13)."""

from __future__ import annotations

from dataclasses import dataclass

from leerwinkel_desktop.store.connection import Connection
from sync import roster
from sync.roster import Keyset, Roster


@dataclass(frozen=True, slots=True, repr=False)
class Pinned:
    """The root that counts here; `root_waiting` is its secret only until it is on paper.

    `machine` and `folder` say where the vault stood (hashes); `previous` is the actor it was before.
    """

    root: bytes | None = None
    root_waiting: str | None = None
    machine: str | None = None
    folder: str | None = None
    previous: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class OfficeKeys:
    """One of the office's own pairs; `roster` is the first version that was signed with it."""

    signing_key: bytes
    identity: str
    valid_from: int
    valid_until: int | None
    roster: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How another device stands with us.

    `last`: last number accepted of a stopped one. `roster`: the version it knows. `created`: stamp of the
    newest bundle read from it. `successor`: the actor it became.
    """

    last: int | None = None
    roster: int = 0
    created: int = 0
    successor: str | None = None


def pinned(connection: Connection) -> Pinned:
    """What is pinned here."""
    row = connection.execute("SELECT root, root_waiting, machine, folder, previous FROM trust").fetchone()
    return Pinned() if row is None else Pinned(*row)


def pin(connection: Connection, **values: str | bytes | None) -> None:
    """Put down some of what `Pinned` holds."""
    connection.execute("INSERT OR IGNORE INTO trust (one) VALUES (1)")
    for name, value in values.items():
        connection.execute(f"UPDATE trust SET {name} = ?", (value,))  # noqa: S608


def keyset(connection: Connection) -> Keyset | None:
    """The newest keyset, or None."""
    line = _line(connection, "keyset")
    return None if line is None else roster.parse(line, Keyset)


def known_roster(connection: Connection) -> Roster | None:
    """The newest roster, or None."""
    line = _line(connection, "roster")
    return None if line is None else roster.parse(line, Roster)


def names(connection: Connection) -> dict[str, str]:
    """The name of each device on the newest roster: actor -> name."""
    known = known_roster(connection)
    return {} if known is None else {member.actor: member.name for member in known.members}


def roster_version(connection: Connection) -> int:
    """The version of the newest roster, 0 for none."""
    row = connection.execute("SELECT max(version) FROM statement WHERE kind = 'roster'").fetchone()
    return int(row[0] or 0)


def put(connection: Connection, statement: Keyset | Roster) -> None:
    """Keep a newer keyset or roster instead of the one before."""
    kind = type(statement).__name__.lower()
    connection.execute("DELETE FROM statement WHERE kind = ?", (kind,))
    connection.execute(
        "INSERT INTO statement VALUES (?, ?, ?)", (kind, statement.version, roster.encode(statement))
    )


def office_keys(connection: Connection) -> list[OfficeKeys]:
    """The office's own keys, oldest first."""
    rows = connection.execute(
        "SELECT signing_key, identity, valid_from, valid_until, roster FROM office_key ORDER BY number"
    )
    return [OfficeKeys(*row) for row in rows]


def add_office_keys(connection: Connection, keys: OfficeKeys, until: int | None) -> None:
    """Add a pair; the one before is valid until that stamp from now on."""
    connection.execute("UPDATE office_key SET valid_until = ? WHERE valid_until IS NULL", (until,))
    connection.execute(
        "INSERT INTO office_key (signing_key, identity, valid_from, valid_until, roster) "
        "VALUES (?, ?, ?, ?, ?)",
        (keys.signing_key, keys.identity, keys.valid_from, keys.valid_until, keys.roster),
    )


def standing(connection: Connection, actor: str) -> Standing:
    """How a device stands; nothing special for one without a row."""
    row = connection.execute(
        "SELECT last, roster, created, successor FROM standing "
        "JOIN actor ON actor.number = standing.actor WHERE actor.actor = ?",
        (actor,),
    ).fetchone()
    return Standing() if row is None else Standing(*row)


def set_standing(connection: Connection, actor: str, **values: str | int | None) -> None:
    """Put down some of what `Standing` holds of a known device."""
    number = connection.execute("SELECT number FROM actor WHERE actor = ?", (actor,)).fetchone()[0]
    connection.execute("INSERT OR IGNORE INTO standing (actor) VALUES (?)", (number,))
    for name, value in values.items():
        connection.execute(f"UPDATE standing SET {name} = ? WHERE actor = ?", (value, number))  # noqa: S608


def keep_secret(connection: Connection, name: str, value: bytes) -> None:
    """Keep what the office's welcome gave under a name."""
    connection.execute("INSERT OR REPLACE INTO welcome_secret VALUES (?, ?)", (name, value))


def secret(connection: Connection, name: str) -> bytes | None:
    """What the office's welcome gave under a name, or None."""
    row = connection.execute("SELECT value FROM welcome_secret WHERE name = ?", (name,)).fetchone()
    return None if row is None else bytes(row[0])


def _line(connection: Connection, kind: str) -> bytes | None:
    row = connection.execute(
        "SELECT line FROM statement WHERE kind = ? ORDER BY version DESC LIMIT 1", (kind,)
    ).fetchone()
    return None if row is None else bytes(row[0])
