"""Killed at any moment of an upgrade: the vault is as it was or whole, and the next start finishes."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import dossiers, vaults
from leerwinkel_desktop.store import migrate
from leerwinkel_desktop.store.connection import connect
from leerwinkel_desktop.store.database import FILE

CHILD = """
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store import migrate, slots
from leerwinkel_desktop.store.database import FILE, Database

vault, script = arguments
known = migrate.migrations()
migrate.migrations = lambda: (*known, (known[-1][0] + 1, script))
opened = slots.unlock(Path(vault), sys.stdin.readline().rstrip())
sys.setprofile(watch)
database = Database(Path(vault) / FILE, opened.key, codelists(), lambda: 0)
sys.setprofile(None)
print(seen)
database.close()
"""
SCRIPT = "CREATE TABLE later (text TEXT) STRICT;\nALTER TABLE client ADD COLUMN phone TEXT;\n"
STEPS = {
    "looked at": "columns",
    "copying": "durable",
    "copied": "write_durably",
    "begun": "block",
    "tables made": "_apply",
    "judged": "_judge",
    "shown": "show",
    "committed": "block#2",
    "done": "migrate",
}
NEWEST = migrate.newest()
PEOPLE = 20


@pytest.fixture
def old(team):
    """A closed vault from before there were phones, in whose log they stand already; and its key."""
    for number in range(PEOPLE):
        dossiers.create(team.office, first_name=f"Verzonnen {number}", phone=f"0470 {number}")
    with team.office.database.bare() as connection:
        connection.execute("ALTER TABLE client DROP COLUMN phone")
    team.office.close()
    return team.office.folder, team.office.opened.key


@pytest.fixture
def as_it_was_or_whole(tools, monkeypatch):
    """Which of both a vault is, before anything is done about it; then the next start finishes."""

    def look(folder, key):
        connection = connect(folder / FILE, key)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        names = {row[1] for row in connection.execute("PRAGMA table_info(client)")}
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'later'").fetchone()[0]
        assert (version, "phone" in names, tables) in ((NEWEST, False, 0), (NEWEST + 1, True, 1))
        connection.close()
        with monkeypatch.context() as patched:
            known = migrate.migrations()
            patched.setattr(migrate, "migrations", lambda: (*known, (NEWEST + 1, SCRIPT)))
            office = vaults.unlock(folder, tools.PASSPHRASE)
            with office.database.read() as reader:
                phones = {client.first_name: client.phone for client in reader.find(Client)}
            assert phones == {f"Verzonnen {number}": f"0470 {number}" for number in range(PEOPLE)}
            assert vaults.check(office).good
            office.close()
        assert [path.name for path in folder.glob("dossiers-*.bak")] == [f"dossiers-versie-{NEWEST}.bak"]
        assert not list(folder.glob(".*.part"))
        return "whole" if version > NEWEST else "as it was"

    return look


@pytest.mark.parametrize("step", STEPS)
def test_at_each_step(old, tools, as_it_was_or_whole, step):
    folder, key = old
    done = tools.dying(CHILD, folder, SCRIPT, when=STEPS[step])
    assert done.returncode == tools.KILLED, done.stderr
    end = as_it_was_or_whole(folder, key)
    assert end == ("whole" if step in ("committed", "done") else "as it was")


def test_half_an_upgrade_is_seen(old, as_it_was_or_whole):
    """The control: an upgrade in two transactions, cut off between the tables and what they show."""
    folder, key = old
    connection = connect(folder / FILE, key)
    for statement in (*migrate.statements(SCRIPT), f"PRAGMA user_version = {NEWEST + 1}"):
        connection.execute(statement)
    connection.close()
    with pytest.raises(AssertionError):
        as_it_was_or_whole(folder, key)


@pytest.mark.parametrize("rounds", [3, pytest.param(500, marks=pytest.mark.soak)])
def test_at_any_moment(old, tools, tmp_path, as_it_was_or_whole, rounds):
    folder, key = old

    def killed(when):
        copy = Path(shutil.copytree(folder, tmp_path / "copy"))
        done = tools.dying(CHILD, copy, SCRIPT, when=str(when))
        assert done.returncode == (0 if when == "never" else tools.KILLED), done.stderr
        end = as_it_was_or_whole(copy, key)
        shutil.rmtree(copy)
        return done, end

    whole, end = killed("never")
    assert end == "whole"
    chance, events = random.Random(14), int(whole.stdout)
    begin = (1, events - 12)  # half of them in the last steps, around the commit
    ends = {killed(chance.randrange(chance.choice(begin), events))[1] for _ in range(rounds)}
    assert rounds < 100 or ends == {"as it was", "whole"}
