"""Changes that come in: new, known already, filled up again, or another one under the same number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from msgspec.structs import replace as struct_replace

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store import applying, changelog, erased, erasing, people
from sync.changes import erase, new_change
from sync.errors import Fork

OFFICE = "f" * 32
STANDS = ("change", "client", "dossier", "conflict", "search_entry", "alias")


def read(target, changes, at_once=1000):
    """Read changes in portions; gives what came of it."""
    with target.database.write() as transaction:
        applier = applying.Applier(transaction.connection, codelists())
        for begin in range(0, len(changes), at_once):
            applier.apply(changes[begin : begin + at_once])
    return applier


def let_go(target, *record_ids):
    """Take the rows and the values of these records away; commitments stay, and nothing is on a list."""
    with target.database.bare() as connection:
        for kind in ("client", "dossier"):
            connection.executemany(f"DELETE FROM {kind} WHERE id = ?", [(each,) for each in record_ids])
        people.follow(connection, codelists(), record_ids)
        changelog.erase_values(connection, record_ids)


def stands(target):
    dump = target.dump()
    return {name: dump[name] for name in STANDS}


@pytest.fixture
def story(bench):
    """Four changes of one laptop: a client, its dossier, and the client twice more."""
    client = Client(id=new_id(), first_name="Verzonnen", last_name="Persoon")
    bench.save(client, Dossier(id=new_id(), client_id=client.id, opened_on=date(2026, 3, 2)))
    bench.save(replace(client, first_name="Bedacht"))
    bench.save(replace(client, first_name="Bedacht", phone="0470"))
    return bench.changes()


@pytest.fixture
def office(new_bench):
    return new_bench(OFFICE)


def test_what_is_here_already_changes_nothing(office, story):
    assert (read(office, story).created, len(story)) == (2, 4)
    before = office.dump()
    for again in (story, story[1:3], list(reversed(story)), [erase(change) for change in story]):
        done = read(office, again)
        assert (done.created, done.changed, done.held) == (0, 0, [])
    assert office.dump() == before


@pytest.mark.parametrize("at_once", [1, 2, 3, 9])
def test_new_among_known_gives_what_all_at_once_gives(office, new_bench, story, at_once):
    whole = new_bench("e" * 32)
    read(whole, story)
    read(office, story[:2])
    read(office, [*story[1:], *story[:3], story[-1]], at_once)
    assert stands(office) == stands(whole)


def test_any_order_with_repeats_shows_the_same(new_bench, story):
    whole = new_bench("e" * 32)
    read(whole, story)
    for number, order in enumerate(permutations(story)):
        target = new_bench(f"{number:032x}")
        read(target, [*order, *order[:2]], 3)
        assert stands(target) == stands(whole)


def test_another_content_under_a_known_number_is_a_fork(office, story):
    read(office, story)
    before = office.dump()
    first = story[0]
    for other in (
        struct_replace(first, patch={"first_name": "Een ander"}),
        struct_replace(first, salt=bytes(16)),
        struct_replace(first, hlc=first.hlc + 1),
        struct_replace(first, id=new_id()),
        struct_replace(first, kind="dossier"),
        struct_replace(story[2], base={}),
        erase(struct_replace(first, salt=bytes(16))),
    ):
        with pytest.raises(Fork) as fork:
            read(office, [other])
        assert (fork.value.actor, fork.value.seq) == (other.actor, other.seq)
    assert office.dump() == before


def test_two_contents_of_one_number_in_one_portion_are_a_fork(office, story):
    with pytest.raises(Fork):
        read(office, [story[0], struct_replace(story[0], salt=bytes(16))])
    assert office.ask("SELECT * FROM change") == []


def test_what_was_let_go_comes_back_whole(office, story):
    read(office, story)
    before = stands(office)
    client = story[0].id
    let_go(office, client, story[1].id)
    assert office.numbers("") == []
    assert all(row[5] is None for row in office.dump()["change"])
    read(office, [erase(change) for change in story])
    assert all(row[5] is None for row in office.dump()["change"])
    done = read(office, story, 2)
    assert stands(office) == before
    assert (done.created, done.changed) == (2, 0)


def test_own_work_that_was_let_go_comes_back_and_the_next_save_goes_on(bench, story):
    before = stands(bench)
    let_go(bench, story[0].id, story[1].id)
    read(bench, story)
    assert stands(bench) == before
    bench.save(replace(bench.get(Client, story[0].id), email="verzonnen@example.be"))
    (*_, last) = bench.changes()
    assert (last.seq, last.base, last.patch) == (5, {bench.actor: 4}, {"email": "verzonnen@example.be"})


def test_work_in_our_name_that_we_never_did_is_a_fork(bench, story):
    stranger = new_change(
        actor=bench.actor, seq=5, hlc=story[-1].hlc + 1, kind="client", id=new_id(), patch={}, base={}
    )
    with pytest.raises(Fork):
        read(bench, [stranger])


def test_who_was_erased_never_comes_back(office, story):
    read(office, story)
    with office.database.write() as transaction:
        found = erasing.person(transaction.connection, story[0].id)
        erasing.erase(transaction.connection, codelists(), found, 1, "REQUEST")
    before = office.dump()
    done = read(office, story)
    assert office.dump() == before
    assert (done.dropped, done.created) == (4, 0)


@pytest.mark.parametrize("at_once", [1, 2, 9])
def test_what_comes_under_an_erased_owner_is_dropped_however_it_is_portioned(office, bench, story, at_once):
    """Also what hangs under a record that was first seen, and dropped, in this same reading."""
    with office.database.bare() as connection:
        erased.listed(connection, [erased.ErasedEntry(story[0].id, 1, "REQUEST")])
    done = read(office, story, at_once)
    assert (done.dropped, done.created) == (4, 0)
    gone = {row[0] for row in office.ask("SELECT record_id FROM erased")}
    assert gone == {story[0].id, story[1].id}
    assert all(row[5] is None for row in office.dump()["change"])


def test_a_value_that_does_not_fit_is_held_back_when_it_comes_back_too(office, story):
    bad = new_change(
        actor="b" * 32, seq=1, hlc=story[-1].hlc, kind="client", id=new_id(), patch={"phone": 470}, base={}
    )
    assert read(office, [*story, bad]).held == [("client", bad.id, "phone")]
    before = stands(office)
    let_go(office, bad.id)
    assert read(office, [bad]).held == [("client", bad.id, "phone")]
    assert read(office, [bad]).held == []
    assert stands(office) == before
