"""Gives the database another key: a copy is rekeyed and checked, then takes the place of the first one.

SQLCipher's rekey in place can be cut off between two keys (SECURITY.md §2); here the file under the final
name is wholly under the old key or wholly under the new one, at every moment.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from leerwinkel_desktop.store import migrate
from leerwinkel_desktop.store.connection import connect, named, naming_problems
from leerwinkel_desktop.store.errors import DamagedVault, DiskFull, VaultBusy
from leerwinkel_desktop.store.files import remove, sync_folder

COPY = ".rekey"
_LEFT = ("-journal", "-wal", "-shm", "")


def opens(path: Path, key: bytes) -> bool:
    """Whether the database is under this key. Raises the problems of `connect`, but for a wrong key."""
    try:
        connect(path, key).close()
    except DamagedVault:
        return False
    return True


def rekey(path: Path, old: bytes, new: bytes) -> None:
    """Put a closed database under another key, whole or not at all; copies of before a migration go.

    Raises VaultBusy when somebody else has it open, DamagedVault, DiskFull (before anything is copied, where
    the disk says that it is too small) or VaultUnreachable.
    """
    copy = path.with_name(path.name + COPY)
    forget_copy(path)
    needed = need_room(path)
    try:
        _settle(path, old)
        shutil.copyfile(path, copy)
        _change(copy, old, new)
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        for before in migrate.copies(path):  # under the old key, of no more use
            remove(before)
        copy.replace(path)
        sync_folder(path.parent)
    except DiskFull as full:
        raise DiskFull(needed) from full
    except OSError as error:
        raise named(error, needed) from error
    finally:
        forget_copy(path)


def need_room(path: Path) -> int:
    """How many bytes another key takes, amply: a copy of the whole database, and the saves around it.

    Raises DiskFull when the disk has fewer, before anything is written, or VaultUnreachable.
    """
    log = path.with_name(path.name + "-wal")
    try:
        needed = path.stat().st_size + 2 * (log.stat().st_size if log.exists() else 0) + DiskFull.ONE_SAVE
        free = shutil.disk_usage(path.parent).free
    except OSError as error:
        raise named(error) from error
    if free < needed:
        raise DiskFull(needed)
    return needed


def forget_copy(path: Path) -> None:
    """Take away what a change of key that was cut off left behind. Raises VaultUnreachable."""
    for more in _LEFT:
        remove(path.with_name(path.name + COPY + more))


def _settle(path: Path, key: bytes) -> None:
    """Fold the write-ahead log into the file, which nobody else may have open."""
    with naming_problems():
        connection = connect(path, key)
        try:
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            connection.close()
    if busy or path.with_name(path.name + "-wal").exists():
        raise VaultBusy


def _change(copy: Path, old: bytes, new: bytes) -> None:
    with naming_problems():
        connection = connect(copy, old)
        try:
            for mode in ("DELETE", "OFF"):  # out of the write-ahead log; a copy that fails is thrown away
                connection.execute(f"PRAGMA journal_mode = {mode}").fetchall()
            connection.reset_key(b"x'" + new.hex().encode() + b"'")
        finally:
            connection.close()
        connection = connect(copy, new)
        try:
            found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        finally:
            connection.close()
    if found:
        raise DamagedVault
