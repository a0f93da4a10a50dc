"""One unlocked vault database: readers, and transactions that commit whole and log every save themselves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.detention import BLOCK, SLOTS, NoAccess, SealedRecord
from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.fields import Field, Record, Value, Wire, check, field_of, from_wire, to_wire
from leerwinkel_desktop.store import audit, changelog, detention, people, search
from leerwinkel_desktop.store.connection import Connection, block, connect, naming_problems
from leerwinkel_desktop.store.erased import refuse_erased
from leerwinkel_desktop.store.errors import DamagedVault
from leerwinkel_desktop.store.history import Saved, saves_of
from leerwinkel_desktop.store.migrate import migrate
from leerwinkel_desktop.store.rekeying import opens, rekey
from leerwinkel_desktop.store.repository import repository, to_cell, wire_of
from leerwinkel_desktop.store.seen import ask, base_as_seen, bases_of

REMOVED = changelog.REMOVED_FIELD
R = TypeVar("R", bound=Record)
FILE = "dossiers.db"
HURRY_MS: Final = 10
"""How long a thread in a hurry waits for whoever writes."""


@dataclass(frozen=True, slots=True)
class Act:
    """What one act of the user logged here: the numbers of its changes, and when (milliseconds, UTC).

    `typed`: it was typed in a form, on what was seen there.
    """

    numbers: tuple[tuple[str, int], ...]
    at_ms: int
    typed: bool = False


class Reader:
    """A view of the database as it stood when the block began."""

    def __init__(
        self, connection: Connection, codelists: CodeLists, block: detention.BlockKeys | None = None
    ) -> None:
        """Read through this connection; `block` opens the detention block, None keeps it closed."""
        self.connection = connection
        self.codelists = codelists
        self.block = block

    def get(self, record: type[R], record_id: str) -> R:
        """One record. Raises NotFound when it is absent or removed, NoAccess for a closed detention block."""
        if record in BLOCK:
            return detention.get(self, record, record_id)  # type: ignore[no-any-return]
        return repository(record).get(self.connection, record_id)  # type: ignore[no-any-return]

    def last(self, record: type[R], record_id: str) -> R:
        """One record as it stood last, also when it is removed. Raises as `get` does."""
        kind = SealedRecord if record in BLOCK else record
        stored = repository(kind).stored(self.connection, record_id)
        if stored is None:
            raise NotFound(record.kind, record_id)
        values: dict[str, Any] = {
            name: from_wire(field_of(kind, name), value) for name, value in stored.items()
        }
        if record not in BLOCK:
            return record(id=record_id, **values)
        if self.block is None:
            raise NoAccess
        found = detention.opened(self.block, SealedRecord(id=record_id, **values))
        if found is None or found.kind is not record:
            raise NotFound(record.kind, record_id)
        return found.record  # type: ignore[no-any-return]

    def find(self, record: type[R], **equals: Value) -> list[R]:
        """All records whose fields equal the given values, oldest first. Raises NoAccess as `get` does."""
        if record in BLOCK:
            return detention.find(self, record, equals)
        return repository(record).find(self.connection, **equals)

    def rows(self, record: type[Record], names: Sequence[str], **equals: Value) -> list[tuple[Any, ...]]:
        """Only the named fields (or "id") of all matching records, converted to their Python values."""
        if record in BLOCK:
            return detention.rows(self, record, names, equals)
        return repository(record).rows(self.connection, names, **equals)

    def search(self, text: str, limit: int = 50) -> list[search.DossierHit]:
        """The dossiers that fit what was typed, newest first."""
        return search.search(self.connection, self.codelists, text, limit)

    def seen(self, record_ids: Iterable[str]) -> dict[str, dict[str, int]]:
        """What is here of these records, by id: to be kept with what is shown, and given to `save`."""
        return bases_of(self.connection, record_ids)

    def history(self, record_ids: Sequence[str]) -> list[Saved]:
        """All saves of these records, newest first."""
        return [detention.opened_saved(self, one) for one in saves_of(self.connection, record_ids)]

    def setting(self, name: str) -> str | None:
        """A small fact of this vault, or None."""
        row = self.connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]


class Transaction(Reader):
    """A reader that can also write; everything or nothing (ARCHITECTURE.md "One write path")."""

    def __init__(
        self,
        connection: Connection,
        codelists: CodeLists,
        now_ms: int,
        block: detention.BlockKeys | None = None,
    ) -> None:
        """Begin to log on this connection."""
        super().__init__(connection, codelists, block)
        self.now_ms = now_ms
        self.typed = False
        self.log = changelog.ChangeLog(connection, now_ms)

    def save(self, record: Record, seen: Mapping[str, int] | None = None) -> bool:
        """Write what differs from what is stored and log it as one change; False when nothing differed.

        `seen` is what its writer had seen of it (`Reader.seen`), None for all that is here: what came
        meanwhile is not overruled but stands beside it, to be decided; a removed record then stays so.
        Raises InvalidValue for a value that does not fit its field or is not in its code list, and NoAccess
        for a record of the detention block that this user may not open, RecordErased for one that was erased.
        """
        if type(record) in BLOCK:
            return self.save(self._sealed(record), seen)
        kind = type(record)
        stored = repository(kind).stored(self.connection, record.id)
        if stored is None:
            refuse_erased(self.connection, record)
        wanted = wire_of(record)
        patch = {name: value for name, value in wanted.items() if _differs(stored, name, value)}
        for name in patch:
            field = field_of(kind, name)
            value = check(field, getattr(record, name))
            self._check_codes(field, value)
            wanted[name] = patch[name] = to_wire(value)
        patch = {name: value for name, value in patch.items() if _differs(stored, name, value)}
        removed = stored is not None and self._is_removed(record)
        if stored is not None and not patch and (seen is not None or not removed):
            return False
        if removed and seen is None:
            removed = patch[REMOVED] = False
        self._put(record, wanted, patch, new=stored is None, removed=removed, seen=seen)
        return True

    def _sealed(self, record: Record) -> SealedRecord:
        """A record of the detention block in its normal form and sealed, checked as `save` checks."""
        values: dict[str, Any] = {}
        for name in detention.changed_names(self, record):
            field = field_of(type(record), name)
            values[name] = check(field, getattr(record, name))
            self._check_codes(field, values[name])
        return detention.sealed(self, replace(record, **values))

    def save_all(self, records: Iterable[Record]) -> int:
        """Save each record; gives how many differed."""
        return sum(self.save(record) for record in records)

    def remove(self, record: Record) -> None:
        """Hide a record and log that; saving it again brings it back. Raises NoAccess as `save` does."""
        if type(record) in BLOCK:
            if self.block is None:
                raise NoAccess
            record = SealedRecord(id=record.id)
        stored = repository(type(record)).stored(self.connection, record.id)
        if stored is not None and not self._is_removed(record):
            self._put(record, stored, {REMOVED: True}, new=False, removed=True)

    def decide(self, record: type[Record], record_id: str, name: str, value: Wire) -> tuple[str, int]:
        """Log that a field says this, also when it shows that already: it covers every version that is here.

        `name` may be `removed`; a record of the detention block is decided on as it is stored (`as_stored`).
        Gives actor and number of the change. Raises NotFound or InvalidValue.
        """
        stored = repository(record).stored(self.connection, record_id)
        if stored is None:
            raise NotFound(record.kind, record_id)
        removed = self._is_removed(record(id=record_id))
        if name == REMOVED:
            removed = value is True
        else:
            stored[name] = value = to_wire(from_wire(field_of(record, name), value))
        return self._put(record(id=record_id), stored, {name: value}, new=False, removed=removed)

    def as_stored(self, record: type[Record], record_id: str, name: str, value: Value) -> Wire:
        """A typed value in the form in which it is stored: checked, and sealed where it must be.

        Raises InvalidValue, or NoAccess for a record of the detention block that this user may not open.
        """
        field = field_of(record, name)
        value = check(field, value)
        self._check_codes(field, value)
        if record not in BLOCK:
            return to_wire(value)
        if self.block is None:
            raise NoAccess
        return self.block.seal(record_id, SLOTS[record.kind][name], to_wire(value))

    def note(self, action: str, subject: str | None = None, user: str | None = None) -> None:
        """Add a line to the audit trail: ids only."""
        audit.append(self.connection, self.now_ms, action, subject, user)

    def set_setting(self, name: str, value: str | None) -> None:
        """Keep a small fact of this vault."""
        self.connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, value))

    def _put(
        self,
        record: Record,
        wire: dict[str, Wire],
        patch: dict[str, Wire],
        *,
        new: bool,
        removed: bool,
        seen: Mapping[str, int] | None = None,
    ) -> tuple[str, int]:
        if seen is None:
            base = {} if new else changelog.base_of(self.connection, record.id)
        else:
            base = base_as_seen(self.connection, record.id, seen)
        number = self.log.append(record.kind, record.id, patch, base)
        cells = [to_cell(wire[name]) for name in repository(type(record)).names]
        repository(type(record)).write(self.connection, [(record.id, *cells, int(removed))])
        if not new:
            self.connection.executemany(
                "DELETE FROM conflict WHERE record_id = ? AND field = ?",
                [(record.id, name) for name in patch],
            )
        self.typed = seen is not None
        if seen is not None:
            ask(self.connection, record.kind, record.id)
        if record.kind in people.KINDS:
            clients = [record.id] if record.kind == "client" else []
            people.follow(self.connection, self.codelists, clients)
        return number

    def _is_removed(self, record: Record) -> bool:
        row = self.connection.execute(
            f"SELECT removed FROM {record.kind} WHERE id = ?",  # noqa: S608
            (record.id,),
        ).fetchone()
        return bool(row and row[0])

    def _check_codes(self, field: Field, value: Value) -> None:
        if field.codelist is None or value is None:
            return
        known = self.codelists[field.codelist]
        for item in value if isinstance(value, tuple) else (value,):
            if item not in known:
                raise InvalidValue(field.name, "code")


def _differs(stored: dict[str, Wire] | None, name: str, value: Wire) -> bool:
    before = None if stored is None else stored[name]
    return (before or None) != (value or None) if isinstance(value, list) else before != value


class Database:
    """The encrypted database behind an unlocked vault; one connection for each thread that uses it."""

    def __init__(self, path: Path, key: bytes, codelists: CodeLists, now_ms: Callable[[], int]) -> None:
        """Open and, where needed, migrate. Raises DamagedVault, NewerVault, VaultBusy, DiskFull …"""
        self.path = path
        self.codelists = codelists
        self._key = key
        self.block: detention.BlockKeys | None = None
        self._now_ms = now_ms
        self._local = threading.local()
        self._all: list[Connection] = []
        self._lock = threading.Lock()
        self._hurried: int | None = None
        self.acts: list[Act] = []
        try:
            migrate(self._connection(), path, codelists)
        except BaseException:
            self.close()
            raise

    def _connection(self) -> Connection:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self.path, self._key)
            self._local.connection = connection
            if threading.get_ident() == self._hurried:
                connection.execute(f"PRAGMA busy_timeout = {HURRY_MS}")
            with self._lock:
                self._all.append(connection)
        return connection

    def hurry(self) -> None:
        """From now on this thread, which draws the window, hardly waits for who writes: VaultBusy at once."""
        self._hurried = threading.get_ident()
        self._connection().execute(f"PRAGMA busy_timeout = {HURRY_MS}")

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """A consistent view; nothing can be written through it."""
        with naming_problems(), _reading(self._connection()) as connection:
            yield Reader(connection, self.codelists, self.block)

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A transaction: committed when the block ends well, undone whole when it raises."""
        with naming_problems(), block(self._connection(), "BEGIN IMMEDIATE") as connection:
            before = self.block
            transaction = Transaction(connection, self.codelists, self._now_ms(), before)
            yield transaction
            transaction.log.finish()
        self._acted(transaction.log.written, transaction.now_ms, typed=transaction.typed)
        if transaction.block is not before:  # keys that were taken in or given up count once they are kept
            self.block = transaction.block

    def _acted(self, numbers: Sequence[tuple[str, int]], now_ms: int, *, typed: bool = False) -> None:
        together: list[tuple[str, int]] | None = getattr(self._local, "together", None)
        if together is not None:
            together += numbers
        elif 0 < len(numbers) <= changelog.MOST_AT_ONCE:  # a whole workbook is not taken back in a dossier
            self.acts.append(Act(tuple(numbers), now_ms, typed))

    @contextmanager
    def together(self) -> Iterator[None]:
        """What this thread writes in the block is one act, though each transaction stands by itself."""
        numbers: list[tuple[str, int]] = []
        self._local.together = numbers
        try:
            yield
        finally:
            self._local.together = None
            self._acted(numbers, self._now_ms())

    @contextmanager
    def bare(self) -> Iterator[Connection]:
        """A write transaction without a log, for the house-keeping of the store itself (device, checks)."""
        with naming_problems(), block(self._connection(), "BEGIN IMMEDIATE") as connection:
            yield connection

    def fold(self) -> None:
        """Fold the write-ahead log into the file and empty it, as far as no other connection is reading."""
        with naming_problems():
            self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def damage(self) -> list[str]:
        """What SQLCipher and SQLite find wrong with the pages, in their words; nothing when all is well.

        A page that a power cut left half is no damage while the write-ahead log has it whole: that is folded
        in first, since SQLCipher reads the codes in the file itself.
        """
        try:
            self.fold()
            return self._damage(self._connection())
        except DamagedVault as error:
            return [str(error.__cause__)]

    def _damage(self, connection: Connection) -> list[str]:
        with naming_problems():
            found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
            if found:  # SQLite's own check would stumble over these pages
                return found
            return [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]

    def change_key(self, new: bytes) -> None:
        """Put the whole database under another key; it stays open. Raises VaultBusy, DiskFull …"""
        self.close()
        try:
            rekey(self.path, self._key, new)
        finally:
            if opens(self.path, new):
                self._key = new

    def is_under(self, key: bytes) -> bool:
        """Whether this is the key of the database."""
        return self._key == key

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
        self._local = threading.local()


@contextmanager
def _reading(connection: Connection) -> Iterator[Connection]:
    connection.execute("PRAGMA query_only = ON")
    try:
        with block(connection, "BEGIN"):
            connection.execute("PRAGMA schema_version").fetchone()  # the view is that of this moment
            yield connection
    finally:
        connection.execute("PRAGMA query_only = OFF")
