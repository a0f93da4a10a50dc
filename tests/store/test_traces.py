"""What must not be readable is not: no plain text in any file, and no deleted word in the decrypted pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id

MARKER = "kwibusmerkteken"


PAGE, TAIL = 4096, 80  # a page ends with 16 bytes of vector and 64 of HMAC
KEY = bytes(range(32))


def decrypted(bench):
    """Every page of the file as SQLCipher sees it, free ones and slack included (AES-256 in CBC mode)."""
    bench.database.close()
    raw = bench.path.read_bytes()
    pages = []
    for begin in range(0, len(raw), PAGE):
        page = raw[begin : begin + PAGE]
        vector, body = page[-TAIL : 16 - TAIL], page[16 if begin == 0 else 0 : -TAIL]
        cipher = Cipher(algorithms.AES(KEY), modes.CBC(vector)).decryptor()
        pages.append(cipher.update(body) + cipher.finalize())
    return b"".join(pages)


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
def test_a_deleted_word_leaves_the_index(bench, secure):
    """The control with the option off must find the word, or this test proves nothing."""
    with bench.database.bare() as connection:
        connection.execute(f"INSERT INTO client_word (client_word, rank) VALUES ('secure-delete', {secure})")
    client = Client(id=new_id(), first_name=MARKER)
    bench.save(client, *(Client(id=new_id(), first_name=f"Verzonnen {at}") for at in range(50)))
    assert MARKER.encode() in decrypted(bench)
    bench.save(replace(client, first_name="Anders"))
    assert bench.numbers(MARKER) == []
    with bench.database.bare() as connection:
        connection.execute("DELETE FROM change WHERE record_id = ?", (client.id,))
    assert (MARKER.encode() in decrypted(bench)) is (secure == 0)


@pytest.mark.parametrize("secure", ["ON", "OFF"])
def test_overwritten_values_leave_the_pages(bench, secure):
    """The control without secure_delete must find the value."""
    notes = f"{MARKER} " * 200
    client = Client(id=new_id(), notes=notes)
    bench.save(client, *(Client(id=new_id(), notes="lang " * 500) for at in range(20)))
    assert MARKER.encode() in decrypted(bench)
    bench.ask(f"PRAGMA secure_delete = {secure}")
    bench.save(replace(client, notes=None))
    with bench.database.bare() as connection:
        connection.execute("DELETE FROM change WHERE record_id = ?", (client.id,))
    assert (MARKER.encode() in decrypted(bench)) is (secure == "OFF")
