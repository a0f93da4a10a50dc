"""What a record looks like after all its changes: a pure function of their set (FORMAT.md §7.4)."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from sync.changes import Change, Value


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
