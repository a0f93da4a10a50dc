"""Five bundles in whatever order, doubled, or one of them late: the same end, or the gap by its name."""

from __future__ import annotations

import random
import shutil
from itertools import permutations

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import exchange
from sync import Change
from sync.errors import Gap
from sync.lines import parse

IDS = [new_id() for _ in range(3)]
ORDERS = [4, pytest.param(120, marks=pytest.mark.soak)]


class Desk:
    """Five bundles of three laptops about the same people, and an office as it was before them."""

    def __init__(self, team, tools, behind):
        self.team, self.tools, self.turns = team, tools, 0
        self.before = team.folder / "before"
        with team.office.database.bare():
            shutil.copytree(team.office.folder, self.before)
        self._changes: dict[int, list[Change]] = {number: [] for number in range(3)}
        make = self._behind if behind else self._hand_over
        self.paths = [make(at, number) for at, number in enumerate((0, 1, 2, 0, 1))]
        self.whole = self.read(self.paths)

    def _hand_over(self, at, number):
        """A bundle with everything of that laptop so far."""
        for who in IDS:
            self.tools.save(self.team.laptops[number], Client(id=who, first_name=str(at), phone=str(number)))
        self.team.clocks[number].now += 1
        return self.team.hand_over(number)

    def _behind(self, at, number):
        """A bundle that begins behind the one before of that laptop, as after a receipt."""
        known = self._changes[number]
        patch = {"first_name": str(at), "phone": str(number)}
        hlc = (self.tools.NOON << 16) + at
        lines = [
            self.team.line(len(known) + turn, number, id=who, patch=patch, hlc=hlc)
            for turn, who in enumerate(IDS, 1)
        ]
        first, before = len(known) + 1, self.tools.chain(known)
        known += [line for line in map(parse, lines) if isinstance(line, Change)]
        return self.team.forge(lines, number, after_own=False, first=first, chain_before=before)

    def read(self, order, late=None):
        """What stands in such an office at the end; what comes after a gap is read again behind `late`."""
        self.turns += 1
        folder = self.team.folder / f"order-{self.turns}"
        shutil.copytree(self.before, folder)
        office = self.team.open(folder.name, self.team.office_clock)
        gaps = read_in_order(office, order)
        if late is not None:
            gaps = read_in_order(office, [late, *gaps])
        assert read_in_order(office, gaps) == []
        found = self.tools.records(office)
        office.close()
        shutil.rmtree(folder)
        return found


def read_in_order(office, order):
    """Read each, again as long as one fits that did not before; gives those that do not fit: each a gap."""
    left = list(order)
    while True:
        refused = [path for path in left if does_not_fit(office, path)]
        if len(refused) == len(left):
            return refused
        left = refused


def does_not_fit(office, path):
    try:
        exchange.import_bundle(office, path)
    except Gap:
        return True
    return False


@pytest.fixture(params=[False, True], ids=["each with all before it", "each behind the one before"])
def desk(team, tools, request):
    return Desk(team, tools, request.param)


@pytest.mark.parametrize("count", ORDERS)
def test_any_order_with_doubles_ends_alike(desk, count):
    dice = random.Random(5)
    for order in dice.sample(list(permutations(desk.paths)), count):
        assert desk.read([*order, *dice.sample(order, 2)]) == desk.whole


@pytest.mark.parametrize("count", ORDERS)
def test_one_that_comes_late_ends_alike(desk, count):
    dice = random.Random(6)
    for order in dice.sample(list(permutations(desk.paths)), count):
        for late in order if count > 4 else order[:2]:
            without = [path for path in order if path != late]
            assert desk.read([*without, dice.choice(without)], late) == desk.whole


def test_a_bundle_that_never_comes_is_seen(desk):
    """The control: without the last one of a laptop the end is another."""
    assert desk.read(desk.paths[:-1]) != desk.whole


def test_a_gap_is_refused_by_name(team, tools):
    desk = Desk(team, tools, True)
    office = team.open("before", team.office_clock)
    with pytest.raises(Gap) as caught:
        exchange.import_bundle(office, desk.paths[3])
    assert (caught.value.have, caught.value.first) == (0, len(IDS) + 1)
    assert read_in_order(office, desk.paths[3:]) == desk.paths[3:]
    assert read_in_order(office, desk.paths[:3]) == []
    assert read_in_order(office, desk.paths[3:]) == []
    office.close()
