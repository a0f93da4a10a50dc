"""What a record looks like after all its changes: a pure function of their set (FORMAT.md §7.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from sync.changes import REMOVED, Change, Value


class Version(NamedTuple):
    """One live value of one field, and the change that wrote it."""

    value: Value
    actor: str
    seq: int
    hlc: int


class _Field:
    """All that was said about one field: each actor's newest version, and what the writers had seen."""

    __slots__ = ("newest", "seen")

    def __init__(self) -> None:
        self.newest: dict[str, Version] = {}
        self.seen: dict[str, int] = {}

    def add(self, change: Change, value: Value) -> None:
        held = self.newest.get(change.actor)
        if held is None or held.seq < change.seq:
            self.newest[change.actor] = Version(value, change.actor, change.seq, change.hlc)
        for actor, seq in change.base.items():
            if self.seen.get(actor, 0) < seq:
                self.seen[actor] = seq

    def live(self) -> list[Version]:
        versions = list(self.newest.values())
        alive = [v for v in versions if self.seen.get(v.actor, 0) < v.seq]
        return sorted(alive or versions, key=lambda v: (v.hlc, v.actor), reverse=True)


def merge(changes: Iterable[Change]) -> dict[str, list[Version]]:
    """Live versions of each field, highest (hlc, actor) first: the first shows, more are a conflict.

    `changes` are of one record, in any order, repeated or not; at most one for each (actor, seq), otherwise
    there was a fork. Erased changes are ignored. At most one version for each actor, at least one in all:
    if (only by a false `base`) the writers claim to cover each other, the newest of each is a conflict.
    """
    changes = [change for change in changes if change.patch is not None]
    if len({change.actor for change in changes}) == 1:
        return _of_one_writer(changes)
    fields: dict[str, _Field] = {}
    for change in changes:
        for name, value in (change.patch or {}).items():
            field = fields.get(name)
            if field is None:
                field = fields[name] = _Field()
            field.add(change, value)
    return {name: field.live() for name, field in fields.items()}


def _of_one_writer(changes: list[Change]) -> dict[str, list[Version]]:
    """Nobody contradicts themselves: the newest value of each field."""
    newest: dict[str, tuple[Value, Change]] = {}
    for change in sorted(changes, key=attrgetter("seq")):
        for name, value in (change.patch or {}).items():
            newest[name] = value, change
    return {name: [Version(value, by.actor, by.seq, by.hlc)] for name, (value, by) in newest.items()}


def undecided(changes: Iterable[Change], versions: Mapping[str, Sequence[Version]]) -> list[str]:
    """The fields of a record that wait for a person; `versions` are what `merge` gives for its changes.

    Those whose live versions differ, and `removed` where the removal and other work missed each other.
    """
    names = [name for name, live in versions.items() if any(one.value != live[0].value for one in live[1:])]
    if REMOVED not in names and missed_by_removal(changes, versions):
        names.append(REMOVED)
    return names


def missed_by_removal(
    changes: Iterable[Change], versions: Mapping[str, Sequence[Version]]
) -> dict[Version, list[str]]:
    """What still lives of a removed record and neither saw its removal nor was seen by it, with its fields.

    One version for each change, newest first; nothing for a record that is not removed.
    """
    removals = versions.get(REMOVED, ())
    if not removals or removals[0].value is not True:
        return {}
    by_number = {(change.actor, change.seq): change for change in changes}
    gone = [by_number[one.actor, one.seq] for one in removals]
    found: dict[Version, list[str]] = {}
    for name, live in versions.items():
        for one in live if name != REMOVED else ():
            change = by_number[one.actor, one.seq]
            if all(concurrent(change, removal) for removal in gone):
                found.setdefault(Version(False, change.actor, change.seq, change.hlc), []).append(name)
    return dict(sorted(found.items(), key=lambda item: (item[0].hlc, item[0].actor), reverse=True))


def quietly_merged(changes: Iterable[Change]) -> set[tuple[str, int]]:
    """The changes of one record, as (actor, seq), that stand beside one that their writer had not seen.

    Of two changes that did not see each other, each must have written a field that the other did not.
    """
    told = [change for change in changes if change.patch]
    if len({change.actor for change in told}) < 2:
        return set()
    found: set[tuple[str, int]] = set()
    for at, one in enumerate(told):
        for other in told[at + 1 :]:
            if concurrent(one, other) and _beside(one, other):
                found |= {(one.actor, one.seq), (other.actor, other.seq)}
    return found


def _beside(one: Change, other: Change) -> bool:
    mine, theirs = set(one.patch or ()), set(other.patch or ())
    return bool(mine - theirs) and bool(theirs - mine)


def concurrent(one: Change, other: Change) -> bool:
    """Whether neither of two changes was written with the other in sight."""
    return not _saw(one, other) and not _saw(other, one)


def _saw(later: Change, earlier: Change) -> bool:
    if later.actor == earlier.actor:
        return later.seq >= earlier.seq
    return later.base.get(earlier.actor, 0) >= earlier.seq
