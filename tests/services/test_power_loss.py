"""The power goes at any moment: the vault opens whole, and nothing that was said to be done is lost.

What a child does to the disk is recorded, and the disk is built as it may be found after any of its steps
(tests/faults/power.py). Each disk is opened, read to its last page, and the work goes on.
"""

from __future__ import annotations

import random
import shutil
import sys

import pytest

from leerwinkel_desktop.services import dossiers, drafts, exchange, users, vaults
from leerwinkel_desktop.store.errors import WrongPassphrase
from tests.faults.power import Disk, recorded, write_out
from tests.faults.whole import consistent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="writes are recorded with strace, of Linux")
IMAGES = [40, pytest.param(1500, marks=pytest.mark.soak)]
CONTROLS = 20
BUNDLES = 3
DRAFTS = 12
NEW = "walnoot spiegel trein kano das ochtend"
SECOND = "molen gordijn perzik brug uil kachel"
BEGIN = """
import os, sys
from pathlib import Path

from leerwinkel_desktop.services import dossiers, exchange, users, vaults
from leerwinkel_desktop.store import connection

how, vault, *rest = sys.argv[1:]
first, new, second = sys.stdin.read().splitlines()
if how == "careless":
    connection._SETTINGS = connection._SETTINGS.replace("synchronous = FULL", "synchronous = OFF")
    os.fsync = lambda number: None

def done(what):
    os.write(1, what.encode() + b"\\n")

opened = vaults.unlock(Path(vault), first)
"""
IMPORTING = """
for number, path in enumerate(rest):
    exchange.import_bundle(opened, Path(path))
    done(f"read-{number}")
opened.close()
"""
EXPORTING = """
for number in range(int(rest[1])):
    dossiers.create(opened, first_name=f"Nieuw {number}")
    done(f"saved-{number}")
    done("written:" + exchange.write_bundle(opened, Path(rest[0])).path.name)
opened.close()
"""
CHANGING = """
vaults.change_passphrase(opened, new, vaults.TESTS_ONLY)
done("passphrase")
users.remove(opened, users.find(opened, "Tweede").id)
done("removed")
users.add(opened, "Derde", "OFFICE", second, vaults.TESTS_ONLY)
done("added")
opened.close()
"""
TYPING = """
from leerwinkel_desktop.services import drafts
for number in range(int(rest[0])):
    drafts.keep(opened, drafts.Draft("figures", None, {"typed": "lang " * number, "number": number}))
    done(f"kept-{number}")
opened.close()
"""


class Scene:
    """An act in a folder, recorded, and the disks that may be found while it went on."""

    def __init__(self, folder, code, how, *arguments, typed):
        self.folder = folder
        self._disk = Disk(folder)
        self.recording = recorded(
            BEGIN + code, how, *arguments, typed="\n".join((typed, NEW, SECOND)), root=folder
        )
        self.told = self.recording.replay(self._disk)
        real = {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        seen = self._disk.seen()
        assert {path: content for path, content in seen.items() if content is not None} == real

    def found(self, count, seed=1):
        """So many disks, each with what had been told by then; one folder, used again."""
        target = self.folder.with_name("found")
        for turn in range(count):
            chance = random.Random(seed * 10_000 + turn)
            told = self.recording.replay(self._disk, chance.randint(0, len(self.recording.calls)))
            write_out(self._disk.found(chance), self.folder, target, chance)
            yield target, set(told)
            shutil.rmtree(target)


def broken(scene, check):
    """How many of these disks are not as they should be, in whatever way."""
    bad = 0
    for folder, told in scene.found(CONTROLS):
        try:
            check(folder, told)
        except Exception:  # noqa: BLE001 (a control: however it breaks, it breaks)
            bad += 1
    return bad


@pytest.fixture
def act(team, tools):
    """Record an act in the folder of the team, all vaults closed."""
    team.close()

    def run(code, how, *arguments):
        return Scene(team.folder, code, how, *arguments, typed=tools.PASSPHRASE)

    return run


# Reading bundles


@pytest.fixture
def reading(team, tools, act):
    """The office reads some bundles of a laptop; a check of what is found says what must be there."""
    paths = []
    for number in range(BUNDLES):
        for turn in range(5):
            dossiers.create(team.laptop, first_name=f"Verzonnen {number} {turn}")
        paths.append(team.hand_over())
    wanted = tools.records(team.laptop)

    def check(folder, told):
        office = vaults.unlock(folder / "office", tools.PASSPHRASE, clock=team.office_clock)
        try:
            consistent(office)
            count = dossiers.count(office)
            assert count % 5 == 0, "a part of a bundle is there"
            assert count >= 5 * len(told)
            for path in paths:
                exchange.import_bundle(office, folder / path.relative_to(team.folder))
            assert tools.records(office) == wanted
        finally:
            office.close()

    return lambda how: act(IMPORTING, how, team.folder / "office", *paths), check


@pytest.mark.parametrize("images", IMAGES)
def test_while_bundles_are_read(reading, images):
    make, check = reading
    scene = make("careful")
    assert len(scene.told) == BUNDLES
    for folder, told in scene.found(images):
        check(folder, told)


def test_a_database_that_does_not_wait_for_the_disk_loses_what_it_read(reading):
    """The control: synchronous=OFF and no fsync."""
    make, check = reading
    assert broken(make("careless"), check) > CONTROLS // 4


# Writing bundles


@pytest.fixture
def writing(team, tools, act):
    """A laptop writes new dossiers and hands each over; a check of what is found says what must be there."""

    def check(folder, told):
        laptop = vaults.unlock(folder / "laptop-0", tools.PASSPHRASE, clock=team.clocks[0])
        office = team.office = team.open("office", team.office_clock)
        try:
            consistent(laptop)
            saved = {hit.first_name for hit in dossiers.search(laptop, "")}
            assert saved >= {f"Nieuw {one.partition('-')[2]}" for one in told if one.startswith("saved-")}
            named = {path.name for path in exchange.bundles_in(folder / "stick")}
            assert named >= {one.partition(":")[2] for one in told if one.startswith("written:")}
            for name in named:
                assert exchange.preview(office, folder / "stick" / name)
            assert (
                exchange.write_bundle(laptop, folder / "stick").changes == 3 * len(saved) if saved else True
            )
        finally:
            laptop.close()
            office.close()

    return lambda how: act(EXPORTING, how, team.folder / "laptop-0", team.stick, BUNDLES), check


@pytest.mark.parametrize("images", IMAGES)
def test_while_bundles_are_written(writing, images):
    make, check = writing
    scene = make("careful")
    assert len(scene.told) == 2 * BUNDLES
    for folder, told in scene.found(images):
        check(folder, told)


def test_a_bundle_that_does_not_wait_for_the_disk_is_half(writing):
    """The control: synchronous=OFF and no fsync."""
    make, check = writing
    assert broken(make("careless"), check) > CONTROLS // 4


# The vault file and the key


@pytest.fixture
def changing(team, tools, act):
    """A passphrase changes, a user leaves (the database gets another key) and one comes."""
    for turn in range(5):
        dossiers.create(team.office, first_name=f"Verzonnen {turn}")
    users.add(team.office, "Tweede", "COUNSELLOR", SECOND, vaults.TESTS_ONLY)

    def opened(folder, told):
        words = [NEW] if "passphrase" in told else [tools.PASSPHRASE, NEW]
        for word in words:
            try:
                return vaults.unlock(folder / "office", word)
            except WrongPassphrase:
                continue
        raise AssertionError("no passphrase opens it")

    def check(folder, told):
        office = opened(folder, told)
        try:
            consistent(office)
            assert dossiers.count(office) == 5
            names = {user.name for user in users.users(office)}
            assert "removed" not in told or "Tweede" not in names
            assert "added" not in told or "Derde" in names
        finally:
            office.close()

    return lambda how: act(CHANGING, how, team.folder / "office"), check


@pytest.mark.parametrize("images", IMAGES)
def test_while_the_vault_file_and_the_key_change(changing, images):
    make, check = changing
    scene = make("careful")
    assert scene.told == ["passphrase", "removed", "added"]
    for folder, told in scene.found(images):
        check(folder, told)


def test_a_vault_file_that_does_not_wait_for_the_disk_is_lost(changing):
    """The control: synchronous=OFF and no fsync."""
    make, check = changing
    assert broken(make("careless"), check) > CONTROLS // 4


# What is being typed


@pytest.fixture
def typing(tools, act):
    """Somebody types at the office; a check of what is found says that the last kept word is there."""

    def check(folder, told):
        opened = vaults.unlock(folder / "office", tools.PASSPHRASE)
        try:
            found = drafts.find(opened)
            numbers = [-1] if found is None else [found.memo["number"]]
            sure = [int(word.removeprefix("kept-")) for word in told if word.startswith("kept-")]
            assert max(numbers) >= max(sure, default=-1)
        finally:
            opened.close()

    return act, check


@pytest.mark.parametrize("images", IMAGES)
def test_what_was_kept_while_somebody_typed_is_there(typing, team, images):
    act, check = typing
    scene = act(TYPING, "careful", team.office.folder, DRAFTS)
    for folder, told in scene.found(images):
        check(folder, told)


def test_a_draft_that_does_not_wait_for_the_disk_is_lost(typing, team):
    """The control."""
    act, check = typing
    assert broken(act(TYPING, "careless", team.office.folder, DRAFTS), check) > 0
