"""Foretells what reading changes would do to each record, by the same plan that reading follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, TypeAlias

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.fields import Privacy, Wire, fields_of
from leerwinkel_desktop.domain.registry import STORED, is_judicial
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.services.exchange.persons import CLIENT, Owners
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.store import applying
from leerwinkel_desktop.store.applying import Planned, Sifter
from leerwinkel_desktop.store.changelog import Key
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.repository import repository
from sync import Change
from sync.changes import REMOVED
from sync.merge import Version

What: TypeAlias = Literal["refused", "decide", "new", "changed", "identical"]
ORDER: Final[tuple[What, ...]] = ("refused", "decide", "new", "changed", "identical")
"""What becomes of something, the most pressing first."""
BATCH: Final = 400
KNOWN_BY: Final = ("first_name", "last_name", "client_no")


@dataclass(frozen=True, slots=True)
class Refused:
    """A change that does not fit: its first field that does not, what stands there, who wrote it and when."""

    field: str
    value: Wire
    actor: str
    hlc: int


@dataclass(frozen=True, slots=True)
class Foretold:
    """What would become of one record: the fields that differ, before and after, as they are stored.

    `new`: it does not stand here yet. `versions` are those of the fields that are to be decided, the one that
    shows first; `refused` the changes that are held back.
    """

    kind: str
    record_id: str
    what: What
    new: bool
    before: Mapping[str, Wire]
    after: Mapping[str, Wire]
    versions: Mapping[str, Sequence[Version]]
    refused: Sequence[Refused] = ()


class Foreteller:
    """Gathers changes as they come, judges them, and tells what each record would become."""

    def __init__(self, connection: Connection, codelists: CodeLists) -> None:
        """Hold them against this vault; nothing is written."""
        self._connection = connection
        self._purposes = codelists["consent_purpose"]
        self._gathered: dict[tuple[str, int], Change] = {}
        self._refused: dict[tuple[str, int], Refused] = {}
        self._seen: set[Key] = set()
        self._shielded: set[Key] = set()
        self._names: dict[str, dict[str, Wire]] = {}
        self._sifter = Sifter(connection, self._gathered)
        self.owners = Owners(connection)

    @property
    def dropped(self) -> int:
        """How many changes are left out because they are about somebody who was erased."""
        return self._sifter.gate.dropped

    def take(self, changes: Sequence[Change]) -> None:
        """Take some changes, in their order. Raises Fork or UnsealedBlock."""
        sifted = self._sifter.sift(changes)
        self._seen |= {(change.kind, change.id) for change in changes if change.kind in STORED}
        for change, name in (*sifted.fresh, *sifted.refilled):
            number = change.actor, change.seq
            self._gathered[number] = change
            if name is not None:
                value = (change.patch or {}).get(name)
                self._refused[number] = Refused(name, value, change.actor, change.hlc)
                self._tell(change.kind, change.id, change.patch or {})

    def erase(self, record_ids: Iterable[str]) -> None:
        """These records are erased further on: nothing is left of what came before."""
        self._sifter.gate.gone.update(record_ids)

    def records(self, progress: Progress) -> Iterator[Foretold]:
        """What becomes of each record; of the detention block nothing is told, to nobody."""
        groups, refused = self._grouped()
        rest, done = iter(groups), 0
        while keys := list(islice(rest, BATCH)):
            progress(done, len(groups), "Vergelijken met wat hier staat")
            plans = applying.planned(self._connection, {key: groups[key] for key in keys})
            for plan in plans:
                self._tell(*plan.key, plan.values)
                if plan.key not in self._shielded:
                    yield _foretold(plan, refused.pop(plan.key, ()))
            done += len(keys)
        for key in refused.keys() - self._shielded:
            new = repository(STORED[key[0]]).stored(self._connection, key[1]) is None
            yield Foretold(*key, "refused", new, {}, {}, {}, refused[key])
        for kind, record_id in self._seen - groups.keys() - refused.keys() - self._shielded:
            if record_id not in self._sifter.gate.gone and not is_judicial(STORED[kind]):
                yield Foretold(kind, record_id, "identical", False, {}, {}, {})

    def _grouped(self) -> tuple[dict[Key, list[Change]], dict[Key, list[Refused]]]:
        groups: defaultdict[Key, list[Change]] = defaultdict(list)
        refused: defaultdict[Key, list[Refused]] = defaultdict(list)
        for number, change in self._gathered.items():
            key = change.kind, change.id
            if number in self._refused:
                refused[key].append(self._refused[number])
            elif change.kind in STORED and change.id not in self._sifter.gate.gone:
                groups[key].append(change)
        return groups, refused

    def _tell(self, kind: str, record_id: str, values: Mapping[str, Wire]) -> None:
        self.owners.tell(kind, record_id, values)
        if self._is_shielded(kind, values):
            self._shielded.add((kind, record_id))
        if kind == CLIENT:
            self._names.setdefault(record_id, {}).update(values)

    def _is_shielded(self, kind: str, values: Mapping[str, Wire]) -> bool:
        if is_judicial(STORED[kind]):
            return True
        purpose = values.get("purpose") if kind == Consent.kind else None
        return purpose in self._purposes and self._purposes.get(str(purpose)).flag("detention")

    def knows(self, client_id: str) -> bool:
        """Whether this client stands here already."""
        row = self._connection.execute("SELECT 1 FROM client WHERE id = ?", (client_id,)).fetchone()
        return row is not None

    def named(self, client_id: str) -> tuple[str, str | None]:
        """The name and the number that a client would have; "" and None where they are not known."""
        told = self._names.get(client_id, {})
        row = self._connection.execute(
            f"SELECT {', '.join(KNOWN_BY)} FROM client WHERE id = ?",  # noqa: S608
            (client_id,),
        ).fetchone() or (None,) * len(KNOWN_BY)
        first, last, number = (told.get(name) or row[at] for at, name in enumerate(KNOWN_BY))
        name = " ".join(part for part in (first, last) if isinstance(part, str))
        return name, number if isinstance(number, str) else None


def _foretold(plan: Planned, refused: Sequence[Refused]) -> Foretold:
    kind, record_id = plan.key
    before, after, told = plan.before, plan.values, _told(kind)
    names = applying.differing(before, after, told)
    versions = {name: live for name, live in plan.versions.items() if name in told}
    what: What = "new" if not plan.existed else "changed" if names else "identical"
    return Foretold(
        kind,
        record_id,
        "refused" if refused else "decide" if versions else what,
        not plan.existed,
        {name: before.get(name) for name in names},
        {name: after.get(name) for name in names},
        versions,
        refused,
    )


def _told(kind: str) -> list[str]:
    """The fields that may be told of: not those about detention."""
    return [f.name for f in fields_of(STORED[kind]) if f.privacy is not Privacy.JUDICIAL] + [REMOVED]
