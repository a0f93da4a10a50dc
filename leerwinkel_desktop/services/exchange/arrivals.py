"""What lies ready to be read, from every place, and reading a stack of it after somebody said yes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Literal, TypeAlias

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError
from leerwinkel_desktop.services import places
from leerwinkel_desktop.services.exchange import quarantine, reading
from leerwinkel_desktop.services.exchange.previewing import Preview
from leerwinkel_desktop.services.exchange.reading import Imported
from leerwinkel_desktop.services.places import Laid, Place, PlaceProblem
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices
from sync.errors import BadBundle, NewerFormat, NotForUs, RevokedSender, SyncError

State: TypeAlias = Literal["NEW", "READ", "ASIDE", "OTHER", "DAMAGED"]
"""Not read yet; read before; from a stopped laptop; readable by somebody else only; not readable."""
_NUMBERED: Final = re.compile(r"laptop-(\d+)-")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One bundle that lies somewhere for us.

    `sender` is the name of the device that wrote it, "" when that is not known before it is fetched; so is
    `created_ms` None then. `read_ms` is when it was read here.
    """

    place: Place
    name: str
    size: int
    state: State
    sender: str = ""
    created_ms: int | None = None
    read_ms: int | None = None

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What tells it from all others, without opening it."""
        return self.place.kind, self.place.name, self.name, self.size


@dataclass(frozen=True, slots=True)
class Found:
    """All that lies ready, what is new first; and the places where something stands in the way."""

    arrivals: tuple[Arrival, ...] = ()
    problems: tuple[tuple[Place, PlaceProblem], ...] = ()

    @property
    def new(self) -> tuple[Arrival, ...]:
        """What was not read yet and can be."""
        return tuple(one for one in self.arrivals if one.state == "NEW")


def look(
    workspace: Workspace,
    progress: Progress = silent,
    *,
    far: bool = False,
    skip: Collection[str] = (),
    before: Found | None = None,
) -> Found:
    """Look at all places, or without `far` at those that need no network; see `places.look`.

    What `before` told of a bundle is not read again, and what it told of places across the network stays.
    Raises Cancelled.
    """
    known = {one.key: one for one in before.arrivals} if before else {}
    looked = places.look(workspace, progress, far=far, skip=skip)
    facts = _Facts(workspace, known)
    found = [facts.arrival(news.place, laid) for news in looked for laid in (*news.waiting, *news.read)]
    seen = {news.place.id for news in looked} - {""}
    if before is not None and not far:
        kept = {place.id for place in places.places(workspace)} - seen
        found += [facts.again(one) for one in before.arrivals if one.place.far and one.place.id in kept]
    found.sort(key=lambda one: (one.state != "NEW", -(one.read_ms or 0), one.sender, one.name))
    return Found(tuple(found), tuple((news.place, news.problem) for news in looked if news.problem))


class _Facts:
    """What is known of bundles: from this vault, from what was told before, and from their headers."""

    def __init__(self, workspace: Workspace, known: Mapping[tuple[str, str, str, int], Arrival]) -> None:
        self._workspace, self._known = workspace, known
        with workspace.database.read() as reader:
            read = devices.bundles(reader.connection, direction="IN")
            others = devices.peers(reader.connection)[1:]
        self._read = {row.file_name: row.at_ms for row in read}
        self._ids = {row.id: row.at_ms for row in read}
        self._numbered = {peer.device_number: peer.name or "" for peer in others if peer.role == "laptop"}

    def arrival(self, place: Place, laid: Laid) -> Arrival:
        new = Arrival(place, laid.name, laid.size, "NEW", self._sender(laid.name))
        return self.again(self._known.get(new.key) or (new if place.far else self._opened(new)))

    def again(self, one: Arrival) -> Arrival:
        """It may have been read since it was told of."""
        at_ms = self._read.get(one.name)
        return one if at_ms is None else replace(one, state="READ", read_ms=at_ms)

    def _sender(self, name: str) -> str:
        told = _NUMBERED.match(name)
        return self._numbered.get(int(told[1]), "") if told else ""

    def _opened(self, new: Arrival) -> Arrival:
        try:
            told = reading.inspect(self._workspace, places.near_folder(new.place) / new.name)
        except NotForUs:
            return replace(new, state="OTHER", sender="")
        except RevokedSender:
            return replace(new, state="ASIDE")
        except (SyncError, InputError, EnvironmentProblem) as problem:
            damaged = isinstance(problem, BadBundle) and not isinstance(problem, NewerFormat)
            # Of all else, whoever looks into it hears what stands in the way.
            return replace(new, state="DAMAGED") if damaged else new
        at_ms = self._ids.get(told.bundle)
        return replace(
            new,
            sender=told.sender,
            created_ms=told.created_ms,
            state="NEW" if at_ms is None else "READ",
            read_ms=at_ms,
        )


def at_hand(workspace: Workspace, one: Arrival, progress: Progress = silent) -> Path:
    """Where a bundle can be read: on its stick or folder itself, or fetched into the inbox.

    Raises what `places.fetch` raises.
    """
    if not one.place.far:
        return places.near_folder(one.place) / one.name
    inbox = workspace.folder / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    (inbox / one.name).unlink(missing_ok=True)
    return places.fetch(workspace, one.place, one.name, inbox, progress)


@dataclass(frozen=True, slots=True)
class Stack:
    """What came of reading a stack: what was read, and the first that needs a person.

    `stopped` is not read: its preview has something to decide or to refuse, or `problem` stands in the way.
    """

    taken: tuple[tuple[Preview, Imported], ...] = ()
    stopped: Arrival | None = None
    problem: Exception | None = None


def take_all(workspace: Workspace, arrivals: Iterable[Arrival], progress: Progress = silent) -> Stack:
    """Read bundles one after the other; stop before the first that asks something of a person.

    What was read before that stays read. A stop by the user is told as a problem, too.
    """
    taken: list[tuple[Preview, Imported]] = []
    for one in arrivals:
        try:
            path = at_hand(workspace, one, progress)
            told = quarantine.look_into(workspace, path, progress)
            if needs_a_person(told):
                return Stack(tuple(taken), one)
            taken.append((told, reading.import_bundle(workspace, path, progress)))
        except (SyncError, InputError, EnvironmentProblem) as problem:
            return Stack(tuple(taken), one, problem)
    return Stack(tuple(taken))


def needs_a_person(told: Preview) -> bool:
    """Whether somebody must look before it is read: something is to be decided, or is refused."""
    shared = told.shared.counts if told.shared else {}
    return any(told.totals.get(what, 0) or shared.get(what, 0) for what in ("decide", "refused"))


def persons(previews: Sequence[Preview]) -> dict[str, int]:
    """Of a stack of previews together: how many persons are new and changed; each person counts once."""
    most: dict[str, str] = {}
    for told in previews:
        for line in told.persons:
            if line.client_id is not None and line.most != "identical":
                most[line.client_id] = "new" if "new" in (line.most, most.get(line.client_id)) else line.most
    return {what: sum(one == what for one in most.values()) for what in ("new", "changed")}
