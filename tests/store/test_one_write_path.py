"""Rows are always what the change log says: random saves, removals and returns, told again by the log."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from leerwinkel_desktop.domain.fields import fields_of
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.registry import RECORDS
from leerwinkel_desktop.store import changelog
from leerwinkel_desktop.store.database import REMOVED
from leerwinkel_desktop.store.repository import repository, to_cell
from sync.changes import GENESIS, link


def rows_of_the_log(bench):
    """What each record must look like, told by the live versions of its changes."""
    expected = {}
    with bench.database.read() as reader:
        keys = reader.connection.execute("SELECT DISTINCT kind, record_id FROM change").fetchall()
        for kind, record_id in keys:
            live = changelog.live_versions(reader.connection, record_id, kind)
            assert all(len(versions) == 1 for versions in live.values())
            expected[kind, record_id] = {name: versions[0].value for name, versions in live.items()}
    return expected


def stored_rows(bench):
    found = {}
    with bench.database.read() as reader:
        for record in RECORDS:
            names = ("id", *repository(record).names, REMOVED)
            columns = ", ".join(f'"{name}"' for name in names)
            for row in reader.connection.execute(f"SELECT {columns} FROM {record.kind}"):
                found[record.kind, row[0]] = dict(zip(names[1:], row[1:], strict=True))
    return found


def as_cells(record, values):
    cells = {field.name: to_cell(values.get(field.name)) for field in fields_of(record)}
    return cells | {REMOVED: int(values.get(REMOVED) is True)}


def random_saves(bench, dice, value_for, count):
    kept: dict[str, Any] = {}
    for _ in range(count):
        record = dice.choice(RECORDS)
        made = kept.get(record.kind)
        if made is not None and dice.random() < 0.2:
            bench.remove(made)
            continue
        values = {field.name: value_for(field, dice) for field in fields_of(record) if dice.random() < 0.5}
        made = replace(made, **values) if made and dice.random() < 0.8 else record(id=new_id(), **values)
        bench.clock.now += dice.choice((0, 1, 5000, -5000, -(10**11)))
        before = len(bench.changes())
        (saved,) = bench.save(made)
        assert len(bench.changes()) == before + saved
        kept[record.kind] = made


@given(seed=st.integers(0, 2**32))
@settings(max_examples=12)
def check_one_write_path(make, value_for, seed):
    bench = make()
    random_saves(bench, random.Random(seed), value_for, 60)
    by_kind = {record.kind: record for record in RECORDS}
    expected = {key: as_cells(by_kind[key[0]], values) for key, values in rows_of_the_log(bench).items()}
    assert stored_rows(bench) == expected
    chain = GENESIS
    for number, change in enumerate(bench.changes(), 1):
        assert change.seq == number
        chain = link(chain, change)
    assert bench.ask("SELECT upto, chain FROM actor") == [(len(bench.changes()), chain)]
    bench.database.close()


def test_rows_and_log_always_agree(new_bench, value_for):
    names = (f"{number:032x}" for number in range(10_000))
    check_one_write_path(lambda: new_bench(next(names)), value_for)
