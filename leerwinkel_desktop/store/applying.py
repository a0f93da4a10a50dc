"""Brings changes of others into the log and the rows that follow from them: first a plan, then its writing.

What a record shows is a pure function of the set of its changes (FORMAT.md §7.4), so a plan needs only what
is logged and what comes. Nothing is written before the plan is made: a preview shows what reading then does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.detention import BLOCK_BY_KIND, UnsealedBlock
from leerwinkel_desktop.domain.fields import Kind, Record, Wire, fields_of
from leerwinkel_desktop.domain.registry import STORED
from leerwinkel_desktop.store import changelog, people
from leerwinkel_desktop.store.changelog import Key
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.erased import Gate
from leerwinkel_desktop.store.fitting import fits_of
from leerwinkel_desktop.store.repository import repository, to_cell
from sync.changes import REMOVED, Change, commitment
from sync.errors import Fork
from sync.merge import Version, merge, undecided

_CONVERTED: Final = {Kind.BOOLEAN, Kind.CODES, Kind.REFS}  # those whose cell is not their wire form
Judged = tuple[Change, str | None]


@dataclass(slots=True)
class Sifted:
    """Changes judged one by one: to log anew, and to fill up again; each with the field that does not fit.

    `groups` are those that fit, by record. Those that are here already are left out.
    """

    fresh: list[Judged]
    refilled: list[Judged]
    groups: dict[Key, list[Change]]

    @property
    def held(self) -> Iterator[tuple[Change, str]]:
        """Those that do not fit, with the first field that does not."""
        return ((change, name) for change, name in (*self.fresh, *self.refilled) if name is not None)


class Planned(NamedTuple):
    """What one record shows once these changes are here; `logged` are those from before.

    `versions` are the live ones of the fields that are to be decided.
    """

    key: Key
    logged: Sequence[Change]
    values: Mapping[str, Wire]
    versions: Mapping[str, Sequence[Version]]

    @property
    def before(self) -> dict[str, Wire]:
        """What the record showed."""
        return {name: live[0].value for name, live in merge(self.logged).items()}

    @property
    def existed(self) -> bool:
        """Whether the record stood here before; one of which only commitments are left did not."""
        return any(change.patch is not None for change in self.logged)


class Sifter:
    """Judges changes of others: known, erased, fitting or not. Writes nothing."""

    def __init__(
        self, connection: Connection, gathered: Mapping[tuple[str, int], Change] | None = None
    ) -> None:
        """Look at this vault; `gathered` are changes that count as known although they are not written."""
        self._connection = connection
        self._gathered = {} if gathered is None else gathered
        self._own = changelog.own_actor(connection)
        self._tops: dict[str, int] = {}
        self.gate = Gate(connection)

    def sift(self, changes: Sequence[Change]) -> Sifted:
        """Judge some changes, in their order. Raises Fork or UnsealedBlock."""
        fresh, again = self._unknown(changes)
        passed = self.gate.passed([*fresh, *again])
        judged = [(change, self._reason(change)) for change in passed]
        refilled = [each for each in judged[len(fresh) :] if each[0].patch is not None]
        groups: defaultdict[Key, list[Change]] = defaultdict(list)
        for change, reason in (*judged[: len(fresh)], *refilled):
            if reason is None and change.kind in STORED and change.id not in self.gate.gone:
                groups[change.kind, change.id].append(change)
        return Sifted(judged[: len(fresh)], refilled, groups)

    def _unknown(self, changes: Sequence[Change]) -> tuple[list[Change], list[Change]]:
        """Those that are not here, and those of which only the commitment is.

        A number above all that we hold of an actor is new for sure; only others are looked up.
        """
        fresh, doubtful = [], []
        for change in changes:
            if change.seq <= self._top(change.actor):
                doubtful.append(change)
            elif change.actor == self._own:
                raise Fork(change.actor, change.seq)  # in our name, and not by us
            else:
                self._tops[change.actor] = change.seq
                fresh.append(change)
        return self._looked_up(fresh, doubtful) if doubtful else (fresh, [])

    def _looked_up(
        self, fresh: Iterable[Change], doubtful: Sequence[Change]
    ) -> tuple[list[Change], list[Change]]:
        new = {(change.actor, change.seq): change for change in fresh}
        here = changelog.numbered(self._connection, doubtful)
        gathered = self._gathered
        again: dict[tuple[str, int], Change] = {}
        for change in doubtful:
            number = change.actor, change.seq
            ours = new.get(number) or gathered.get(number) or here.get(number)
            if ours is not None and not _same(ours, change):
                raise Fork(*number)
            if ours is None or (ours.patch is None and change.patch is not None):
                (again if number in here else new)[number] = change
        return list(new.values()), list(again.values())

    def _top(self, actor: str) -> int:
        if actor not in self._tops:
            self._tops[actor] = changelog.highest(self._connection, actor)
        return self._tops[actor]

    @staticmethod
    def _reason(change: Change) -> str | None:
        if change.patch is None:
            return None
        if change.kind in BLOCK_BY_KIND:
            raise UnsealedBlock
        return reason(change.kind, change.patch)


def _same(ours: Change, theirs: Change) -> bool:
    """Whether two changes of one number are the same, full or erased (FORMAT.md §7.2)."""
    return (
        (ours.hlc, ours.kind, ours.id) == (theirs.hlc, theirs.kind, theirs.id)
        and ours.base == theirs.base
        and commitment(ours) == commitment(theirs)
    )


def planned(connection: Connection, groups: Mapping[Key, Sequence[Change]]) -> list[Planned]:
    """What these records show once these changes, which are not here yet, have come; nothing is written."""
    logged = changelog.logged(connection, groups)
    return [_planned(key, logged.get(key, ()), changes) for key, changes in groups.items()]


def _planned(key: Key, logged: Sequence[Change], coming: Sequence[Change]) -> Planned:
    if not logged and len(coming) == 1:
        patch = coming[0].patch
        return Planned(key, logged, {REMOVED: True} if patch is None else patch, {})
    whole = [*logged, *coming]  # one that is filled up again follows its erased form, which takes no part
    if all(change.patch is None for change in whole):
        return Planned(key, logged, {REMOVED: True}, {})  # erased by its writer: nothing is left to show
    versions = merge(whole)
    values = {name: live[0].value for name, live in versions.items()}
    return Planned(key, logged, values, {name: versions[name] for name in undecided(whole, versions)})


def differing(before: Mapping[str, Wire], after: Mapping[str, Wire], names: Iterable[str]) -> list[str]:
    """The fields among these that a row shows differently."""
    return [name for name in names if _shown(name, before) != _shown(name, after)]


def _shown(name: str, values: Mapping[str, Wire]) -> Wire:
    """A value as a row keeps it: no list is an empty one, and a record is removed or not."""
    value = values.get(name)
    return value is True if name == REMOVED else None if value == [] else value


@dataclass(slots=True)
class Applier:
    """Reads changes of others into the log and brings the rows up to date, a batch at a time."""

    connection: Connection
    codelists: CodeLists
    held: list[tuple[str, str, str]] = field(default_factory=list)
    _created: set[Key] = field(default_factory=set)
    _changed: set[Key] = field(default_factory=set)
    _open: dict[Key, int] = field(default_factory=dict)
    _sifter: Sifter = field(init=False)

    def __post_init__(self) -> None:
        """Prepare for one import transaction."""
        self._sifter = Sifter(self.connection)

    @property
    def created(self) -> int:
        """How many records are new here."""
        return len(self._created)

    @property
    def changed(self) -> int:
        """How many records that stood here before have changed."""
        return len(self._changed)

    @property
    def dropped(self) -> int:
        """How many changes were dropped because they are about somebody who was erased."""
        return self._sifter.gate.dropped

    @property
    def conflicts(self) -> int:
        """How many fields of these records are to be decided."""
        return sum(self._open.values())

    def apply(self, changes: Sequence[Change]) -> None:
        """Log the changes and write the rows that follow; changes that do not fit are held back by name.

        What is here already is skipped, or filled up again where only its commitment was. Raises Fork or
        UnsealedBlock.
        """
        sifted = self._sifter.sift(changes)
        plans = planned(self.connection, sifted.groups)
        self._sifter.gate.write()
        changelog.add(self.connection, sifted.fresh)
        changelog.refill(self.connection, sifted.refilled)
        self.held += [(change.kind, change.id, name) for change, name in sifted.held]
        self.write(plans)

    def write(self, plans: Sequence[Planned]) -> None:
        """Write the rows and the conflicts of these plans."""
        again = [plan.key for plan in plans if plan.logged]
        self.connection.executemany("DELETE FROM conflict WHERE kind = ? AND record_id = ?", again)
        self.connection.executemany(
            "INSERT OR REPLACE INTO conflict VALUES (?, ?, ?)",
            [(*plan.key, name) for plan in plans for name in plan.versions],
        )
        rows: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for plan in plans:
            kind, record_id = plan.key
            rows[kind].append(_CHECKS[kind].row(record_id, plan.values))
            if plan.versions or plan.logged:
                self._open[plan.key] = len(plan.versions)
        for kind, whole in rows.items():
            repository(STORED[kind]).write(self.connection, whole)
        self._created.update(plan.key for plan in plans if not plan.existed)
        for plan in plans:
            if plan.key not in self._created and differing(plan.before, plan.values, plan.values):
                self._changed.add(plan.key)
        if not rows.keys().isdisjoint(people.KINDS):
            clients = [plan.key[1] for plan in plans if plan.key[0] == "client"]
            people.follow(self.connection, self.codelists, clients)


class _Check:
    """Whether the values of a patch are of their declared kinds, in their normal form; and rows of them."""

    def __init__(self, record: type[Record]) -> None:
        fields = fields_of(record)
        self._fits = {field.name: fits_of(field) for field in fields}
        self._names = tuple(field.name for field in fields)
        self._converted = tuple(at for at, field in enumerate(fields) if field.kind in _CONVERTED)

    def row(self, record_id: str, values: Mapping[str, Wire]) -> tuple[Any, ...]:
        """The cells of a record whose values fit."""
        cells: list[Any] = list(map(values.get, self._names))
        for at in self._converted:
            cells[at] = to_cell(cells[at])
        return (record_id, *cells, int(values.get(REMOVED) is True))

    def reason(self, patch: Mapping[str, Wire]) -> str | None:
        """The name of the first field whose value does not fit, or None; unknown fields are kept unseen."""
        for name, value in patch.items():
            fits = self._fits.get(name)
            if fits is None:
                if name == REMOVED and not isinstance(value, bool):
                    return name
            elif value is not None and not fits(value):
                return name
        return None


_CHECKS: Final = {kind: _Check(record) for kind, record in STORED.items()}


def reason(kind: str, patch: Mapping[str, Wire]) -> str | None:
    """The first field of a patch whose value does not fit; None when all fit, or for an unknown kind."""
    check = _CHECKS.get(kind)
    return None if check is None else check.reason(patch)
