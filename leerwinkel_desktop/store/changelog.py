"""The change log: every save appends to it, every bundle is read into it, and rows follow.

SECURITY.md §4 and FORMAT.md §7: a change is one save of one record; what a record shows is a pure function of
the set of its changes. Rows are kept beside the log, so that reading needs no merging.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

import msgspec

from leerwinkel_desktop.domain.fields import Wire
from leerwinkel_desktop.domain.registry import STORED
from leerwinkel_desktop.store import devices, trust
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.errors import DamagedVault
from sync import lines
from sync.changes import GENESIS, REMOVED, Change, encode, erase, link, new_change
from sync.clock import Clock
from sync.merge import Version, merge

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode_patch = msgspec.json.Decoder(dict[str, Wire]).decode
_decode_base = msgspec.json.Decoder(dict[str, int]).decode
COLUMNS = "actor.actor, change.seq, hlc, kind, record_id, patch, base, salt, commitment"
REMOVED_FIELD = REMOVED
_INSERT = "INSERT INTO change VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
MOST_AT_ONCE = 400
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
Key = tuple[str, str]  # kind and id of a record


def _actors(connection: Connection) -> dict[str, int]:
    return dict(connection.execute("SELECT actor, number FROM actor").fetchall())


def base_of(connection: Connection, record_id: str) -> dict[str, int]:
    """Which changes of a record were seen here: actor -> highest number, the `base` of the next change."""
    return dict(
        connection.execute(
            "SELECT actor.actor, max(change.seq) FROM change JOIN actor ON actor.number = change.actor "
            "WHERE record_id = ? AND held IS NULL GROUP BY change.actor",
            (record_id,),
        ).fetchall()
    )


def own_actor(connection: Connection) -> str:
    """Who writes here."""
    return str(connection.execute("SELECT actor FROM device").fetchone()[0])


def highest(connection: Connection, actor: str) -> int:
    """The highest number of an actor that is here, in any form; 0 for none."""
    row = connection.execute(
        "SELECT max(seq) FROM change WHERE actor = (SELECT number FROM actor WHERE actor = ?)", (actor,)
    ).fetchone()
    return row[0] or 0


def numbered(connection: Connection, changes: Iterable[Change]) -> dict[tuple[str, int], Change]:
    """What stands here under the numbers of these changes, in any form."""
    return at(connection, ((change.actor, change.seq) for change in changes))


def at(connection: Connection, numbers: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Change]:
    """What stands here under these numbers (actor, seq), in any form."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for actor, seq in numbers:
        wanted[actor].append(seq)
    found = {}
    for actor, asked in wanted.items():
        rows = connection.execute(
            f"SELECT {COLUMNS} FROM actor CROSS JOIN json_each(?) AS wanted "  # noqa: S608
            "CROSS JOIN change ON change.actor = actor.number AND change.seq = wanted.value "
            "WHERE actor.actor = ?",
            (_encode(asked).decode(), actor),
        )
        found.update({(change.actor, change.seq): change for change in map(change_of, rows)})
    return found


def of_records(connection: Connection, record_ids: Sequence[str]) -> Iterator[Change]:
    """All changes of these records that are not held back, by writer and number."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM json_each(?) AS wanted CROSS JOIN change ON record_id = wanted.value "  # noqa: S608
        "JOIN actor ON actor.number = change.actor WHERE held IS NULL ORDER BY change.actor, change.seq",
        (_encode(list(record_ids)).decode(),),
    )
    return map(change_of, rows)


def everything(connection: Connection) -> Iterator[Change]:
    """All changes that are not held back, by writer and number."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM actor CROSS JOIN change ON change.actor = actor.number "  # noqa: S608
        "WHERE held IS NULL ORDER BY change.actor, change.seq"
    )
    return map(change_of, rows)


def add(connection: Connection, changes: Sequence[tuple[Change, str | None]]) -> None:
    """Log changes of others that are not here yet, each with the field for which it is held back, or None."""
    numbers = _actors(connection)
    if unknown := {change.actor for change, _ in changes} - numbers.keys():
        for actor in sorted(unknown):
            devices.add_actor(connection, actor)
        numbers = _actors(connection)
    connection.executemany(_INSERT, [_row(numbers[change.actor], change, held) for change, held in changes])


def refill(connection: Connection, changes: Sequence[tuple[Change, str | None]]) -> None:
    """Give values back to changes of which only the commitments are here."""
    connection.executemany(
        "UPDATE change SET patch = ?, salt = ?, commitment = NULL, held = ? "
        "WHERE actor = (SELECT number FROM actor WHERE actor = ?) AND seq = ?",
        [
            (_encode(change.patch).decode(), change.salt, held, change.actor, change.seq)
            for change, held in changes
        ],
    )


def _row(number: int, change: Change, held: str | None) -> tuple[Any, ...]:
    patch = None if change.patch is None else _encode(change.patch).decode()
    base = _encode(change.base).decode() if change.base else "{}"
    return (
        number,
        change.seq,
        change.hlc,
        change.kind,
        change.id,
        patch,
        base,
        change.salt,
        change.commitment,
        held,
    )


def change_of(row: Sequence[Any]) -> Change:
    """A change from its `COLUMNS`."""
    actor, seq, hlc, kind, record_id, patch, base, salt, commitment = row
    return Change(
        actor=actor,
        seq=seq,
        hlc=hlc,
        kind=kind,
        id=record_id,
        patch=None if patch is None else _decode_patch(patch),
        base=_decode_base(base),
        salt=salt,
        commitment=commitment,
    )


def stream(connection: Connection, actor: str, after: int) -> Iterator[Change]:
    """All changes of an actor above a number, in order."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM change JOIN actor ON actor.number = change.actor "  # noqa: S608
        "WHERE actor.actor = ? AND change.seq > ? ORDER BY change.seq",
        (actor, after),
    )
    return map(change_of, rows)


def chain_at(connection: Connection, actor: str, seq: int, start: tuple[int, bytes] = (0, GENESIS)) -> bytes:
    """The chain value of an actor's stream at a number, followed from a known (number, value)."""
    after, chain = start
    for change in stream(connection, actor, after):
        if change.seq > seq:
            break
        chain = link(chain, change)
    return chain


def link_line(previous: bytes, raw: bytes) -> bytes:
    """The chain value after a line that the office gave (FORMAT.md §7.3)."""
    return lines.link(previous, lines.parse(raw), raw)


def about(connection: Connection, record_ids: Sequence[str]) -> list[tuple[Change, str | None, bool]]:
    """All changes of these records, newest first, each with its device's name and whether it is held back.

    A device that was never met has its name from the roster (FORMAT.md §13.3).
    """
    marks = ",".join("?" * len(record_ids))
    rows = connection.execute(
        f"SELECT {COLUMNS}, actor.name, held FROM change JOIN actor ON actor.number = change.actor "  # noqa: S608
        f"WHERE record_id IN ({marks}) ORDER BY hlc DESC, change.seq DESC",
        list(record_ids),
    )
    found = [(change_of(row[:9]), row[9], row[10] is not None) for row in rows]
    named = trust.names(connection) if any(name is None for _, name, _ in found) else {}
    return [(change, name or named.get(change.actor), held) for change, name, held in found]


def live_versions(connection: Connection, record_id: str, kind: str) -> dict[str, list[Version]]:
    """The live versions of each field of a record; different values are a conflict (FORMAT.md §7.4)."""
    return merge(logged(connection, [(kind, record_id)]).get((kind, record_id), []))


def logged(connection: Connection, keys: Iterable[Key]) -> dict[Key, list[Change]]:
    """All changes of these records that were not held back."""
    ids = [record_id for _, record_id in keys]
    marks = ",".join("?" * len(ids))
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM change JOIN actor ON actor.number = change.actor "  # noqa: S608
        f"WHERE record_id IN ({marks}) AND held IS NULL",
        ids,
    )
    found: defaultdict[Key, list[Change]] = defaultdict(list)
    for change in map(change_of, rows):
        found[change.kind, change.id].append(change)
    return found


def erase_kind(connection: Connection, kind: str) -> None:
    """Destroy the values of all changes of a kind; commitments stay, so every chain still checks (§7.2)."""
    _erase_where(connection, "kind = ?", [kind])


def erase_values(connection: Connection, record_ids: Sequence[str]) -> None:
    """Destroy the values of all changes of these records; commitments stay (FORMAT.md §7.2)."""
    for begin in range(0, len(record_ids), MOST_AT_ONCE):
        batch = record_ids[begin : begin + MOST_AT_ONCE]
        _erase_where(connection, f"record_id IN ({','.join('?' * len(batch))})", batch)


def _erase_where(connection: Connection, where: str, values: Sequence[str]) -> None:
    rows = connection.execute(
        f"SELECT change.actor, {COLUMNS} FROM change JOIN actor ON actor.number = change.actor "  # noqa: S608
        f"WHERE {where} AND patch IS NOT NULL",
        list(values),
    ).fetchall()
    for number, *row in rows:
        change = erase(change_of(row))
        connection.execute(
            "UPDATE change SET patch = NULL, salt = NULL, commitment = ?, held = NULL "
            "WHERE actor = ? AND seq = ?",
            (change.commitment, number, change.seq),
        )


def loose_ids(connection: Connection, record_ids: Set[str]) -> set[str]:
    """Records that never became a row (held back, or of an unknown kind) and that name one of these ids."""
    marks = ",".join("?" * len(STORED))
    rows = connection.execute(
        f"SELECT record_id, patch FROM change WHERE held IS NOT NULL AND patch IS NOT NULL "  # noqa: S608
        f"UNION ALL SELECT record_id, patch FROM change WHERE kind NOT IN ({marks}) AND patch IS NOT NULL",
        list(STORED),
    )
    return {record_id for record_id, patch in rows if _names(_decode_patch(patch), record_ids)}


def _names(patch: Mapping[str, Wire], record_ids: Set[str]) -> bool:
    return any(isinstance(value, str) and value in record_ids for value in patch.values())


def erase_kept_lines(connection: Connection, record_ids: Sequence[str]) -> None:
    """Take the values of these records out of lines that wait for a laptop, or for a newer program."""
    gone = set(record_ids)
    for actor, number, raw in connection.execute("SELECT actor, number, line FROM given_line").fetchall():
        line = lines.parse_verified(bytes(raw))
        if isinstance(line, Change) and line.id in gone and line.patch is not None:
            connection.execute(
                "UPDATE given_line SET line = ? WHERE actor = ? AND number = ?",
                (encode(erase(line)), actor, number),
            )
    for bundle, number, raw in connection.execute("SELECT bundle_id, number, line FROM unknown_line"):
        if any(record_id in gone for record_id in _ID.findall(bytes(raw).decode("utf-8", "replace"))):
            connection.execute(
                "DELETE FROM unknown_line WHERE bundle_id = ? AND number = ?", (bundle, number)
            )


class ChangeLog:
    """Appends this device's own changes within one transaction and keeps the head of its stream."""

    def __init__(self, connection: Connection, now_ms: int) -> None:
        """Read where the own stream and the clock stand."""
        self._connection = connection
        self._now_ms = now_ms
        row = connection.execute(
            "SELECT actor.number, actor.actor, upto, chain, hlc "
            "FROM device JOIN actor ON actor.actor = device.actor"
        ).fetchone()
        if row is None:  # making this vault was cut off
            raise DamagedVault
        self._number, self._actor, self._seq, chain, hlc = row
        self._chain = bytes(chain)
        self._clock = Clock(hlc)
        self._begin = self._seq

    def append(
        self, kind: str, record_id: str, patch: Mapping[str, Wire], base: Mapping[str, int]
    ) -> tuple[str, int]:
        """Log one save of one record; gives who wrote it and its number."""
        self._seq += 1
        change = new_change(
            actor=self._actor,
            seq=self._seq,
            hlc=self.stamp(),
            kind=kind,
            id=record_id,
            patch=patch,
            base=base,
        )
        self._chain = link(self._chain, change)
        self._connection.execute(_INSERT, _row(self._number, change, None))
        return self._actor, self._seq

    @property
    def written(self) -> list[tuple[str, int]]:
        """The last changes that were logged here: who wrote and the number, `MOST_AT_ONCE` + 1 at most."""
        begin = max(self._begin, self._seq - MOST_AT_ONCE - 1)
        return [(self._actor, seq) for seq in range(begin + 1, self._seq + 1)]

    def stamp(self) -> int:
        """The next stamp of this device, above all its earlier ones whatever the computer's clock says."""
        return self._clock.tick(self._now_ms)

    def observe(self, hlc: int) -> int:
        """Let the clock follow what was read; gives how far ahead of us it was, in milliseconds."""
        return self._clock.observe(hlc, self._now_ms)

    def finish(self) -> None:
        """Write the head of the own stream and the clock; to be called once, before the commit."""
        self._connection.execute("UPDATE device SET hlc = ?", (self._clock.last,))
        if self._seq > self._begin:
            self._connection.execute(
                "UPDATE actor SET upto = ?, chain = ? WHERE number = ?",
                (self._seq, self._chain, self._number),
            )
