"""Somebody is taken along, or leaves, while the office is writing for a laptop: nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import along, dossiers, exchange
from leerwinkel_desktop.services.exchange import writing
from leerwinkel_desktop.store import devices, whereabouts


class Desk:
    """The first laptop has Een; Twee is at the office only. Another window of the office is open too."""

    def __init__(self, team: Any) -> None:
        self.team, self.actor = team, team.laptop.device().actor
        self.other = team.open("office", team.office_clock)
        self.one, self.two = (
            dossiers.create(team.office, first_name=name).client.id for name in ("Een", "Twee")
        )
        along.take_along(team.office, self.actor, [self.one], None)
        self.give()
        exchange.import_bundle(team.office, team.hand_over())

    def write(self, *, anew: bool = False) -> Any:
        return exchange.write_for_laptop(self.team.office, self.actor, self.team.stick, anew=anew)

    def give(self, *, anew: bool = False) -> None:
        exchange.import_bundle(self.team.laptop, self.write(anew=anew))

    def take_two(self) -> None:
        along.take_along(self.other, self.actor, [self.two], None)

    def here(self) -> dict[str, str | None]:
        with self.team.laptop.database.read() as reader:
            return {client.id: client.notes for client in reader.find(Client)}

    def there(self) -> set[str]:
        """Who is on the laptop, as the office knows it."""
        with self.team.office.database.read() as reader:
            return {held.client_id for held in whereabouts.at_laptop(reader.connection, self.actor)}

    def check(self) -> None:
        """All goes to and fro some times; then both know the same, and what the office writes arrives."""
        for client_id in (self.one, self.two):
            dossiers.change(self.team.office, Client, client_id, notes="van kantoor")
        for _ in range(3):
            self.give()
            try:
                exchange.import_bundle(self.team.office, self.team.hand_over())
            except exchange.NothingToHandOver:
                break
        assert set(self.here()) == self.there()
        assert set(self.here().values()) == {"van kantoor"}


@pytest.fixture
def desk(team):
    desk = Desk(team)
    yield desk
    desk.other.close()


@pytest.fixture
def meanwhile(monkeypatch):
    """Lets something happen once, between what is put in the stream and the writing of it."""

    def arrange(act: Callable[[], None]) -> None:
        put = writing._give

        def then(*where: Any, **how: Any) -> int:
            upto = put(*where, **how)
            monkeypatch.setattr(writing, "_give", put)
            act()
            return upto

        monkeypatch.setattr(writing, "_give", then)

    return arrange


def test_a_snapshot_and_the_word_that_somebody_left(desk, meanwhile, team):
    """The snapshot brings him back, so the word from before it does not count: the office goes on giving."""
    desk.give(anew=True)
    along.let_go_here(team.laptop, [desk.one])
    word = team.hand_over()
    meanwhile(desk.take_two)
    under_way = desk.write()
    exchange.import_bundle(team.office, word)
    exchange.import_bundle(team.laptop, under_way)
    desk.give(anew=True)
    assert set(desk.here()) == {desk.one, desk.two}
    desk.check()


def test_who_is_taken_along_meanwhile_comes_with_all_of_it(desk, meanwhile):
    meanwhile(desk.take_two)
    desk.give()
    assert set(desk.here()) == {desk.one, desk.two}
    desk.check()


@pytest.mark.parametrize("anew", [False, True])
def test_the_word_that_somebody_left_arrives_meanwhile(desk, meanwhile, team, anew):
    desk.give(anew=True)
    along.let_go_here(team.laptop, [desk.one])
    word = team.hand_over()
    meanwhile(lambda: exchange.import_bundle(desk.other, word))
    path = desk.write(anew=anew)
    exchange.import_bundle(team.laptop, path)
    desk.give(anew=True)
    desk.take_two()
    desk.check()


def test_told_anew_meanwhile(desk, meanwhile, team):
    """Another window asks for a snapshot: this one says all of it, and an older word does not count."""
    along.let_go_here(team.laptop, [desk.one])
    word = team.hand_over()
    meanwhile(lambda: along.keep_index(desk.other, desk.actor, on=True))
    under_way = desk.write()
    exchange.import_bundle(team.office, word)
    exchange.import_bundle(team.laptop, under_way)
    desk.give(anew=True)
    desk.take_two()
    desk.check()


def test_what_is_written_says_what_was_given(desk, meanwhile, team):
    """A window that gives meanwhile is given first: a file never names a number that it does not explain."""
    meanwhile(desk.take_two)
    path = desk.write(anew=True)
    with team.office.database.read() as reader:
        (sent,) = (peer.sent for peer in devices.peers(reader.connection) if peer.actor == desk.actor)
        held = whereabouts.at_laptop(reader.connection, desk.actor)
    assert f"-{sent}-" in path.name
    assert {one.number for one in held} == {sent}
