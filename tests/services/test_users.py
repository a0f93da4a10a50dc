"""Users come and go; whoever went comes in no more, and everybody else keeps his own passphrase."""

from __future__ import annotations

import shutil

import pytest

from leerwinkel_desktop.services import access, dossiers, exchange, passphrases, users, vaults
from leerwinkel_desktop.store import rekeying, slots
from leerwinkel_desktop.store.database import FILE
from leerwinkel_desktop.store.errors import DamagedVault, DiskFull, UnknownUser, VaultBusy, WrongPassphrase

SECOND = "molen gordijn perzik brug uil kachel"
THIRD = "walnoot spiegel trein kano das ochtend"


@pytest.fixture
def three(laptop):
    """The laptop with its administrator, a counsellor and somebody of the office."""
    users.add(laptop, "Tweede Verzonnen", "COUNSELLOR", SECOND, vaults.TESTS_ONLY)
    users.add(laptop, "Derde Verzonnen", "OFFICE", THIRD, vaults.TESTS_ONLY)
    return laptop


def actions(workspace, tools):
    return [row[4] for row in sorted(tools.dump(workspace)["audit_entry"])]


def test_each_user_opens_the_same_vault(three, tools):
    dossiers.create(three, first_name="Verzonnen")
    three.close()
    for word, name, role in (
        (tools.PASSPHRASE, "Begeleider", "ADMINISTRATOR"),
        (SECOND, "Tweede Verzonnen", "COUNSELLOR"),
        (THIRD, "Derde Verzonnen", "OFFICE"),
    ):
        opened = vaults.unlock(three.folder, word)
        assert (opened.user, opened.opened.role) == (name, role)
        assert len(dossiers.search(opened, "", 5)) == 1
        opened.close()


def test_only_an_administrator_manages_users(three):
    three.close()
    counsellor = vaults.unlock(three.folder, SECOND)
    mine = users.find(counsellor, "Tweede Verzonnen")
    other = users.find(counsellor, "derde verzonnen")
    before = (three.folder / slots.FILE).read_bytes()
    for act in (
        lambda: users.add(counsellor, "X", "OFFICE", SECOND),
        lambda: users.remove(counsellor, other.id),
        lambda: users.rename(counsellor, other.id, "X"),
        lambda: users.set_role(counsellor, mine.id, "ADMINISTRATOR"),
    ):
        with pytest.raises(access.NotAllowed):
            act()
    assert (three.folder / slots.FILE).read_bytes() == before
    assert users.rename(counsellor, mine.id, "Tweede  Anders").name == "Tweede Anders"
    assert counsellor.user == "Tweede Anders"
    vaults.change_passphrase(counsellor, "een eigen zin die niemand raadt", vaults.TESTS_ONLY)
    counsellor.close()
    vaults.unlock(three.folder, "een eigen zin die niemand raadt").close()


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("begeleider", users.NameTaken),
        ("Begeleider ", users.NameTaken),
        ("", users.ImpossibleName),
        ("  ", users.ImpossibleName),
        ("a" * 101, users.ImpossibleName),
        ("a\x00b", users.ImpossibleName),
    ],
)
def test_names_that_cannot_be(laptop, name, error):
    with pytest.raises(error):
        users.add(laptop, name, "COUNSELLOR", SECOND, vaults.TESTS_ONLY)
    assert len(users.users(laptop)) == 1


@pytest.mark.parametrize(
    ("word", "error"),
    [("te kort", passphrases.WeakPassphrase), ("Verzonnen1234567", passphrases.GuessablePassphrase)],
)
def test_a_passphrase_that_is_too_easy(laptop, word, error):
    with pytest.raises(error):
        users.add(laptop, "Verzonnen", "COUNSELLOR", word, vaults.TESTS_ONLY)
    assert len(users.users(laptop)) == 1


def test_there_is_always_an_administrator(three):
    me = users.find(three, "Begeleider")
    second = users.find(three, "Tweede Verzonnen")
    with pytest.raises(users.LastAdministrator):
        users.set_role(three, me.id, "OFFICE")
    with pytest.raises(users.NotYourself):
        users.remove(three, me.id)
    assert users.set_role(three, second.id, "ADMINISTRATOR").role == "ADMINISTRATOR"
    assert users.set_role(three, me.id, "COUNSELLOR").role == three.opened.role == "COUNSELLOR"
    with pytest.raises(access.NotAllowed):
        users.remove(three, second.id)


def test_somebody_who_is_not_there(laptop):
    for act in (users.find, users.remove, lambda w, name: users.set_role(w, name, "OFFICE")):
        with pytest.raises(UnknownUser):
            act(laptop, "niemand")


def test_who_is_removed_comes_in_no_more_and_the_key_is_another(three, tools):
    dossiers.create(three, first_name="Verzonnen")
    waiting = exchange.pending(three)
    before = tools.dump(three, "audit_entry")
    old = three.opened.key
    shutil.copytree(three.folder, three.folder.parent / "kept")
    users.remove(three, users.find(three, "Tweede Verzonnen").id)
    assert three.opened.key != old
    assert tools.dump(three, "audit_entry") == before
    assert exchange.pending(three) == waiting
    dossiers.create(three, first_name="Nog iemand")
    assert not rekeying.opens(three.folder / FILE, old)
    assert actions(three, tools)[-3:-1] == ["vault.rekeyed", "user.removed"]
    three.close()
    with pytest.raises(WrongPassphrase):
        vaults.unlock(three.folder, SECOND)
    for word in (tools.PASSPHRASE, THIRD):
        opened = vaults.unlock(three.folder, word)
        assert len(dossiers.search(opened, "", 5)) == 2
        assert vaults.check(opened).good
        opened.close()
    for file in (slots.FILE, slots.COPY):  # the slot that he kept a copy of opens the old key only
        shutil.copy(three.folder.parent / "kept" / file, three.folder / file)
    with pytest.raises(DamagedVault):
        vaults.unlock(three.folder, SECOND)


def test_a_full_disk_leaves_everything_as_it_was(three, tools, monkeypatch):
    second = users.find(three, "Tweede Verzonnen").id
    before = (three.folder / slots.FILE).read_bytes()

    def full(*_):
        raise OSError(28, "full")

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copyfile", full)
        with pytest.raises(DiskFull):
            users.remove(three, second)
    assert (three.folder / slots.FILE).read_bytes() == before
    assert sorted(path.name for path in three.folder.glob("*rekey*")) == []
    dossiers.create(three, first_name="Verzonnen")
    three.close()
    vaults.unlock(three.folder, SECOND).close()


def test_another_program_that_has_it_open(three, tools):
    other = vaults.unlock(three.folder, THIRD)
    dossiers.search(other, "", 5)
    before = (three.folder / slots.FILE).read_bytes()
    with pytest.raises(VaultBusy):
        users.remove(three, users.find(three, "Tweede Verzonnen").id)
    assert (three.folder / slots.FILE).read_bytes() == before
    dossiers.create(three, first_name="Verzonnen")
    other.close()
    users.remove(three, users.find(three, "Tweede Verzonnen").id)


def test_copies_from_before_a_migration_go_with_the_old_key(three):
    copy = three.folder / "dossiers-versie-1.bak"
    copy.write_bytes(b"onder de oude sleutel")
    users.change_key(three)
    assert not copy.exists()
