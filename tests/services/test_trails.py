"""A cut or changed audit trail of a laptop is found at the office; an honest one never (FORMAT.md §14)."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import auditing, dossiers, enrolment, exchange, vaults
from leerwinkel_desktop.services.access import NotAllowed
from leerwinkel_desktop.services.auditing import Filter
from leerwinkel_desktop.store import audit, trails
from sync.audit import audit_link

SELECT = "SELECT number, at_ms, user, device, action, subject, chain FROM audit_entry ORDER BY number"


@pytest.fixture
def work(team):
    """Some work that leaves traces in the trail of the first laptop."""

    def do(times=3, at=None):
        for _ in range(times):
            view = dossiers.create(at or team.laptop, first_name="Verzonnen")
            dossiers.load(at or team.laptop, view.client.id)

    return do


@pytest.fixture
def carry(team, work):
    """One hand-over; gives what the import says of the trail."""

    def go(receipt=True, at=0):
        work(1, team.laptops[at])
        done = exchange.import_bundle(team.office, team.hand_over(at))
        assert not done.already
        assert done.created >= 3, "the work is always read"
        if receipt:
            exchange.import_bundle(team.laptops[at], team.receipt(at))
        return done.audit_broken

    return go


def last(workspace):
    with workspace.database.read() as reader:
        return int(reader.connection.execute("SELECT max(number) FROM audit_entry").fetchone()[0])


def harm(workspace, *statements):
    with workspace.database.bare() as connection:
        for statement in statements:
            connection.execute(statement)


def forge(workspace, first=1):
    """Make the chain hold again from an entry on, as somebody does who knows the program."""
    with workspace.database.bare() as connection:
        chain = bytes(32)
        for number, *entry, stored in connection.execute(SELECT).fetchall():
            chain = audit_link(chain, tuple(entry)) if number >= first else stored
            connection.execute("UPDATE audit_entry SET chain = ? WHERE number = ?", (chain, number))


def held(team, laptop=0):
    """What the office has of a trail, oldest first."""
    return auditing.laptop_entries(team.office, team.laptops[laptop].device().actor)[::-1]


def told(entry):
    return (entry.number, entry.at_ms, entry.user, entry.device, entry.action, entry.subject)


def test_the_office_holds_what_the_laptop_wrote_down(team, carry, tools):
    for _ in range(3):
        assert carry() is None
    with team.laptop.database.read() as reader:
        own = [told(entry) for entry in audit.entries(reader.connection)]
    found = [told(entry) for entry in held(team)]
    assert found == own[: len(found)]
    assert len(own) - len(found) == 2, "that the bundle was written and the receipt read travels next time"
    assert auditing.laptop_breaks(team.office) == {}
    actor = team.laptop.device().actor
    about = auditing.laptop_entries(team.office, actor, Filter(action="dossier"))
    assert {entry.action for entry in about} == {"dossier.created", "dossier.opened"}
    clerk = replace(team.office, opened=replace(team.office.opened, role="COUNSELLOR"))
    with pytest.raises(NotAllowed):
        auditing.laptop_entries(clerk, actor)


def test_only_what_is_new_travels(team, carry):
    carry()
    carry()
    with team.laptop.database.read() as reader:
        lines = trails.untold(reader.connection)
        position = trails.position(reader.connection, trails.OWN)
    assert position is not None
    assert [(line.first, line.chain) for line in lines] == [(position.number + 1, position.chain)]


@pytest.mark.parametrize("receipt", [True, False], ids=["confirmed", "unconfirmed"])
@pytest.mark.parametrize("k", [1, 4, 1000])
@pytest.mark.parametrize("after", [0, 6])
def test_a_cut_tail_is_found(team, carry, work, receipt, k, after):
    carry(receipt)
    carry(receipt)
    count = len(held(team))
    harm(team.laptop, f"DELETE FROM audit_entry WHERE number > {count - k}")
    work(after)
    assert (auditing.first_broken(team.laptop) is not None) is receipt, "the laptop itself says it, too"
    assert carry() == max(count - k, 0) + 1
    assert len(held(team)) > count, "what was held stays, beside what came instead"
    assert auditing.first_broken(team.laptop) is None, "the office goes on from what it was given"
    assert [carry() for _ in range(3)] == [None] * 3


CHANGES = {
    "changed": "UPDATE audit_entry SET subject = 'ander' WHERE number = {n}",
    "user": "UPDATE audit_entry SET user = 'Iemand' WHERE number = {n}",
    "dropped": "DELETE FROM audit_entry WHERE number = {n}",
    "swapped": "UPDATE audit_entry SET at_ms = at_ms + 1, action = (SELECT action FROM audit_entry AS o "
    "WHERE o.number = CASE audit_entry.number WHEN {n} THEN {m} ELSE {n} END) WHERE number IN ({n}, {m})",
}


@pytest.mark.parametrize("forged", [False, True], ids=["clumsy", "forged"])
@pytest.mark.parametrize("receipt", [True, False], ids=["confirmed", "unconfirmed"])
@pytest.mark.parametrize("how", CHANGES)
def test_what_was_changed_is_found(team, carry, how, receipt, forged):
    carry(receipt)
    carry(receipt)
    n = len(held(team)) - 3
    harm(team.laptop, CHANGES[how].format(n=n, m=n + 1))
    if forged and how == "dropped":
        harm(
            team.laptop,
            *(f"UPDATE audit_entry SET number = {at} WHERE number = {at + 1}" for at in range(n, n + 9)),
        )
    if forged:
        forge(team.laptop, n)
    assert carry() == n
    assert carry() is None
    assert carry(receipt=False) is None
    assert carry() is None
    times = Counter(entry.number for entry in held(team))
    assert max(times.values()) <= 2, "what was told again is kept once"


@pytest.mark.parametrize("harmed", ["DELETE FROM audit_entry WHERE number > {n}", CHANGES["changed"]])
def test_nothing_is_written_down_behind_it(team, carry, tools, harmed):
    """The trail ends before what is held, or its last entry is another one."""
    carry(receipt=False)
    count = len(held(team))
    n = count - 2 if "DELETE" in harmed else last(team.laptop)
    harm(team.laptop, harmed.format(n=n, m=0))
    tools.save(team.laptop, Client(id=new_id(), first_name="Verzonnen"))
    done = exchange.import_bundle(team.office, team.hand_over())
    assert done.audit_broken == (count - 1 if "DELETE" in harmed else n)
    assert len(held(team)) >= count, "what was held stays"
    assert [carry() for _ in range(3)] == [None] * 3


def test_a_forged_place_of_the_office_does_not_help(team, carry):
    carry()
    carry()
    count = len(held(team))
    harm(team.laptop, f"DELETE FROM audit_entry WHERE number > {count - 2}")
    carry_on = last(team.laptop)
    with team.laptop.database.bare() as connection:
        chain = audit.chain_at(connection, carry_on)
        connection.execute("UPDATE trail SET number = ?, chain = ?", (carry_on, chain))
    assert auditing.first_broken(team.laptop) is None
    assert carry() == count - 1


def test_an_entry_changed_before_it_was_ever_told(team, carry, work):
    carry()
    work()
    n = last(team.laptop) - 2
    harm(team.laptop, CHANGES["changed"].format(n=n, m=0))
    assert carry() == n
    assert carry() is None


@pytest.mark.parametrize(
    "harmed",
    [
        "UPDATE audit_entry SET action = 'Geen Naam' WHERE number = {n}",
        "UPDATE audit_entry SET subject = 'e' || char(769) WHERE number = {n}",
        "UPDATE audit_entry SET at_ms = -5 WHERE number = {n}",
        "UPDATE audit_entry SET chain = x'00' WHERE number = {n}",
        "UPDATE audit_entry SET number = 9223372036854775806 WHERE number = {n}",
        "DELETE FROM audit_entry",
    ],
)
def test_no_trail_holds_up_the_work(team, carry, harmed):
    carry()
    harm(team.laptop, harmed.format(n=last(team.laptop) - 1))
    assert carry() is not None


@pytest.mark.parametrize("seed", range(3))
def test_an_honest_laptop_with_lost_and_repeated_sticks(team, work, tools, seed):
    """Ten hand-overs: sticks get lost, or are found later, receipts go missing, a welcome comes again."""
    dice = random.Random(seed)
    sticks = []
    for _ in range(10):
        work(dice.randint(1, 4))
        sticks.append(team.hand_over())
        if dice.random() < 0.6:
            for path in dice.sample(sticks, dice.randint(1, len(sticks))):
                assert exchange.import_bundle(team.office, path).audit_broken is None
            before = tools.dump(team.office)
            assert exchange.import_bundle(team.office, path).already
            assert tools.dump(team.office) == before
            if dice.random() < 0.5:
                exchange.import_bundle(team.laptop, team.receipt())
                sticks.clear()
        if dice.random() < 0.2:
            tools.meet(team.office, team.laptop, team.folder)
        assert auditing.first_broken(team.laptop) is None
    work(1)
    exchange.import_bundle(team.office, team.hand_over())
    numbers = [entry.number for entry in held(team)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert auditing.laptop_breaks(team.office) == {}


def test_laptops_do_not_mix(team, carry):
    for at in (0, 1, 0, 1):
        assert carry(at=at) is None
    harm(team.laptops[1], f"DELETE FROM audit_entry WHERE number > {len(held(team, 1)) - 1}")
    assert carry(at=0) is None
    assert carry(at=1) is not None
    assert list(auditing.laptop_breaks(team.office)) == [team.laptops[1].device().actor]


def test_a_restored_copy_begins_anew(team, carry, tools):
    carry()
    twin = team.copy_of_laptop()
    carry()
    dossiers.create(twin, first_name="Later")
    enrolment.renew_actor(twin)
    tools.meet(team.office, twin, team.folder)
    done = exchange.import_bundle(team.office, exchange.write_bundle(twin, team.stick).path)
    assert (done.audit_broken, auditing.laptop_breaks(team.office)) == (None, {})
    exchange.import_bundle(twin, exchange.write_for_laptop(team.office, twin.device().actor, team.stick))
    assert vaults.check(twin).good
    twin.close()


def test_a_restored_office_is_given_the_trail_again(team, carry, tools):
    carry()
    older = team.copy("older")
    carry()
    team.office, newer = older, team.office
    tools.meet(older, team.laptop, team.folder)
    assert carry() is None
    numbers = [entry.number for entry in held(team)]
    assert numbers == list(range(1, len(numbers) + 1))
    newer.close()


def test_a_bundle_of_an_older_program(team, carry, monkeypatch):
    """Without lines nothing is told, unless the office held entries and the head is another one."""
    with monkeypatch.context() as older:
        older.setattr(trails, "untold", lambda connection: [])
        assert carry() is None
        assert carry() is None
    assert held(team) == []
    assert carry() is None
    with monkeypatch.context() as older:
        older.setattr(trails, "untold", lambda connection: [])
        assert carry() == len(held(team)) + 1


def test_it_stays_until_an_administrator_has_seen_it(team, carry):
    carry()
    actor = team.laptop.device().actor
    harm(team.laptop, f"DELETE FROM audit_entry WHERE number > {len(held(team)) - 2}")
    broken = carry()
    carry()
    (found,) = auditing.laptop_breaks(team.office).values()
    assert (found.actor, found.number) == (actor, broken)
    noted = auditing.entries(team.office, Filter(action="audit.laptop_broken"))
    assert [entry.subject for entry in noted] == [actor]
    clerk = replace(team.office, opened=replace(team.office.opened, role="COUNSELLOR"))
    with pytest.raises(NotAllowed):
        auditing.acknowledge(clerk, actor)
    for _ in range(2):
        auditing.acknowledge(team.office, actor)
    assert auditing.laptop_breaks(team.office) == {}
    assert len(auditing.entries(team.office, Filter(action="audit.acknowledged"))) == 1
    assert carry() is None
