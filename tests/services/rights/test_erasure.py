"""Who is erased is gone from rows, log, index and files, and stays gone (SECURITY.md §4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from leerwinkel_desktop.domain.clients import Client, Dossier, Talent
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.training import Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import decisions, dossiers, drafts, exchange, profile
from leerwinkel_desktop.services.access import NotAllowed
from leerwinkel_desktop.services.enrolment import NotAnOffice
from leerwinkel_desktop.services.rights import erasure, own_data
from leerwinkel_desktop.store import changelog, devices
from leerwinkel_desktop.store.errors import WrongPassphrase
from sync.changes import encode, new_change

MARKER = "kwibusmerkteken"


def ask(workspace, query, *values):
    with workspace.database.read() as reader:
        return reader.connection.execute(query, values).fetchall()


def chains_check(workspace):
    """Whether each actor's log still leads to the head that is kept."""
    with workspace.database.read() as reader:
        return all(
            changelog.chain_at(reader.connection, peer.actor, peer.upto) == peer.chain
            for peer in devices.peers(reader.connection)
        )


# -- nothing is left -----------------------------------------------------------------------------------


def test_nothing_of_a_person_is_left_in_the_vault(office, marked, count_hits):
    who = marked(MARKER)
    assert dossiers.search(office, MARKER)
    rows = ask(office, "SELECT count(*) FROM change WHERE patch LIKE ?", f"%{MARKER}%")[0][0]
    assert rows > 15  # each kind of record is there
    done = erasure.erase(office, who.client.id)
    assert (done.people, done.waiting) == (1, ())
    assert dossiers.search(office, MARKER) == []
    assert chains_check(office)
    assert count_hits(office, MARKER) == 0


def test_the_count_does_find_the_marker_before(office, marked, count_hits):
    marked(MARKER)
    assert count_hits(office, MARKER) > 20


@pytest.mark.parametrize("careless", ["PRAGMA secure_delete = OFF", "secure-delete"])
def test_without_secure_deletion_the_marker_is_found(office, marked, count_hits, careless):
    """The control: the pages, or the index alone, keep what was deleted."""
    if careless.startswith("PRAGMA"):
        ask(office, careless)
    else:
        with office.database.bare() as connection:
            connection.execute("INSERT INTO client_word (client_word, rank) VALUES ('secure-delete', 0)")
    who = marked(MARKER)
    for at in range(30):
        dossiers.create(office, first_name=f"Verzonnen {at}")
    erasure.erase(office, who.client.id)
    assert count_hits(office, MARKER) > 0


def test_copies_and_bundles_that_were_read_go(office, marked):
    who = marked(MARKER)
    for name in ("verwerkt/een.lwb", "inbox/twee.lwb", "dossiers-versie-1.bak"):
        (office.folder / name).parent.mkdir(exist_ok=True)
        (office.folder / name).write_bytes(b"verzegeld")
    (office.folder / "quarantaine").mkdir()
    (office.folder / "quarantaine" / "fork-1.lwb").write_bytes(b"verzegeld")
    done = erasure.erase(office, who.client.id)
    assert (done.files, done.quarantine) == (3, 1)
    left = {path.name for path in office.folder.rglob("*") if path.is_file()}
    assert not left & {"een.lwb", "twee.lwb", "dossiers-versie-1.bak"}
    assert "fork-1.lwb" in left  # nothing that waits for a decision is dropped


def test_dossiers_that_were_merged_go_along(office, bureau):
    who, alias = bureau.someone(office), bureau.someone(office)
    dossiers.save(office, replace(alias.dossier, merged_into=who.dossier.id))
    erasure.erase(office, who.client.id)
    assert ask(office, "SELECT count(*) FROM client") == [(0,)]


def test_others_keep_everything(office, marked, bureau):
    other = bureau.someone(office, first_name="Blijft")
    before = dossiers.reload(office, other.client.id)
    erasure.erase(office, marked(MARKER).client.id)
    assert dossiers.reload(office, other.client.id) == before
    assert [hit.client_id for hit in dossiers.search(office, "Blijft")] == [other.client.id]


def test_what_was_held_back_or_unknown_goes_too(team, tools):
    view = dossiers.create(team.laptop, first_name="Verzonnen")
    exchange.import_bundle(team.office, team.hand_over())
    actor = team.laptop.device().actor
    with team.laptop.database.read() as reader:
        last = devices.peers(reader.connection)[0].upto
    wrong: dict[str, Any] = {"dossier_id": view.dossier.id, "description": 7, "shown_where": MARKER}
    later: dict[str, Any] = {"dossier_id": view.dossier.id, "words": MARKER}
    lines = [
        new_change(actor=actor, seq=last + at, hlc=5 << 16, kind=kind, id=new_id(), patch=patch, base={})
        for at, (kind, patch) in enumerate([("talent", wrong), ("hobby", later)], 1)
    ]
    exchange.import_bundle(team.office, team.forge(map(encode, lines)))
    assert len(ask(team.office, "SELECT 1 FROM change WHERE patch LIKE ?", f"%{MARKER}%")) == 2
    erasure.erase(team.office, view.client.id)
    assert ask(team.office, "SELECT 1 FROM change WHERE patch LIKE ?", f"%{MARKER}%") == []
    assert chains_check(team.office)


# -- it stays gone -------------------------------------------------------------------------------------


def test_a_laptop_does_not_bring_anybody_back(team):
    """It still holds the dossier, edits it, and adds a training with a certificate after the erasure."""
    view = dossiers.create(team.laptop, first_name=MARKER)
    exchange.import_bundle(team.office, team.hand_over())
    erasure.erase(team.office, view.client.id)
    assert view.trajectory is not None
    dossiers.change(team.laptop, Client, view.client.id, last_name=MARKER)
    training = dossiers.add(team.laptop, TrainingStart, view.trajectory.id, title=MARKER)
    dossiers.add(team.laptop, Qualification, training.id, type="DIPLOMA_SO")
    other = dossiers.create(team.laptop, first_name="Blijft")
    done = exchange.import_bundle(team.office, team.hand_over())
    assert (done.dropped, done.created, done.held) == (3, 3, ())
    assert [row[0] for row in ask(team.office, "SELECT first_name FROM client")] == ["Blijft"]
    assert ask(team.office, "SELECT count(*) FROM training_start")[0] == (0,)
    assert ask(team.office, "SELECT 1 FROM change WHERE patch LIKE ?", f"%{MARKER}%") == []
    assert {(training.id,)} < set(ask(team.office, "SELECT record_id FROM erased"))
    dossiers.change(team.laptop, TrainingStart, training.id, title="later nog eens")
    dossiers.change(team.laptop, Client, other.client.id, last_name="Voorbeeld")
    done = exchange.import_bundle(team.office, team.hand_over())
    assert (done.dropped, done.changed) == (1, 1)
    assert chains_check(team.office)


def test_the_laptop_erases_when_it_hears_and_confirms_with_its_next_bundle(team):
    view = dossiers.create(team.laptop, first_name=MARKER)
    dossiers.create(team.laptop, first_name="Blijft")
    exchange.import_bundle(team.office, team.hand_over())
    erasure.erase(team.office, view.client.id)
    assert [one.name for one in erasure.waiting(team.office)] == ["Laptop 0", "Laptop 1", "Laptop 2"]
    dossiers.add(team.laptop, Talent, view.dossier.id, description=MARKER)
    heard = exchange.import_bundle(team.laptop, team.receipt())
    assert heard.erased > 3
    assert [row[0] for row in ask(team.laptop, "SELECT first_name FROM client")] == ["Blijft"]
    assert ask(team.laptop, "SELECT 1 FROM change WHERE patch LIKE ?", f"%{MARKER}%") == []
    with pytest.raises(NotFound):
        dossiers.add(team.laptop, Talent, view.dossier.id, description=MARKER)
    exchange.import_bundle(team.office, team.hand_over())
    assert [one.name for one in erasure.waiting(team.office)] == ["Laptop 1", "Laptop 2"]
    assert chains_check(team.laptop)
    assert chains_check(team.office)


def test_a_laptop_can_erase_nothing_at_the_office(team):
    """An erasure in a laptop's own stream is kept unread, never obeyed."""
    view = dossiers.create(team.office, first_name="Blijft")
    dossiers.create(team.laptop, first_name="Verzonnen")
    line = b'{"_":"erase","ids":["' + view.client.id.encode() + b'"]}'
    exchange.import_bundle(team.office, team.forge([line]))
    assert dossiers.reload(team.office, view.client.id) == view
    assert ask(team.office, "SELECT count(*) FROM unknown_line") == [(1,)]


def test_a_restored_copy_is_erased_again(team, count_hits):
    view = dossiers.create(team.office, first_name=MARKER)
    copy = team.copy("hersteld")
    erasure.erase(team.office, view.client.id)
    with copy.database.bare() as connection:
        rows = erasure.apply_erased(connection, copy.codelists, erasure.erased_list(team.office))
    assert rows == 3
    assert ask(copy, "SELECT count(*) FROM statistic") == [(1,)]
    with copy.database.bare() as connection:
        assert erasure.apply_erased(connection, copy.codelists) == 0
    assert ask(copy, "SELECT count(*) FROM statistic") == [(1,)]
    assert chains_check(copy)
    assert count_hits(copy, MARKER) == 0
    copy.close()


def test_a_window_that_is_still_open_saves_nothing(office, bureau):
    who = bureau.someone(office)
    erasure.erase(office, who.client.id)
    with pytest.raises(NotFound):
        dossiers.save(office, replace(who.client, first_name="Terug"))
    with pytest.raises(NotFound):
        dossiers.add(office, Session, who.trajectory.id)
    assert ask(office, "SELECT count(*) FROM client") == [(0,)]


# -- who may ---------------------------------------------------------------------------------------------


def test_only_the_office_erases(team, bureau):
    who = bureau.someone(team.office)
    counsellor = replace(team.office, opened=replace(team.office.opened, role="COUNSELLOR"))
    with pytest.raises(NotAllowed):
        erasure.erase(counsellor, who.client.id)
    mine = bureau.someone(team.laptop)
    with pytest.raises(NotAnOffice):
        erasure.erase(team.laptop, mine.client.id)
    with pytest.raises(NotFound):
        erasure.erase(team.office, mine.client.id)
    with pytest.raises(WrongPassphrase):
        erasure.erase(team.office, who.client.id, passphrase="een heel andere wachtzin dan deze")
    assert ask(team.office, "SELECT count(*) FROM client") == [(1,)]
    assert erasure.erase(team.office, who.client.id, passphrase=bureau.PASSPHRASE).people == 1


def test_one_that_is_missing_stops_all(office, bureau):
    who = bureau.someone(office)
    with pytest.raises(NotFound):
        erasure.erase_many(office, [who.client.id, new_id()], "REQUEST")
    assert ask(office, "SELECT count(*) FROM client") == [(1,)]


def test_the_trail_says_that_it_happened_with_ids_only(office, marked):
    who = marked(MARKER)
    erasure.anonymise(office, who.client.id)
    assert ask(office, "SELECT user, subject FROM audit_entry WHERE action = 'dossier.anonymised'") == [
        (office.user, who.client.id)
    ]
    assert ask(office, "SELECT DISTINCT reason FROM erased") == [("RETENTION",)]


def test_the_detention_block_can_go_alone(office, marked):
    who = marked(MARKER)
    assert ask(office, "SELECT count(*) FROM sealed_record") == [(1,)]
    assert erasure.erase_block(office, who.dossier.id) == 1
    assert ask(office, "SELECT count(*) FROM sealed_record") == [(0,)]
    with office.database.read() as reader:
        assert reader.get(Dossier, who.dossier.id).client_id == who.client.id
        assert reader.get(Trajectory, who.trajectory.id).dossier_id == who.dossier.id


def test_lines_that_wait_for_a_laptop_or_a_newer_program_lose_their_values(team):
    """What the office gave a laptop and has not seen confirmed is kept as sent; its chain must not change."""
    view = dossiers.create(team.office, first_name=MARKER)
    actor = team.laptop.device().actor
    with team.office.database.write() as transaction:
        connection = transaction.connection
        own = devices.read_device(connection).actor
        for change in changelog.stream(connection, own, 0):
            peer = devices.peer(connection, actor)
            assert peer is not None
            raw = encode(change)
            devices.give(connection, actor, peer.sent + 1, raw)
            chain = changelog.link_line(peer.sent_chain, raw)
            devices.set_position(connection, actor, "sent", peer.sent + 1, chain)
        peer = devices.peer(connection, actor)
        assert peer is not None
        before = peer.sent_chain
        for number, text in enumerate((view.dossier.id, new_id())):
            line = f'{{"_":"hobby","of":"{text}","words":"{MARKER}"}}'.encode()
            connection.execute("INSERT INTO unknown_line VALUES ('b', ?, ?)", (number, line))
    erasure.erase(team.office, view.client.id)
    with team.office.database.read() as reader:
        lines = [raw for _, raw in devices.given(reader.connection, actor)]
        chain = bytes(32)
        for raw in lines[:-1]:
            chain = changelog.link_line(chain, raw)
    assert chain == before
    assert len(lines) == 5
    assert not any(MARKER.encode() in raw for raw in lines)
    assert len(ask(team.office, "SELECT 1 FROM unknown_line")) == 1
    exchange.import_bundle(team.laptop, team.receipt())
    assert ask(team.laptop, "SELECT count(*) FROM client WHERE removed = 0") == [(0,)]


def test_open_conflicts_go_too(team):
    view = dossiers.create(team.laptop, first_name="Verzonnen")
    exchange.import_bundle(team.office, team.hand_over())
    dossiers.change(team.office, Client, view.client.id, last_name="Een")
    dossiers.change(team.laptop, Client, view.client.id, last_name="Twee")
    assert exchange.import_bundle(team.office, team.hand_over()).conflicts == 1
    erasure.erase(team.office, view.client.id)
    assert ask(team.office, "SELECT count(*) FROM conflict") == [(0,)]


@pytest.mark.parametrize("erased", [True, False])
def test_decisions_and_what_they_were_between_go_too(team, count_hits, erased):
    """The control erases nobody, and must find the values."""
    view = dossiers.create(team.laptop, first_name="Verzonnen")
    other = dossiers.create(team.office, first_name="Blijft")
    exchange.import_bundle(team.office, team.hand_over())
    dossiers.change(team.office, Client, view.client.id, notes=f"Een {MARKER}")
    dossiers.change(team.laptop, Client, view.client.id, notes=f"Twee {MARKER}")
    exchange.import_bundle(team.office, team.hand_over())
    for _ in range(2):
        ((person,),) = [decisions.open_conflicts(team.office)]
        decision = decisions.combine(team.office, person.conflicts[0], f"Drie {MARKER}")
        decisions.undo(team.office, decision)
    erasure.erase(team.office, view.client.id if erased else other.client.id)
    assert ask(team.office, "SELECT count(*) FROM decision") == [(0 if erased else 2,)]
    assert ask(team.office, "SELECT count(*) FROM decided_version") == [(0 if erased else 4,)]
    assert decisions.count(team.office) == (0 if erased else 1)
    assert chains_check(team.office)
    assert (count_hits(team.office, MARKER) == 0) is erased


def test_a_record_of_somebody_else_that_is_moved_under_an_erased_dossier_stays(team):
    """Only the move is dropped; what the living person had stays, and goes on."""
    gone = dossiers.create(team.laptop, first_name="Gaat")
    stays = dossiers.create(team.laptop, first_name="Blijft")
    talent = dossiers.add(team.laptop, Talent, stays.dossier.id, description="Ik reken snel.")
    exchange.import_bundle(team.office, team.hand_over())
    erasure.erase(team.office, gone.client.id)
    dossiers.change(team.laptop, Talent, talent.id, dossier_id=gone.dossier.id)
    dossiers.change(team.laptop, Talent, talent.id, description="Ik reken heel snel.")
    assert exchange.import_bundle(team.office, team.hand_over()).dropped == 1
    with team.office.database.read() as reader:
        found = reader.get(Talent, talent.id)
    assert (found.dossier_id, found.description) == (stays.dossier.id, "Ik reken heel snel.")


def test_what_somebody_was_typing_goes_too(office, bureau):
    who, other = bureau.someone(office), bureau.someone(office)
    drafts.keep(office, drafts.Draft("dossier", who.client.id, {"notes": MARKER}))
    erasure.erase(office, other.client.id)
    assert drafts.find(office) is not None
    erasure.erase(office, who.client.id)
    assert drafts.find(office) is None


def test_the_write_ahead_log_is_empty_afterwards(office, marked):
    """The vault is still open: nothing of before waits in the file beside it."""
    who = marked(MARKER)
    assert (office.folder / "dossiers.db-wal").stat().st_size > 0
    erasure.erase(office, who.client.id)
    assert (office.folder / "dossiers.db-wal").stat().st_size == 0


def test_in_the_prison_profile_the_passphrase_comes_first(office, bureau):
    who = bureau.someone(office)
    profile.choose(office, "prison")
    for act in (
        lambda: erasure.erase(office, who.client.id),
        lambda: erasure.erase_block(office, who.dossier.id),
        lambda: own_data.collect(office, who.client.id),
    ):
        office.opened.confirmed_ms = None
        with pytest.raises(profile.PassphraseNeeded):
            act()
    assert ask(office, "SELECT count(*) FROM client") == [(1,)]
    assert erasure.erase(office, who.client.id, passphrase=bureau.PASSPHRASE).people == 1
