"""The doctor looks at vault, clock, disk, letters and printer, and goes on whatever it finds."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import namedtuple

import pytest

from leerwinkel_desktop.services import checkup
from leerwinkel_desktop.services.workspace import now_ms
from leerwinkel_desktop.store import devices

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def look(team, tools):
    team.office.close()

    def run(passphrase=tools.PASSPHRASE, folder=team.office.folder):
        return {found.what: found for found in checkup.run(folder, passphrase)}

    return run


def test_everything_is_looked_at(look):
    found = look()
    assert list(found) == ["kluis", "klok", "schijf", "letters", "printer"]
    assert found["kluis"].good
    assert found["letters"].good
    assert all(one.detail.endswith(".") for one in found.values())


def test_the_vault_from_outside(look, team, tmp_path):
    assert look(None)["kluis"].good is None
    assert look(folder=tmp_path / "weg")["kluis"].good is False
    assert "wachtzin" in look("niet de goede zin")["kluis"].detail


def test_a_clock_behind_the_newest_work(look, team, tools):
    workspace = team.open("office", team.office_clock)
    with workspace.database.bare() as connection:
        connection.execute("UPDATE device SET hlc = ?", ((now_ms() + 3 * checkup.BEHIND_MS) << 16,))
    workspace.close()
    assert look()["klok"].good is False


def test_a_damaged_page_and_a_changed_log(look, team):
    workspace = team.open("office", team.office_clock)
    with workspace.database.bare() as connection:
        assert devices.peers(connection)
        connection.execute("DELETE FROM audit_entry WHERE number = 2")
    workspace.close()
    assert look()["kluis"].good is False
    path = team.office.folder / "dossiers.db"
    path.write_bytes(path.read_bytes()[:-4096] + bytes(4096))
    assert look()["kluis"].good is False


@pytest.mark.parametrize(("free", "good"), [(checkup.LEAST_FREE - 1, False), (checkup.LEAST_FREE, True)])
def test_room_on_the_disk(look, monkeypatch, free, good):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(0, 0, free))
    assert look()["schijf"].good is good


def test_a_printing_service_that_does_not_answer(look, monkeypatch):
    def hangs(*words, **more):
        raise subprocess.TimeoutExpired(words, 10)

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/lpstat")
    monkeypatch.setattr(subprocess, "run", hangs)
    assert look()["printer"].good is None


@pytest.mark.parametrize(("answer", "good"), [("", False), ("Balie\n", True), ("Balie\nBureau\n", True)])
def test_printers(look, monkeypatch, answer, good):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/lpstat")
    monkeypatch.setattr(
        subprocess, "run", lambda words, **_: subprocess.CompletedProcess(words, 0, answer, "")
    )
    assert look()["printer"].good is good
