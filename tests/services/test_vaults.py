"""Vaults are made, opened and checked; whatever is wrong with one is named, and nothing is touched."""

from __future__ import annotations

import shutil

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import dossiers, exchange, users, vaults
from leerwinkel_desktop.store import database as store
from leerwinkel_desktop.store import keys, rekeying, slots, tries
from leerwinkel_desktop.store.connection import connect
from leerwinkel_desktop.store.errors import (
    DamagedVault,
    DiskFull,
    NewerVault,
    NoVault,
    TooManyTries,
    VaultExists,
    VaultUnreachable,
    WrongPassphrase,
)

MARKER = "kwibusmerkteken"


def content(folder):
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.suffix != ".db-shm" and path.name != "tries.json"
    }


@pytest.fixture
def full(tools, tmp_path):
    """A closed vault with fifty dossiers."""
    made = tools.make(tmp_path / "vault", tools.Clock())
    for number in range(50):
        dossiers.create(made, first_name=f"Verzonnen {number}", notes="lang " * 100)
    made.close()
    return tmp_path / "vault"


def test_an_office_and_a_laptop(tools, tmp_path):
    office = vaults.create(tmp_path / "a" / "b", tools.PASSPHRASE, cost=vaults.TESTS_ONLY)
    laptop = vaults.create(tmp_path / "c", tools.PASSPHRASE, role="laptop", cost=vaults.TESTS_ONLY)
    assert (office.recovery_identity or "").startswith("AGE-SECRET-KEY-PQ-1")
    assert laptop.recovery_identity is None
    assert office.workspace.device().recovery_recipient
    assert laptop.workspace.device().organisation is None
    assert vaults.check(office.workspace).good
    for made in (office, laptop):
        made.workspace.close()
    assert vaults.exists(tmp_path / "c")


def test_the_recovery_identity_stays_nowhere(tools, tmp_path):
    made = vaults.create(tmp_path / "a", tools.PASSPHRASE, cost=vaults.TESTS_ONLY)
    secret = (made.recovery_identity or "").encode()
    assert secret not in repr(made).encode()
    assert not any(secret in repr(rows).encode() for rows in tools.dump(made.workspace).values())
    made.workspace.close()


def test_a_short_passphrase_makes_nothing(tmp_path):
    with pytest.raises(vaults.WeakPassphrase):
        vaults.create(tmp_path / "a", "a" * 13, cost=vaults.TESTS_ONLY)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("name", ["vault.json", "dossiers.db"])
def test_what_stands_there_is_not_touched(tools, tmp_path, name):
    (tmp_path / name).write_bytes(b"iets")
    with pytest.raises(VaultExists):
        vaults.create(tmp_path, tools.PASSPHRASE, cost=vaults.TESTS_ONLY)
    assert content(tmp_path) == {name: b"iets"}


def test_a_file_where_the_folder_should_be(tools, tmp_path):
    (tmp_path / "map").write_bytes(b"x")
    assert not vaults.exists(tmp_path / "map")
    with pytest.raises(VaultUnreachable):
        vaults.create(tmp_path / "map" / "vault", tools.PASSPHRASE, cost=vaults.TESTS_ONLY)


@pytest.mark.parametrize("where", ["migrate", "write_device"])
def test_a_vault_that_could_not_be_made_leaves_nothing(tools, tmp_path, monkeypatch, where):
    def full_disk(*_):
        raise DiskFull

    with monkeypatch.context() as patched:
        patched.setattr(store if where == "migrate" else vaults, where, full_disk)
        with pytest.raises(DiskFull):
            vaults.create(tmp_path / "a", tools.PASSPHRASE, cost=vaults.TESTS_ONLY)
    assert list((tmp_path / "a").iterdir()) == []
    vaults.create(tmp_path / "a", tools.PASSPHRASE, cost=vaults.TESTS_ONLY).workspace.close()


def test_wrong_passphrase_and_no_vault(full, tmp_path):
    before = content(full)
    with pytest.raises(WrongPassphrase):
        vaults.unlock(full, "dit is hem helemaal niet")
    with pytest.raises(NoVault):
        vaults.unlock(tmp_path / "elders", "dit is hem helemaal niet")
    assert content(full) == before


def test_a_database_that_is_missing(full, tools):
    (full / store.FILE).unlink()
    with pytest.raises(DamagedVault):
        vaults.unlock(full, tools.PASSPHRASE)
    assert not (full / store.FILE).exists()


@pytest.mark.parametrize("content_of", ["empty", "text", "other"])
def test_a_database_that_is_not_ours(full, tools, tmp_path, content_of):
    if content_of == "other":
        tools.make(tmp_path / "other", tools.Clock()).close()
        shutil.copy(tmp_path / "other" / store.FILE, full / store.FILE)
    else:
        (full / store.FILE).write_bytes(b"" if content_of == "empty" else b"geen databank" * 1000)
    before = (full / store.FILE).read_bytes()
    with pytest.raises(DamagedVault):
        vaults.unlock(full, tools.PASSPHRASE)
    assert (full / store.FILE).read_bytes() == before


def test_a_vault_whose_making_was_cut_off(full, tools):
    workspace = vaults.unlock(full, tools.PASSPHRASE)
    with workspace.database.bare() as connection:
        connection.execute("DELETE FROM device")
    workspace.close()
    with pytest.raises(DamagedVault):
        vaults.unlock(full, tools.PASSPHRASE)


def test_a_newer_database_is_not_touched(full, tools):
    opened = vaults.unlock(full, tools.PASSPHRASE)
    opened.close()
    connection = connect(full / store.FILE, opened.opened.key)
    connection.execute("PRAGMA user_version = 99")
    connection.execute("CREATE TABLE later (x)")
    connection.close()
    before = content(full)
    with pytest.raises(NewerVault) as caught:
        vaults.unlock(full, tools.PASSPHRASE)
    assert caught.value.found == 99
    assert content(full) == before


def test_one_flipped_bit_anywhere_is_found(full, tools):
    whole = (full / store.FILE).read_bytes()
    pages = len(whole) // 4096
    found_when = set()
    for page in range(0, pages, max(1, pages // 25)):
        broken = bytearray(whole)
        broken[page * 4096 + 1500] ^= 4
        (full / store.FILE).write_bytes(broken)
        try:
            workspace = vaults.unlock(full, tools.PASSPHRASE)
        except DamagedVault:
            found_when.add("unlock")
            continue
        assert not vaults.check(workspace).good, page
        try:
            for hit in dossiers.search(workspace, "", 100):
                dossiers.load(workspace, hit.client_id)
        except DamagedVault:
            found_when.add("reading")
        workspace.close()
    assert found_when == {"unlock", "reading"}
    (full / store.FILE).write_bytes(whole)
    workspace = vaults.unlock(full, tools.PASSPHRASE)
    assert vaults.check(workspace).good
    workspace.close()


def test_a_changed_audit_row_is_found(full, tools):
    workspace = vaults.unlock(full, tools.PASSPHRASE)
    with workspace.database.bare() as connection:
        connection.execute("UPDATE audit_entry SET subject = 'iets anders' WHERE number = 7")
    assert vaults.check(workspace).broken_audit == 7
    workspace.close()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET at_ms = at_ms + 1 WHERE number = 9",
        "UPDATE audit_entry SET user = NULL WHERE number = 9",
        "UPDATE audit_entry SET action = 'x' WHERE number = 9",
        "DELETE FROM audit_entry WHERE number = 9",
        "UPDATE audit_entry SET number = 1000 WHERE number = 9",
    ],
)
def test_every_way_to_change_the_audit_trail_is_found(full, tools, sql):
    workspace = vaults.unlock(full, tools.PASSPHRASE)
    with workspace.database.bare() as connection:
        connection.execute(sql)
    assert vaults.check(workspace).broken_audit in (9, 10)
    workspace.close()


def test_a_new_passphrase_changes_nothing_else(team, tools):
    laptop = team.laptop
    dossiers.create(laptop, first_name="Verzonnen")
    before, waiting = tools.dump(laptop, "audit_entry"), exchange.pending(laptop)
    vaults.change_passphrase(laptop, "een nieuwe zin van woorden", vaults.TESTS_ONLY)
    assert tools.dump(laptop, "audit_entry") == before
    assert exchange.pending(laptop) == waiting
    laptop.close()
    with pytest.raises(WrongPassphrase):
        vaults.unlock(laptop.folder, tools.PASSPHRASE)
    again = vaults.unlock(laptop.folder, "een nieuwe zin van woorden")
    assert exchange.pending(again) == waiting
    with pytest.raises(vaults.WeakPassphrase):
        vaults.change_passphrase(again, "kort")
    again.close()
    vaults.unlock(laptop.folder, "een nieuwe zin van woorden").close()


def test_no_plain_text_anywhere_in_the_folders(team, tools):
    dossiers.create(team.laptop, first_name=MARKER, notes=MARKER)
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    tools.save(team.office, Client(id=new_id(), last_name=MARKER))
    files = [path for path in team.folder.rglob("*") if path.is_file()]
    assert {"dossiers.db-wal", "dossiers.db", "vault.json"} <= {path.name for path in files}
    for path in files:
        found = path.read_bytes()
        assert MARKER.encode() not in found, path.name
        assert tools.PASSPHRASE.encode() not in found, path.name
        assert team.laptop.opened.key not in found, path.name


def test_unlocking_is_written_down(full, tools):
    vaults.unlock(full, tools.PASSPHRASE).close()
    workspace = vaults.unlock(full, tools.PASSPHRASE)
    actions = [row[4] for row in tools.dump(workspace)["audit_entry"]]
    assert actions.count("vault.created") == 1
    assert actions.count("vault.unlocked") == 2
    workspace.close()


def test_failed_tries_are_written_down_when_somebody_comes_in(full, tools):
    clock = tools.Clock()
    for _ in range(3):
        clock.now += 1000
        with pytest.raises(WrongPassphrase):
            vaults.unlock(full, "dit is hem helemaal niet", clock=clock, ticks=clock)
    with pytest.raises(TooManyTries) as caught:
        vaults.unlock(full, tools.PASSPHRASE, clock=clock, ticks=clock)
    assert caught.value.wait_seconds == 5
    assert vaults.wait_seconds(full, clock, clock) == 5
    clock.now += 5000
    workspace = vaults.unlock(full, tools.PASSPHRASE, clock=clock, ticks=clock)
    entries = sorted(tools.dump(workspace)["audit_entry"])
    refused = [row[1] for row in entries if row[4] == "vault.refused"]
    assert refused == [tools.NOON + 1000, tools.NOON + 2000, tools.NOON + 3000]
    assert vaults.check(workspace).good
    workspace.close()
    vaults.unlock(full, tools.PASSPHRASE, clock=clock, ticks=clock).close()


def test_the_slot_that_opened_last_is_tried_first(full, tools, monkeypatch):
    workspace = vaults.unlock(full, tools.PASSPHRASE)
    users.add(workspace, "Tweede", "COUNSELLOR", "molen gordijn perzik brug uil kachel", vaults.TESTS_ONLY)
    workspace.close()
    asked = []
    derive = keys.derive

    def counted(word, kdf):
        asked.append(word)
        return derive(word, kdf)

    monkeypatch.setattr(keys, "derive", counted)
    vaults.unlock(full, "molen gordijn perzik brug uil kachel").close()
    assert len(asked) == 2
    vaults.unlock(full, "molen gordijn perzik brug uil kachel").close()
    assert len(asked) == 3


@pytest.mark.parametrize("until", ["slots", "database"])
def test_a_change_of_key_that_was_cut_off_is_finished_at_unlock(full, tools, until):
    """Both keys stand in the slots; the database is still under the one, or already under the other."""
    opened = slots.unlock(full, tools.PASSPHRASE)
    slots.begin_key_change(full, opened)
    before, after = opened.keys
    if until == "database":
        rekeying.rekey(full / store.FILE, before, after)
    workspace = vaults.unlock(full, tools.PASSPHRASE)
    assert workspace.opened.keys == [after]
    assert len(dossiers.search(workspace, "", 100)) == 50
    workspace.close()
    assert not rekeying.opens(full / store.FILE, before)
    assert slots.unlock(full, tools.PASSPHRASE).keys == [after]


def test_a_database_under_neither_key_is_damaged_and_both_keys_stay(full, tools):
    opened = slots.unlock(full, tools.PASSPHRASE)
    slots.begin_key_change(full, opened)
    (full / store.FILE).write_bytes(b"geen databank" * 1000)
    with pytest.raises(DamagedVault):
        vaults.unlock(full, tools.PASSPHRASE)
    assert slots.unlock(full, tools.PASSPHRASE).keys == opened.keys


def test_whoever_stops_while_it_opens_leaves_nothing_open(full, tools):
    """Ctrl-C at any look at the clock: the database is closed, and the next time it opens."""

    def stopping(at):
        looks = iter(range(1000))

        def look():
            if next(looks) == at:
                raise KeyboardInterrupt
            return tools.NOON

        return look

    for stopped in range(50):
        tries.start(full)
        try:
            vaults.unlock(full, tools.PASSPHRASE, clock=stopping(stopped), ticks=lambda: 0).close()
        except KeyboardInterrupt:
            assert not (full / f"{store.FILE}-wal").exists(), "a connection was left open"
        else:
            break
    assert 2 < stopped < 49
