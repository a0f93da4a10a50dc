"""Writes a vault to one file and puts it back; the file opens through the office or with the sheet only.

SECURITY.md §2 "Backups". `LWK1`, one line of JSON, the vault file without users, and the database as it is
encrypted. A backup is no more readable than the vault itself, and carries no passphrase to guess at.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.services.new_life import ASIDE
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import rekeying, slots, tries
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.database import FILE
from leerwinkel_desktop.store.errors import ForeignFile, NoVault, VaultBusy, VaultExists
from leerwinkel_desktop.store.files import durable, write_durably
from leerwinkel_desktop.store.migrate import newest

SUFFIX: Final = ".lwk"
KNOWN: Final = "backups.json"
_MAGIC = b"LWK1\n"
_FORMAT = 1
_HEADER = 4096
_CHUNK = 1024 * 1024
_REMEMBERED = 10


class NotABackup(EnvironmentProblem):
    """The file is no backup of this program."""


class DamagedBackup(EnvironmentProblem):
    """The backup is cut off or changed: its bytes are not those that were written."""


class NewerBackup(EnvironmentProblem):
    """The backup was written by a newer program."""


class BackupOfAnother(InputError):
    """The passphrase opens another vault, or this one under a later key: use the office or the sheet."""


class _Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    vault_id: str
    made_ms: int
    schema: int
    vault_bytes: int
    database_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file: of which vault, when it was made (milliseconds, UTC), and its size in bytes."""

    path: Path
    vault_id: str
    made_ms: int
    size: int


class _Offer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    path: str
    made_ms: int


def write(workspace: Workspace, path: Path, progress: Progress = silent) -> Backup:
    """Write a backup, whole or not at all; the vault stays open.

    Raises NoWayIn for a laptop without an office (nothing could open its backup), VaultBusy, DiskFull,
    VaultUnreachable or Cancelled.
    """
    vault = slots.without_users(workspace.folder, workspace.opened)
    made = workspace.now_ms()
    with _still(workspace) as source, durable(path, len(vault) + _size(source)) as out:
        size = _size(source)
        bare = _Header(
            format=_FORMAT,
            vault_id=workspace.opened.vault_id,
            made_ms=made,
            schema=newest(),
            vault_bytes=len(vault),
            database_bytes=size,
            sha256="",
        )
        digest = hashlib.sha256(msgspec.json.encode(bare) + vault)
        for piece in _pieces(source, size):
            digest.update(piece)
        header = msgspec.structs.replace(bare, sha256=digest.hexdigest())
        out.write(_MAGIC + msgspec.json.encode(header) + b"\n" + vault)
        source.seek(0)
        done = 0
        for piece in _pieces(source, size):
            out.write(piece)
            done += len(piece)
            progress(done, size, _("Reservekopie schrijven"))
    with workspace.database.write() as transaction:
        transaction.note("vault.backup", None, workspace.user)
    _remember(workspace.folder, path, made)
    return Backup(path, workspace.opened.vault_id, made, path.stat().st_size)


def inspect(path: Path) -> Backup:
    """Read a backup to its end and check every byte. Raises NotABackup, DamagedBackup or VaultUnreachable."""
    with _opened(path) as file:
        header = _header(file)
        digest = hashlib.sha256(msgspec.json.encode(msgspec.structs.replace(header, sha256="")))
        for piece in _pieces(file, header.vault_bytes + header.database_bytes):
            digest.update(piece)
        if digest.hexdigest() != header.sha256 or file.read(1):
            raise DamagedBackup
        return Backup(path, header.vault_id, header.made_ms, os.fstat(file.fileno()).st_size)


def restore(
    folder: Path,
    path: Path,
    passphrase: str | None = None,
    *,
    replace: bool = False,
    progress: Progress = silent,
) -> Backup:
    """Put a backup in a folder; with `replace`, a vault that stands there is put aside in a folder beside it.

    With the passphrase of the vault that stands there the same users come in as before. Without, the vault
    has no users until it is opened through the office or with the sheet (services/recovery.py). Its first
    unlock gives it a new actor and erases again who was erased; then a laptop is enrolled anew. Raises
    VaultExists, NoVault, NotABackup, DamagedBackup, NewerBackup, BackupOfAnother, WrongPassphrase, DiskFull
    or VaultUnreachable.
    """
    backup = inspect(path)
    occupied = vaults.exists(folder) or (folder / FILE).exists()
    if occupied and not replace:
        raise VaultExists
    with vaults.building(folder, (tries.FILE, slots.COPY, slots.FILE, FILE)) as place:
        _unpack(path, place, progress)
        if passphrase is not None:
            _keep_users(folder, place, passphrase)
        tries.start(place)
        if occupied:
            put_aside(folder, backup.made_ms)
    return backup


def known(folder: Path) -> list[Backup]:
    """The backups of this vault that were written here and can still be found, newest first.

    To be offered when the vault is damaged.
    """
    try:
        offers = msgspec.json.decode((folder / KNOWN).read_bytes(), type=list[_Offer])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return []
    found = []
    for offer in offers:
        try:
            with _opened(Path(offer.path)) as file:
                header = _header(file)
                size = os.fstat(file.fileno()).st_size
        except EnvironmentProblem:
            continue
        found.append(Backup(Path(offer.path), header.vault_id, header.made_ms, size))
    return sorted(found, key=lambda one: -one.made_ms)


@contextmanager
def _still(workspace: Workspace) -> Iterator[BinaryIO]:
    """The database file while nobody can write to it, with the write-ahead log folded into it."""
    path = workspace.database.path
    workspace.database.fold()
    with workspace.database.bare():
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size:  # somebody reads what is folded, or wrote in between
            raise VaultBusy
        with path.open("rb") as file:
            yield file


def _size(source: BinaryIO) -> int:
    return os.fstat(source.fileno()).st_size


def _unpack(path: Path, place: Path, progress: Progress) -> None:
    with _opened(path) as file:
        header = _header(file)
        vault = file.read(header.vault_bytes)
        try:
            if not slots.decode(vault).restored:
                raise DamagedBackup
        except ForeignFile as error:
            raise DamagedBackup from error
        write_durably(place / slots.FILE, vault)
        write_durably(place / slots.COPY, vault)
        done = 0
        with durable(place / FILE, header.database_bytes) as out:
            for piece in _pieces(file, header.database_bytes):
                out.write(piece)
                done += len(piece)
                progress(done, header.database_bytes, _("Terugzetten"))


def _keep_users(folder: Path, place: Path, passphrase: str) -> None:
    """Let the users of the vault that stands here into the backup, if it is under the same key."""
    if not slots.exists(folder):
        raise NoVault
    opened = slots.unlock(folder, passphrase)
    if slots.decode((place / slots.FILE).read_bytes()).vault_id != opened.vault_id:
        raise BackupOfAnother
    if not rekeying.opens(place / FILE, opened.key):
        raise BackupOfAnother
    vault = slots.as_restored(folder, opened)
    write_durably(place / slots.FILE, vault)
    write_durably(place / slots.COPY, vault)


def put_aside(folder: Path, stamp: int) -> None:
    """Move the closed vault that stands here to a folder of its own beside it, so that nothing is lost."""
    number = 1 + sum(1 for _each in folder.glob(f"{ASIDE}{stamp}-*"))
    aside = folder / f"{ASIDE}{stamp}-{number}"
    aside.mkdir()
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm", slots.FILE, slots.COPY, tries.FILE):
        if (folder / name).exists():
            (folder / name).replace(aside / name)


def _remember(folder: Path, path: Path, made: int) -> None:
    before = [_Offer(str(one.path), one.made_ms) for one in known(folder) if one.path != path.resolve()]
    offers = [_Offer(str(path.resolve()), made), *before][:_REMEMBERED]
    write_durably(folder / KNOWN, msgspec.json.encode(offers))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise named(error) from error


def _header(file: BinaryIO) -> _Header:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise NotABackup
    line = file.readline(_HEADER)
    try:
        header = msgspec.json.decode(line, type=_Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DamagedBackup from error
    if msgspec.json.encode(header) + b"\n" != line:
        raise DamagedBackup
    if header.format > _FORMAT or header.schema > newest():
        raise NewerBackup
    if not 0 < header.vault_bytes <= slots.MAX_FILE or header.database_bytes <= 0:
        raise DamagedBackup
    return header


def _pieces(file: BinaryIO, size: int) -> Iterator[bytes]:
    left = size
    while left:
        piece = file.read(min(_CHUNK, left))
        if not piece:
            raise DamagedBackup
        left -= len(piece)
        yield piece
