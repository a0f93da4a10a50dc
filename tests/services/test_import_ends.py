"""The last steps of reading a bundle: two at once, and what cannot be moved or removed when all is read."""

from __future__ import annotations

import errno
import os

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.fields import field_of
from leerwinkel_desktop.services import dossiers, exchange
from leerwinkel_desktop.services.exchange import erasures, inbox
from leerwinkel_desktop.services.progress import Cancelled, silent
from leerwinkel_desktop.services.rights import erasure
from leerwinkel_desktop.store import files
from leerwinkel_desktop.store.errors import VaultBusy, VaultUnreachable
from sync.errors import TooLarge
from sync.header import MAX_FILE

LONG = field_of(Client, "notes").max_length


@pytest.fixture
def long(team):
    """A bundle that takes several looks to read through: texts that do not compress well."""
    lines = [team.line(n, patch={"notes": os.urandom(LONG // 2).hex()}) for n in range(1, 201)]
    path = team.forge(lines)
    assert 512 * 1024 < path.stat().st_size < 1024 * 1024
    return path


def test_what_another_reads_meanwhile_is_not_read_twice(team, tools, long):
    """Checking takes a while: when the same bundle is read in that time, its place is no longer free."""
    other = team.open("office", team.office_clock)
    read: list[exchange.Imported] = []

    def meanwhile(done, total, text):
        if 0 < done < total and not read:
            read.append(exchange.import_bundle(other, long))

    with pytest.raises(VaultBusy):
        exchange.import_bundle(team.office, long, meanwhile)
    other.close()
    assert [done.created for done in read] == [200]
    assert list((team.office.folder / "inbox").iterdir()) == []
    assert exchange.import_bundle(team.office, long).already
    assert len(dossiers.search(team.office, "", 500)) == 200
    assert [row.direction for row in exchange.log(team.office)] == ["IN"]


def test_a_bundle_that_cannot_be_moved_away_is_read_all_the_same(team, tools):
    dossiers.create(team.laptop, first_name="Amina")
    path = team.hand_over()
    (team.office.folder / "verwerkt").write_bytes(b"x")
    with pytest.raises(VaultUnreachable):
        exchange.import_bundle(team.office, path)
    assert [hit.first_name for hit in dossiers.search(team.office, "")] == ["Amina"]
    assert exchange.import_bundle(team.office, path).already
    assert list((team.office.folder / "inbox").iterdir()) == []


def test_a_bundle_that_lies_in_the_inbox_itself_is_read_from_there(team):
    """So it is with one that was fetched; what else was left there goes."""
    dossiers.create(team.laptop, first_name="Amina")
    folder = team.office.folder / "inbox"
    folder.mkdir()
    path = team.hand_over().replace(folder / "gehaald.lwb")
    (folder / "van eerder.lwb").write_bytes(b"half")
    calls = iter(range(10))

    def stop(done, total, text):
        if next(calls) == 1:  # its header was looked at; now it is being copied
            raise Cancelled

    with pytest.raises(Cancelled):
        exchange.import_bundle(team.office, path, stop)
    assert list(folder.iterdir()) == [path], "what was fetched stays when reading it is called off"
    assert exchange.import_bundle(team.office, path).created > 0
    assert list(folder.iterdir()) == []
    assert [hit.first_name for hit in dossiers.search(team.office, "")] == ["Amina"]


def test_copies_are_to_be_removed_until_the_disk_says_that_they_are(team, tools, monkeypatch):
    """A name that was taken away comes back after a power cut, as long as its folder is not on the disk."""
    gone = dossiers.create(team.laptop, first_name="Weg").client
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    erasure.erase(team.office, gone.id, tools.PASSPHRASE)
    receipt, kept = team.receipt(), team.laptop.folder / "verwerkt"
    sync = files.sync_folder

    def failing(folder):
        if folder == kept and not list(kept.iterdir()):
            raise OSError(errno.EIO, "cut off")
        sync(folder)

    with monkeypatch.context() as patched:
        patched.setattr(erasures, "sync_folder", failing)
        with pytest.raises(VaultUnreachable):
            exchange.import_bundle(team.laptop, receipt)
    marked = [row[0] for row in tools.dump(team.laptop)["setting"]]
    assert erasures.TRACES in marked
    exchange.catch_up(team.laptop)
    assert erasures.TRACES not in [row[0] for row in tools.dump(team.laptop)["setting"]]
    assert dossiers.search(team.laptop, "") == []


def test_a_file_that_was_replaced_by_a_huge_one_is_not_copied(tmp_path):
    path = tmp_path / "stick.lwb"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)  # holes: it takes no room
    with pytest.raises(TooLarge):
        inbox.copied(path, tmp_path / "inbox", silent)
    assert not (tmp_path / "inbox").exists()
