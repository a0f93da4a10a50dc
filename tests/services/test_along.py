"""Take along and let go: what a laptop holds is what it needs, and the office knows how much that is."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.offers import Provider
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import along, dossiers, enrolment, exchange, new_life
from leerwinkel_desktop.services.rights import erasure
from leerwinkel_desktop.services.trust import NotALaptop, NotAnOffice
from leerwinkel_desktop.store import along as stored
from leerwinkel_desktop.store import changelog, devices, giving, holding, whereabouts
from sync.errors import Gap

MARKER = "kwibusmerkteken"


def actor_of(laptop):
    return laptop.device().actor


def give(team, number=0, **more):
    """The office writes what it has for a laptop, and the laptop reads it."""
    path = exchange.write_for_laptop(team.office, actor_of(team.laptops[number]), team.stick, **more)
    return exchange.import_bundle(team.laptops[number], path)


def hand_over(team, number=0):
    return exchange.import_bundle(team.office, team.hand_over(number))


def ask(workspace, query, *values):
    with workspace.database.read() as reader:
        return reader.connection.execute(query, values).fetchall()


def names(workspace):
    return sorted(row[0] for row in ask(workspace, "SELECT first_name FROM client WHERE removed = 0"))


def on(team, number=0):
    return along.on_laptops(team.office)[number]


def people_at_office(team, count=3, **more):
    return [dossiers.create(team.office, first_name=f"Verzonnen {n}", **more) for n in range(count)]


def taken(team, count=3, until=None):
    views = people_at_office(team, count)
    ids = [view.client.id for view in views]
    along.take_along(team.office, actor_of(team.laptop), ids, until)
    give(team)
    return views


def test_what_is_taken_along_is_there_whole_and_nothing_else(team):
    kept, *_ = people_at_office(team)
    dossiers.change(team.office, Client, kept.client.id, notes="eerder")
    dossiers.add(team.office, Session, kept.trajectory.id, date=date(2026, 2, 2), attended="GEPLAND")
    assert along.take_along(team.office, actor_of(team.laptop), [kept.client.id], date(2026, 2, 3)) == 1
    give(team)
    assert names(team.laptop) == ["Verzonnen 0"]
    view = dossiers.load(team.laptop, kept.client.id)
    assert (view.client.notes, view.of(Session)[0].attended) == ("eerder", "GEPLAND")
    (held,) = along.here(team.laptop)
    assert (held.taken, held.until, held.overdue, held.unsent) == (True, date(2026, 2, 3), False, False)
    assert (on(team).dossiers, on(team).until, on(team, 1).dossiers) == (1, date(2026, 2, 3), 0)


def test_a_decision_of_the_office_travels_back(team):
    view = dossiers.create(team.laptop, first_name="Verzonnen", phone="015 00 00 02")
    hand_over(team)
    give(team)
    dossiers.change(team.office, Client, view.client.id, phone="015 00 00 03")
    give(team)
    assert dossiers.load(team.laptop, view.client.id).client.phone == "015 00 00 03"
    hand_over(team)
    assert ask(team.office, "SELECT count(*) FROM given_change") == [(0,)]


def test_the_catalogue_reaches_everybody_and_people_do_not(team):
    dossiers.create(team.laptops[1], first_name="Van twee")
    with team.laptops[1].database.write() as transaction:
        transaction.save(Provider(id=new_id(), name="Verzonnen school"))
    hand_over(team, 1)
    give(team)
    assert ask(team.laptop, "SELECT name FROM provider") == [("Verzonnen school",)]
    assert names(team.laptop) == []


@pytest.mark.parametrize("seed", range(4))
def test_lost_doubled_and_late_sticks_come_to_the_same_end(team, tools, seed):
    chance = random.Random(seed)
    views = taken(team)
    sticks = []
    for number in range(8):
        view = chance.choice(views)
        side = chance.choice((team.office, team.laptop))
        dossiers.change(side, Client, view.client.id, notes=f"{number}")
        if chance.random() < 0.3:
            extra = dossiers.create(team.office, first_name=f"Later {number}")
            along.take_along(team.office, actor_of(team.laptop), [extra.client.id], None)
        sticks.append(
            (team.laptop, exchange.write_for_laptop(team.office, actor_of(team.laptop), team.stick))
        )
        if exchange.pending(team.laptop).changes:
            sticks.append((team.office, team.hand_over()))
        for reader, path in chance.sample(sticks, min(2, len(sticks))):
            try:
                exchange.import_bundle(reader, path)
            except Gap:
                assert reader is team.office
    for _ in range(2):
        if exchange.pending(team.laptop).changes:
            hand_over(team)
        give(team)
    assert tools.records(team.laptop)["client"] == tools.records(team.office)["client"]
    assert tools.records(team.laptop)["change"] == tools.records(team.office)["change"]


def test_a_number_never_gets_two_contents(team):
    views = taken(team)
    with team.office.database.read() as reader:
        before = devices.peer(reader.connection, actor_of(team.laptop))
    first = exchange.write_for_laptop(team.office, actor_of(team.laptop), team.stick)
    dossiers.change(team.office, Client, views[0].client.id, notes="later")
    second = exchange.write_for_laptop(team.office, actor_of(team.laptop), team.stick)
    exchange.import_bundle(team.laptop, second)
    assert exchange.import_bundle(team.laptop, first).already
    with team.office.database.read() as reader:
        after = devices.peer(reader.connection, actor_of(team.laptop))
    assert before is not None
    assert after is not None
    assert before.sent < after.sent


@pytest.mark.parametrize("again", [1, 2])
def test_a_snapshot_gives_the_same_end_as_the_lines(team, tools, again):
    views = taken(team)
    hand_over(team)
    along.let_go(team.office, actor_of(team.laptop), [views[0].client.id])
    dossiers.change(team.office, Client, views[1].client.id, notes="anders")
    erasure.erase(team.office, views[2].client.id)
    twin = team.copy_of_laptop()
    lines = exchange.write_for_laptop(team.office, actor_of(team.laptop), team.stick)
    snapshot = exchange.write_for_laptop(team.office, actor_of(team.laptop), team.stick, anew=True)
    assert exchange.inspect(team.laptop, lines).kind == "changes"
    assert exchange.inspect(team.laptop, snapshot).kind == "snapshot"
    exchange.import_bundle(team.laptop, lines)
    for _ in range(again):
        exchange.import_bundle(twin, snapshot)
    assert names(twin) == names(team.laptop) == ["Verzonnen 1"]
    ours, theirs = tools.records(team.laptop), tools.records(twin)
    assert {name: rows for name, rows in ours.items() if name != "erased"} == {
        name: rows for name, rows in theirs.items() if name != "erased"
    }
    assert exchange.import_bundle(twin, lines).already
    twin.close()


def test_who_is_let_go_leaves_after_a_receipt_and_not_before(team):
    views = taken(team)
    dossiers.change(team.laptop, Client, views[0].client.id, notes="nog niet overgedragen")
    along.let_go(team.office, actor_of(team.laptop), [view.client.id for view in views[:2]])
    assert give(team).left == 1
    assert names(team.laptop) == ["Verzonnen 0", "Verzonnen 2"]
    assert [one.leaving for one in along.here(team.laptop)] == [True, False]
    hand_over(team)
    assert (on(team).dossiers, on(team).leaving) == (2, 1)
    assert give(team).left == 1
    assert names(team.laptop) == ["Verzonnen 2"]
    hand_over(team)
    assert on(team).dossiers == 1
    give(team)
    assert not stored_due(team.laptop)
    assert ask(team.office, "SELECT count(*) FROM erased") == [(0,)]


def stored_due(laptop):
    with laptop.database.read() as reader:
        return stored.holding(reader.connection)


def test_unsent_work_keeps_a_dossier_here_and_is_named(team):
    views = taken(team)
    dossiers.change(team.laptop, Client, views[0].client.id, notes="nog niet overgedragen")
    with pytest.raises(along.UnsentWork) as refused:
        along.let_go_here(team.laptop, [view.client.id for view in views])
    assert refused.value.names == (views[0].client.client_no,)
    assert len(along.here(team.laptop)) == 3
    assert along.let_go_here(team.laptop, [views[1].client.id]) == 1
    assert names(team.laptop) == ["Verzonnen 0", "Verzonnen 2"]


def test_who_left_leaves_no_trace_and_comes_back_whole(team, decrypted):
    view = dossiers.create(team.laptop, first_name=MARKER, notes=f"{MARKER} " * 50)
    hand_over(team)
    dossiers.change(team.office, Client, view.client.id, last_name=MARKER)
    give(team)
    own = actor_of(team.laptop)
    assert dossiers.search(team.laptop, MARKER)
    along.let_go_here(team.laptop, [view.client.id])
    assert dossiers.search(team.laptop, MARKER) == []
    with team.laptop.database.read() as reader:
        peer = devices.peers(reader.connection)[0]
        assert changelog.chain_at(reader.connection, own, peer.upto) == peer.chain
    key = team.laptop.opened.key
    team.laptop.close()
    assert MARKER.encode() not in decrypted(team.laptop.folder / "dossiers.db", key)
    assert not list((team.laptop.folder / "verwerkt").iterdir())
    team.laptops[0] = team.open("laptop-0", team.clocks[0])
    hand_over(team)
    assert on(team).dossiers == 0
    along.take_along(team.office, own, [view.client.id], None)
    give(team)
    back = dossiers.load(team.laptop, view.client.id)
    assert (back.client.first_name, back.client.last_name) == (MARKER, MARKER)
    assert back.trajectory == view.trajectory


def test_what_was_under_way_when_somebody_left_does_not_stay(team):
    views = taken(team)
    hand_over(team)
    dossiers.change(team.office, Client, views[0].client.id, notes="onderweg")
    under_way = exchange.write_for_laptop(team.office, actor_of(team.laptop), team.stick)
    along.let_go_here(team.laptop, [views[0].client.id])
    exchange.import_bundle(team.laptop, under_way)
    assert ask(team.laptop, "SELECT count(*) FROM client WHERE id = ?", views[0].client.id) == [(0,)]
    hand_over(team)
    assert on(team).dossiers == 2


def test_an_older_word_that_somebody_left_does_not_count_after_a_new_take(team):
    views = taken(team)
    hand_over(team)
    along.let_go_here(team.laptop, [views[0].client.id])
    told = team.hand_over()
    along.take_along(team.office, actor_of(team.laptop), [views[0].client.id], None)
    exchange.import_bundle(team.office, told)
    assert on(team).dossiers == 3
    give(team)
    assert names(team.laptop) == ["Verzonnen 0", "Verzonnen 1", "Verzonnen 2"]
    assert not stored_due(team.laptop)


def test_a_passed_return_date_is_proposed_and_nothing_goes_by_itself(team):
    taken(team, until=date(2026, 2, 2) - timedelta(days=1))
    assert [one.overdue for one in along.here(team.laptop)] == [True] * 3
    assert (on(team).overdue, on(team).dossiers) == (3, 3)
    give(team)
    assert len(along.here(team.laptop)) == 3


def test_the_index_of_people_hints_and_goes_when_it_is_switched_off(team):
    view = dossiers.create(team.office, first_name="Verzonnen", birth_date=date(1990, 1, 2))

    def hints():
        with team.laptop.database.read() as reader:
            return [hint.first_name for hint in stored.hints(reader.connection, "1990-01-02")]

    give(team)
    assert hints() == []
    along.keep_index(team.office, actor_of(team.laptop), on=True)
    give(team)
    assert (hints(), names(team.laptop)) == (["Verzonnen"], [])
    dossiers.create(team.laptop, first_name="Nieuw")
    hand_over(team)
    dossiers.change(team.office, Client, view.client.id, first_name="Anders")
    give(team)
    assert hints() == ["Anders"]
    along.keep_index(team.office, actor_of(team.laptop), on=False)
    give(team)
    assert hints() == []


def test_who_is_erased_is_in_no_list_any_more(team):
    along.keep_index(team.office, actor_of(team.laptop), on=True)
    views = taken(team)
    hand_over(team)
    along.let_go_here(team.laptop, [views[1].client.id])
    for view in views:
        erasure.erase(team.office, view.client.id)
    give(team)
    assert (on(team).dossiers, along.here(team.laptop)) == (0, [])
    for table in ("along", "holding_due", "person_hint"):
        assert ask(team.laptop, f"SELECT count(*) FROM {table}") == [(0,)], table


def test_a_restored_laptop_keeps_what_it_had(team):
    views = taken(team)
    hand_over(team)
    twin = team.copy_of_laptop()
    enrolment.renew_actor(twin)
    enrolment.write_enrol_card(twin, team.folder / "e.lwc")
    enrolment.welcome(team.office, enrolment.read_enrol_card(team.folder / "e.lwc"), team.folder / "w.lwc")
    enrolment.accept(twin, team.folder / "w.lwc")
    counts = {one.actor: one.dossiers for one in along.on_laptops(team.office)}
    assert (counts[actor_of(twin)], counts[actor_of(team.laptop)]) == (3, 0)
    dossiers.change(team.office, Client, views[0].client.id, notes="na het terugzetten")
    exchange.import_bundle(twin, exchange.write_for_laptop(team.office, actor_of(twin), team.stick))
    assert dossiers.load(twin, views[0].client.id).client.notes == "na het terugzetten"
    assert not stored_due(twin)
    twin.close()


def test_an_office_that_forgot_believes_a_laptop_once(team):
    views = people_at_office(team)
    older = team.copy("ouder")
    along.take_along(team.office, actor_of(team.laptop), [view.client.id for view in views[:2]], None)
    give(team)
    new_life.begin(older)
    card = team.folder / "e.lwc"
    enrolment.write_enrol_card(team.laptop, card)
    enrolment.welcome(older, enrolment.read_enrol_card(card), team.folder / "w.lwc")
    enrolment.accept(team.laptop, team.folder / "w.lwc")

    def meet():
        exchange.import_bundle(older, exchange.write_bundle(team.laptop, team.stick).path)
        exchange.import_bundle(
            team.laptop, exchange.write_for_laptop(older, actor_of(team.laptop), team.stick)
        )
        with older.database.read() as reader:
            return {one.client_id for one in whereabouts.at_laptop(reader.connection, actor_of(team.laptop))}

    assert meet() == {view.client.id for view in views[:2]}
    dossiers.change(team.laptop, Client, views[0].client.id, notes="nieuw werk")
    assert len(meet()) == 2
    with older.database.read() as reader:
        assert not giving.manner(reader.connection, actor_of(team.laptop)).believed
    assert len(along.here(team.laptop)) == 2
    older.close()


def test_choices_by_day_counsellor_and_programme(team):
    one, two, _ = people_at_office(team)
    dossiers.add(team.office, Session, one.trajectory.id, date=date(2026, 2, 2), attended="GEPLAND")
    dossiers.add(team.office, Session, two.trajectory.id, date=date(2026, 2, 2), attended="GEANNULEERD")
    dossiers.change(team.office, Trajectory, two.trajectory.id, counsellor="Begeleider Voorbeeld")
    assert [choice.client_id for choice in along.appointments(team.office)] == [one.client.id]
    assert [choice.client_id for choice in along.of_counsellor(team.office, "Begeleider Voorbeeld")] == [
        two.client.id
    ]
    assert along.of_programme(team.office, "NIETS") == []


def test_only_the_office_takes_along_and_only_for_its_laptops(team):
    (view,) = people_at_office(team, 1)
    with pytest.raises(exchange.UnknownLaptop):
        along.take_along(team.office, "0" * 32, [view.client.id], None)
    with pytest.raises(NotAnOffice):
        along.take_along(team.laptop, actor_of(team.laptop), [view.client.id], None)
    with pytest.raises(NotFound):
        along.take_along(team.office, actor_of(team.laptop), [new_id()], None)
    with pytest.raises(NotALaptop):
        along.let_go_here(team.office, [view.client.id])


@pytest.mark.parametrize("seed", range(3))
def test_workstations_and_laptops_around_one_hub_end_the_same(team, tools, seed):
    """Two workstations have everything; what is decided on one reaches the others in any order of sticks."""
    chance = random.Random(seed)
    for station in team.laptops[1:]:
        enrolment.write_enrol_card(station, team.folder / "e.lwc")
        card = enrolment.read_enrol_card(team.folder / "e.lwc")
        enrolment.welcome(team.office, card, team.folder / "w.lwc", whole=True)
        enrolment.accept(station, team.folder / "w.lwc")
    view = dossiers.create(team.laptop, first_name="Verzonnen")
    sides = [team.office, *team.laptops]
    for number in range(10):
        side = chance.choice(sides)
        if ask(side, "SELECT 1 FROM client WHERE id = ?", view.client.id):
            dossiers.change(side, Client, view.client.id, notes=f"{number}")
        if side is not team.office:
            dossiers.create(side, first_name=f"Nieuw {number}")
        which = chance.randrange(3)
        if exchange.pending(team.laptops[which]).changes and chance.random() < 0.7:
            hand_over(team, which)
        give(team, chance.randrange(3))
    for _ in range(2):
        for which in chance.sample(range(3), 3):
            if exchange.pending(team.laptops[which]).changes:
                hand_over(team, which)
        for which in chance.sample(range(3), 3):
            give(team, which)
    hub, one, two = (tools.records(side) for side in (team.office, *team.laptops[1:]))
    for name in ("client", "dossier", "trajectory", "change", "conflict"):
        assert hub[name] == one[name] == two[name], name
    assert on(team, 1).everything
    assert on(team, 1).dossiers == dossiers.count(team.office)
    shared = tools.records(team.laptop)["client"]
    assert set(shared) <= set(hub["client"])
    with pytest.raises(along.HasEverything):
        along.take_along(team.office, actor_of(team.laptops[1]), [view.client.id], None)


def test_what_was_held_back_is_given_once_it_fits(team):
    """A change that the office could not read waits; let go, every laptop with that person gets it."""
    (view,) = taken(team, 1)
    hand_over(team)
    with team.office.database.bare() as connection:
        connection.execute(
            "UPDATE change SET held = 'notes' WHERE record_id = ? AND kind = 'dossier'", (view.dossier.id,)
        )
    along.take_along(team.office, actor_of(team.laptops[1]), [view.client.id], None)
    give(team, 1)
    assert ask(team.laptops[1], "SELECT count(*) FROM dossier") == [(0,)]
    with team.office.database.write() as transaction:
        assert holding.let_go(transaction.connection, team.office.codelists) == 1
    give(team, 1)
    assert dossiers.load(team.laptops[1], view.client.id).dossier == view.dossier
