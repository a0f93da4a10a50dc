"""Killed at any step of pairing, of stopping a laptop or of taking a new actor: whole or not at all."""

from __future__ import annotations

import os
import random

import pytest

from leerwinkel_desktop.domain.ids import new_actor
from leerwinkel_desktop.services import dossiers, enrolment, exchange, vaults
from leerwinkel_desktop.store import changelog, devices, renumbering
from sync.errors import IllFormed

CHILD = """
from leerwinkel_desktop.services import enrolment, exchange, vaults

act, vault, folder = arguments
opened = vaults.unlock(Path(vault), sys.stdin.readline().rstrip())
card, answer = Path(folder) / "e.lwc", Path(folder) / "w.lwc"
sys.setprofile(watch)
if act == "enrol":
    enrolment.write_enrol_card(opened, card)
elif act == "welcome":
    enrolment.welcome(opened, enrolment.read_enrol_card(card), answer)
elif act == "accept":
    enrolment.accept(opened, answer)
elif act == "renew":
    enrolment.renew_actor(opened)
else:
    enrolment.lost(opened, exchange.laptop_actor(opened, 1))
sys.setprofile(None)
print(seen)
opened.close()
"""
STEPS = {
    "enrol": ("durable",),
    "welcome": ("sign_roster", "write_durably", "welcome"),
    "accept": ("_join", "_take_positions", "accept"),
    "renew": ("renumber", "renew_actor"),
    "lost": ("sign_roster",),
}
MORE = {
    "enrol": ("write_card", "write_durably"),
    "welcome": ("_let_in", "write_welcome"),
    "accept": ("read_welcome", "take_keyset", "Transaction.note"),
    "renew": ("_begin_anew", "bind"),
    "lost": ("set_standing", "set_state", "_stop"),
}


class Meeting:
    """An office and a laptop that has work and is not enrolled yet; closed between the steps."""

    def __init__(self, tools, folder):
        self.tools, self.folder = tools, folder
        self.places = {"office": folder / "office", "laptop": folder / "laptop"}
        tools.make(self.places["office"], tools.Clock()).close()
        laptop = tools.make(self.places["laptop"], tools.Clock(), role="laptop", name="Jobbeurs")
        for number in range(3):
            dossiers.create(laptop, first_name=f"Verzonnen {number}")
        laptop.close()

    def whose(self, act):
        return self.places["office" if act in ("welcome", "lost") else "laptop"]

    def open(self, place):
        return vaults.unlock(place, self.tools.PASSPHRASE)

    def act(self, act):
        opened = self.open(self.whose(act))
        card, answer = self.folder / "e.lwc", self.folder / "w.lwc"
        if act == "enrol":
            enrolment.write_enrol_card(opened, card)
        elif act == "welcome":
            enrolment.welcome(opened, enrolment.read_enrol_card(card), answer)
        elif act == "accept":
            enrolment.accept(opened, answer)
        else:
            enrolment.renew_actor(opened)
        opened.close()

    def until(self, act):
        """Do all that comes before this step."""
        for step in ("enrol", "welcome", "accept"):
            if step == act:
                return
            self.act(step)

    def kill(self, act, when):
        done = self.tools.dying(CHILD, act, self.whose(act), self.folder, when=when)
        assert done.returncode == self.tools.KILLED, done.stderr

    def check(self, act):
        """Nothing is half, and the same step again, with those behind it, ends in a hand-over."""
        for place in self.places.values():
            for left in place.glob(".*.part"):
                os.utime(left, (0, 0))  # what nobody writes any more goes at the next start an hour later
            opened = self.open(place)
            assert vaults.check(opened).good
            assert not list(place.glob(".*.part"))
            opened.close()
        if act == "lost":
            self.act("renew")
        for step in ("enrol", "welcome", "accept"):
            self.act(step)
        office, laptop = (self.open(self.places[name]) for name in ("office", "laptop"))
        with laptop.database.read() as reader:
            own = devices.peers(reader.connection)[0]
            assert own.upto == 9
            assert changelog.chain_at(reader.connection, own.actor, 9) == own.chain
        exchange.import_bundle(office, exchange.write_bundle(laptop, self.folder).path)
        exchange.import_bundle(laptop, exchange.write_for_laptop(office, own.actor, self.folder))
        assert exchange.pending(laptop).changes == 0
        assert len(dossiers.search(office, "")) == 3
        office.close()
        laptop.close()


@pytest.fixture
def meeting(tools, tmp_path):
    return Meeting(tools, tmp_path)


def pairs(table):
    return [(act, step) for act, steps in table.items() for step in steps]


@pytest.mark.parametrize(("act", "step"), pairs(STEPS))
def test_killed_at_a_step(meeting, act, step):
    meeting.until(act)
    meeting.kill(act, step)
    meeting.check(act)


def test_half_a_new_actor_is_seen(meeting):
    """The control: the numbers under a new actor are kept, and the device still has the old one."""
    meeting.until("renew")
    laptop = meeting.open(meeting.places["laptop"])
    with laptop.database.write() as transaction:
        own = devices.peers(transaction.connection)[0]
        renumbering.renumber(transaction.connection, own, new_actor())
    laptop.close()
    with pytest.raises(IllFormed):
        meeting.check("renew")


@pytest.mark.soak
@pytest.mark.parametrize(("act", "step"), pairs(MORE))
def test_killed_at_more_steps(meeting, act, step):
    meeting.until(act)
    meeting.kill(act, step)
    meeting.check(act)


def test_a_card_is_whole_or_not_there(meeting):
    meeting.kill("enrol", "durable")
    card = meeting.folder / "e.lwc"
    assert not card.exists() or enrolment.read_enrol_card(card)


@pytest.mark.soak
@pytest.mark.parametrize("act", STEPS)
def test_killed_anywhere(tools, tmp_path, act):
    dice = random.Random(act)
    measured = Meeting(tools, tmp_path / "measured")
    measured.until(act)
    whole = tools.dying(CHILD, act, measured.whose(act), measured.folder, when="never")
    assert whole.returncode == 0, whole.stderr
    events = int(whole.stdout)
    begin = (1, events * 8 // 10)  # half of them near the end, where the writing is
    for at in range(100):
        meeting = Meeting(tools, tmp_path / str(at))
        meeting.until(act)
        meeting.kill(act, str(dice.randint(dice.choice(begin), events * 97 // 100)))
        meeting.check(act)
