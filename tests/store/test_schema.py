"""The tables are what schema.sql and the declared fields say."""

from __future__ import annotations

from importlib.resources import files

import pytest

from leerwinkel_desktop.domain.fields import Kind, fields_of
from leerwinkel_desktop.domain.registry import RECORDS
from leerwinkel_desktop.store.connection import connect
from leerwinkel_desktop.store.migrate import statements

TYPES = {Kind.INTEGER: "INTEGER", Kind.BOOLEAN: "INTEGER"}
SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"


def test_migrations_make_the_schema_that_is_written_down(bench, tmp_path):
    declared = connect(tmp_path / "declared.db", bytes(32))
    script = files("leerwinkel_desktop.store").joinpath("schema.sql").read_text(encoding="utf-8")
    for statement in statements(script):
        declared.execute(statement)
    expected = declared.execute(SCHEMA).fetchall()
    settings = declared.execute("SELECT * FROM client_word_config ORDER BY k").fetchall()
    declared.close()
    assert len(expected) > len(RECORDS)
    assert bench.ask(SCHEMA) == expected
    assert bench.ask("SELECT * FROM client_word_config ORDER BY k") == settings


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.kind)
def test_columns_are_the_declared_fields(bench, record):
    columns = [(row[1], row[2]) for row in bench.ask(f"PRAGMA table_info({record.kind})")]
    declared = [(field.name, TYPES.get(field.kind, "TEXT")) for field in fields_of(record)]
    assert columns == [("id", "TEXT"), *declared, ("removed", "INTEGER")]


def test_every_table_is_strict(bench):
    loose = bench.ask(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 "
        "AND name NOT LIKE 'sqlite_%'"
    )
    assert loose == []


def test_owners_can_be_found_quickly(bench):
    """A dossier opens by its owners: each of those columns has an index."""
    indexed = {row[0] for row in bench.ask("SELECT sql FROM sqlite_master WHERE type = 'index'") if row[0]}
    for record in RECORDS:
        for field in fields_of(record):
            if field.owner:
                assert any(f"ON {record.kind} " in sql and field.name in sql for sql in indexed), record.kind
