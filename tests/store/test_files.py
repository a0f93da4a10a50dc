"""A name appears only when the whole file is on the disk; a failure leaves nothing under any name."""

from __future__ import annotations

import errno
import os

import pytest

from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.errors import DiskFull, VaultUnreachable
from leerwinkel_desktop.store.files import (
    clear_unfinished,
    durable,
    read_at_most,
    read_if_there,
    remove,
    write_durably,
)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_there_whole(tmp_path):
    write_durably(tmp_path / "een.lwb", b"inhoud")
    assert (tmp_path / "een.lwb").read_bytes() == b"inhoud"
    assert names(tmp_path) == ["een.lwb"]


def test_the_final_name_appears_only_at_the_end(tmp_path):
    with durable(tmp_path / "een.lwb") as file:
        file.write(b"half")
        file.flush()
        assert not (tmp_path / "een.lwb").exists()
    assert names(tmp_path) == ["een.lwb"]


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (OSError(errno.ENOSPC, "full"), DiskFull),
        (OSError(errno.EDQUOT, "quota"), DiskFull),
        (OSError(errno.EIO, "gone"), VaultUnreachable),
        (ZeroDivisionError(), ZeroDivisionError),
        (KeyboardInterrupt(), KeyboardInterrupt),
    ],
)
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, raised, told):
    write_durably(tmp_path / "een.lwb", b"oud")

    def work():
        with durable(tmp_path / "een.lwb") as file:
            file.write(b"half" * 1000)
            raise raised

    with pytest.raises(told):
        work()
    assert names(tmp_path) == ["een.lwb"]
    assert (tmp_path / "een.lwb").read_bytes() == b"oud"


def test_a_file_where_a_folder_should_be(tmp_path):
    (tmp_path / "map").write_bytes(b"x")
    with pytest.raises(VaultUnreachable):
        write_durably(tmp_path / "map" / "een.lwb", b"inhoud")


def test_a_folder_where_the_file_should_be(tmp_path):
    (tmp_path / "een.lwb").mkdir()
    with pytest.raises(VaultUnreachable):
        write_durably(tmp_path / "een.lwb", b"inhoud")
    assert names(tmp_path) == ["een.lwb"]


def test_windows_calls_a_full_disk_by_other_numbers():
    error = OSError(errno.EINVAL, "There is not enough space on the disk")
    setattr(error, "winerror", 112)  # noqa: B010 (there only on Windows)
    assert isinstance(named(error), DiskFull)


def test_no_more_is_read_than_asked(tmp_path):
    path = tmp_path / "een.lwb"
    assert read_if_there(path, 3) is None
    with pytest.raises(VaultUnreachable):
        read_at_most(path, 3)
    path.write_bytes(b"inhoud")
    assert read_at_most(path, 3) == read_if_there(path, 3) == b"inh"
    for read in (read_at_most, read_if_there):
        with pytest.raises(VaultUnreachable):
            read(tmp_path, 3)


def test_only_what_was_left_behind_long_ago_is_cleared(tmp_path):
    old = tmp_path / ".kopie.lwk.0123abcd.part"
    new = tmp_path / ".bundel.lwb.89abcdef.part"
    others = tmp_path / ".iets anders.part"
    in_the_way = tmp_path / ".map.01234567.part"
    for path in (old, new, others):
        path.write_bytes(b"half")
    in_the_way.mkdir()
    for path in (old, others, in_the_way):
        os.utime(path, (0, 0))
    clear_unfinished(tmp_path)
    assert names(tmp_path) == sorted(path.name for path in (new, others, in_the_way))
    clear_unfinished(tmp_path / "nergens")


def test_taking_away_what_is_there_or_not(tmp_path):
    path = tmp_path / "een.lwb"
    path.write_bytes(b"x")
    remove(path)
    remove(path)
    assert names(tmp_path) == []
    path.mkdir()
    with pytest.raises(VaultUnreachable):
        remove(path)
