"""Shows what a bundle would bring, person by person, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from leerwinkel_desktop.domain.fields import Wire
from leerwinkel_desktop.domain.registry import STORED, is_judicial
from leerwinkel_desktop.services.exchange import desk, inbox, placing
from leerwinkel_desktop.services.exchange.persons import CLIENT, Owners
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices
from leerwinkel_desktop.store.connection import Connection
from sync import Change, Line, Receipt, read_lines
from sync.clock import ms_of
from sync.errors import AlreadyImported

STEP = 1000


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a bundle: name, number, whether new here, and how many records of each kind change."""

    client_id: str
    name: str
    number: str | None
    new: bool
    what: dict[str, int]


@dataclass(frozen=True, slots=True)
class Preview:
    """What reading the bundle would bring; `already` when nothing of it is new."""

    sender: str
    created_ms: int
    first: int
    last: int
    new_changes: int
    persons: tuple[PersonLine, ...]
    receipts: int
    already: bool


def preview(workspace: Workspace, path: Path, progress: Progress = silent) -> Preview:
    """Check a bundle whole and list what is new in it; nothing is written.

    Raises the errors of FORMAT.md §12 as reading it would.
    """
    with workspace.database.read() as reader, inbox.opened(path) as file:
        connection = reader.connection
        us = desk.desk(connection)
        progress(0, 1, "Bundel nakijken")
        checked = desk.verified(us, lambda header: placing.position(connection, header), file)
        header = checked.header
        have = placing.position(connection, header)
        seen = devices.bundles(connection, id=header.bundle, direction="IN")
        try:
            placing.check_place(connection, checked, have)
            persons = _Persons(connection)
            lines_read = read_lines(file, checked, have)
            receipts, count = persons.read(lines_read, header.body.lines, progress)
            news = bool(count or receipts or placing.confirms(connection, header))
        except AlreadyImported:
            receipts, count, persons, news = 0, 0, _Persons(connection), False
        return Preview(
            sender=header.sender.name,
            created_ms=ms_of(header.created),
            first=header.stream.first,
            last=header.stream.last,
            new_changes=count,
            persons=persons.lines(),
            receipts=receipts,
            already=bool(seen) or not news,
        )


class _Persons:
    """Gathers changes by person."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._owners = Owners(connection)
        self._kinds: dict[tuple[str, str], int] = {}
        self._clients: dict[str, dict[str, Wire]] = {}

    def read(self, lines: Iterable[Line], total: int, progress: Progress) -> tuple[int, int]:
        receipts = count = 0
        for line in lines:
            if isinstance(line, Receipt):
                receipts += 1
            elif isinstance(line, Change):
                if count % STEP == 0:
                    progress(count, total, "Personen zoeken")
                count += 1
                self._take(line)
        return receipts, count

    def _take(self, change: Change) -> None:
        patch = change.patch or {}
        key = (change.kind, change.id)
        self._kinds[key] = self._kinds.get(key, 0) + 1
        self._owners.tell(change.kind, change.id, patch)
        if change.kind == CLIENT:
            self._clients.setdefault(change.id, {}).update(patch)

    def lines(self) -> tuple[PersonLine, ...]:
        what: dict[str, Counter[str]] = {}
        for kind, record_id in self._kinds:
            if kind in STORED and is_judicial(STORED[kind]):
                continue  # that somebody has a detention block is told to nobody here
            client = self._owners.client_of(kind, record_id)
            if client is not None:
                what.setdefault(client, Counter())[STORED[kind].label] += 1
        found = (self._line(client, dict(counted)) for client, counted in what.items())
        return tuple(sorted(found, key=lambda line: (not line.new, line.name.casefold())))

    def _line(self, client_id: str, what: dict[str, int]) -> PersonLine:
        row = self._connection.execute(
            "SELECT first_name, last_name, client_no FROM client WHERE id = ?", (client_id,)
        ).fetchone()
        told = self._clients.get(client_id, {})
        first, last, number = (
            told.get(name, row[at] if row else None)
            for at, name in enumerate(("first_name", "last_name", "client_no"))
        )
        name = " ".join(str(part) for part in (first, last) if part)
        return PersonLine(client_id, name, str(number) if number else None, row is None, what)
