"""What some changes did to each record: what its writer saw before, what they left, and what stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leerwinkel_desktop.domain.detention import SLOTS, SealedRecord
from leerwinkel_desktop.domain.fields import Wire
from leerwinkel_desktop.store import changelog, detention
from leerwinkel_desktop.store.database import REMOVED, Reader
from sync.changes import Change
from sync.merge import merge, undecided

Number = tuple[str, int]
Said = Mapping[str, tuple[Number | None, Wire]]
"""Of each field: the change that said it (None: nobody did), and its value in wire form."""


class Lost(Exception):
    """A value that is needed was erased, is not in this log any more, or cannot be opened here."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a series of changes of this device did to one record.

    `kind` is that of the log; `made`: the record came to be by the first; `before` and `after` hold the
    fields that were written, `removed` among them; `decided`: one of them waited for a decision until then.
    """

    kind: str
    record_id: str
    made: bool
    before: Said
    after: Said
    decided: bool


def effects(reader: Reader, numbers: Sequence[Number]) -> list[Effect]:
    """What these changes did, record by record, in the order in which they began. Raises Lost."""
    found = changelog.at(reader.connection, numbers)
    mine: dict[tuple[str, str], list[Change]] = {}
    for number in numbers:
        change = found.get(number)
        if change is None or change.patch is None:
            raise Lost
        mine.setdefault((change.kind, change.id), []).append(change)
    logged = changelog.logged(reader.connection, mine.keys())
    return [_effect(changes, logged[key]) for key, changes in mine.items()]


def _effect(mine: Sequence[Change], logged: Sequence[Change]) -> Effect:
    seen = mine[0].base
    covered = [change for change in logged if change.seq <= seen.get(change.actor, 0)]
    if any(change.patch is None for change in covered):
        raise Lost
    was = merge(covered)
    after = {
        name: ((change.actor, change.seq), value)
        for change in mine
        for name, value in (change.patch or {}).items()
    }
    before: dict[str, tuple[Number | None, Wire]] = dict.fromkeys(after, (None, None))
    for name in after.keys() & was.keys():
        shown = was[name][0]
        before[name] = (shown.actor, shown.seq), shown.value
    decided = bool(after.keys() & set(undecided(covered, was)))
    return Effect(mine[0].kind, mine[0].id, not covered, before, after, decided)


def standing(reader: Reader, kind: str, record_id: str) -> dict[str, set[Number]]:
    """Of each field of a record: the changes whose values live now."""
    live = changelog.live_versions(reader.connection, record_id, kind)
    return {name: {(one.actor, one.seq) for one in versions} for name, versions in live.items()}


def is_decision(reader: Reader, number: Number) -> bool:
    """Whether a change says what was decided between versions, or takes that back."""
    found = reader.connection.execute(
        "SELECT 1 FROM actor JOIN decision ON (decision.actor = number AND decision.seq = ?2) "
        "OR (undo_actor = number AND undo_seq = ?2) WHERE actor.actor = ?1",
        number,
    )
    return found.fetchone() is not None


def opened(
    reader: Reader, kind: str, record_id: str, said: Mapping[str, Wire]
) -> tuple[str, dict[str, Wire]]:
    """Values under the names that a user knows, and the kind: of a sealed record what is sealed in it.

    Raises Lost for what cannot be opened here.
    """
    if kind != SealedRecord.kind:
        return kind, dict(said)
    keys = reader.block
    inner = detention.kind_of(reader, record_id)
    if keys is None or inner is None:
        raise Lost
    found: dict[str, Wire] = {name: value for name, value in said.items() if name == REMOVED}
    for name, slot in SLOTS[inner].items():
        if slot in said:
            text = said[slot]
            readable, value = keys.open(record_id, slot, text if isinstance(text, str) else None)
            if text is not None and not readable:
                raise Lost
            found[name] = value
    return inner, found
