"""Copies and restored copies: always found, nothing lost, and the way on (SECURITY.md §4 "Forks", §5)."""

from __future__ import annotations

import shutil

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import dossiers, enrolment, exchange, machine, new_life, vaults
from leerwinkel_desktop.store import changelog, devices, trust
from sync import decode, encode
from sync.errors import Fork, RolledBack, UnknownSender


def names(workspace):
    return sorted(hit.first_name for hit in dossiers.search(workspace, "", limit=1000))


def enrol_again(team, laptop):
    """The three cards' steps for a laptop with a new actor, or for one whose office was restored."""
    enrolment.write_enrol_card(laptop, team.folder / "e.lwc")
    candidate = enrolment.read_enrol_card(team.folder / "e.lwc")
    peer = enrolment.welcome(team.office, candidate, team.folder / "w.lwc")
    enrolment.accept(laptop, team.folder / "w.lwc")
    return peer


def hand_over(team, laptop):
    return exchange.import_bundle(team.office, exchange.write_bundle(laptop, team.stick).path)


def receipt(team, laptop):
    path = exchange.write_for_laptop(team.office, laptop.device().actor, team.stick)
    return exchange.import_bundle(laptop, path)


def check_own_stream(laptop):
    """Numbers without gaps, lines that any reader takes, and the chain that they give."""
    with laptop.database.read() as reader:
        for peer in devices.peers(reader.connection):
            every = changelog.stream(reader.connection, peer.actor, 0)
            told = [change for change in every if change.seq <= peer.upto]
            assert [change.seq for change in told] == list(range(1, peer.upto + 1))
            assert all(decode(encode(change)) == change for change in told)
            assert changelog.chain_at(reader.connection, peer.actor, peer.upto) == peer.chain


def fork(team, at):
    """The vault folder is copied and both are written; the second to come is noticed and enrols anew."""
    shared = dossiers.create(team.laptop, first_name="Samen")
    if at % 3:
        exchange.import_bundle(team.office, team.hand_over())
        receipt(team, team.laptop)
    if at % 3 == 2:
        dossiers.change(team.laptop, Client, shared.client.id, phone="0470 00 00 01")
    twin = team.copy_of_laptop()
    for number in range(1 + at % 2):
        dossiers.create(team.laptop, first_name=f"Een {number}")
    dossiers.change(twin, Client, shared.client.id, email="verzonnen@voorbeeld.example")
    dossiers.create(twin, first_name="Twee")
    both = [team.laptop, twin] if at % 2 else [twin, team.laptop]
    hand_over(team, both[0])
    before = names(both[1])
    with pytest.raises(Fork):
        hand_over(team, both[1])
    assert [one.reason for one in exchange.quarantined(team.office)] == ["fork"]
    renewed = enrolment.renew_actor(both[1])
    assert renewed.renumbered > 0
    assert names(both[1]) == before
    check_own_stream(both[1])
    with pytest.raises(enrolment.NotEnrolled):
        exchange.write_bundle(both[1], team.stick)
    assert enrol_again(team, both[1]).device_number == 4
    hand_over(team, both[1])
    assert receipt(team, both[1]).confirmed == renewed.renumbered
    assert names(team.office) == sorted({*names(team.laptop), *names(twin)})
    found = next(hit for hit in dossiers.search(team.office, "Samen"))
    with team.office.database.read() as reader:
        assert reader.get(Client, found.client_id).email == "verzonnen@voorbeeld.example"
    for laptop in both:
        dossiers.create(laptop, first_name="Later")
        hand_over(team, laptop)
        receipt(team, laptop)
        check_own_stream(laptop)
        assert exchange.pending(laptop).changes == 0
    assert names(team.office).count("Later") == 2
    exchange.discard(team.office, exchange.quarantined(team.office)[0].name)
    assert exchange.quarantined(team.office) == []
    twin.close()


@pytest.mark.parametrize("at", range(10))
def test_both_copies_written(team, at):
    fork(team, at)


@pytest.mark.soak
def test_both_copies_written_many_times(new_team):
    for at in range(100):
        fork(new_team(), at)


def restored(team, at):
    """An older copy takes the laptop's place; either side notices, and it goes on under a new actor."""
    dossiers.create(team.laptop, first_name="Voor")
    if at % 2:
        hand_over(team, team.laptop)
        receipt(team, team.laptop)
    old = team.copy_of_laptop()
    dossiers.create(team.laptop, first_name="Verloren")
    hand_over(team, team.laptop)
    last = exchange.write_for_laptop(team.office, team.laptop.device().actor, team.stick)
    if at % 3:
        exchange.import_bundle(team.laptop, last)
        dossiers.create(team.laptop, first_name="Ook")
        hand_over(team, team.laptop)
        last = exchange.write_for_laptop(team.office, team.laptop.device().actor, team.stick)
    written = at % 5 > 1
    if written:
        for number in range(at % 5):
            dossiers.create(old, first_name=f"Daarna {number}")
    if written and at % 4 == 0:
        with pytest.raises(Fork):
            hand_over(team, old)
    else:
        with pytest.raises((exchange.RestoredCopy, Fork)):
            exchange.import_bundle(old, last)
    enrolment.renew_actor(old)
    check_own_stream(old)
    enrol_again(team, old)
    if exchange.pending(old).changes:
        hand_over(team, old)
        receipt(team, old)
    assert exchange.pending(old).changes == 0
    assert set(names(team.office)) >= {*names(old), "Verloren"}
    old.close()


@pytest.mark.parametrize("at", range(10))
def test_a_restored_copy(team, at):
    restored(team, at)


@pytest.mark.soak
def test_a_restored_copy_many_times(new_team):
    for at in range(100):
        restored(new_team(), at)


def test_control_a_laptop_that_is_no_copy(team):
    """The same steps without a copy raise nothing: the tests above do not see forks everywhere."""
    for number in range(3):
        dossiers.create(team.laptop, first_name=f"Goed {number}")
        hand_over(team, team.laptop)
        receipt(team, team.laptop)
    assert exchange.quarantined(team.office) == []


def test_what_the_new_actor_had_seen_counts_as_seen(team):
    """A later save of the same field is no conflict with the one before, under whichever actor they stand."""
    made = dossiers.create(team.laptop, first_name="Eerst")
    hand_over(team, team.laptop)
    receipt(team, team.laptop)
    dossiers.change(team.laptop, Client, made.client.id, first_name="Toen")
    dossiers.change(team.laptop, Client, made.client.id, first_name="Nu")
    enrolment.renew_actor(team.laptop)
    enrol_again(team, team.laptop)
    assert hand_over(team, team.laptop).conflicts == 0
    assert names(team.office) == ["Nu"]
    dossiers.change(team.laptop, Client, made.client.id, first_name="Straks")
    assert hand_over(team, team.laptop).conflicts == 0
    assert names(team.office) == ["Straks"]


def test_work_of_the_other_copy_is_not_claimed_as_seen(team):
    """Both copies wrote the same field after the copy: a person decides, nothing is silently overwritten."""
    made = dossiers.create(team.laptop, first_name="Eerst")
    hand_over(team, team.laptop)
    receipt(team, team.laptop)
    twin = team.copy_of_laptop()
    dossiers.change(team.laptop, Client, made.client.id, first_name="Een")
    dossiers.change(twin, Client, made.client.id, phone="0470 00 00 01")
    dossiers.change(twin, Client, made.client.id, first_name="Twee")
    hand_over(team, team.laptop)
    enrolment.renew_actor(twin)
    enrol_again(team, twin)
    assert hand_over(team, twin).conflicts == 1
    twin.close()


def test_a_new_actor_twice(team):
    dossiers.create(team.laptop, first_name="Een")
    first = enrolment.renew_actor(team.laptop)
    second = enrolment.renew_actor(team.laptop)
    assert (second.previous, second.renumbered) == (first.actor, first.renumbered)
    check_own_stream(team.laptop)
    enrol_again(team, team.laptop)
    hand_over(team, team.laptop)
    assert names(team.office) == ["Een"]


def test_an_office_gets_no_new_actor_this_way(team):
    with pytest.raises(enrolment.NotALaptop):
        enrolment.renew_actor(team.office)


def test_before_it_is_welcomed_the_new_actor_is_unknown(team):
    dossiers.create(team.laptop, first_name="Een")
    organisation = team.laptop.device().organisation
    enrolment.renew_actor(team.laptop)
    with team.laptop.database.bare() as connection:
        connection.execute("UPDATE device SET organisation = ?", (organisation,))
    with pytest.raises(UnknownSender):
        hand_over(team, team.laptop)


# The office went back to an older backup


@pytest.fixture
def older(team):
    """The laptop handed over twice and has both receipts; the office stands as it was after the first."""
    dossiers.create(team.laptop, first_name="Een")
    hand_over(team, team.laptop)
    receipt(team, team.laptop)
    with team.office.database.bare():
        shutil.copytree(team.office.folder, team.folder / "older")
    dossiers.create(team.laptop, first_name="Twee")
    hand_over(team, team.laptop)
    receipt(team, team.laptop)
    team.office.close()
    team.office = team.open("older", team.office_clock)
    dossiers.create(team.laptop, first_name="Drie")
    return team


def test_a_restored_office_is_told_apart_from_a_fork(older, tools):
    before = tools.dump(older.office)
    for act in (exchange.import_bundle, exchange.preview):
        with pytest.raises(exchange.RestoredOffice):
            act(older.office, exchange.write_bundle(older.laptop, older.stick).path)
    assert tools.dump(older.office) == before
    assert exchange.quarantined(older.office) == []
    older.office_clock.now += 1000
    path = exchange.write_for_laptop(older.office, older.laptop.device().actor, older.stick)
    seen = tools.dump(older.laptop)
    with pytest.raises(exchange.RestoredOffice):
        exchange.import_bundle(older.laptop, path)
    assert tools.dump(older.laptop) == seen


def test_the_way_on_after_the_office_was_restored(older):
    assert enrol_again(older, older.laptop).device_number == 1
    hand_over(older, older.laptop)
    assert names(older.office) == ["Drie", "Een", "Twee"]
    assert receipt(older, older.laptop).confirmed > 0
    assert exchange.pending(older.laptop).changes == 0


def test_a_restored_office_takes_a_version_above_the_one_that_laptops_know(older):
    """Its list would otherwise be refused as an older one; no laptop can use up the numbers."""
    with older.laptop.database.bare() as connection:
        known = trust.roster_version(connection)
        connection.execute("UPDATE statement SET version = ? WHERE kind = 'roster'", (known + 500,))
    enrolment.write_enrol_card(older.laptop, older.folder / "e.lwc")
    candidate = enrolment.read_enrol_card(older.folder / "e.lwc")
    enrolment.welcome(older.office, candidate, older.folder / "w.lwc")
    with older.office.database.read() as reader:
        assert trust.roster_version(reader.connection) == known + 501
    with older.laptop.database.bare() as connection:
        connection.execute("UPDATE statement SET version = ? WHERE kind = 'roster'", (10**12,))
    enrolment.write_enrol_card(older.laptop, older.folder / "e.lwc")
    candidate = enrolment.read_enrol_card(older.folder / "e.lwc")
    enrolment.welcome(older.office, candidate, older.folder / "w.lwc")
    with older.office.database.read() as reader:
        assert trust.roster_version(reader.connection) < known + 20_000


def test_a_line_that_waited_is_given_again_after_a_new_welcome(older):
    """What was on its way to the laptop is not lost by the new beginning."""
    actor = older.laptop.device().actor
    with older.office.database.write() as transaction:
        peer = devices.peer(transaction.connection, actor)
        assert peer is not None
        raw = b'{"_":"later","text":"bewaar mij"}'
        devices.give(transaction.connection, actor, peer.sent + 1, raw)
        chain = changelog.link_line(peer.sent_chain, raw)
        devices.set_position(transaction.connection, actor, "sent", peer.sent + 1, chain)
    enrol_again(older, older.laptop)
    hand_over(older, older.laptop)
    receipt(older, older.laptop)
    with older.laptop.database.read() as reader:
        lines = reader.connection.execute("SELECT line FROM unknown_line").fetchall()
    assert [bytes(line) for (line,) in lines] == [raw]


def test_an_old_welcome_card_sets_nothing_back(team, tools):
    enrol_again(team, team.laptop)
    shutil.copy(team.folder / "w.lwc", team.folder / "old.lwc")
    dossiers.create(team.laptop, first_name="Een")
    hand_over(team, team.laptop)
    receipt(team, team.laptop)
    own = [row for row in tools.dump(team.laptop)["actor"] if row[0] == 1]
    enrolment.accept(team.laptop, team.folder / "old.lwc")
    assert [row for row in tools.dump(team.laptop)["actor"] if row[0] == 1] == own
    enrol_again(team, team.laptop)
    before = tools.dump(team.laptop)
    with pytest.raises(RolledBack):
        enrolment.accept(team.laptop, team.folder / "old.lwc")
    assert tools.dump(team.laptop) == before


def test_a_welcome_that_knows_more_or_other_work(team, tools):
    """A restored copy, or a fork, that is welcomed under its old actor is told so."""
    dossiers.create(team.laptop, first_name="Een")
    old = team.copy_of_laptop()
    dossiers.create(team.laptop, first_name="Twee")
    hand_over(team, team.laptop)
    enrolment.write_enrol_card(old, team.folder / "e.lwc")
    candidate = enrolment.read_enrol_card(team.folder / "e.lwc")
    enrolment.welcome(team.office, candidate, team.folder / "w.lwc")
    before = tools.dump(old)
    with pytest.raises(exchange.RestoredCopy):
        enrolment.accept(old, team.folder / "w.lwc")
    assert tools.dump(old) == before
    dossiers.create(old, first_name="Anders")
    with pytest.raises(Fork):
        enrolment.accept(old, team.folder / "w.lwc")
    old.close()


# A vault that stands elsewhere


def stands_elsewhere(workspace, what):
    with workspace.database.bare() as connection:
        trust.pin(connection, **{what: "0" * 64})


def test_a_vault_on_another_machine_asks_first(team):
    assert enrolment.moved(team.laptop) == "FOLDER", "the fixture copied it"
    dossiers.create(team.laptop, first_name="Een")
    team.hand_over()
    stands_elsewhere(team.laptop, "machine")
    assert enrolment.moved(team.laptop) == "MACHINE"
    for act in (lambda: team.hand_over(), lambda: enrolment.write_enrol_card(team.laptop, team.folder / "x")):
        with pytest.raises(enrolment.CopiedVault):
            act()
    enrolment.stay(team.laptop)
    assert enrolment.moved(team.laptop) is None
    team.hand_over()


def test_a_copied_vault_takes_a_new_actor(team):
    dossiers.create(team.laptop, first_name="Een")
    stands_elsewhere(team.laptop, "machine")
    actor = team.laptop.device().actor
    assert enrolment.renew_actor(team.laptop).previous == actor
    assert enrolment.moved(team.laptop) is None
    enrol_again(team, team.laptop)
    hand_over(team, team.laptop)
    assert names(team.office) == ["Een"]
    with team.office.database.read() as reader:
        assert trust.standing(reader.connection, actor).successor == team.laptop.device().actor


def test_a_new_vault_knows_its_place_and_an_old_one_learns_it(tools, tmp_path):
    made = tools.make(tmp_path / "v", tools.Clock())
    assert enrolment.moved(made) is None
    with made.database.bare() as connection:
        trust.pin(connection, machine=None, folder=None)
    assert enrolment.moved(made) is None
    made.close()
    again = vaults.unlock(tmp_path / "v", tools.PASSPHRASE)
    with again.database.read() as reader:
        assert len(trust.pinned(reader.connection).machine or "") == 64
    again.close()


def test_a_machine_without_an_id_has_its_name(tmp_path):
    named = machine._machine_id(tmp_path / "none")
    assert named
    assert machine._machine_id(tmp_path) == named
    (tmp_path / "empty").write_text("\n", encoding="ascii")
    (tmp_path / "odd").write_bytes(b"\xff\xfe")
    assert machine._machine_id(tmp_path / "empty") == machine._machine_id(tmp_path / "odd") == named
    (tmp_path / "id").write_text("0123456789abcdef\n", encoding="ascii")
    assert machine._machine_id(tmp_path / "id") == "0123456789abcdef"


def test_an_office_out_of_a_backup_has_another_actor(older):
    """It keeps its keys and its list; each laptop is welcomed again, and then all is well."""
    before = older.office.device()
    new_life.begin(older.office)
    after = older.office.device()
    assert after.actor != before.actor
    assert after.signing_key == before.signing_key
    older.office_clock.now += 1000
    strange = exchange.write_for_laptop(older.office, older.laptop.device().actor, older.stick)
    with pytest.raises(UnknownSender):
        exchange.import_bundle(older.laptop, strange)
    enrol_again(older, older.laptop)
    hand_over(older, older.laptop)
    receipt(older, older.laptop)
    assert names(older.office) == ["Drie", "Een", "Twee"]
    assert exchange.pending(older.laptop).changes == 0
    states = {peer.actor: peer.state for peer in enrolment.known_devices(older.laptop)}
    assert (states[before.actor], states[after.actor]) == ("REVOKED", "ACTIVE")
