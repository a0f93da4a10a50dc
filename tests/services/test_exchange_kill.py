"""Killed at any step of a hand-over: all of it is there or nothing, and the next start finishes."""

from __future__ import annotations

import random

import pytest

from leerwinkel_desktop.services import auditing, dossiers, exchange, vaults

CHILD = """
from leerwinkel_desktop.services import exchange, vaults
from sync import merge  # loaded before the watch begins

act, vault, target = arguments
opened = vaults.unlock(Path(vault), sys.stdin.readline().rstrip())
sys.setprofile(watch)
if act == "import":
    exchange.import_bundle(opened, Path(target))
elif act == "receipt":
    exchange.write_for_laptop(opened, exchange.laptop_actor(opened, 1), Path(target))
else:
    exchange.write_bundle(opened, Path(target))
sys.setprofile(None)
print(seen)
opened.close()
"""
STEPS = {
    "I0 copied": "copied",
    "I1 verified": "verified",
    "I2 begun": "ChangeLog.__init__",
    "I3 checked": "place",
    "I4 changes": "LineReader.take",
    "I5 position": "set_position",
    "I6 audit": "Transaction.note",
    "I7 committed": "_import_copy",
    "I8 moved": "finish",
}
WRITING = {"measured": "measure", "sealed": "seal", "named": "sync_folder", "noted": "log_bundle"}


@pytest.fixture
def handed(team):
    """A bundle on the stick, and the office closed so that a child can have it."""
    for number in range(5):
        dossiers.create(team.laptop, first_name=f"Verzonnen {number}")
    path = team.hand_over()
    team.office.close()
    return path


def finish_import(team, tools, path):
    """Open the office after a kill: nothing half, and reading again ends the work."""
    office = team.office = team.open("office", team.office_clock)
    assert vaults.check(office).good
    count = len(dossiers.search(office, ""))
    assert count in (0, 5), "a part of a bundle is there"
    again = exchange.import_bundle(office, path)
    assert again.already is (count == 5)
    assert list((office.folder / "inbox").iterdir()) == []
    assert tools.records(office) == tools.records(team.laptop)
    assert auditing.laptop_breaks(office) == {}, "the trail of an honest laptop fits, whatever was cut off"
    return count


@pytest.mark.parametrize("step", STEPS)
def test_killed_while_reading(team, tools, handed, step):
    done = tools.dying(CHILD, "import", team.office.folder, handed, when=STEPS[step])
    assert done.returncode == tools.KILLED, done.stderr
    count = finish_import(team, tools, handed)
    assert (count == 5) is (step >= "I7")


def test_half_an_import_is_seen(team, tools, handed):
    """The control: an import in two transactions, cut off between them."""
    office = team.open("office", team.office_clock)
    exchange.import_bundle(office, handed)
    with office.database.bare() as connection:
        connection.execute("DELETE FROM client WHERE id IN (SELECT id FROM client LIMIT 2)")
    office.close()
    with pytest.raises(AssertionError, match="a part of a bundle"):
        finish_import(team, tools, handed)


def check_stick(team):
    """Every final name is a whole bundle."""
    for path in exchange.bundles_in(team.stick):
        exchange.preview(team.office, path)


@pytest.mark.parametrize("step", WRITING)
def test_killed_while_writing(team, tools, step):
    dossiers.create(team.laptop, first_name="Verzonnen")
    team.laptop.close()
    done = tools.dying(CHILD, "write", team.laptop.folder, team.stick, when=WRITING[step])
    assert done.returncode == tools.KILLED, done.stderr
    named = exchange.bundles_in(team.stick)
    assert bool(named) is (step in ("named", "noted"))
    check_stick(team)
    team.laptops[0] = team.open("laptop-0", team.clocks[0])
    named.append(team.hand_over())
    assert [exchange.import_bundle(team.office, path).already for path in named] == [False, True][
        : len(named)
    ]
    assert tools.records(team.office) == tools.records(team.laptop)


@pytest.mark.parametrize("step", ["_give_receipt", "measure", "sync_folder", "log_bundle"])
def test_killed_while_writing_a_receipt(team, tools, handed, step):
    """However far it came, no receipt number ever gets two contents."""
    team.office = team.open("office", team.office_clock)
    exchange.import_bundle(team.office, handed)
    team.office.close()
    done = tools.dying(CHILD, "receipt", team.office.folder, team.stick, when=step)
    assert done.returncode == tools.KILLED, done.stderr
    team.office = team.open("office", team.office_clock)
    for path in team.stick.glob("kantoor-*.lwb"):
        assert exchange.import_bundle(team.laptop, path).confirmed == 15
    dossiers.create(team.laptop, first_name="Later")
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    assert exchange.pending(team.laptop).changes == 0
    assert auditing.laptop_breaks(team.office) == {}
    assert auditing.first_broken(team.laptop) is None


def killed_anywhere(team, tools, path, count):
    """Kill at random places of one import, the same office again each time, until it is through."""
    whole = tools.dying(CHILD, "import", team.copy_closed("whole"), path, when="never")
    assert whole.returncode == 0, whole.stderr
    dice = random.Random(20)
    for at in range(count):
        folder = team.copy_closed(f"random-{at}")
        when = str(dice.randint(1, int(whole.stdout)))
        assert tools.dying(CHILD, "import", folder, path, when=when).returncode == tools.KILLED
        office = team.open(folder.name, team.office_clock)
        assert len(dossiers.search(office, "")) in (0, 5)
        exchange.import_bundle(office, path)
        assert tools.records(office) == tools.records(team.laptop)
        office.close()


def test_killed_anywhere(team, tools, handed):
    killed_anywhere(team, tools, handed, 10)


@pytest.mark.soak
def test_killed_anywhere_many_times(team, tools, handed):
    killed_anywhere(team, tools, handed, 500)
