"""Merged dossiers are one person in search and in the list, on every machine and whatever came first."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store import applying, devices, doubles, erasing, migrate, people
from leerwinkel_desktop.store.database import Database

DOUBLES = 10
"""The migration that brought the keys."""


def somebody(number: str, first_name: str) -> tuple[Client, Dossier]:
    client = Client(id=new_id(), client_no=number, first_name=first_name, last_name="Verzonnen")
    return client, Dossier(id=new_id(), client_id=client.id)


@pytest.fixture
def two(bench) -> Any:
    """Amina and Bilal, saved."""
    amina, bilal = somebody("A-1", "Amina"), somebody("B-2", "Bilal")
    bench.save(*amina, *bilal)
    return amina, bilal


def merge(bench, double: Dossier, into: Dossier | None) -> None:
    bench.save(replace(double, merged_into=None if into is None else into.id))


def shown(bench) -> dict[str, list[str | None]]:
    """What the list shows for no words, and for each name and number."""
    return {text: sorted(bench.numbers(text)) for text in ("", "Amina", "Bilal", "A-1", "B-2", "Amina Bilal")}


def test_a_merged_person_is_one_line_found_by_everything_of_both(bench, two) -> None:
    (_, dossier), (_, into) = two
    before = shown(bench)
    merge(bench, dossier, into)
    assert shown(bench) == {key: ["B-2"] for key in before}
    merge(bench, dossier, None)
    assert shown(bench) == before


def test_later_changes_of_either_are_found(bench, two) -> None:
    (amina, dossier), (bilal, into) = two
    merge(bench, dossier, into)
    bench.save(replace(amina, last_name="Kruidnagel"), replace(bilal, last_name="Saffraan"))
    assert bench.numbers("Kruidnagel") == bench.numbers("Saffraan") == ["B-2"]
    assert bench.numbers("Verzonnen") == []


def test_a_chain_ends_at_its_last(bench, two) -> None:
    (amina, dossier), (bilal, into) = two
    chadi, last = somebody("C-3", "Chadi")
    bench.save(chadi, last)
    merge(bench, dossier, into)
    merge(bench, into, last)
    assert bench.numbers("") == bench.numbers("A-1") == ["C-3"]
    with bench.database.read() as reader:
        assert people.members_of(reader.connection, amina.id) == [chadi.id, amina.id, bilal.id]


def test_decisions_that_point_at_each_other_show_the_oldest(bench, two) -> None:
    (_, dossier), (_, into) = two
    merge(bench, dossier, into)
    merge(bench, into, dossier)
    assert shown(bench) == {key: ["A-1"] for key in shown(bench)}


@pytest.mark.parametrize("gone", ["client", "dossier"])
def test_when_the_one_who_stands_for_both_is_removed_the_other_stands_alone(bench, two, gone) -> None:
    (_, dossier), (bilal, into) = two
    merge(bench, dossier, into)
    record = bilal if gone == "client" else into
    bench.remove(record)
    assert bench.numbers("Amina") == ["A-1"]
    bench.save(record)
    assert bench.numbers("Amina") == ["B-2"]


def test_an_erasure_of_either_takes_the_whole_person(bench, two) -> None:
    (amina, dossier), (bilal, into) = two
    merge(bench, dossier, into)
    for each in (amina, bilal):
        with bench.database.read() as reader:
            found = erasing.person(reader.connection, each.id)
        assert found["client"] == {amina.id, bilal.id}
        assert found["dossier"] == {dossier.id, into.id}
    with bench.database.write() as transaction:
        erasing.erase(transaction.connection, codelists(), found, 1, "REQUEST")
    assert bench.numbers("") == []
    for table in ("alias", "double_key", "key_due", "pair_due", "double_pair", "search_entry"):
        assert bench.ask(f"SELECT * FROM {table}") == [], table


def test_a_database_of_before_waits_for_the_keys_of_all_its_clients(bench, tmp_path, monkeypatch) -> None:
    path, here = tmp_path / "old.db", migrate.migrations()

    def opened() -> closing[Database]:
        return closing(Database(path, bytes(32), codelists(), bench.clock))

    with monkeypatch.context() as patched:
        patched.setattr(migrate, "migrations", lambda: tuple(one for one in here if one[0] < DOUBLES))
        with opened() as old, old.bare() as connection:
            connection.execute("INSERT INTO client (id, removed) VALUES ('here', 0), ('removed', 1)")
    with opened() as database, database.read() as reader:
        assert doubles.keys_due(reader.connection, 10) == ["here"]


def test_an_import_in_any_order_shows_the_same(bench, new_bench, two) -> None:
    (_, dossier), (_, into) = two
    merge(bench, dossier, into)
    expected = shown(bench)
    changes = bench.changes()
    for number, order in enumerate(permutations(changes)):
        office = new_bench(f"{number:032d}")
        with office.database.bare() as connection:
            devices.add_actor(connection, bench.actor)
            applier = applying.Applier(connection, codelists())
            for change in order:
                applier.apply([change])
        assert shown(office) == expected
        assert office.ask("SELECT * FROM alias") == bench.ask("SELECT * FROM alias")
