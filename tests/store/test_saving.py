"""Each save writes and logs exactly what differs, and values that do not fit change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from leerwinkel_desktop.domain.clients import Client, EducationRecord
from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.organisation import StaffAssignment
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services.reference import codelists
from sync.changes import GENESIS, link


def new_client(**values):
    return Client(id=new_id(), **values)


def test_a_new_record_logs_the_values_it_has(bench):
    client = new_client(first_name="Verzonnen", nationality=("BE",), foreign_origin_declared=False)
    assert bench.save(client) == [True]
    (change,) = bench.changes()
    assert change.patch == {
        "first_name": "Verzonnen",
        "nationality": ["BE"],
        "foreign_origin_declared": False,
    }
    assert (change.seq, change.kind, change.id, change.base) == (1, "client", client.id, {})
    assert bench.get(Client, client.id) == client


def test_a_save_logs_only_what_differs_and_what_it_had_seen(bench):
    client = new_client(first_name="Verzonnen", last_name="Voorbeeld")
    bench.save(client)
    bench.save(replace(client, last_name="Anders", birth_date=date(1990, 5, 3)))
    second = bench.changes()[1]
    assert second.patch == {"last_name": "Anders", "birth_date": "1990-05-03"}
    assert second.base == {bench.actor: 1}
    assert bench.get(Client, client.id).first_name == "Verzonnen"


def test_emptying_a_field_is_a_change_too(bench):
    client = new_client(first_name="Verzonnen", nationality=("BE",))
    bench.save(client)
    bench.save(replace(client, first_name=None, nationality=()))
    change = bench.changes()[1]
    assert change.patch is not None
    assert change.patch["first_name"] is None
    assert not change.patch["nationality"]
    assert bench.get(Client, client.id) == Client(id=client.id)


@pytest.mark.parametrize("same", [{}, {"first_name": "  Verzonnen "}, {"last_name": ""}, {"notes": " \n"}])
def test_nothing_is_logged_when_nothing_differs(bench, same):
    client = new_client(first_name="Verzonnen")
    bench.save(client)
    before = bench.dump()
    assert bench.save(replace(client, **same)) == [False]
    assert bench.dump() == before


def test_save_all_counts_what_differed(bench):
    first, second = new_client(first_name="Een"), new_client(first_name="Twee")
    bench.save(first)
    with bench.database.write() as transaction:
        assert transaction.save_all([first, second]) == 1
    assert [change.seq for change in bench.changes()] == [1, 2]


def test_composed_and_decomposed_letters_are_one_text(bench):
    client = new_client(first_name="Rene\u0301")
    bench.save(client)
    assert bench.get(Client, client.id).first_name == "René"
    assert bench.save(replace(client, first_name="René")) == [False]


BAD = [
    (Client, {"first_name": 7}, "first_name", "kind"),
    (Client, {"first_name": b"x"}, "first_name", "kind"),
    (Client, {"first_name": "a" * 301}, "first_name", "length"),
    (Client, {"first_name": "a\0b"}, "first_name", "characters"),
    (Client, {"first_name": "é\ud800"}, "first_name", "characters"),
    (Client, {"birth_date": "1990-05-03"}, "birth_date", "kind"),
    (Client, {"birth_date": date(1899, 12, 31)}, "birth_date", "date_range"),
    (Client, {"birth_date": date(2200, 1, 1)}, "birth_date", "date_range"),
    (Client, {"birth_year": 1899}, "birth_year", "range"),
    (Client, {"birth_year": True}, "birth_year", "kind"),
    (Client, {"gender": "ZZZ"}, "gender", "code"),
    (Client, {"nationality": ("BE", "ZZZ")}, "nationality", "code"),
    (Client, {"nationality": ["BE"]}, "nationality", "kind"),
    (Client, {"nationality": (1,)}, "nationality", "kind"),
    (Client, {"foreign_origin_declared": 1}, "foreign_origin_declared", "kind"),
    (Client, {"notes": "a" * 4001}, "notes", "length"),
    (Trajectory, {"willingness": 11}, "willingness", "range"),
    (EducationRecord, {"year": 2**70}, "year", "range"),
    (StaffAssignment, {"fte": Decimal("NaN")}, "fte", "range"),
    (StaffAssignment, {"fte": Decimal("1e13")}, "fte", "range"),
    (StaffAssignment, {"fte": 0.5}, "fte", "kind"),
]


@pytest.mark.parametrize(("record", "values", "field", "reason"), BAD)
def test_a_value_that_does_not_fit_changes_nothing(bench, record, values, field, reason):
    before = bench.dump()
    with pytest.raises(InvalidValue) as caught:
        bench.save(record(id=new_id(), **values))
    assert (caught.value.field, caught.value.reason) == (field, reason)
    assert bench.dump() == before


def test_a_bad_value_undoes_the_good_ones_before_it(bench):
    before = bench.dump()
    with pytest.raises(InvalidValue):
        bench.save(new_client(first_name="Goed"), new_client(gender="ZZZ"))
    assert bench.dump() == before


def test_a_closed_code_is_still_accepted(bench):
    closed = next(code for code in codelists()["territory"].codes if code.valid_to)
    client = new_client(nis_code=closed.code)
    assert bench.save(client) == [True]
    assert bench.get(Client, client.id).nis_code == closed.code


def test_a_removed_record_is_hidden_logged_once_and_comes_back(bench):
    client = new_client(client_no="MEC-2026-1000", first_name="Verzonnen")
    bench.save(client)
    bench.remove(client)
    bench.remove(client)
    assert [change.patch for change in bench.changes()[1:]] == [{"removed": True}]
    with pytest.raises(NotFound) as caught:
        bench.get(Client, client.id)
    assert caught.value.kind == "client"
    assert bench.find(Client) == []
    assert bench.numbers("verzonnen") == []
    assert bench.save(client) == [True]
    assert bench.changes()[-1].patch == {"removed": False}
    assert bench.get(Client, client.id) == client
    assert bench.numbers("verzonnen") == ["MEC-2026-1000"]


def test_removing_what_never_was_logs_nothing(bench):
    bench.remove(new_client())
    assert bench.changes() == []


def test_reading_back_keeps_every_kind_of_value(bench):
    staff = StaffAssignment(id=new_id(), fte=Decimal("0.50"))
    bench.save(staff)
    assert bench.get(StaffAssignment, staff.id).fte == Decimal("0.50")
    with bench.database.read() as reader:
        assert reader.rows(StaffAssignment, ("id", "fte")) == [(staff.id, Decimal("0.50"))]
        assert reader.rows(StaffAssignment, ("id",), fte=Decimal("0.50")) == [(staff.id,)]


def test_slim_rows_give_python_values_and_only_what_stands(bench):
    kept = new_client(birth_date=date(1990, 5, 3), nationality=("BE", "NL"), foreign_origin_declared=True)
    gone = new_client(birth_date=date(1990, 5, 3))
    bench.save(kept, gone, new_client())
    bench.remove(gone)
    names = ("birth_date", "nationality", "foreign_origin_declared")
    with bench.database.read() as reader:
        assert reader.rows(Client, names, birth_date=date(1990, 5, 3)) == [
            (date(1990, 5, 3), ("BE", "NL"), True)
        ]
        assert reader.rows(Client, names, id=kept.id) == [(date(1990, 5, 3), ("BE", "NL"), True)]
        assert reader.rows(Client, names, birth_date=None) == [(None, (), None)]


def test_an_undeclared_field_cannot_be_asked_for(bench):
    with bench.database.read() as reader, pytest.raises(KeyError):
        reader.find(Client, **{'first_name" = 1 OR "id': "x"})


def test_numbers_have_no_gaps_and_the_chain_follows(bench):
    clients = [new_client(first_name=f"Verzonnen {at}") for at in range(20)]
    bench.save(*clients)
    for client in clients[::3]:
        bench.remove(client)
    with pytest.raises(InvalidValue):
        bench.save(clients[0], new_client(gender="ZZZ"))
    changes = bench.changes()
    assert [change.seq for change in changes] == list(range(1, len(changes) + 1))
    chain = GENESIS
    for change in changes:
        chain = link(chain, change)
    assert bench.ask("SELECT upto, chain FROM actor WHERE number = 1") == [(len(changes), chain)]


def test_stamps_only_rise_when_the_clock_jumps_back(bench):
    client = new_client()
    for step, jump in enumerate((0, 86_400_000, -10 * 365 * 86_400_000, 5, -1)):
        bench.clock.now += jump
        bench.save(replace(client, first_name=f"Verzonnen {step}"), new_client())
    stamps = [change.hlc for change in bench.changes()]
    assert len(stamps) == 10
    assert all(one < two for one, two in pairwise(stamps))
    assert bench.ask("SELECT hlc FROM device") == [(stamps[-1],)]


def test_history_is_newest_first(bench):
    client = new_client(first_name="Een")
    bench.save(client)
    bench.clock.now += 1000
    bench.save(replace(client, first_name="Twee"))
    with bench.database.read() as reader:
        told = reader.history([client.id])
    assert [saved.patch for saved in told] == [{"first_name": "Twee"}, {"first_name": "Een"}]
    assert [saved.at_ms for saved in told] == [bench.clock.now, bench.clock.now - 1000]
    assert {saved.name for saved in told} == {"Laptop"}
