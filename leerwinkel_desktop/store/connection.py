"""Opens SQLCipher connections with the settings of SECURITY.md §2, and names what SQLite reports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.store import errors

Connection = Any
LEAST_SQLITE = (3, 51, 3)
_PROBLEMS: dict[int, type[EnvironmentProblem]] = {
    5: errors.VaultBusy,  # SQLITE_BUSY
    6: errors.VaultBusy,  # SQLITE_LOCKED
    8: errors.VaultUnreachable,  # SQLITE_READONLY
    10: errors.VaultUnreachable,  # SQLITE_IOERR
    11: errors.DamagedVault,  # SQLITE_CORRUPT
    13: errors.DiskFull,  # SQLITE_FULL
    14: errors.VaultUnreachable,  # SQLITE_CANTOPEN
    26: errors.DamagedVault,  # SQLITE_NOTADB: the key is proven by the slot, so the page is not
}
_SETTINGS = """
PRAGMA cipher_log_level = NONE;
PRAGMA busy_timeout = 5000;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA trusted_schema = OFF;
PRAGMA foreign_keys = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -16000;
"""


@contextmanager
def naming_problems() -> Iterator[None]:
    """Turn SQLite's errors into ours; anything else is a bug and passes through."""
    try:
        yield
    except dbapi2.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in _PROBLEMS:
            raise
        raise _PROBLEMS[code] from error


@contextmanager
def block(connection: Connection, begin: str) -> Iterator[Connection]:
    """A transaction that is committed when the block ends well, and undone whole when anything fails."""
    connection.execute(begin)
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite may have undone it already: a full disk, a damaged page
            connection.execute("ROLLBACK")
        raise


def named(error: OSError, size: int | None = None) -> EnvironmentProblem:
    """The problem behind an error of the operating system: a full disk, or a place out of reach.

    `size` is that of the file which was to be written, where it is known.
    """
    full = error.errno in (28, 122) or getattr(error, "winerror", None) in (39, 112)  # ENOSPC, EDQUOT
    return errors.DiskFull(size) if full else errors.VaultUnreachable()


def connect(path: Path, key: bytes) -> Connection:
    """Open the database with its raw 32-byte key.

    Raises DamagedVault, VaultBusy, DiskFull, VaultUnreachable or EngineTooOld.
    """
    if dbapi2.sqlite_version_info < LEAST_SQLITE:
        raise errors.EngineTooOld(dbapi2.sqlite_version)
    with naming_problems():
        connection = dbapi2.connect(
            str(path), isolation_level=None, check_same_thread=False, cached_statements=512
        )
        try:
            # In this spelling SQLCipher takes the bytes as the key itself and derives nothing.
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.set_key(b"x'" + key.hex().encode() + b"'")
            for line in _SETTINGS.strip().splitlines():
                connection.execute(line).fetchall()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
    return connection
