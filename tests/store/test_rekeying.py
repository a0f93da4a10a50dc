"""Another key for the database: nothing of a cut-off attempt is taken in, nothing stays under the old key."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from leerwinkel_desktop.store import rekeying
from leerwinkel_desktop.store.connection import Connection, connect
from leerwinkel_desktop.store.errors import DamagedVault, DiskFull, VaultUnreachable

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


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


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


def test_a_disk_that_is_too_small_is_told_before_anything_is_written(path, tmp_path, monkeypatch):
    before = names(tmp_path)
    room = rekeying.need_room(path)
    whole = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "disk_usage", lambda _: whole._replace(free=room - 1))
        with pytest.raises(DiskFull) as caught:
            rekeying.rekey(path, OLD, NEW)
        assert caught.value.needed == DiskFull(room).needed
        patched.setattr(shutil, "disk_usage", lambda _: whole._replace(free=room))
        assert rekeying.need_room(path) == room
    assert names(tmp_path) == before
    with pytest.raises(VaultUnreachable):
        rekeying.need_room(tmp_path / "nergens.db")


@pytest.mark.parametrize("full", [OSError(errno.ENOSPC, "full"), DiskFull()], ids=["copying", "rekeying"])
def test_a_disk_that_fills_on_the_way_says_how_much_it_takes(path, tmp_path, monkeypatch, full):
    before, room = names(tmp_path), rekeying.need_room(path)

    def no_room(*_: object) -> None:
        raise full

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", no_room)
        with pytest.raises(DiskFull) as caught:
            rekeying.rekey(path, OLD, NEW)
    assert caught.value.needed == DiskFull(room).needed
    assert names(tmp_path) == before
    assert words(path, OLD) == ["goed"]


def test_a_copy_that_the_disk_kept_wrong_never_takes_the_place(path, tmp_path, monkeypatch):
    """Every page of the copy is read back under the new key before it counts."""

    def after_rot(file: Path, key: bytes) -> Connection:
        if key == NEW:
            raw = bytearray(file.read_bytes())
            raw[-2000] ^= 1
            file.write_bytes(raw)
        return connect(file, key)

    before = names(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(rekeying, "connect", after_rot)
        with pytest.raises(DamagedVault):
            rekeying.rekey(path, OLD, NEW)
    assert names(tmp_path) == before
    assert words(path, OLD) == ["goed"]
    rekeying.rekey(path, OLD, NEW)
    assert words(path, NEW) == ["goed"]
