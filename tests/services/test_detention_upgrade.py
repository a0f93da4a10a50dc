"""A vault in which an older program kept the detention block open is sealed when it is next opened."""

from __future__ import annotations

import pytest

from leerwinkel_desktop.domain.detention import DetentionApproval, DetentionEpisode
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import enrolment, vaults
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store import changelog, migrate, slots
from leerwinkel_desktop.store.database import FILE, Database
from leerwinkel_desktop.store.devices import peers, read_device, write_device
from sync.changes import GENESIS, link

WORD = "kastanje gitaar molen vuurtoren"
MARKER = "Kwibusmerkteken"
IDS = {name: new_id() for name in ("client", "dossier", "episode", "approval", "gone")}


def older():
    """The migrations before the block was sealed."""
    return tuple(one for one in KNOWN if one[0] < 5)


KNOWN = migrate.migrations()


@pytest.fixture
def old_vault(tmp_path, monkeypatch):
    """A vault as the older program left it: rows in tables of their own, and open values in the log."""
    folder = tmp_path / "kluis"
    made = vaults.create(folder, WORD, cost=vaults.TESTS_ONLY).workspace
    device, key = made.device(), made.opened.key
    made.close()
    for path in folder.glob(f"{FILE}*"):
        path.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "migrations", older)
        database = Database(folder / FILE, key, codelists(), lambda: 1_770_000_000_000)
        with database.bare() as connection:
            write_device(connection, device)
            enrolment.settle(connection, device, folder)
        with database.write() as transaction:
            write_old(transaction, "client", IDS["client"], first_name="Verzonnen")
            write_old(transaction, "dossier", IDS["dossier"], client_id=IDS["client"])
            write_old(
                transaction, "detention_episode", IDS["episode"], dossier_id=IDS["dossier"], prison=MARKER
            )
            write_old(transaction, "detention_episode", IDS["gone"], dossier_id=IDS["dossier"], removed=1)
            write_old(
                transaction, "detention_approval", IDS["approval"], episode_id=IDS["episode"], for_what=MARKER
            )
        database.close()
    return folder


def write_old(transaction, kind, record_id, **values):
    patch = {name: value for name, value in values.items() if name != "removed"}
    if values.get("removed"):
        patch["removed"] = True
    transaction.log.append(kind, record_id, patch, {})
    names = ", ".join(["id", *values])
    marks = ", ".join("?" * (len(values) + 1))
    transaction.connection.execute(
        f"INSERT INTO {kind} ({names}) VALUES ({marks})", [record_id, *values.values()]
    )


def test_rows_are_sealed_and_logged_values_are_erased(old_vault, decrypted):
    opened = vaults.unlock(old_vault, WORD)
    key = opened.opened.key
    with opened.database.read() as reader:
        (episode,) = reader.find(DetentionEpisode, dossier_id=IDS["dossier"])
        (approval,) = reader.find(DetentionApproval, episode_id=IDS["episode"])
        assert (episode.id, episode.prison, approval.for_what) == (IDS["episode"], MARKER, MARKER)
        assert reader.connection.execute("SELECT count(*) FROM unsealed").fetchone() == (0,)
        removed = reader.connection.execute("SELECT id FROM sealed_record WHERE removed = 1").fetchall()
        assert removed == [(IDS["gone"],)]
        device = read_device(reader.connection)
        stream = list(changelog.stream(reader.connection, device.actor, 0))
        own = peers(reader.connection)[0]
    assert {change.patch for change in stream if change.kind.startswith("detention")} == {None}
    chain = GENESIS
    for change in stream:
        chain = link(chain, change)
    assert (own.upto, own.chain) == (len(stream), chain), "the chain still checks"
    assert vaults.check(opened).good
    opened.close()
    assert MARKER.encode() not in decrypted(old_vault / FILE, key)
    assert not list(old_vault.glob("dossiers-versie-*.bak")), "the copy from before holds it open"


def test_control_the_marker_was_there(old_vault, decrypted):
    key = slots.unlock(old_vault, WORD).key
    assert MARKER.encode() in decrypted(old_vault / FILE, key)


def test_a_second_opening_changes_nothing(old_vault):
    vaults.unlock(old_vault, WORD).close()
    opened = vaults.unlock(old_vault, WORD)
    actor = opened.device().actor
    with opened.database.read() as reader:
        first = list(changelog.stream(reader.connection, actor, 0))
    opened.close()
    opened = vaults.unlock(old_vault, WORD)
    with opened.database.read() as reader:
        assert list(changelog.stream(reader.connection, actor, 0)) == first
    opened.close()
