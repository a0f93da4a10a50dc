"""What must not be readable is not: no plain text in any file, and no deleted word in the decrypted pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id

MARKER = "kwibusmerkteken"


KEY = bytes(range(32))


@pytest.fixture
def pages_of(decrypted):
    """Every page of the bench's database, which is closed."""

    def read(bench):
        bench.database.close()
        return decrypted(bench.path, KEY)

    return read


def test_no_plain_text_in_any_file(bench):
    client = Client(id=new_id(), first_name=MARKER, notes=MARKER * 50)
    bench.save(client)
    bench.save(replace(client, last_name=MARKER))
    names = {path.name for path in bench.path.parent.iterdir()}
    assert {"dossiers.db", "dossiers.db-wal"} <= names
    for path in bench.path.parent.iterdir():
        assert MARKER.encode() not in path.read_bytes(), path.name
    bench.database.close()
    assert MARKER.encode() not in bench.path.read_bytes()


def test_the_search_index_deletes_securely(bench):
    assert ("secure-delete", 1) in bench.ask("SELECT k, v FROM client_word_config")


@pytest.mark.parametrize("secure", [1, 0])
def test_a_deleted_word_leaves_the_index(bench, secure, pages_of):
    """The control with the option off must find the word, or this test proves nothing."""
    with bench.database.bare() as connection:
        connection.execute(f"INSERT INTO client_word (client_word, rank) VALUES ('secure-delete', {secure})")
    client = Client(id=new_id(), first_name=MARKER)
    bench.save(client, *(Client(id=new_id(), first_name=f"Verzonnen {at}") for at in range(50)))
    assert MARKER.encode() in pages_of(bench)
    bench.save(replace(client, first_name="Anders"))
    assert bench.numbers(MARKER) == []
    with bench.database.bare() as connection:
        connection.execute("DELETE FROM change WHERE record_id = ?", (client.id,))
    assert (MARKER.encode() in pages_of(bench)) is (secure == 0)


@pytest.mark.parametrize("secure", ["ON", "OFF"])
def test_overwritten_values_leave_the_pages(bench, secure, pages_of):
    """The control without secure_delete must find the value."""
    notes = f"{MARKER} " * 200
    client = Client(id=new_id(), notes=notes)
    bench.save(client, *(Client(id=new_id(), notes="lang " * 500) for at in range(20)))
    assert MARKER.encode() in pages_of(bench)
    bench.ask(f"PRAGMA secure_delete = {secure}")
    bench.save(replace(client, notes=None))
    with bench.database.bare() as connection:
        connection.execute("DELETE FROM change WHERE record_id = ?", (client.id,))
    assert (MARKER.encode() in pages_of(bench)) is (secure == "OFF")
