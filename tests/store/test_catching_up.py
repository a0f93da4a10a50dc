"""What was logged before its column was there is shown by the upgrade that brings the column."""

from __future__ import annotations

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store import applying, catching_up, changelog
from sync.changes import new_change

LAPTOP, OTHER = "b" * 32, "c" * 32
HLC = 1_770_000_000_000 << 16


def change(seq, record_id, patch, actor=LAPTOP, base=None):
    return new_change(
        actor=actor, seq=seq, hlc=HLC + seq, kind="client", id=record_id, patch=patch, base=base or {}
    )


@pytest.fixture
def before(bench):
    """A database from before there were phones: what was read of them stands in the log only."""

    def read(*changes):
        with bench.database.write() as transaction:
            applying.Applier(transaction.connection, codelists()).apply(changes)
            transaction.connection.execute("UPDATE client SET phone = NULL")
            transaction.connection.execute("DELETE FROM conflict")

    return read


def upgrade(bench):
    with bench.database.bare() as connection:
        columns = dict(catching_up.columns(connection))
        columns["client"] -= {"phone"}
        return catching_up.show(connection, codelists(), columns)


def test_values_and_conflicts_appear(bench, before):
    one, two = new_id(), new_id()
    before(
        change(1, one, {"first_name": "Verzonnen", "phone": "1"}),
        change(1, one, {"phone": "2"}, OTHER),
        change(2, two, {"first_name": "Ander"}),
    )
    assert bench.get(Client, one).phone is None
    assert upgrade(bench) == 1
    assert bench.get(Client, one) == Client(id=one, first_name="Verzonnen", phone="2")
    assert bench.ask("SELECT record_id, field FROM conflict") == [(one, "phone")]


def test_what_does_not_fit_the_new_field_is_held_back(bench, before, monkeypatch):
    one, two = new_id(), new_id()
    with monkeypatch.context() as patched:
        patched.setattr(applying, "reason", lambda *_: None)  # not judged: the field was not known
        before(
            change(1, one, {"phone": 7}),
            change(2, two, {"first_name": "Ander"}),
            change(3, two, {"phone": 8}),
        )
    assert upgrade(bench) == 2
    assert bench.ask("SELECT seq, held FROM change ORDER BY seq") == [(1, "phone"), (2, None), (3, "phone")]
    assert bench.get(Client, two) == Client(id=two, first_name="Ander")


def test_an_erased_record_does_not_come_back(bench, before):
    one = new_id()
    before(change(1, one, {"first_name": "Verzonnen", "phone": "1"}))
    with bench.database.bare() as connection:
        changelog.erase_values(connection, [one])
        connection.execute("DELETE FROM client")
    assert upgrade(bench) == 0
    with pytest.raises(NotFound):
        bench.get(Client, one)


def test_a_database_without_changes_has_nothing_to_show(bench):
    assert upgrade(bench) == 0
