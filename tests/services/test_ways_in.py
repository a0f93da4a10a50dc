"""What a locked vault tells of the ways into it, without a passphrase."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leerwinkel_desktop.services import backups, recovery, ways_in
from leerwinkel_desktop.services.ways_in import WaysIn
from leerwinkel_desktop.store import slots
from leerwinkel_desktop.store.errors import ForeignFile

FIRST = Path(__file__).parents[1] / "store" / "vaults" / "format-1.json"
NEW = "molen gordijn perzik brug uil kachel"


def test_no_vault_and_one_of_the_first_format(tmp_path):
    assert ways_in.look(tmp_path / "x") == WaysIn(False, (), False, False, None)
    assert not ways_in.without_users(tmp_path / "x")
    (tmp_path / slots.FILE).write_bytes(FIRST.read_bytes())
    assert ways_in.look(tmp_path) == WaysIn(True, (), False, False, None)
    assert not ways_in.without_users(tmp_path)


def test_an_office_a_laptop_and_a_copy_of_each(team, tools, tmp_path):
    for workspace, office, sheet in ((team.office, False, True), (team.laptop, True, False)):
        found = ways_in.look(workspace.folder)
        assert [user.name for user in found.users] == [workspace.user]
        assert (found.vault, found.office, found.sheet, found.asked) == (True, office, sheet, None)
        assert not ways_in.without_users(workspace.folder)
        copy = tmp_path / f"kopie-{office}"
        backups.write(workspace, tmp_path / "kopie.lwk")
        backups.restore(copy, tmp_path / "kopie.lwk")
        found = ways_in.look(copy)
        assert (found.vault, found.users, found.office, found.sheet) == (True, (), office, True)
        assert ways_in.without_users(copy)


def test_the_signs_of_a_request_that_waits(team, tools, tmp_path):
    folder = team.laptop.folder
    shown = recovery.request(folder, team.laptop.user, NEW, tmp_path / "vraag.lwr", cost=slots.CHEAPEST)
    assert ways_in.look(folder).asked == shown
    (folder / recovery.PENDING).write_bytes(b"{}")
    assert ways_in.look(folder).asked is None, "what is no request is none"


def test_the_copy_tells_where_the_vault_file_is_damaged(team, tmp_path):
    folder = Path(shutil.copytree(team.laptop.folder, tmp_path / "laptop"))
    before = ways_in.look(folder)
    (folder / slots.FILE).write_bytes(b"{")
    assert ways_in.look(folder) == before
    (folder / slots.COPY).write_bytes(b"{")
    with pytest.raises(ForeignFile):
        ways_in.look(folder)
