"""The audit chain shows every entry that was changed, dropped or swapped from outside (SECURITY.md §5)."""

from __future__ import annotations

import secrets

import pytest

from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store import audit
from leerwinkel_desktop.store.connection import connect
from leerwinkel_desktop.store.migrate import migrate

ENTRIES = 1000


@pytest.fixture
def connection(tmp_path):
    path = tmp_path / "dossiers.db"
    made = connect(path, secrets.token_bytes(32))
    migrate(made, path, codelists())
    made.execute("BEGIN")
    for at in range(ENTRIES):
        audit.append(made, at, "dossier.opened", f"id-{at}", "Lore", "Laptop")
    made.execute("COMMIT")
    yield made
    made.close()


CHANGES = {
    "change": "UPDATE audit_entry SET subject = 'id-0x' WHERE number = :at",
    "drop": "DELETE FROM audit_entry WHERE number = :at",
    "swap": "UPDATE audit_entry SET subject = (SELECT subject FROM audit_entry AS o WHERE o.number = "
    "CASE audit_entry.number WHEN :at THEN :next ELSE :at END) WHERE number IN (:at, :next)",
}


@pytest.mark.parametrize("step", [20, pytest.param(1, marks=pytest.mark.soak)])
@pytest.mark.parametrize("how", CHANGES)
def test_every_entry_that_was_touched_is_found(connection, how, step):
    """The last entry can be dropped unseen here: only a later reader of the old head could know of it."""
    assert audit.first_broken(connection) is None, "the control: an honest chain holds"
    last = ENTRIES - (how in ("drop", "swap"))
    places = [*range(1, last, step), last]
    found = 0
    for at in places:
        connection.execute("BEGIN")
        connection.execute(CHANGES[how], {"at": at, "next": at + 1})
        found += audit.first_broken(connection) in (at, at + 1)
        connection.execute("ROLLBACK")
    assert found == len(places)
    assert audit.first_broken(connection) is None
