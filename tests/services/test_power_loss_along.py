"""The power goes while a laptop reads a snapshot or lets people go: all or nothing, and no work is lost."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import along, dossiers, exchange, vaults
from tests.faults.whole import consistent
from tests.services.test_power_loss import CONTROLS, Scene, broken

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="writes are recorded with strace, of Linux")
IMAGES = [20, pytest.param(1500, marks=pytest.mark.soak)]
MARKER = "kwibusmerkteken"
READING = """
exchange.import_bundle(opened, Path(rest[0]))
done("read")
opened.close()
"""
LEAVING = """
from leerwinkel_desktop.services import along

along.let_go_here(opened, rest)
done("left")
opened.close()
"""


@pytest.fixture
def ids(team):
    """Four people of the office, of whom three are on the laptop; it wrote about the third one."""
    made = [
        dossiers.create(team.office, first_name=f"Verzonnen {number}", notes=f"{MARKER} " * 90).client.id
        for number in range(4)
    ]
    along.take_along(team.office, team.laptop.device().actor, made[:3], None)
    exchange.import_bundle(team.laptop, team.receipt())
    exchange.import_bundle(team.office, team.hand_over())
    dossiers.change(team.laptop, Client, made[2], last_name="nog niet overgedragen")
    return made


@pytest.fixture
def opened(team, tools, ids):
    """The laptop on a disk that was found, whole and with its unsent work."""

    def start(folder):
        laptop = vaults.unlock(folder / "laptop-0", tools.PASSPHRASE, clock=team.clocks[0])
        consistent(laptop)
        assert dossiers.load(laptop, ids[2]).client.last_name == "nog niet overgedragen"
        return laptop

    return start


def here(laptop, ids):
    return sorted(ids.index(one.client_id) for one in along.here(laptop))


@pytest.fixture
def reading(team, tools, ids, opened):
    """A snapshot brings the fourth, asks the second back, and has news of the first."""
    actor = team.laptop.device().actor
    along.let_go(team.office, actor, [ids[1]])
    along.take_along(team.office, actor, [ids[3]], date(2026, 2, 9))
    dossiers.change(team.office, Client, ids[0], last_name="van kantoor")
    path = exchange.write_for_laptop(team.office, actor, team.stick, anew=True)
    team.close()

    def check(folder, told):
        laptop = opened(folder)
        try:
            state = here(laptop, ids), dossiers.load(laptop, ids[0]).client.last_name
            assert state in (([0, 1, 2], None), ([0, 2, 3], "van kantoor"))
            assert state[1] or not told
            exchange.import_bundle(laptop, folder / path.relative_to(team.folder))
            assert here(laptop, ids) == [0, 2, 3]
            consistent(laptop)
        finally:
            laptop.close()

    typed = tools.PASSPHRASE
    return lambda how: act(team, READING, how, typed, team.folder / "laptop-0", path), check


@pytest.fixture
def leaving(team, tools, ids, opened, decrypted):
    """The first two are let go; nothing of them is found once that is finished."""
    team.close()

    def check(folder, told):
        laptop = opened(folder)
        try:
            found = here(laptop, ids)
            assert found == [2] if told else found in ([0, 1, 2], [2])
            if found != [2]:
                along.let_go_here(laptop, ids[:2])
            consistent(laptop)
        finally:
            laptop.close()
        text = decrypted(folder / "laptop-0" / "dossiers.db", laptop.opened.key)
        assert not [one for one in ids[:2] if f"Verzonnen {ids.index(one)}".encode() in text]
        assert not list((folder / "laptop-0" / "verwerkt").glob("*"))

    typed = tools.PASSPHRASE
    return lambda how: act(team, LEAVING, how, typed, team.folder / "laptop-0", *ids[:2]), check


def act(team, code, how, passphrase, *arguments):
    return Scene(team.folder, code, how, *arguments, typed=passphrase)


@pytest.mark.parametrize("images", IMAGES)
@pytest.mark.parametrize(("what", "told"), [("reading", "read"), ("leaving", "left")])
def test_while_people_come_and_go(request, what, told, images):
    make, check = request.getfixturevalue(what)
    scene = make("careful")
    assert scene.told == [told]
    for folder, said in scene.found(images):
        check(folder, said)


@pytest.mark.parametrize("what", ["reading", "leaving"])
def test_a_laptop_that_does_not_wait_for_the_disk_loses_it(request, what):
    """The control: synchronous=OFF and no fsync."""
    make, check = request.getfixturevalue(what)
    assert broken(make("careless"), check) > CONTROLS // 10
