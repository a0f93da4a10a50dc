"""Whole or not at all: exceptions, failed commits, a full disk, a busy database, threads."""

from __future__ import annotations

import shutil
import threading

import pytest
from sqlcipher3 import dbapi2

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.store.connection import connect
from leerwinkel_desktop.store.database import Database
from leerwinkel_desktop.store.errors import DiskFull, EngineTooOld, VaultBusy, VaultUnreachable

KEY = bytes(range(32))


def save_one(bench, name="Verzonnen"):
    client = Client(id=new_id(), first_name=name)
    bench.save(client)
    return client


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_an_exception_undoes_everything(bench, error):
    save_one(bench)
    before = bench.dump()

    def work():
        with bench.database.write() as transaction:
            transaction.save(Client(id=new_id(), first_name="Half"))
            transaction.note("half")
            transaction.set_setting("half", "1")
            raise error

    with pytest.raises(error):
        work()
    assert bench.dump() == before
    save_one(bench)
    assert [change.seq for change in bench.changes()] == [1, 2]


def test_a_commit_that_fails_is_undone_and_the_next_one_works(bench):
    before = bench.dump()

    def work():
        with bench.database.write() as transaction:
            transaction.save(Client(id=new_id(), first_name="Half"))
            transaction.connection.execute("PRAGMA defer_foreign_keys = ON")
            transaction.connection.execute("INSERT INTO given_line VALUES (99, 1, x'00')")

    with pytest.raises(dbapi2.IntegrityError):
        work()
    assert bench.dump() == before
    save_one(bench)
    assert len(bench.changes()) == 1


def test_a_full_disk_undoes_everything_and_says_so(bench):
    save_one(bench)
    before = bench.dump()
    with bench.database.read() as reader:
        pages = reader.connection.execute("PRAGMA page_count").fetchone()[0]
        reader.connection.execute(f"PRAGMA max_page_count = {pages}")

    def work():
        while True:
            bench.save(*(Client(id=new_id(), notes="lang " * 700) for _ in range(10)))

    with pytest.raises(DiskFull):
        work()
    after = bench.dump()
    with bench.database.read() as reader:
        reader.connection.execute("PRAGMA max_page_count = 1000000")
    saved = len(after["change"]) - len(before["change"])
    assert saved % 10 == 0, "a part of a transaction is there"
    assert len(after["client"]) == 1 + saved
    save_one(bench)
    assert [change.seq for change in bench.changes()] == list(range(1, saved + 3))


def test_a_reader_sees_the_database_as_it_stood(bench):
    save_one(bench)
    with bench.database.read() as reader:
        worker = threading.Thread(target=save_one, args=(bench,))
        worker.start()
        worker.join()
        assert len(reader.find(Client)) == 1
    assert len(bench.find(Client)) == 2


def test_a_reader_cannot_write(bench):
    before = bench.dump()
    with pytest.raises(VaultUnreachable), bench.database.read() as reader:
        reader.connection.execute("INSERT INTO setting VALUES ('a', 'b')")
    assert bench.dump() == before
    save_one(bench)


def test_a_busy_database_says_so_and_works_again(bench):
    before = bench.dump()
    with bench.database.read() as reader:
        reader.connection.execute("PRAGMA busy_timeout = 20")
    other = connect(bench.path, bytes(range(32)))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(VaultBusy):
        save_one(bench)
    other.execute("ROLLBACK")
    other.close()
    assert bench.dump() == before
    save_one(bench)


def test_each_thread_has_its_own_connection(bench):
    seen = []

    def look():
        with bench.database.read() as reader:
            seen.append(reader.connection)

    look()
    look()
    worker = threading.Thread(target=look)
    worker.start()
    worker.join()
    assert seen[0] is seen[1]
    assert seen[0] is not seen[2]


def test_many_threads_lose_nothing(bench):
    def work():
        for _ in range(10):
            save_one(bench)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [change.seq for change in bench.changes()] == list(range(1, 41))
    assert len(bench.find(Client)) == 40


def test_closing_folds_the_log_into_the_file(bench):
    client = save_one(bench)
    bench.database.close()
    assert sorted(path.name for path in bench.path.parent.iterdir()) == ["dossiers.db"]
    again = Database(bench.path, bytes(range(32)), bench.database.codelists, bench.clock)
    with again.read() as reader:
        assert reader.get(Client, client.id) == client
    again.close()


SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "secure_delete": 1,
    "trusted_schema": 0,
    "foreign_keys": 1,
    "temp_store": 2,
    "busy_timeout": 5000,
    "cipher_page_size": "4096",
    "cipher_use_hmac": "1",
    "cipher_hmac_algorithm": "HMAC_SHA512",
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_of_a_connection_hold(bench, name):
    assert bench.ask(f"PRAGMA {name}") == [(SETTINGS[name],)]


def test_the_engine_is_safe_and_an_old_one_is_refused(bench, monkeypatch):
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(EngineTooOld) as caught:
        connect(bench.path, bytes(range(32)))
    assert caught.value.found == dbapi2.sqlite_version


def test_a_folder_where_the_file_should_be(tmp_path):
    (tmp_path / "dossiers.db").mkdir()
    with pytest.raises(VaultUnreachable):
        connect(tmp_path / "dossiers.db", bytes(32))


def test_a_page_that_is_half_in_the_file_and_whole_in_the_log_is_no_damage(bench, tmp_path):
    """As after a power cut while the log was being folded in; without that log it is damage."""
    save_one(bench)
    log = bench.path.with_name(f"{bench.path.name}-wal")
    copy = tmp_path / "copy.db"
    shutil.copyfile(log, tmp_path / "copy.db-wal")
    torn = bytearray(bench.path.read_bytes().ljust(8192, b"\0"))
    torn[4096 + 600 :] = bytes(len(torn) - 4096 - 600)
    copy.write_bytes(torn)
    database = Database(copy, KEY, bench.database.codelists, bench.clock)
    assert database.damage() == []
    database.close()
    torn = bytearray(copy.read_bytes())
    torn[4096 + 600] ^= 1
    copy.write_bytes(torn)
    database = Database(copy, KEY, bench.database.codelists, bench.clock)
    assert database.damage() != []
    database.close()
