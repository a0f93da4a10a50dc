"""An office and a laptop from before dossiers went along are upgraded, go on, and know who is where."""

from __future__ import annotations

from datetime import date

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.offers import Provider
from leerwinkel_desktop.services import along, dossiers, exchange
from leerwinkel_desktop.services.exchange import replaying
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store import migrate
from leerwinkel_desktop.store.database import FILE, Database
from sync import Take, encode_line

KNOWN = migrate.migrations()
GIVING = 8
"""The migration that brought giving."""


@pytest.fixture
def older(monkeypatch):
    """Bring a vault back to what the program before giving would have left: its tables and no others."""

    def bring_back(workspace):
        with workspace.database.read() as reader:
            kept = {name: rows(reader.connection, name) for name in tables(reader.connection)}
        kept["setting"] = [row for row in kept["setting"] if row["name"] != replaying.RULES]
        key, path = workspace.opened.key, workspace.folder / FILE
        workspace.close()
        for file in path.parent.glob(f"{FILE}*"):
            file.unlink()
        with monkeypatch.context() as patched:
            patched.setattr(migrate, "migrations", lambda: tuple(one for one in KNOWN if one[0] < GIVING))
            database = Database(path, key, codelists(), lambda: 1_770_000_000_000)
            with database.bare() as connection:
                connection.execute("PRAGMA defer_foreign_keys = ON")
                for name in tables(connection):
                    put(connection, name, kept.get(name, []))  # a table of then that is gone now was empty
            database.close()

    return bring_back


def tables(connection):
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT LIKE 'client_word%' AND name NOT LIKE '%_fts%'"
    )
    return [name for (name,) in found.fetchall()]


def columns(connection, name):
    return [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]


def rows(connection, name):
    names = columns(connection, name)
    return [
        dict(zip(names, row, strict=True)) for row in connection.execute(f"SELECT * FROM {name}").fetchall()
    ]


def put(connection, name, found):
    names = columns(connection, name)
    marks = ", ".join("?" * len(names))
    listed = ", ".join(f'"{each}"' for each in names)
    connection.execute(f"DELETE FROM {name}")
    connection.executemany(
        f"INSERT INTO {name} ({listed}) VALUES ({marks})", [[row[each] for each in names] for row in found]
    )


def actor_of(laptop):
    return laptop.device().actor


def ask(workspace, query):
    with workspace.database.read() as reader:
        return reader.connection.execute(query).fetchall()


@pytest.fixture
def upgraded(team, older):
    """The office and the first laptop after the upgrade: two dossiers from before, one not handed over."""
    views = [dossiers.create(team.laptop, first_name=f"Van toen {n}") for n in range(2)]
    exchange.import_bundle(team.office, team.hand_over())
    with team.office.database.write() as transaction:
        transaction.save(Provider(id=new_id(), name="School van toen"))
    unsent = dossiers.create(team.laptop, first_name="Nog niet overgedragen")
    for workspace in (team.office, team.laptop):
        older(workspace)
    team.office = team.open("office", team.office_clock)
    team.laptops[0] = team.open("laptop-0", team.clocks[0])
    return views, unsent


def test_the_vaults_were_older(team, older):
    older(team.laptop)
    assert (team.folder / "laptop-0" / FILE).exists()
    team.laptops[0] = team.open("laptop-0", team.clocks[0])
    copies = migrate.copies(team.folder / "laptop-0" / FILE)
    assert [path.stem for path in copies] == [f"dossiers-versie-{GIVING - 1}"]


def test_the_office_knows_from_the_log_who_is_where(team, upgraded):
    views, _ = upgraded
    held, other, *_ = along.on_laptops(team.office)
    assert (held.dossiers, other.dossiers) == (2, 0)
    there = {choice.client_id for choice, _ in along.dossiers_on(team.office, actor_of(team.laptop))}
    assert there == {view.client.id for view in views}


def test_a_laptop_of_before_goes_on_and_gets_what_is_decided(team, upgraded):
    views, unsent = upgraded
    dossiers.change(team.office, Client, views[0].client.id, notes="besloten")
    path = exchange.write_for_laptop(team.office, actor_of(team.laptop), team.stick)
    assert exchange.inspect(team.laptop, path).kind == "changes"
    exchange.import_bundle(team.laptop, path)
    assert dossiers.load(team.laptop, views[0].client.id).client.notes == "besloten"
    assert ask(team.laptop, "SELECT name FROM provider") == [("School van toen",)]
    assert [one.unsent for one in along.here(team.laptop)] == [False, False, True]
    exchange.import_bundle(team.office, team.hand_over())
    assert dossiers.load(team.office, unsent.client.id).client == unsent.client
    assert along.on_laptops(team.office)[0].dossiers == 3


def test_what_the_older_program_kept_unread_counts_after_the_upgrade(team, older):
    """The office was upgraded before the laptop: it took a dossier along in a line that was kept."""
    view = dossiers.create(team.laptop, first_name="Verzonnen")
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    (bundle, *_) = [row.id for row in exchange.log(team.laptop) if row.direction == "IN"]
    with team.laptop.database.bare() as connection:
        line = encode_line(Take(ids=[view.client.id], until="2026-02-03"))
        connection.execute("INSERT INTO unknown_line VALUES (?, 1, ?)", (bundle, line))
    older(team.laptop)
    team.laptops[0] = team.open("laptop-0", team.clocks[0])
    (held,) = along.here(team.laptop)
    assert (held.taken, held.until) == (True, date(2026, 2, 3))
    assert ask(team.laptop, "SELECT count(*) FROM unknown_line") == [(0,)]


def test_a_laptop_of_before_lets_go_and_takes_along(team, upgraded):
    views, _ = upgraded
    new = dossiers.create(team.office, first_name="Van nu")
    along.take_along(team.office, actor_of(team.laptop), [new.client.id], None)
    along.let_go(team.office, actor_of(team.laptop), [views[0].client.id])
    for _ in range(2):
        exchange.import_bundle(
            team.laptop, exchange.write_for_laptop(team.office, actor_of(team.laptop), team.stick)
        )
        exchange.import_bundle(team.office, team.hand_over())
    names = sorted(ask(team.laptop, "SELECT first_name FROM client"))
    assert names == [("Nog niet overgedragen",), ("Van nu",), ("Van toen 1",)]
    assert along.on_laptops(team.office)[0].dossiers == 3
