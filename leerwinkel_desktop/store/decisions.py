"""What waits for a person to decide, between which versions, and what was decided here (FORMAT.md §7.4).

What is open follows from the log alone, with one addition: a decision that was undone here is open again
between the versions that it was about, for as long as nobody writes the field anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from leerwinkel_desktop.domain.fields import Wire
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.store import changelog
from leerwinkel_desktop.store.connection import Connection
from sync.changes import REMOVED, Change
from sync.merge import merge, missed_by_removal, undecided

How = Literal["CHOSEN", "OWN", "KEPT"]
Number = tuple[str, int]  # actor and number of a change


class Place(NamedTuple):
    """One field of one record, as it is stored."""

    kind: str
    record_id: str
    field: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One version of a field: who wrote it where and when (milliseconds, UTC), and its value.

    `beside` names what was changed by somebody who did not know that the record was removed meanwhile.
    """

    number: Number
    device: str | None
    at_ms: int
    value: Wire
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a field stands: what it shows, its versions, best first, and whether somebody must decide.

    `is_gone`: the record is removed, so that nothing else is asked about it.
    """

    place: Place
    shown: Wire
    newest: frozenset[Number]
    candidates: tuple[Candidate, ...]
    is_open: bool
    is_gone: bool

    @property
    def numbers(self) -> frozenset[Number]:
        """Which versions these are."""
        return frozenset(one.number for one in self.candidates)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision that was made here: who, when, how, the change that says it, and whether it was undone."""

    id: str
    at_ms: int
    user: str
    how: How
    place: Place
    change: Number
    undo_at_ms: int | None
    undo_user: str | None


def places(connection: Connection) -> list[Place]:
    """All fields that wait for a decision."""
    found = [Place(*row) for row in connection.execute("SELECT kind, record_id, field FROM conflict")]
    undone = connection.execute(
        "SELECT DISTINCT kind, record_id, field FROM decision WHERE undo_at_ms IS NOT NULL"
    )
    again = (Place(*row) for row in undone.fetchall())
    found += [place for place in again if place not in found and standing(connection, place).is_open]
    return sorted(found)


def standing(connection: Connection, place: Place) -> Standing:
    """How a field stands in the log; nothing is open in a field that nobody ever wrote."""
    about = [
        (change, name)
        for change, name, held in changelog.about(connection, [place.record_id])
        if not held and change.kind == place.kind
    ]
    changes = {(change.actor, change.seq): change for change, _ in about}
    names = dict(zip(changes, (name for _, name in about), strict=True))
    versions = merge(changes.values())
    live = versions.get(place.field, [])
    between = _undone(connection, place)
    numbers: dict[Number, tuple[str, ...]] = {}
    for one in live:
        numbers |= dict.fromkeys(between.get((one.actor, one.seq), [(one.actor, one.seq)]), ())
    if place.field == REMOVED:
        missed = missed_by_removal(changes.values(), versions)
        numbers |= {(one.actor, one.seq): tuple(fields) for one, fields in missed.items()}
    gone = place.field != REMOVED and any(one.value is True for one in versions.get(REMOVED, [])[:1])
    again = any((one.actor, one.seq) in between for one in live)
    return Standing(
        place=place,
        shown=live[0].value if live else None,
        newest=frozenset((one.actor, one.seq) for one in live),
        candidates=_candidates(place, changes, names, numbers),
        is_open=not gone and (again or place.field in undecided(changes.values(), versions)),
        is_gone=gone,
    )


def _candidates(
    place: Place,
    changes: dict[Number, Change],
    names: dict[Number, str | None],
    numbers: dict[Number, tuple[str, ...]],
) -> tuple[Candidate, ...]:
    told = [changes[number] for number in numbers if number in changes and changes[number].patch]
    told.sort(key=lambda change: (_says(change, place), change.hlc, change.actor), reverse=True)
    found = []
    for change in told:
        number, patch = (change.actor, change.seq), change.patch or {}
        beside = () if place.field in patch else numbers[number] or tuple(patch)
        value = patch.get(place.field, False)
        found.append(Candidate(number, names[number], change.hlc >> 16, value, beside))
    return tuple(found)


def _says(change: Change, place: Place) -> bool:
    return place.field in (change.patch or {})


def _undone(connection: Connection, place: Place) -> dict[Number, list[Number]]:
    """The changes that undid a decision about this field, with the versions that it was between."""
    rows = connection.execute(
        "SELECT undid.actor, undo_seq, wrote.actor, decided_version.seq FROM decision "
        "JOIN decided_version ON decided_version.decision = decision.id "
        "JOIN actor AS undid ON undid.number = undo_actor "
        "JOIN actor AS wrote ON wrote.number = decided_version.actor "
        "WHERE record_id = ? AND kind = ? AND field = ?",
        (place.record_id, place.kind, place.field),
    )
    found: dict[Number, list[Number]] = {}
    for actor, seq, writer, number in rows:
        found.setdefault((actor, seq), []).append((writer, number))
    return found


def keep(connection: Connection, at_ms: int, user: str, how: How, decided: Standing, change: Number) -> str:
    """Put down what was decided; gives the id of the decision."""
    decision = new_id()
    connection.execute(
        "INSERT INTO decision (id, at_ms, user, how, kind, record_id, field, actor, seq) "
        "SELECT ?, ?, ?, ?, ?, ?, ?, number, ? FROM actor WHERE actor = ?",
        (decision, at_ms, user, how, *decided.place, change[1], change[0]),
    )
    connection.executemany(
        "INSERT INTO decided_version SELECT ?, number, ? FROM actor WHERE actor = ?",
        [(decision, seq, actor) for actor, seq in sorted(decided.numbers)],
    )
    return decision


def undone(connection: Connection, decision: str, at_ms: int, user: str, change: Number) -> None:
    """Put down that a decision was undone by this change."""
    connection.execute(
        "UPDATE decision SET undo_at_ms = ?, undo_user = ?, undo_seq = ?, "
        "undo_actor = (SELECT number FROM actor WHERE actor = ?) WHERE id = ?",
        (at_ms, user, change[1], change[0], decision),
    )


_DECISION = (
    "SELECT id, at_ms, user, how, kind, record_id, field, actor.actor, seq, undo_at_ms, undo_user "
    "FROM decision JOIN actor ON actor.number = decision.actor"
)


def _decision(row: Sequence[Any]) -> Decision:
    decision, at_ms, user, how, kind, record_id, field, actor, seq, undo_at_ms, undo_user = row
    place = Place(kind, record_id, field)
    return Decision(decision, at_ms, user, how, place, (actor, seq), undo_at_ms, undo_user)


def find(connection: Connection, decision: str) -> Decision | None:
    """One decision, or None."""
    row = connection.execute(f"{_DECISION} WHERE id = ?", (decision,)).fetchone()
    return None if row is None else _decision(row)


def newest(connection: Connection, limit: int) -> list[Decision]:
    """What was decided here, newest first."""
    rows = connection.execute(f"{_DECISION} ORDER BY at_ms DESC, id DESC LIMIT ?", (limit,))
    return list(map(_decision, rows))


def versions_of(connection: Connection, decision: str) -> list[tuple[Change, str | None]]:
    """The changes that a decision was between, with their devices; without those whose values are gone."""
    rows = connection.execute(
        "SELECT actor.actor, seq FROM decided_version JOIN actor ON actor.number = decided_version.actor "
        "WHERE decision = ?",
        (decision,),
    )
    numbers = {(actor, seq) for actor, seq in rows}
    found = find(connection, decision)
    about = changelog.about(connection, [found.place.record_id] if found else [])
    return [(one, name) for one, name, _ in about if (one.actor, one.seq) in numbers and one.patch]


def before(connection: Connection, decision: Decision) -> Wire:
    """What the field showed before a decision."""
    told = [
        one for one, _ in versions_of(connection, decision.id) if decision.place.field in (one.patch or {})
    ]
    best = max(told, key=lambda one: (one.hlc, one.actor))
    return (best.patch or {})[decision.place.field]


def said(connection: Connection, decision: Decision) -> Wire:
    """The value that was decided on, or None when it was erased since."""
    for change, _, _ in changelog.about(connection, [decision.place.record_id]):
        if (change.actor, change.seq) == decision.change:
            return (change.patch or {}).get(decision.place.field)
    return None


def forget(connection: Connection, record_ids: Iterable[str]) -> None:
    """Drop what was decided about these records; the log is not touched."""
    connection.executemany("DELETE FROM decision WHERE record_id = ?", [(each,) for each in record_ids])
