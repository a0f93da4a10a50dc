"""Another key for the database: nothing of a cut-off attempt is taken in, nothing stays under the old key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leerwinkel_desktop.store import rekeying
from leerwinkel_desktop.store.connection import connect
from leerwinkel_desktop.store.errors import VaultUnreachable

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed database with one row."""
    made = tmp_path / "dossiers.db"
    write(made, "goed", new=True)
    return made


def write(path: Path, word: str, *, new: bool = False, keep_log: Path | None = None) -> None:
    connection = connect(path, OLD)
    if new:
        connection.execute("CREATE TABLE kept (word TEXT)")
    connection.execute("INSERT INTO kept VALUES (?)", (word,))
    if keep_log is not None:
        shutil.copyfile(path.with_name(path.name + "-wal"), keep_log)
    connection.close()


def words(path: Path, key: bytes) -> list[str]:
    connection = connect(path, key)
    found = [row[0] for row in connection.execute("SELECT word FROM kept")]
    connection.close()
    return found


@pytest.mark.parametrize("left", ["-wal", "-shm", "-journal", ""])
def test_what_was_left_of_an_earlier_attempt_is_not_taken_in(path, tmp_path, left):
    copy = path.with_name(path.name + rekeying.COPY)
    shutil.copyfile(path, copy)
    write(copy, "van een vorige keer", keep_log=tmp_path / "log")
    (tmp_path / "log" if left == "-wal" else copy).replace(copy.with_name(copy.name + left))
    rekeying.rekey(path, OLD, NEW)
    assert words(path, NEW) == ["goed"]
    assert sorted(one.name for one in tmp_path.iterdir() if rekeying.COPY in one.name) == []


def test_copies_under_the_old_key_are_gone_before_the_new_key_counts(path, monkeypatch):
    """Cut off after the new database stands in its place, nobody would come back for them."""
    kept = path.with_name("dossiers-versie-1.bak")
    kept.write_bytes(b"onder de oude sleutel")

    def cut_off(self: Path, target: Path) -> None:
        raise OSError(5, "cut off")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut_off)
        with pytest.raises(VaultUnreachable):
            rekeying.rekey(path, OLD, NEW)
    assert not kept.exists()
    assert words(path, OLD) == ["goed"]
