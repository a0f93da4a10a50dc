"""The model of a disk that lost its power says what POSIX says, and sees what a real program does."""

from __future__ import annotations

import random

import pytest

from tests.faults.power import Disk, recorded, write_out

TIMES = 300
CODE = """
import os, shutil, sys
from pathlib import Path

root = Path(sys.argv[1])
with (root / "old").open("r+b") as file:
    file.seek(3)
    file.write(b"XYZ")
    file.truncate(5)
with (root / "é").open("wb") as file:
    file.write(bytes(9000))
    file.flush()
    os.fsync(file.fileno())
(root / "é").replace(root / "sub" / "moved")
with (root / "log").open("ab") as file:
    file.write(b"two")
(root / "new").mkdir()
(root / "new" / "x").write_bytes(b"x")
shutil.rmtree(root / "new")
os.write(1, b"told\\n")
(root / "gone").unlink()
"""


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "disk"
    (folder / "sub").mkdir(parents=True)
    for name in ("old", "log", "gone"):
        (folder / name).write_bytes(b"0123456789")
    return folder


def all_found(disk, path):
    """Everything that may be found under a name."""
    return {disk.found(random.Random(seed)).get(str(disk.root / path)) for seed in range(TIMES)}


def test_a_replay_ends_as_the_real_folder_did(root, tmp_path):
    disk = Disk(root)
    recording = recorded(CODE, root, typed="", root=root)
    assert recording.replay(disk) == ["told"]
    real = {str(path): None if path.is_dir() else path.read_bytes() for path in root.rglob("*")}
    assert disk.seen() == real
    write_out(disk.seen(), root, tmp_path / "out", random.Random(1))
    assert (tmp_path / "out" / "log").read_bytes() == b"0123456789two"


def test_what_was_synced_is_there_and_later_writes_may_be(root):
    disk = Disk(root)
    old = disk.file(str(root / "old"))
    old.since += [(0, b"A"), (4, b"B")]
    old.sync()
    assert all_found(disk, "old") == {b"A123B56789"}
    old.since += [(0, b"C"), (12, b"D")]
    both = {b"A123B56789", b"C123B56789", b"A123B56789\0\0D", b"C123B56789\0\0D"}
    assert all_found(disk, "old") == both


def test_sectors_are_torn(root):
    disk = Disk(root)
    disk.file(str(root / "old")).since.append((0, b"A" * 512 + b"B" * 512))
    found = all_found(disk, "old")
    assert b"A" * 512 in {one[:512] for one in found if one is not None and len(one) == 512}
    assert bytes(500) in {one[12:512] for one in found if one is not None and len(one) == 1024}


def test_a_new_name_is_sure_after_its_folder(root):
    disk = Disk(root)
    made = disk.create(str(root / "new"))
    made.since.append((0, b"x"))
    assert all_found(disk, "new") == {None, b"", b"x"}
    made.sync()
    assert all_found(disk, "new") == {None, b"x"}
    disk.sync_folder(str(root / "sub"))
    assert all_found(disk, "new") == {None, b"x"}
    disk.sync_folder(str(root))
    assert all_found(disk, "new") == {b"x"}


def test_names_change_in_order_and_moves_are_one_step(root):
    disk = Disk(root)
    disk.rename(str(root / "old"), str(root / "sub" / "old"))
    disk.unlink(str(root / "gone"))
    names = [disk.found(random.Random(seed)) for seed in range(TIMES)]
    assert all((str(root / "old") in one) is not (str(root / "sub" / "old") in one) for one in names)
    assert all(str(root / "gone") in one for one in names if str(root / "old") in one)
    assert {str(root / "gone") in one for one in names if str(root / "old") not in one} == {True, False}
    disk.sync_folder(str(root / "sub"))
    assert all_found(disk, "old") == {None}
    assert all_found(disk, "sub/old") == {b"0123456789"}
