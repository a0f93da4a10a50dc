"""Lays sealed bundles down, tells what waits, fetches it, and tidies away what a receipt covers."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final, TypeVar

from leerwinkel_desktop.services.places import opening
from leerwinkel_desktop.services.places.errors import (
    ImpossibleFile,
    NameInUse,
    NoAnswer,
    NotOurs,
    NotSealed,
    PlaceFull,
    ReadOnlyPlace,
)
from leerwinkel_desktop.services.places.stores import PART, Laid, Tick, fits
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices
from leerwinkel_desktop.store import places as stored
from leerwinkel_desktop.store.connection import Connection, named
from leerwinkel_desktop.store.files import durable, unfinished
from leerwinkel_desktop.store.places import Place
from sync.errors import TooLarge
from sync.header import MAX_FILE

W = TypeVar("W")
_SEALED: Final = b"age-encryption.org/v1\n-> "
_CARD: Final = b"LWC1\n{"
_FOR: Final = re.compile(r"(laptop|kantoor)-(\d+)-")


@dataclass(frozen=True, slots=True)
class Checked:
    """A place that answers: how many bundles and cards lie there, and what stands in the way of writing."""

    files: int
    unwritable: ReadOnlyPlace | PlaceFull | None


def check(place: Place) -> Checked:
    """Go there, look, and lay down and remove an empty file under a name that no reader takes.

    Raises the PlaceProblem that stands in the way.
    """
    with opening.opened(place) as store:
        files = sum(fits(one.name) for one in store.laid())
        probe = f".{secrets.token_hex(4)}{PART}"
        try:
            store.send(probe, BytesIO(), 0, _heedless)
            store.remove(probe)
        except (ReadOnlyPlace, PlaceFull) as problem:
            return Checked(files, problem)
    return Checked(files, None)


def _heedless(done: int) -> None:
    """Progress of nothing."""


@contextmanager
def outbox(workspace: Workspace) -> Iterator[Path]:
    """A folder beside the vault for a bundle on its way out; it is gone afterwards."""
    with TemporaryDirectory(prefix="uitgaand-", dir=workspace.folder) as folder:
        yield Path(folder)


def lay_down(workspace: Workspace, place: Place, path: Path, progress: Progress = silent) -> None:
    """Lay a sealed bundle or a card down under its own name, whole or not at all.

    Raises NotSealed, ImpossibleFile, TooLarge, NameInUse, a PlaceProblem, VaultUnreachable or Cancelled.
    """
    if not fits(path.name):
        raise ImpossibleFile
    try:
        source = path.open("rb")
    except OSError as error:
        raise named(error) from error
    with source:
        size = _sealed_size(source)
        progress(0, size, "Bundel versturen")
        with opening.opened(place) as store:
            store.send(path.name, source, size, _ticking(progress, size, "Bundel versturen"))
    _note(workspace, "place.laid_down", place)


def _sealed_size(source: BinaryIO) -> int:
    """The size of a file that begins as a bundle or a card does. Raises NotSealed or TooLarge."""
    start = source.read(len(_SEALED))
    if start != _SEALED and not start.startswith(_CARD):
        raise NotSealed
    size = source.seek(0, 2)
    source.seek(0)
    if size > MAX_FILE:
        raise TooLarge("file", MAX_FILE)
    return size


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies at a place for us: what was not read here yet, and what was, each by name."""

    waiting: tuple[Laid, ...]
    read: tuple[Laid, ...]


def lying(workspace: Workspace, place: Place) -> Lying:
    """The bundles there that may be for us, without those that were written here.

    Told from names and sizes alone; nothing is fetched. Raises a PlaceProblem.
    """
    with workspace.database.read() as reader:
        device = devices.read_device(reader.connection)
        known = {row.file_name: row.direction for row in devices.bundles(reader.connection)}
    with opening.opened(place) as store:
        found = [one for one in store.laid() if fits(one.name) and one.name.endswith(".lwb")]
    found = [one for one in found if 0 < one.size <= MAX_FILE and known.get(one.name) != "OUT"]
    if device.role == "laptop":
        found = [one for one in found if _for_laptop(one.name, device.number)]
    found.sort(key=lambda one: one.name)
    new = tuple(one for one in found if one.name not in known)
    return Lying(new, tuple(one for one in found if one.name in known))


def waiting(workspace: Workspace, place: Place) -> list[Laid]:
    """What lies there for us and was not read here yet. Raises a PlaceProblem."""
    return list(lying(workspace, place).waiting)


def _for_laptop(name: str, number: int | None) -> bool:
    """Whether a name leaves open that a bundle is for the laptop of that number."""
    told = _FOR.match(name)
    return told is None or (told[1] == "kantoor" and int(told[2]) == (number or 0))


def fetch(workspace: Workspace, place: Place, name: str, folder: Path, progress: Progress = silent) -> Path:
    """Fetch a bundle or card into a folder, whole or not at all; reading it is another step.

    Raises ImpossibleFile, NameInUse, TooLarge, GoneFromPlace, a PlaceProblem, DiskFull, VaultUnreachable or
    Cancelled.
    """
    if not fits(name):
        raise ImpossibleFile
    path = folder / name
    if path.exists():
        raise NameInUse(name)
    with opening.opened(place) as store:
        sizes = {one.name: one.size for one in store.laid()}
        size = sizes.get(name, 0)
        if size > MAX_FILE:
            raise TooLarge("file", MAX_FILE)
        with durable(path) as file:
            store.receive(name, file, _ticking(progress, size, "Bundel ophalen"))
            if file.tell() != size:
                raise NoAnswer(place.name)
    _note(workspace, "place.fetched", place)
    return path


def _ticking(progress: Progress, size: int, text: str) -> Tick:
    """Count what was carried. Raises Cancelled when the user stops, and TooLarge beyond the limit."""
    carried = 0

    def tick(done: int) -> None:
        nonlocal carried
        carried += done
        if carried > MAX_FILE:
            raise TooLarge("file", MAX_FILE)
        progress(min(carried, size), size, text)

    return tick


def covered(workspace: Workspace, place: Place) -> list[Laid]:
    """Our own bundles there that the other side has confirmed, and what an upload of ours left behind."""
    with workspace.database.read() as reader:
        done = set(_confirmed(reader.connection))
        own = {row.file_name for row in devices.bundles(reader.connection, direction="OUT")}
    with opening.opened(place) as store:
        found = store.laid()
    return [one for one in found if one.name in done or unfinished(one.name) in own]


def _confirmed(connection: Connection) -> Iterator[str]:
    acked = {peer.actor: peer.acked for peer in devices.peers(connection)}
    for row in devices.bundles(connection, direction="OUT"):
        if row.last <= acked.get(row.actor, 0):
            yield row.file_name


def tidy(workspace: Workspace, place: Place, names: Collection[str]) -> None:
    """Remove bundles that `covered` told, after somebody said yes. Raises NotOurs or a PlaceProblem."""
    allowed = {one.name for one in covered(workspace, place)}
    if not allowed.issuperset(names):
        raise NotOurs
    _remove(place, names)
    _note(workspace, "place.tidied", place)


def _remove(place: Place, names: Iterable[str]) -> None:
    with opening.opened(place) as store:
        for name in names:
            store.remove(name)


def deliver(workspace: Workspace, place: Place, write: Callable[[Path], W], progress: Progress = silent) -> W:
    """Let `write(folder)` write a bundle, and lay it down at a place; gives what `write` gave.

    Raises what writing and `lay_down` raise; what was written then is gone, and is written anew another time.
    """
    with outbox(workspace) as folder:
        written = write(folder)
        for path in folder.iterdir():
            lay_down(workspace, place, path, progress)
    return written


def latest(workspace: Workspace) -> Place | None:
    """The place where something was last laid down, when it is still among the places."""
    with workspace.database.read() as reader:
        row = reader.connection.execute(
            "SELECT subject FROM audit_entry WHERE action = 'place.laid_down' ORDER BY number DESC LIMIT 1"
        ).fetchone()
        known = stored.places(reader.connection) if row else []
    return next((place for place in known if place.id == row[0]), None)


def _note(workspace: Workspace, action: str, place: Place) -> None:
    with workspace.database.write() as transaction:
        transaction.note(action, place.id or None, workspace.user)
