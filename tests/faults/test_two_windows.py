"""One window for each vault, however many are started at once (SECURITY.md §5 "two instances")."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.ui.instance import FILE, Instance

PASSPHRASE = "appel fiets wolk lamp rivier stoel"
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
