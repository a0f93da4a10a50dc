"""A disk that is full, at any size: all or nothing, the bytes that it takes told, and then it works again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from leerwinkel_desktop.services import along, dossiers, exchange

ACTS = ["import", "export", "save", "backup", "receipt", "key", "give", "given", "snapshot", "let go"]
SIZES = [6, pytest.param(60, marks=pytest.mark.soak)]


@pytest.fixture
def alone() -> list[str]:
    """The command that runs another one where it may mount disks that nobody else sees."""
    unshare = shutil.which("unshare")
    if sys.platform != "linux" or unshare is None:
        pytest.skip("small disks are made with unshare and tmpfs, of Linux")
    command = [unshare, "-m", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if subprocess.run([*command, "true"], check=False, capture_output=True).returncode:
        pytest.skip(
            "a disk that is full at any byte takes a mount, and this machine lets us make no mount namespace "
            "(CAP_SYS_ADMIN, or user namespaces); test_database_full.py runs here, with SQLite's own limit"
        )
    return command


def give_and_ask_back(team):
    """The second laptop has some people; a bundle and a snapshot ask half of them back and bring others.

    For the third one there is much that was never given.
    """
    ids = [hit.client_id for hit in dossiers.search(team.office, "", 100)]
    second, third = (laptop.device().actor for laptop in team.laptops[1:])
    along.take_along(team.office, third, ids, None)
    along.take_along(team.office, second, ids[:10], None)
    exchange.import_bundle(team.laptops[1], team.receipt(1))
    exchange.import_bundle(team.office, team.hand_over(1))
    along.let_go(team.office, second, ids[:5])
    along.take_along(team.office, second, ids[10:], None)
    for name in ("given", "snapshot"):
        (team.folder / name).mkdir()
        exchange.write_for_laptop(team.office, second, team.folder / name, anew=name == "snapshot")


@pytest.fixture
def run(team, tools, alone, tmp_path):
    """Try an act at so many sizes, in a child; the laptop has work, and so has the office for the laptop."""
    for number in range(20):
        dossiers.create(team.laptop, first_name=f"Verzonnen {number}")
    exchange.import_bundle(team.office, team.hand_over())
    give_and_ask_back(team)
    for path in team.stick.iterdir():
        path.unlink()
    for number in range(80):
        dossiers.create(team.laptop, first_name=f"Later {number}", notes="lang " * 100)
    team.hand_over()
    team.close()
    (team.folder / "laptop-0").rename(team.folder / "laptop")
    disk = tmp_path / "small" / "disk"
    disk.mkdir(parents=True)

    def child(act, count, *more):
        command = [
            *alone,
            sys.executable,
            "-m",
            "tests.faults.small_disk",
            team.folder,
            disk,
            act,
            count,
            *more,
        ]
        return subprocess.run(
            list(map(str, command)),
            input=tools.PASSPHRASE + "\n",
            capture_output=True,
            encoding="utf-8",
            cwd=Path(__file__).parents[2],
            check=False,
        )

    return child


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("sizes", SIZES)
def test_all_or_nothing_and_then_it_works(run, act, sizes):
    done = run(act, sizes)
    assert done.returncode == 0, done.stderr
    tried = json.loads(done.stdout)
    assert len(tried) == sizes
    assert [good for _, good, _ in tried] == sorted(good for _, good, _ in tried), "more room is never worse"
    assert {good for _, good, _ in tried} == {True, False}, "the disk was never full, or always"


@pytest.mark.parametrize("act", ["export", "backup", "receipt"])
def test_a_file_under_its_final_name_from_the_beginning_is_half(run, act):
    """The control."""
    done = run(act, 6, "careless")
    assert done.returncode != 0
    assert "something half is left" in done.stderr
