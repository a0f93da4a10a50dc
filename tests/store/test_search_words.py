"""The words of clients follow their rows, for one client and for many at once."""

from __future__ import annotations

from datetime import date

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.services.workspace import now_ms
from leerwinkel_desktop.store import search
from leerwinkel_desktop.store.database import Database
from leerwinkel_desktop.store.devices import Device, write_device


@pytest.fixture
def database(tmp_path):
    made = Database(tmp_path / "dossiers.db", bytes(32), codelists(), now_ms)
    device = Device(
        role="laptop", name="Laptop", number=1, town="MEC", organisation=None, organisation_name=None,
        actor="a" * 32, signing_key=bytes(32), identity="", recovery_recipient=None,
    )  # fmt: skip
    with made.bare() as connection:
        write_device(connection, device)
    yield made
    made.close()


def clients(count):
    return [
        Client(id=new_id(), client_no=f"MEC-{at}", first_name="Verzonnen", birth_date=date(1990, 1, 1 + at))
        for at in range(count)
    ]


def found(database, text):
    with database.read() as reader:
        return [hit.client_no for hit in reader.search(text)]


def test_many_at_once_are_found_newest_first(database):
    made = clients(3)
    with database.bare() as connection:
        connection.executemany(
            "INSERT INTO client (id, client_no, first_name) VALUES (?, ?, ?)",
            [(client.id, client.client_no, client.first_name) for client in made],
        )
        search.refresh(connection, codelists(), [client.id for client in made])
    assert found(database, "verz") == ["MEC-2", "MEC-1", "MEC-0"]


def test_changed_and_removed_and_new_in_one_go(database):
    kept, changed, removed, new = clients(4)
    with database.write() as transaction:
        transaction.save_all((kept, changed, removed))
    with database.bare() as connection:
        connection.execute("UPDATE client SET first_name = 'Anders' WHERE id = ?", (changed.id,))
        connection.execute("UPDATE client SET removed = 1 WHERE id = ?", (removed.id,))
        connection.execute(
            "INSERT INTO client (id, client_no, first_name) VALUES (?, 'MEC-3', 'Nieuw')", (new.id,)
        )
        search.refresh(connection, codelists(), [new.id, removed.id, changed.id, kept.id])
    assert found(database, "verzonnen") == ["MEC-0"]
    assert found(database, "anders") == ["MEC-1"]
    assert found(database, "mec-2") == []
    assert found(database, "nieuw") == ["MEC-3"]


def test_a_number_is_never_given_to_two(database):
    first, second, third = clients(3)
    with database.write() as transaction:
        transaction.save_all((first, second))
        transaction.remove(first)
        transaction.save(third)
        numbers = [row[0] for row in transaction.connection.execute("SELECT number FROM search_entry")]
    assert len(numbers) == len(set(numbers)) == 2
    assert found(database, "verzonnen") == ["MEC-2", "MEC-1"]
