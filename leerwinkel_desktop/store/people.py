"""Keeps beside the rows who is one person: merged dossiers, their words, and who is to be compared.

The alias table follows from `Dossier.merged_into` alone (domain/aliases.py); nothing of a person is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from leerwinkel_desktop.domain.aliases import ends
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.store import doubles, search
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.owners import listed

KINDS: Final = frozenset({"client", "dossier"})
"""The kinds of record whose change can change who is who."""
_LIVE: Final = (
    "SELECT dossier.id, client_id, merged_into FROM dossier JOIN client ON client.id = client_id "
    "WHERE dossier.removed = 0 AND client.removed = 0"
)


def follow(connection: Connection, codelists: CodeLists, client_ids: Sequence[str]) -> None:
    """Bring everything up to date after clients (these) or dossiers (any) were written or went."""
    moved = _renew(connection)
    search.refresh(connection, codelists, [*client_ids, *sorted(moved.difference(client_ids))])
    doubles.mark(connection, client_ids)


def person_of(connection: Connection, client_id: str) -> str:
    """The client who stands for this one; the same id for who was never merged."""
    row = connection.execute("SELECT person FROM alias WHERE client_id = ?", (client_id,)).fetchone()
    return client_id if row is None else str(row[0])


def aliases(connection: Connection) -> dict[str, str]:
    """For each client who was merged the one who stands for it, oldest first."""
    return dict(connection.execute("SELECT client_id, person FROM alias ORDER BY client_id").fetchall())


def members_of(connection: Connection, client_id: str) -> list[str]:
    """All clients who are one person with this one: who stands for them first, then the oldest first."""
    person = person_of(connection, client_id)
    rows = connection.execute("SELECT client_id FROM alias WHERE person = ? ORDER BY client_id", (person,))
    return [person, *(row[0] for row in rows)]


def persons(connection: Connection, client_ids: Iterable[str]) -> set[str]:
    """Who stands for these clients: whoever was merged is one person."""
    rows = connection.execute(
        "SELECT coalesce(person, value) FROM json_each(?) LEFT JOIN alias ON client_id = value",
        (listed(client_ids),),
    )
    return {row[0] for row in rows}


def shown(connection: Connection, client_ids: Iterable[str]) -> int:
    """How many persons these clients are, without who was removed."""
    rows = connection.execute(
        "SELECT client.id FROM json_each(?) AS wanted CROSS JOIN client ON client.id = wanted.value "
        "WHERE removed = 0",
        (listed(client_ids),),
    )
    return len(persons(connection, [row[0] for row in rows]))


def how_many(connection: Connection) -> int:
    """How many people there are in this vault."""
    query = "SELECT (SELECT count(*) FROM client WHERE removed = 0) - (SELECT count(*) FROM alias)"
    return int(connection.execute(query).fetchone()[0])


def dossiers_of(connection: Connection, dossier_id: str) -> list[str]:
    """All dossiers of the person whom this dossier is about, this one first."""
    row = connection.execute("SELECT client_id FROM dossier WHERE id = ?", (dossier_id,)).fetchone()
    members = [] if row is None or row[0] is None else members_of(connection, row[0])
    marks = ",".join("?" * len(members))
    query = f"SELECT id FROM dossier WHERE removed = 0 AND client_id IN ({marks}) ORDER BY id"  # noqa: S608
    others = [each for (each,) in connection.execute(query, members) if each != dossier_id]
    return [dossier_id, *others]


def _renew(connection: Connection) -> set[str]:
    """Write the alias table anew where it differs; gives the clients whose words are touched by that."""
    before = aliases(connection)
    after = _aliases(connection)
    if before == after:
        return set()
    gone = [(client_id,) for client_id in before.keys() - after.keys()]
    connection.executemany("DELETE FROM alias WHERE client_id = ?", gone)
    differing = after.items() - before.items()
    connection.executemany("INSERT OR REPLACE INTO alias VALUES (?, ?)", list(differing))
    return {client for pair in before.items() ^ after.items() for client in pair}


def _aliases(connection: Connection) -> dict[str, str]:
    merged = connection.execute(f"{_LIVE} AND merged_into IS NOT NULL").fetchall()
    into = {dossier: target for dossier, _, target in merged}
    client = {dossier: client_id for dossier, client_id, _ in merged}
    for target in {*into.values()} - into.keys():
        for dossier, client_id, _ in connection.execute(f"{_LIVE} AND dossier.id = ?", (target,)):
            into[dossier], client[dossier] = None, client_id
    found = {client[dossier]: client[end] for dossier, end in ends(into).items()}
    return {client_id: person for client_id, person in found.items() if client_id != person}
