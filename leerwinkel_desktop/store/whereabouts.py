"""The office's side of giving: which clients are on each laptop, taken along, asked back or gone (§15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from leerwinkel_desktop.store import devices, owners
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.giving import adding, manner, number_of, set_manner
from sync import Gone, Release, Take, encode_line
from sync.giving import MOST_IDS

State = Literal["MADE", "TAKEN", "RELEASED"]
_BATCH: Final = 400
_APART: Final = """
    WITH there AS (SELECT client_id, until FROM at_laptop WHERE laptop = ?1 AND state != 'RELEASED'),
    member AS (SELECT client_id, person FROM alias UNION SELECT person, person FROM alias)
    SELECT client_id, max(until) FROM member
    JOIN (SELECT person, until FROM member JOIN there USING (client_id)) USING (person)
    WHERE client_id NOT IN (SELECT client_id FROM there) GROUP BY client_id
"""
_encode = msgspec.json.Encoder().encode


class Held(NamedTuple):
    """A client on a laptop, as the office knows it; `until` is an ISO date."""

    client_id: str
    state: State
    since_ms: int
    until: str | None
    number: int


def at_laptop(connection: Connection, actor: str) -> list[Held]:
    """The clients on a laptop, as the office knows it."""
    rows = connection.execute(
        "SELECT client_id, state, since_ms, until, number FROM at_laptop WHERE laptop = ? ORDER BY client_id",
        (number_of(connection, actor),),
    )
    return [Held(*row) for row in rows]


def arrived(connection: Connection, actor: str, wrote: Mapping[str, int], have: int) -> None:
    """A laptop's own changes of clients above number `have` were read (id -> milliseconds).

    Those whom nobody wrote of before are there. By a change of somebody who is known here, a laptop gets
    nothing of him.
    """
    laptop = number_of(connection, actor)
    connection.executemany(
        "INSERT OR IGNORE INTO at_laptop (laptop, client_id, state, since_ms) "
        "SELECT ?1, ?2, 'MADE', ?3 WHERE NOT EXISTS (SELECT 1 FROM erased WHERE record_id = ?2) "
        "AND NOT EXISTS (SELECT 1 FROM change WHERE record_id = ?2 AND (actor != ?1 OR seq <= ?4))",
        [(laptop, client_id, at_ms, have) for client_id, at_ms in wrote.items()],
    )


def take(
    connection: Connection, actor: str, client_ids: Sequence[str], until: str | None, now_ms: int
) -> None:
    """Give these clients to a laptop; all that was ever written about them follows."""
    laptop = number_of(connection, actor)
    with adding(connection, actor) as stream:
        for ids in owners.batches(sorted(client_ids), MOST_IDS):
            number = stream.add(encode_line(Take(ids=list(ids), until=until)))
            connection.executemany(
                "INSERT INTO at_laptop (laptop, client_id, state, since_ms, until, number, due) "
                "VALUES (?, ?, 'TAKEN', ?, ?, ?, 1) ON CONFLICT DO UPDATE SET "
                "due = 1, state = 'TAKEN', until = excluded.until, number = excluded.number",
                [(laptop, client_id, now_ms, until, number) for client_id in ids],
            )


def together(connection: Connection, actor: str, now_ms: int) -> list[str]:
    """Give a laptop all dossiers of a person of whom it has one, until the same day; gives who came along."""
    if manner(connection, actor).everything:
        return []
    rows = connection.execute(_APART, (number_of(connection, actor),)).fetchall()
    for until in sorted({until for _, until in rows}, key=str):
        take(connection, actor, [client_id for client_id, day in rows if day == until], until, now_ms)
    return [client_id for client_id, _ in rows]


def release(connection: Connection, actor: str, client_ids: Sequence[str]) -> None:
    """Ask a laptop to let these clients go; until it says that they left, they count as there."""
    laptop = number_of(connection, actor)
    with adding(connection, actor) as stream:
        for ids in owners.batches(sorted(client_ids), MOST_IDS):
            stream.add(encode_line(Release(ids=list(ids))))
            connection.executemany(
                "UPDATE at_laptop SET state = 'RELEASED', due = 0 WHERE laptop = ? AND client_id = ?",
                [(laptop, client_id) for client_id in ids],
            )


def left(connection: Connection, actor: str, client_ids: Sequence[str], ack: int) -> None:
    """A laptop that has read up to number `ack` says that these clients left it; that is confirmed."""
    laptop = number_of(connection, actor)
    known = {held.client_id: held.number for held in at_laptop(connection, actor)}
    heard_of = connection.execute(
        "SELECT value FROM json_each(?) WHERE EXISTS "
        "(SELECT 1 FROM change WHERE record_id = value AND kind = 'client')",
        (_encode(list(client_ids)).decode(),),
    )
    gone = [client_id for (client_id,) in heard_of.fetchall() if known.get(client_id, 0) <= ack]
    connection.executemany(
        "DELETE FROM at_laptop WHERE laptop = ? AND client_id = ?",
        [(laptop, client_id) for client_id in gone],
    )
    if not gone:
        return
    raw = encode_line(Gone(ids=sorted(gone)))
    if raw not in (line for number, line in devices.given(connection, actor) if number > ack):
        with adding(connection, actor) as stream:
            stream.add(raw)


def here(connection: Connection, actor: str, client_ids: Sequence[str], now_ms: int) -> None:
    """A laptop says that these clients are on it: they go along from now on, or are asked to leave.

    Its word alone gives it nobody: whom the office does not know to be there it asks to leave, but for a
    laptop that is believed, since the office itself forgot (FORMAT.md §15.3).
    """
    ids = _encode(list(client_ids)).decode()
    told = connection.execute(
        "SELECT client.id, state FROM json_each(?) AS told CROSS JOIN client ON client.id = told.value "
        "LEFT JOIN at_laptop ON client_id = client.id AND laptop = ? "
        "WHERE coalesce(state, 'MADE') = 'MADE'",
        (ids, number_of(connection, actor)),
    ).fetchall()
    believed = manner(connection, actor).believed
    take(connection, actor, [each for each, state in told if state or believed], None, now_ms)
    release(connection, actor, [each for each, state in told if not (state or believed)])


def believe(connection: Connection) -> None:
    """The office was restored and may have forgotten who is where: each laptop may say so, once."""
    for peer in devices.peers(connection):
        if peer.role == "laptop":
            set_manner(connection, peer.actor, believed=1)


def heard(connection: Connection, actor: str, ack: int) -> None:
    """A laptop that has read its snapshot has nothing more to say of who is there: it is believed no more."""
    known = manner(connection, actor)
    if known.believed and ack >= known.anew:
        set_manner(connection, actor, believed=0)


def say_anew(connection: Connection, actor: str) -> None:
    """A snapshot is to be written: it says of all who are there what is so at the stream's last number."""
    connection.execute(
        "UPDATE at_laptop SET number = (SELECT sent FROM actor WHERE number = laptop) WHERE laptop = ?",
        (number_of(connection, actor),),
    )


def erased(connection: Connection, record_ids: Sequence[str]) -> None:
    """Those who are erased are on no laptop's list any more."""
    for ids in owners.batches(record_ids, _BATCH):
        marks = ",".join("?" * len(ids))
        connection.execute(f"DELETE FROM at_laptop WHERE client_id IN ({marks})", list(ids))  # noqa: S608
