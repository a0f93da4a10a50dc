"""The lock that keeps windows away: what stands in its way is named, and a race lets nobody in twice."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from leerwinkel_desktop.services import window_lock
from leerwinkel_desktop.store.errors import VaultUnreachable

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows holds the file in its own way")


@POSIX
def test_a_folder_where_the_lock_should_be(tmp_path: Path):
    (tmp_path / window_lock.FILE).mkdir()
    with pytest.raises(VaultUnreachable), window_lock.hold(tmp_path):
        pytest.fail("without a lock")


def test_a_disk_on_which_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whoever cannot sign the lock does not go on, and leaves nothing."""

    def full(*_: object) -> int:
        raise OSError(5, "gone")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(VaultUnreachable), window_lock.hold(tmp_path):
            pytest.fail("without a name in it")
    assert list(tmp_path.iterdir()) == []


@POSIX
@pytest.mark.parametrize("again", [False, True], ids=["put away", "another one in its place"])
def test_a_window_that_leaves_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: bool):
    """Between opening and locking, the file may be put away, and made anew: then this is not the lock."""
    import fcntl

    lock, path = fcntl.flock, tmp_path / window_lock.FILE

    def late(held: int, how: int) -> None:
        path.unlink()
        if again:
            path.write_bytes(b"")
        lock(held, how)

    with monkeypatch.context() as patched:
        patched.setattr(fcntl, "flock", late)
        with pytest.raises(window_lock.WindowOpen), window_lock.hold(tmp_path):
            pytest.fail("with a lock that nobody sees")
    assert path.exists() is again, "the lock of the other is left alone"
    with window_lock.hold(tmp_path):
        assert path.exists()
