"""A backup opens through the office or the sheet only, is checked byte by byte, and begins a new life."""

from __future__ import annotations

import random
import shutil
from contextlib import closing, suppress
from hashlib import sha256

import msgspec
import pytest
from sqlcipher3 import dbapi2

from leerwinkel_desktop.services import backups, dossiers, exchange, passphrases, recovery, users, vaults
from leerwinkel_desktop.services.progress import silent
from leerwinkel_desktop.services.rights import erasure
from leerwinkel_desktop.store import slots
from leerwinkel_desktop.store.connection import connect
from leerwinkel_desktop.store.database import FILE
from leerwinkel_desktop.store.errors import (
    DamagedVault,
    DiskFull,
    NoVault,
    NoWayIn,
    VaultBusy,
    VaultExists,
    WrongPassphrase,
)

NEW = "molen gordijn perzik brug uil kachel"
CHEAP = vaults.TESTS_ONLY


@pytest.fixture
def saved(tools, tmp_path):
    """A closed office with ten dossiers, its recovery key and a backup of it."""
    made = vaults.create(tmp_path / "kantoor", tools.PASSPHRASE, cost=CHEAP)
    for number in range(10):
        dossiers.create(made.workspace, first_name=f"Verzonnen {number}")
    backups.write(made.workspace, tmp_path / "kopie.lwk")
    made.workspace.close()
    return tmp_path / "kantoor", tmp_path / "kopie.lwk", made.recovery_identity or ""


def names(workspace):
    return sorted(row[0] for row in rows(workspace))


def rows(workspace):
    from leerwinkel_desktop.domain.clients import Client

    with workspace.database.read() as reader:
        return reader.rows(Client, ["first_name"])


def test_a_backup_says_what_it_is_and_where(saved):
    folder, file, _ = saved
    found = backups.inspect(file)
    assert found.vault_id == slots.read(folder).vault_id
    assert found.size == file.stat().st_size
    assert backups.known(folder) == [
        backups.Backup(file.resolve(), found.vault_id, found.made_ms, found.size)
    ]
    file.unlink()
    assert backups.known(folder) == []


def test_a_backup_carries_no_passphrase_and_no_name(saved, tools):
    folder, file, sheet = saved
    raw = file.read_bytes()
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    for secret in (b"Begeleider", b"argon2id", b"Verzonnen", opened.opened.key, sheet.encode()):
        assert secret not in raw
    actions = [row[4] for row in tools.dump(opened)["audit_entry"]]
    assert "vault.backup" in actions
    opened.close()


def test_a_backup_in_an_empty_folder_opens_with_the_sheet(saved, tools, tmp_path):
    folder, file, sheet = saved
    before = vaults.unlock(folder, tools.PASSPHRASE)
    actor, organisation = before.device().actor, before.device().organisation
    before.close()
    backups.restore(tmp_path / "nieuw", file)
    with pytest.raises(NoWayIn):
        vaults.unlock(tmp_path / "nieuw", tools.PASSPHRASE)
    opened = recovery.open_with_sheet(tmp_path / "nieuw", sheet, None, NEW, cost=CHEAP)
    assert names(opened) == [f"Verzonnen {number}" for number in range(10)]
    assert opened.device().actor != actor
    assert opened.device().organisation == organisation
    assert vaults.check(opened).good
    assert not slots.read(opened.folder).restored
    dossiers.create(opened, first_name="Nog iemand")
    again = opened.device().actor
    opened.close()
    opened = vaults.unlock(tmp_path / "nieuw", NEW)
    assert opened.device().actor == again
    opened.close()
    assert sorted(path.name for path in (tmp_path / "nieuw").iterdir() if path.suffix == ".part") == []


def test_what_both_wrote_afterwards_never_has_the_same_number(saved, tools, tmp_path):
    folder, file, sheet = saved
    first = vaults.unlock(folder, tools.PASSPHRASE)
    dossiers.create(first, first_name="Na de kopie")
    backups.restore(tmp_path / "nieuw", file)
    second = recovery.open_with_sheet(tmp_path / "nieuw", sheet, None, NEW, cost=CHEAP)
    dossiers.create(second, first_name="In de kopie")

    def numbers(workspace):
        with workspace.database.read() as reader:
            return set(
                reader.connection.execute(
                    "SELECT actor.actor, seq, commitment FROM change "
                    "JOIN actor ON actor.number = change.actor"
                )
            )

    ours, theirs = numbers(first), numbers(second)
    places = {row[:2] for row in ours ^ theirs}
    assert len(places) == len(ours ^ theirs) > 0
    first.close()
    second.close()


def test_in_the_place_of_a_damaged_vault_the_same_users_come_in(saved, tools):
    folder, file, _ = saved
    raw = bytearray((folder / FILE).read_bytes())
    raw[100:5000] = random.Random(3).randbytes(4900)
    (folder / FILE).write_bytes(raw)
    with pytest.raises(DamagedVault):
        vaults.unlock(folder, tools.PASSPHRASE)
    offered = backups.known(folder)
    assert [one.path for one in offered] == [file.resolve()]
    with pytest.raises(VaultExists):
        backups.restore(folder, file, tools.PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        backups.restore(folder, file, "een verkeerde zin", replace=True)
    assert (folder / FILE).read_bytes() == raw
    backups.restore(folder, offered[0].path, tools.PASSPHRASE, replace=True)
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    assert len(names(opened)) == 10
    assert vaults.check(opened).good
    opened.close()
    kept = [*folder.glob("opzij-*")]
    assert len(kept) == 1
    assert (kept[0] / FILE).read_bytes() == raw


@pytest.mark.parametrize("rounds", [10, pytest.param(200, marks=pytest.mark.soak)])
def test_rot_on_any_page_is_found_and_a_backup_is_offered(saved, tools, rounds):
    folder, _, _ = saved
    whole, chance = (folder / FILE).read_bytes(), random.Random(9)
    for _ in range(rounds):
        broken = bytearray(whole)
        broken[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        (folder / FILE).write_bytes(broken)
        try:
            opened = vaults.unlock(folder, tools.PASSPHRASE)
        except DamagedVault:
            pass
        else:
            assert not vaults.check(opened).good
            opened.close()
        assert backups.known(folder)
    (folder / FILE).write_bytes(whole)
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    assert vaults.check(opened).good
    opened.close()


def test_without_its_codes_rot_goes_unseen(saved, tools, tmp_path):
    """The control: the same database without a code for each page is silent about most flips."""
    folder, _, _ = saved
    key = slots.unlock(folder, tools.PASSPHRASE).key
    path, spelled = tmp_path / "bare.db", f"x'{key.hex()}'"
    with closing(connect(folder / FILE, key)) as connection:
        connection.execute("ATTACH DATABASE ? AS bare KEY ?", (str(path), spelled))
        connection.execute("PRAGMA bare.cipher_use_hmac = OFF")
        connection.execute("SELECT sqlcipher_export('bare')").fetchall()
        connection.execute("DETACH DATABASE bare")
    whole, chance, silent_about = path.read_bytes(), random.Random(9), 0
    for _ in range(20):
        broken = bytearray(whole)
        broken[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(broken)
        with closing(dbapi2.connect(str(path))) as connection:
            connection.execute(f'PRAGMA key = "{spelled}"')
            connection.execute("PRAGMA cipher_use_hmac = OFF")
            with suppress(dbapi2.DatabaseError, UnicodeDecodeError):  # noticed, in words out of the page
                silent_about += connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert silent_about > 10


def test_a_restored_laptop_is_enrolled_anew_and_loses_nothing(team, tools, tmp_path):
    laptop = team.laptop
    dossiers.create(laptop, first_name="Overgedragen")
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(laptop, team.receipt())
    dossiers.create(laptop, first_name="Alleen hier")
    backups.write(laptop, tmp_path / "kopie.lwk")
    before = laptop.device()
    laptop.close()
    backups.restore(laptop.folder, tmp_path / "kopie.lwk", tools.PASSPHRASE, replace=True)
    restored = vaults.unlock(laptop.folder, tools.PASSPHRASE)
    device = restored.device()
    assert device.actor != before.actor
    assert device.signing_key != before.signing_key
    assert device.organisation is None
    tools.meet(team.office, restored, tmp_path)
    exchange.import_bundle(team.office, exchange.write_bundle(restored, tmp_path).path)
    assert names(team.office) == ["Alleen hier", "Overgedragen"]
    restored.close()


def test_who_was_erased_after_the_backup_is_erased_again(saved, tools):
    folder, file, _ = saved
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    gone = dossiers.search(opened, "Verzonnen 3", 5)[0].client_id
    erasure.erase(opened, gone, tools.PASSPHRASE)
    opened.close()
    backups.restore(folder, file, tools.PASSPHRASE, replace=True)
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    assert "Verzonnen 3" not in names(opened)
    assert len(names(opened)) == 9
    assert gone in {entry.record_id for entry in erasure.erased_list(opened)}
    opened.close()


def test_the_users_of_a_later_key_do_not_open_an_older_backup(saved, tools):
    folder, file, sheet = saved
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    users.change_key(opened)
    opened.close()
    before = (folder / slots.FILE).read_bytes()
    with pytest.raises(backups.BackupOfAnother):
        backups.restore(folder, file, tools.PASSPHRASE, replace=True)
    assert (folder / slots.FILE).read_bytes() == before
    backups.restore(folder, file, replace=True)
    recovery.open_with_sheet(folder, sheet, None, NEW, cost=CHEAP).close()


def test_a_backup_of_another_vault(saved, tools, tmp_path):
    _, file, _ = saved
    vaults.create(tmp_path / "ander", NEW, cost=CHEAP).workspace.close()
    with pytest.raises(backups.BackupOfAnother):
        backups.restore(tmp_path / "ander", file, NEW, replace=True)
    vaults.unlock(tmp_path / "ander", NEW).close()
    with pytest.raises(NoVault):
        backups.restore(tmp_path / "leeg", file, NEW)
    assert not vaults.exists(tmp_path / "leeg")


@pytest.mark.parametrize("rounds", [40, pytest.param(2000, marks=pytest.mark.soak)])
def test_one_flipped_bit_anywhere_in_a_backup_is_found(saved, tmp_path, rounds):
    _, file, _ = saved
    whole, chance = file.read_bytes(), random.Random(5)
    places = [*range(0, 300, 300 // 20), *(chance.randrange(len(whole)) for _ in range(rounds - 20))]
    for place in places:
        broken = bytearray(whole)
        broken[place] ^= 1 << chance.randrange(8)
        file.write_bytes(broken)
        with pytest.raises((backups.DamagedBackup, backups.NotABackup, backups.NewerBackup)):
            backups.restore(tmp_path / "nieuw", file)
        assert not (tmp_path / "nieuw").exists()
    file.write_bytes(whole)
    backups.inspect(file)


@pytest.mark.parametrize("cut", [0, 3, 50, 400, 5000, -1])
def test_a_backup_that_was_cut_off_or_grew(saved, tmp_path, cut):
    _, file, _ = saved
    whole = file.read_bytes()
    for content in (whole[:cut], whole + b"x"):
        file.write_bytes(content)
        with pytest.raises((backups.DamagedBackup, backups.NotABackup)):
            backups.inspect(file)


def test_a_laptop_without_an_office_cannot_be_backed_up(tools, tmp_path):
    laptop = tools.make(tmp_path / "los", tools.Clock(), role="laptop")
    with pytest.raises(NoWayIn):
        backups.write(laptop, tmp_path / "kopie.lwk")
    assert not (tmp_path / "kopie.lwk").exists()
    laptop.close()


def test_a_full_disk_leaves_nothing_and_touches_nothing(saved, tools, tmp_path, full_after):
    folder, file, _ = saved
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    (tmp_path / "stick").mkdir()
    with full_after(tmp_path / "stick", 100_000), pytest.raises(DiskFull):
        backups.write(opened, tmp_path / "stick" / "kopie.lwk")
    assert list((tmp_path / "stick").iterdir()) == []
    dossiers.create(opened, first_name="Het gaat door")
    opened.close()
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with full_after(folder / vaults.BUILDING, 100_000), pytest.raises(DiskFull):
        backups.restore(folder, file, replace=True)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_backup_can_be_cancelled(saved, tools, tmp_path):
    from leerwinkel_desktop.services.progress import Cancelled

    folder, _, _ = saved
    opened = vaults.unlock(folder, tools.PASSPHRASE)

    def cancel(done, total, text):
        raise Cancelled

    with pytest.raises(Cancelled):
        backups.write(opened, tmp_path / "half.lwk", cancel)
    assert not (tmp_path / "half.lwk").exists()
    assert backups.write(opened, tmp_path / "heel.lwk", silent).size > 100_000
    opened.close()


def test_a_backup_is_of_one_moment_also_while_others_write(saved, tools, tmp_path):
    folder, _, sheet = saved
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    dossiers.create(opened, first_name="Net nog")
    assert (folder / f"{FILE}-wal").stat().st_size
    backups.write(opened, tmp_path / "tweede.lwk")
    dossiers.create(opened, first_name="Te laat")
    opened.close()
    backups.restore(tmp_path / "nieuw", tmp_path / "tweede.lwk")
    restored = recovery.open_with_sheet(tmp_path / "nieuw", sheet, None, NEW, cost=CHEAP)
    assert "Net nog" in names(restored)
    assert "Te laat" not in names(restored)
    restored.close()
    assert len(backups.known(folder)) == 2


def test_nobody_writes_while_the_copy_is_made(saved, tools, tmp_path):
    folder, _, _ = saved
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    other = connect(folder / FILE, opened.opened.key)
    other.execute("PRAGMA busy_timeout = 0")
    refused = []

    def meanwhile(done, total, text):
        try:
            other.execute("BEGIN IMMEDIATE")
        except dbapi2.OperationalError as error:
            refused.append(str(error))

    backups.write(opened, tmp_path / "stil.lwk", meanwhile)
    assert refused == ["database is locked"]
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()
    opened.close()


def test_a_weak_passphrase_for_the_first_user(saved, tmp_path):
    _, file, sheet = saved
    backups.restore(tmp_path / "nieuw", file)
    with pytest.raises(passphrases.WeakPassphrase):
        recovery.open_with_sheet(tmp_path / "nieuw", sheet, None, "kort", cost=CHEAP)
    shutil.rmtree(tmp_path / "nieuw")


def rewritten(file, vault=None, **more):
    """The backup with another header or vault file, and hashes that are right for it."""
    magic, header, rest = file.read_bytes().split(b"\n", 2)
    told = msgspec.json.decode(header)
    old = rest[: told["vault_bytes"]]
    vault, body = old if vault is None else vault(old), rest[told["vault_bytes"] :]
    told |= {"vault_bytes": len(vault), "sha256": ""} | more
    told["sha256"] = sha256(msgspec.json.encode(told) + vault + body).hexdigest()
    file.write_bytes(magic + b"\n" + msgspec.json.encode(told) + b"\n" + vault + body)
    return file


def test_a_backup_that_was_written_anew_is_the_same(saved):
    """The control of the next test."""
    _, file, _ = saved
    before = file.read_bytes()
    assert rewritten(file).read_bytes() == before


@pytest.mark.parametrize(
    ("error", "more"),
    [
        (backups.DamagedBackup, {"vault": lambda _: b"geen kluis"}),
        (
            backups.DamagedBackup,
            {"vault": lambda old: old.replace(b'd": true', b'd": false')},
        ),
        (backups.DamagedBackup, {"vault_bytes": 0}),
        (backups.DamagedBackup, {"database_bytes": 0}),
        (backups.DamagedBackup, {"database_bytes": -1}),
        (backups.DamagedBackup, {"vault_bytes": slots.MAX_FILE + 1}),
        (backups.NewerBackup, {"format": 2}),
        (backups.NewerBackup, {"schema": 9999}),
    ],
)
def test_what_is_rightly_hashed_and_yet_no_backup(saved, tmp_path, error, more):
    _, file, _ = saved
    rewritten(file, **more)
    with pytest.raises(error):
        backups.restore(tmp_path / "nieuw", file)
    assert list(tmp_path.glob("nieuw/*")) == []


def test_a_header_that_is_spelled_otherwise_is_refused(saved):
    _, file, _ = saved
    file.write_bytes(file.read_bytes().replace(b'{"format":1,', b'{"format": 1,', 1))
    with pytest.raises(backups.DamagedBackup):
        backups.inspect(file)


def test_no_copy_is_made_while_another_still_reads_what_is_not_in_the_file_yet(saved, tools, tmp_path):
    folder, _, _ = saved
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    with opened.database.bare() as connection:
        connection.execute("PRAGMA busy_timeout = 0")
    with closing(connect(folder / FILE, opened.opened.key)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM client").fetchone()
        dossiers.create(opened, first_name="Later")
        with pytest.raises(VaultBusy):
            backups.write(opened, tmp_path / "bezet.lwk")
        assert not (tmp_path / "bezet.lwk").exists()
        other.execute("ROLLBACK")
    backups.write(opened, tmp_path / "bezet.lwk")
    opened.close()
