"""A database is brought to the newest schema whole, after a copy; a newer one is left alone."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.registry import STORED
from leerwinkel_desktop.store import migrate
from leerwinkel_desktop.store.connection import connect
from leerwinkel_desktop.store.database import Database
from leerwinkel_desktop.store.errors import DiskFull, NewerVault

KEY = bytes(range(32))
KNOWN = migrate.migrations()
NEWEST = migrate.newest()
GOOD = "-- Later.\nCREATE TABLE later (text TEXT) STRICT;\nINSERT INTO later VALUES ('a;\nb');\n"
BAD = "CREATE TABLE half (text TEXT) STRICT;\nINSERT INTO absent VALUES (1);\n"


@pytest.fixture
def old(bench):
    """A closed database of the newest version with one client, and how to open it with more migrations."""
    client = Client(id=new_id(), first_name="Verzonnen")
    bench.save(client)
    bench.database.close()

    def reopen():
        return Database(bench.path, KEY, bench.database.codelists, bench.clock)

    return bench, client, reopen


def later(monkeypatch, *scripts):
    known = KNOWN
    more = tuple((known[-1][0] + at, sql) for at, sql in enumerate(scripts, 1))
    monkeypatch.setattr(migrate, "migrations", lambda: known + more)


def version(database):
    with database.read() as reader:
        return reader.connection.execute("PRAGMA user_version").fetchone()[0]


def test_versions_rise_by_one():
    versions = [number for number, _ in migrate.migrations()]
    assert versions == list(range(1, len(versions) + 1))
    assert migrate.newest() == versions[-1]


def test_an_older_database_is_brought_up_after_a_copy(old, monkeypatch):
    bench, client, reopen = old
    before = bench.path.read_bytes()
    later(monkeypatch, GOOD)
    database = reopen()
    assert version(database) == NEWEST + 1
    with database.read() as reader:
        assert reader.get(Client, client.id) == client
        assert reader.connection.execute("SELECT * FROM later").fetchall() == [("a;\nb",)]
    database.close()
    assert (bench.path.with_name(f"dossiers-versie-{NEWEST}.bak")).read_bytes() == before
    reopen().close()


def test_an_upgrade_that_fails_leaves_everything_as_it_was(old, monkeypatch):
    _, client, reopen = old
    with monkeypatch.context() as patched:
        later(patched, GOOD, BAD)
        with pytest.raises(dbapi2.OperationalError, match="absent"):
            reopen()
    database = reopen()
    assert version(database) == NEWEST
    with database.read() as reader:
        tables = {row[0] for row in reader.connection.execute("SELECT name FROM sqlite_master")}
        assert reader.get(Client, client.id) == client
    assert tables.isdisjoint({"half", "later"})
    database.close()


def test_a_disk_that_is_full_at_a_migration_says_so(old, monkeypatch):
    _, client, reopen = old
    fill = (
        "PRAGMA max_page_count = 1;\n"
        "CREATE TABLE big (x BLOB) STRICT;\n"
        "INSERT INTO big VALUES (zeroblob(9000000));\n"
    )
    with monkeypatch.context() as patched:
        later(patched, fill)
        with pytest.raises(DiskFull):
            reopen()
    database = reopen()
    assert version(database) == NEWEST
    with database.read() as reader:
        assert reader.get(Client, client.id) == client
    database.close()


def test_a_newer_database_is_refused_and_closed(old, monkeypatch):
    bench, _, reopen = old
    with monkeypatch.context() as patched:
        later(patched, GOOD)
        reopen().close()
    before = bench.path.read_bytes()
    with pytest.raises(NewerVault) as caught:
        reopen()
    assert (caught.value.found, caught.value.known) == (NEWEST + 1, NEWEST)
    assert bench.path.read_bytes() == before
    assert not bench.path.with_name("dossiers.db-wal").exists(), "a connection was left open"


def filled(connection, table):
    """One row with something in each column of a table of records, by column."""
    types = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
    row = {name: 1 if kind == "INTEGER" else f"{table} {name}" for name, kind in types.items()}
    marks = ", ".join("?" * len(row))
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
    return row


def test_no_upgrade_takes_a_table_a_column_or_a_value(tmp_path):
    """Upgrades only add; the tables of the open detention block are the one exception (decision 10)."""
    connection = connect(tmp_path / "dossiers.db", KEY)
    rows: dict[str, dict[str, int | str]] = {}
    for _, script in KNOWN:
        for statement in migrate.statements(script):
            connection.execute(statement)
        tables = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if {"id", "removed"} <= {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
        }
        assert rows.keys() - tables <= {"detention_episode", "detention_approval"}
        for table in rows.keys() & tables:
            names = ", ".join(f'"{name}"' for name in rows[table])
            (found,) = connection.execute(f"SELECT {names} FROM {table}")
            assert dict(zip(rows[table], found, strict=True)) == rows[table]
        rows |= {table: filled(connection, table) for table in tables - rows.keys()}
    connection.close()
    assert set(STORED) <= rows.keys()


def test_statements_are_split_where_they_end():
    script = (
        "CREATE TABLE a (x);\n-- note; with a sign\n"
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  SELECT 1;\nEND;\n"
    )
    assert len(list(migrate.statements(script))) == 2


def test_halves_of_copies_that_earlier_upgrades_left_are_removed(old, monkeypatch):
    """They hold the whole database, and nobody else would come back for them."""
    bench, _, reopen = old
    half = bench.path.with_name(f".dossiers-versie-{NEWEST}.bak.0123abcd.part")
    other = bench.path.with_name(".kopie.lwk.0123abcd.part")
    for path in (half, other):
        path.write_bytes(b"half")
    reopen().close()
    assert half.exists(), "without an upgrade nothing is looked for"
    later(monkeypatch, GOOD)
    reopen().close()
    assert not half.exists()
    assert other.exists()
