"""Killed at any step of a change to the slots or the key: the vault opens with everything, and is mended."""

from __future__ import annotations

import os
import random
import shutil
import time
from pathlib import Path

import pytest

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.services import backups, dossiers, recovery, users, vaults
from leerwinkel_desktop.store import slots
from leerwinkel_desktop.store.database import FILE
from leerwinkel_desktop.store.errors import DamagedVault, NoVault, NoWayIn, WrongPassphrase
from leerwinkel_desktop.store.files import durable

CHILD = """
from leerwinkel_desktop.services import backups, users, vaults

act, vault, other = arguments
first, second = sys.stdin.read().splitlines()
if act not in ("create", "restore", "finish"):
    opened = vaults.unlock(Path(vault), first)
sys.setprofile(watch)
if act == "remove":
    users.remove(opened, users.find(opened, "Tweede").id)
elif act == "passphrase":
    vaults.change_passphrase(opened, second, vaults.TESTS_ONLY)
elif act == "add":
    users.add(opened, "Derde", "OFFICE", second, vaults.TESTS_ONLY)
elif act == "create":
    opened = vaults.create(Path(vault), first, cost=vaults.TESTS_ONLY).workspace
elif act == "restore":
    backups.restore(Path(vault), Path(other), replace=True)
else:
    opened = vaults.unlock(Path(vault), first)
sys.setprofile(None)
print(seen)
"""
SECOND = "molen gordijn perzik brug uil kachel"
NEW = "walnoot spiegel trein kano das ochtend"
REKEY = [
    *("write_durably#1", "write_durably#2", "begin_key_change", "Database.close", "_settle", "copyfile"),
    *("_change", "Path.replace#3", "rekey", "Database.change_key", "write_durably#3", "write_durably#4"),
    *("finish_key_change", "remove"),
]


@pytest.fixture
def child(tools):
    """Does something to a vault in a child, which must come through when it is never killed, else die."""

    def run(act, vault, other, when):
        done = tools.dying(CHILD, act, vault, other, when=when, typed=f"{tools.PASSPHRASE}\n{NEW}")
        assert done.returncode == (0 if when == "never" else tools.KILLED), done.stderr
        return done

    return run


@pytest.fixture
def vault(tools, tmp_path):
    """A closed office with two users and twenty dossiers, and its recovery key."""
    made = vaults.create(
        tmp_path / "vault",
        tools.PASSPHRASE,
        cost=vaults.TESTS_ONLY,
        clock=tools.Clock(),
        today=lambda: tools.TODAY,
    )
    users.add(made.workspace, "Tweede", "COUNSELLOR", SECOND, vaults.TESTS_ONLY)
    for number in range(20):
        dossiers.create(made.workspace, first_name=f"Verzonnen {number}")
    made.workspace.close()
    return tmp_path / "vault", made.recovery_identity


def copy(vault, at):
    """The vault again, for a kill of its own."""
    return Path(shutil.copytree(vault, vault.parent / f"copy-{at}".replace("#", "-")))


def opens(folder, word):
    try:
        workspace = vaults.unlock(folder, word)
    except WrongPassphrase:
        return False
    whole(workspace)
    return True


def whole(workspace):
    """Everything is there and in order, and nothing is left lying about."""
    assert len(dossiers.search(workspace, "", 100)) == 20
    assert vaults.check(workspace).good
    folder = workspace.folder
    assert workspace.opened.next_key is None
    assert (folder / slots.FILE).read_bytes() == (folder / slots.COPY).read_bytes()
    workspace.close()
    assert not [path.name for path in folder.iterdir() if "rekey" in path.name]


def after_removal(folder, word):
    gone = not any(user.name == "Tweede" for user in slots.users(folder))
    assert opens(folder, word)
    assert opens(folder, SECOND) is not gone
    assert opens(folder, word)
    return gone


@pytest.mark.parametrize("when", REKEY)
def test_killed_at_a_step_of_a_change_of_key(vault, child, tools, when):
    folder, sheet = vault
    child("remove", folder, "-", when)
    assert recovery.sheet_identity(sheet)
    found = slots.open_with_identity(slots.read(folder), sheet, "paper")
    assert after_removal(folder, tools.PASSPHRASE)
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    assert opened.opened.key in found
    opened.close()


def test_a_change_of_key_that_is_not_written_down_first_loses_the_vault(vault, child, tools):
    """The control: killed at the same step, but the slots do not know the next key."""
    folder, _ = vault
    before = {name: (folder / name).read_bytes() for name in (slots.FILE, slots.COPY)}
    child("remove", folder, "-", "Database.change_key")
    for name, content in before.items():
        (folder / name).write_bytes(content)
    with pytest.raises(DamagedVault):
        after_removal(folder, tools.PASSPHRASE)


@pytest.mark.parametrize("when", ["_settle", "copyfile", "_change", "rekey", "finish_key_change"])
def test_killed_while_the_next_start_finishes(vault, child, tools, when):
    folder, _ = vault
    child("remove", folder, "-", "_settle")
    assert slots.unlock(folder, tools.PASSPHRASE).next_key is not None
    child("finish", folder, "-", when)
    assert after_removal(folder, tools.PASSPHRASE)


@pytest.mark.parametrize("rounds", [4, pytest.param(500, marks=pytest.mark.soak)])
def test_killed_anywhere_in_a_change_of_key(vault, child, tools, rounds):
    folder, _ = vault
    events = int(child("remove", copy(folder, "all"), "-", "never").stdout)
    chance, ends = random.Random(11), set()
    for turn in range(rounds):
        at = chance.randrange(1, events)
        mine = copy(folder, at * 1000 + turn)
        child("remove", mine, "-", str(at))
        ends.add(after_removal(mine, tools.PASSPHRASE))
        shutil.rmtree(mine)
    assert rounds < 100 or ends == {True, False}


@pytest.mark.parametrize("when", ["write_durably#1", "write_durably#2", "check", "change_passphrase"])
def test_killed_while_a_passphrase_changes(vault, child, tools, when):
    folder, _ = vault
    child("passphrase", folder, "-", when)
    old = opens(folder, tools.PASSPHRASE)
    assert opens(folder, NEW) is not old
    assert opens(folder, SECOND)


@pytest.mark.parametrize("rounds", [3, pytest.param(500, marks=pytest.mark.soak)])
def test_killed_anywhere_in_a_change_of_passphrase(vault, child, tools, rounds):
    folder, _ = vault
    events = int(child("passphrase", copy(folder, "all"), "-", "never").stdout)
    chance, ends = random.Random(12), set()
    begin = (1, events * 9 // 10)  # half of them in the last tenth: before that the passphrase is judged
    for turn in range(rounds):
        mine = copy(folder, turn)
        child("passphrase", mine, "-", str(chance.randrange(chance.choice(begin), events)))
        old = opens(mine, tools.PASSPHRASE)
        ends.add(old)
        assert opens(mine, NEW) is not old
        assert opens(mine, SECOND)
        shutil.rmtree(mine)
    assert rounds < 100 or ends == {True, False}


def test_killed_while_a_user_comes(vault, child, tools):
    folder, _ = vault
    child("add", folder, "-", "write_durably#1")
    assert opens(folder, tools.PASSPHRASE)
    assert opens(folder, NEW) is any(user.name == "Derde" for user in slots.users(folder))


@pytest.mark.parametrize(
    "when",
    [
        *("write_durably#1", "write_durably#2", "_apply", "write_device", "Database.close", "Path.replace#6"),
        *("Path.replace#7", "Path.replace#8", "Path.replace#9", "rmtree", "create#1"),
    ],
)
def test_killed_while_a_vault_is_made(child, tools, tmp_path, when):
    folder = tmp_path / "new"
    child("create", folder, "-", when)
    if vaults.exists(folder):
        vaults.unlock(folder, tools.PASSPHRASE).close()
        return
    with pytest.raises(NoVault):
        vaults.unlock(folder, tools.PASSPHRASE)
    made = vaults.create(folder, tools.PASSPHRASE, cost=vaults.TESTS_ONLY)
    made.workspace.close()
    assert not (folder / vaults.BUILDING).exists()


@pytest.mark.parametrize("when", ["_unpack", "put_aside", "Path.replace#8", "Path.replace#9", "rmtree"])
def test_killed_while_a_backup_is_put_back(vault, child, tools, when):
    folder, sheet = vault
    file = folder.parent / "kopie.lwk"
    opened = vaults.unlock(folder, tools.PASSPHRASE)
    backups.write(opened, file)
    opened.close()
    child("restore", folder, file, when)
    try:
        assert opens(folder, tools.PASSPHRASE)  # not begun
    except (NoVault, NoWayIn):
        kept = [*folder.rglob(FILE)]
        assert kept
        backups.restore(folder, file, replace=True)
        whole(recovery.open_with_sheet(folder, sheet, None, NEW, cost=vaults.TESTS_ONLY))
    except EnvironmentProblem as error:
        pytest.fail(repr(error))


# Files that were being written


def unfinished(folder):
    return sorted(path.name.rpartition(".")[0][:-9] for path in folder.glob(".*.part"))


def test_what_a_killed_program_was_writing_is_cleared(vault, tools, child):
    """Not at once: it might be another program that writes; after an hour, to either side of a clock."""
    folder, _ = vault
    child("passphrase", folder, folder, "durable")
    assert unfinished(folder) == [".vault.json"]
    assert opens(folder, tools.PASSPHRASE)
    assert unfinished(folder) == [".vault.json"]
    (left,) = folder.glob(".*.part")
    for name in (".dossiers.db.abcdef01.part", ".backups.json.abcdef01.part", ".eigen.part"):
        shutil.copyfile(left, folder / name)
    now = time.time()
    for path, hours in zip(sorted(folder.glob(".*.part")), (-2, 2, -2, -2), strict=True):
        os.utime(path, (now + hours * 3600,) * 2)
    assert opens(folder, tools.PASSPHRASE)
    assert [path.name for path in folder.glob(".*.part")] == [".eigen.part"]


def test_what_another_program_writes_is_left_alone(vault, tools):
    folder, _ = vault
    with durable(folder / "backups.json") as file:
        file.write(b"half")
        assert opens(folder, tools.PASSPHRASE)
        file.write(b" and half")
    assert (folder / "backups.json").read_bytes() == b"half and half"
