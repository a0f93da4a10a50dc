"""Killed while somebody types and an import holds the database: it costs two seconds at most (UI.md 1)."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from time import perf_counter

import pytest

from leerwinkel_desktop.domain.clients import EducationRecord
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import dossiers, enrolment, exchange, vaults
from leerwinkel_desktop.store import drafts as sealed
from tests.faults.typing_window import COURSE, LETTERS, NAME, UNFIT

WINDOW = "tests.faults.typing_window"
PASSPHRASE = "appel fiets wolk lamp rivier stoel"
MOST_SECONDS = 2.0
"""What a crash may cost."""


@pytest.fixture
def scene(tmp_path: Path) -> tuple[Path, Path]:
    """A closed office with one dossier, and a bundle for it."""
    office = vaults.create(tmp_path / "office", PASSPHRASE, cost=vaults.TESTS_ONLY).workspace
    laptop = vaults.create(tmp_path / "laptop", PASSPHRASE, role="laptop", cost=vaults.TESTS_ONLY).workspace
    enrolment.write_enrol_card(laptop, tmp_path / "enrol.lwc")
    enrolment.welcome(office, enrolment.read_enrol_card(tmp_path / "enrol.lwc"), tmp_path / "welcome.lwc")
    enrolment.accept(laptop, tmp_path / "welcome.lwc")
    dossiers.create(office, first_name="Amina")
    dossiers.create(laptop, first_name="Verzonnen")
    bundle = exchange.write_bundle(laptop, tmp_path).path
    laptop.close()
    office.close()
    return tmp_path / "office", bundle


def killed_and_back(start, scene, folder: Path, letters: int, *how: str) -> int:
    """Kill after so many letters, unlock, and check all that was typed; gives how many letters came back."""
    office, bundle = scene
    folder.mkdir()
    shutil.copytree(office, folder / "vault")
    child = start(WINDOW, str(bundle), *how, folder=folder)
    child.say(PASSPHRASE)
    assert child.hear() == "typing"
    at = []
    for _ in range(letters):
        child.hear()
        at.append(perf_counter())
    child.process.kill()
    child.process.wait()
    sure = sum(at[-1] - one > MOST_SECONDS for one in at)
    assert sure > 0, "nothing is old enough"
    assert list((folder / "vault" / sealed.FOLDER).glob("*")), "nothing was kept"
    again = start(WINDOW, "again", folder=folder)
    again.say(PASSPHRASE)
    note, unfit = again.hear(), again.hear()
    assert again.hear() == "done"
    again.end()
    whole = (LETTERS * letters)[:letters]
    assert whole.startswith(note)
    assert len(note) >= sure
    assert unfit == UNFIT
    workspace = vaults.unlock(folder / "vault", PASSPHRASE)
    try:
        (hit,) = dossiers.search(workspace, "")
        view = dossiers.reload(workspace, hit.client_id)
        assert view.client.last_name == NAME
        assert [one.title for one in view.of(EducationRecord)] == [COURSE]
        assert note in [one.went_well for one in view.of(Trajectory)]
        assert vaults.check(workspace).good
    finally:
        workspace.close()
    return len(note)


@pytest.mark.parametrize("moments", [2, pytest.param(100, marks=pytest.mark.soak)])
def test_killed_while_somebody_types(start, scene, tmp_path, moments):
    chance = random.Random(17)
    for at in range(moments):
        killed_and_back(start, scene, tmp_path / f"kill-{at}", chance.randint(45, 90))


def test_a_keeper_that_never_looks_loses_it(start, scene, tmp_path):
    """The control."""
    with pytest.raises(AssertionError):
        killed_and_back(start, scene, tmp_path / "kill", 60, "careless")
