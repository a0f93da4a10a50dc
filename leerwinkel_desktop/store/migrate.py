"""Brings a database to the newest schema by numbered SQL files: the whole way, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from sqlcipher3 import dbapi2

from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.store import catching_up
from leerwinkel_desktop.store.connection import Connection, block, naming_problems
from leerwinkel_desktop.store.errors import NewerVault
from leerwinkel_desktop.store.files import remove, write_durably


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """All migrations as (version, SQL), lowest first."""
    found = [
        entry for entry in files(__package__).joinpath("migrations").iterdir() if entry.name.endswith(".sql")
    ]
    return tuple(sorted((int(entry.name[:4]), entry.read_text(encoding="utf-8")) for entry in found))


def newest() -> int:
    """The schema version of this program."""
    return migrations()[-1][0]


def migrate(connection: Connection, path: Path, codelists: CodeLists) -> None:
    """Apply what is missing, after a copy of the file, and show what newer programs had sent before.

    Raises NewerVault for a file from a newer program.
    """
    with naming_problems():
        found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > newest():
        raise NewerVault(found, newest())
    if found == newest():
        return
    if found:
        with naming_problems():
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        for half in path.parent.glob(f".{_copy(path, '*').name}.*.part"):  # an upgrade that was cut off
            remove(half)
        write_durably(_copy(path, found), path.read_bytes())
    with naming_problems(), block(connection, "BEGIN IMMEDIATE"):
        before = catching_up.columns(connection)
        for version, sql in migrations():
            if version > found:
                _apply(connection, version, sql)
        if found:
            catching_up.show(connection, codelists, before)


def copies(path: Path) -> list[Path]:
    """The copies that earlier upgrades of this database left beside it."""
    return sorted(path.parent.glob(_copy(path, "*").name))


def _copy(path: Path, version: int | str) -> Path:
    return path.with_name(f"{path.stem}-versie-{version}.bak")


def _apply(connection: Connection, version: int, sql: str) -> None:
    for statement in statements(sql):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version}")


def statements(sql: str) -> Iterator[str]:
    """The single statements of a script (`executescript` would commit before it runs)."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if line.rstrip().endswith(";") and dbapi2.complete_statement(pending):
            yield pending
            pending = ""
