"""One window for each vault, however many are started at once (SECURITY.md §5 "two instances")."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from leerwinkel_desktop.cli import root
from leerwinkel_desktop.services import backups, users, vaults, window_lock
from leerwinkel_desktop.services.window_lock import FILE
from leerwinkel_desktop.ui.instance import Instance

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
SECOND = "molen gordijn perzik brug uil kachel"
STARTING = "tests.faults.starting"


@pytest.mark.parametrize("many", [10, pytest.param(50, marks=pytest.mark.soak)])
def test_exactly_one_of_many_wins_and_a_killed_one_is_followed_up(tmp_path: Path, start, many):
    vault = str(tmp_path / "vault")
    children = [start(STARTING, vault) for _ in range(many)]
    assert {child.hear() for child in children} == {"ready"}
    for child in children:
        child.say("go")
    answers = [child.hear() for child in children]
    assert sorted(answers) == ["mine"] + ["taken"] * (many - 1)
    children[answers.index("mine")].end()
    assert (tmp_path / "vault" / FILE).exists(), "the control: a killed window leaves its lock behind"
    late = start(STARTING, vault)
    late.hear()
    late.say("go")
    assert late.hear() == "mine"


def test_without_the_lock_all_would_win(tmp_path: Path, start):
    """The control: the same starts on vaults of their own."""
    children = [start(STARTING, str(tmp_path / f"vault-{number}")) for number in range(3)]
    for child in children:
        child.hear()
        child.say("go")
    assert [child.hear() for child in children] == ["mine"] * 3


def test_the_second_window_says_so_in_one_sentence(tmp_path: Path, start):
    vaults.create(tmp_path / "vault", PASSPHRASE, cost=vaults.TESTS_ONLY).workspace.close()
    holder = Instance(tmp_path / "vault")
    assert holder.take()
    child = start("tests.faults.second_window")
    assert (
        child.hear()
        == "Leerwinkel staat al open op deze computer. Ga naar dat venster; er is niets veranderd."
    )
    assert child.process.wait(60) == 3
    holder.leave()


def test_the_right_can_be_given_back(tmp_path: Path):
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.take()
    assert not second.take()
    first.leave()
    assert second.take()
    second.leave()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="a folder without rights is made the POSIX way")
def test_a_folder_that_is_no_folder_is_left_to_the_vault_to_tell(tmp_path: Path):
    (tmp_path / "file").write_text("x")
    assert Instance(tmp_path / "file" / "vault").take()


REPLACING = (
    ("vault", "restore", "kopie.lwk", "--replace"),
    ("vault", "users", "remove", "Tweede Verzonnen"),
    ("vault", "users", "add", "Derde"),
    ("vault", "users", "rename", "Tweede Verzonnen", "Derde"),
    ("vault", "users", "role", "Tweede Verzonnen", "office"),
    ("vault", "passphrase", "--new-passphrase-file", "wachtzin.txt"),
    ("vault", "recover", "request", "vraag.lwq"),
    ("vault", "recover", "accept", "antwoord.lwa"),
    ("vault", "recover", "sheet", "--sheet-file", "blad.txt"),
)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A vault with two users and a backup; runs a command on it, in this process."""
    made = vaults.create(tmp_path / "vault", PASSPHRASE, cost=vaults.TESTS_ONLY)
    users.add(made.workspace, "Tweede Verzonnen", "COUNSELLOR", SECOND, vaults.TESTS_ONLY)
    backups.write(made.workspace, tmp_path / "kopie.lwk")
    made.workspace.close()
    (tmp_path / "wachtzin.txt").write_text(PASSPHRASE)
    (tmp_path / "blad.txt").write_text(str(made.recovery_identity))
    monkeypatch.chdir(tmp_path)
    command = root.build(lambda _: 0, lambda _: None)
    every = ("--vault", str(tmp_path / "vault"), "--passphrase-file", str(tmp_path / "wachtzin.txt"))
    return lambda *words: CliRunner().invoke(command, [*words, *every])


def files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


def test_what_replaces_the_vault_waits_until_the_window_is_closed(tmp_path: Path, start, beside):
    window = start(STARTING, str(tmp_path / "vault"))
    window.hear()
    window.say("go")
    assert window.hear() == "mine"
    before = files(tmp_path / "vault")
    for words in REPLACING:
        refused = beside(*words)
        assert (refused.exit_code, refused.stdout) == (3, ""), words
        assert refused.stderr.startswith("Het venster van Leerwinkel staat open op deze kluis."), words
        assert files(tmp_path / "vault") == before, words
    assert beside("vault", "users").exit_code == 0
    assert beside("vault", "check").exit_code == 0
    assert beside("vault", "backup", "nog een.lwk").exit_code == 0
    window.end()
    assert (tmp_path / "vault" / FILE).exists(), "the control: a killed window leaves its lock behind"
    done = beside("vault", "users", "remove", "Tweede Verzonnen")
    assert done.exit_code == 0, done.stderr
    done = beside("vault", "restore", "kopie.lwk", "--replace")
    assert done.exit_code == 0, done.stderr


def test_a_window_of_this_process_counts_too_and_gives_way(tmp_path: Path):
    with window_lock.hold(tmp_path), window_lock.hold(tmp_path / "nergens"):
        assert not Instance(tmp_path).take()
        with pytest.raises(window_lock.WindowOpen), window_lock.hold(tmp_path):
            pytest.fail("two commands at once")
    holder = Instance(tmp_path)
    assert holder.take()
    with pytest.raises(window_lock.WindowOpen), window_lock.hold(tmp_path):
        pytest.fail("beside a window")
    holder.leave()
    with window_lock.hold(tmp_path):
        assert (tmp_path / FILE).exists()
    assert list(tmp_path.iterdir()) == [], "nothing stays, and no folder is made"


@pytest.mark.skipif(sys.platform != "linux", reason="a pipe with a name is made the POSIX way")
def test_a_window_does_not_start_while_a_command_is_at_it(tmp_path: Path, start, beside):
    """The command waits for its new passphrase, with the vault open and half way."""
    os.mkfifo(tmp_path / "nieuw.txt")
    words = ("vault", "passphrase", "--new-passphrase-file", "nieuw.txt")
    with ThreadPoolExecutor(1) as pool:
        command = pool.submit(beside, *words)
        with (tmp_path / "nieuw.txt").open("w") as pipe:  # waits until the command reads
            window = start(STARTING, str(tmp_path / "vault"))
            window.hear()
            window.say("go")
            told = window.hear()
            pipe.write(SECOND)
        assert command.result().exit_code == 0, command.result().stderr
    assert told == "taken"
    assert not (tmp_path / "vault" / FILE).exists()
    window = start(STARTING, str(tmp_path / "vault"))
    window.hear()
    window.say("go")
    assert window.hear() == "mine"


def test_a_command_that_was_killed_leaves_no_lock_that_counts(tmp_path: Path, start):
    holder = start("tests.faults.holding", str(tmp_path))
    assert holder.hear() == "held"
    assert not Instance(tmp_path).take()
    holder.end()
    assert (tmp_path / FILE).exists(), "the control: it left its file behind"
    instance = Instance(tmp_path)
    assert instance.take()
    instance.leave()
