"""Root, keyset and roster through their whole life: rotation, upgrade of old vaults, stopping, quarantine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.printing.pages import extract_text
from leerwinkel_desktop.services import access, dossiers, enrolment, exchange, vaults
from leerwinkel_desktop.services import trust as trusting
from leerwinkel_desktop.services.rights import breach
from leerwinkel_desktop.store import devices, trust
from sync import SigningKey, keys, roster
from sync.errors import (
    BadKey,
    FingerprintDiffers,
    FingerprintMistyped,
    Fork,
    NotABundle,
    RevokedSender,
    RootDiffers,
)

DAY = 86_400_000


def known(workspace):
    with workspace.database.read() as reader:
        return trust.keyset(reader.connection), trust.known_roster(reader.connection)


def names(workspace):
    return sorted(hit.first_name for hit in dossiers.search(workspace, ""))


@pytest.fixture
def pair(tools, tmp_path):
    """An office with the root key as on its sheet, and a laptop that it welcomed."""
    clock = tools.Clock()
    made = vaults.create(
        tmp_path / "o", tools.PASSPHRASE, cost=vaults.TESTS_ONLY, clock=clock, today=lambda: tools.TODAY
    )
    laptop = tools.make(tmp_path / "l", clock, role="laptop", name="Jobbeurs")
    tools.meet(made.workspace, laptop, tmp_path)
    yield Pair(made.workspace, laptop, made.root_key, clock, tmp_path)
    made.workspace.close()
    laptop.close()


class Pair:
    """Both sides, the root's line of text, their clock, and a folder for files."""

    def __init__(self, office, laptop, root, clock, folder):
        self.office, self.laptop, self.root, self.clock, self.folder = office, laptop, root, clock, folder

    def hand_over(self):
        return exchange.write_bundle(self.laptop, self.folder).path

    def receipt(self):
        return exchange.write_for_laptop(self.office, self.laptop.device().actor, self.folder)

    def around(self, name):
        """A dossier, to the office, and the receipt back."""
        self.clock.now += 1000
        dossiers.create(self.laptop, first_name=name)
        exchange.import_bundle(self.office, self.hand_over())
        return exchange.import_bundle(self.laptop, self.receipt())


def test_a_new_office(pair, tools, tmp_path):
    keyset, list_ = known(pair.office)
    assert pair.root.startswith("LEERWINKEL-ROOT-1")
    assert "\n" not in pair.root
    assert roster.root_key(pair.root).public == keyset.root
    assert enrolment.root_fingerprint(pair.office) == keys.fingerprint(keyset.root)
    assert enrolment.own_fingerprint(pair.office) == enrolment.root_fingerprint(pair.office)
    assert (keyset.version, len(keyset.keys)) == (1, 1)
    assert keyset.recovery_recipient == pair.office.device().recovery_recipient
    assert {(one.role, one.state) for one in list_.members} == {("office", "ACTIVE"), ("laptop", "ACTIVE")}
    assert known(pair.laptop) == (keyset, list_)
    laptop = tools.make(tmp_path / "m", pair.clock, role="laptop")
    assert enrolment.root_fingerprint(laptop) is None
    assert enrolment.rotation_due(laptop) is False
    laptop.close()


def test_the_root_key_stands_nowhere_else(pair, tools):
    """Not in the database, decrypted, and not in any file of the vault."""
    secret = roster.root_key(pair.root).private
    for rows in tools.dump(pair.office).values():
        for row in rows:
            for cell in row:
                assert pair.root not in str(cell)
                assert not (isinstance(cell, bytes) and secret in cell)
    files = [path for path in pair.office.folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        assert pair.root.encode() not in path.read_bytes()


def test_what_people_compare(pair, tools, tmp_path):
    laptop = tools.make(tmp_path / "n", pair.clock, role="laptop", name="Nieuw")
    told = enrolment.write_enrol_card(laptop, tmp_path / "e.lwc")
    candidate = enrolment.read_enrol_card(tmp_path / "e.lwc")
    enrolment.check_fingerprint(candidate, told.lower())
    with pytest.raises(FingerprintMistyped):
        enrolment.check_fingerprint(candidate, told[:-1])
    with pytest.raises(FingerprintDiffers):
        enrolment.check_fingerprint(candidate, enrolment.own_fingerprint(pair.office))
    enrolment.welcome(pair.office, candidate, tmp_path / "w.lwc", {"detention": b"sleutel"})
    before = tools.dump(laptop)
    shown = enrolment.read_welcome_card(laptop, tmp_path / "w.lwc")
    assert (shown.organisation, shown.device_number, shown.pinned) == ("Leerwinkel Mechelen", 2, False)
    assert shown.root_fingerprint == enrolment.root_fingerprint(pair.office)
    with pytest.raises(FingerprintMistyped):
        enrolment.accept(laptop, tmp_path / "w.lwc", shown.root_fingerprint[1:])
    with pytest.raises(FingerprintDiffers):
        enrolment.accept(laptop, tmp_path / "w.lwc", told)
    assert tools.dump(laptop) == before
    enrolment.accept(laptop, tmp_path / "w.lwc", shown.root_fingerprint)
    assert enrolment.secret(laptop, "detention") == b"sleutel"
    assert enrolment.secret(laptop, "other") is None
    assert enrolment.read_welcome_card(laptop, tmp_path / "w.lwc").pinned
    assert b"detention" not in (tmp_path / "w.lwc").read_bytes()
    laptop.close()


def test_a_card_of_the_first_kind(pair, tmp_path):
    (tmp_path / "w.lwc").write_bytes(b'LWC1\n{"format":1,"kind":"welcome"}\nx\n')
    with pytest.raises(NotABundle):
        enrolment.accept(pair.laptop, tmp_path / "w.lwc")


def test_a_rotation(pair):
    """The laptop learns the new keys from a bundle that it can check with the old one, then uses them."""
    pair.around("Een")
    old = pair.office.device()
    dossiers.create(pair.laptop, first_name="Onderweg")
    late = pair.hand_over()
    enrolment.rotate(pair.office, pair.root)
    new = pair.office.device()
    assert (new.actor, new.organisation) == (old.actor, old.organisation)
    assert new.signing_key != old.signing_key
    assert new.identity != old.identity
    exchange.import_bundle(pair.office, late)
    exchange.import_bundle(pair.laptop, pair.receipt())
    assert known(pair.laptop) == known(pair.office)
    pair.around("Twee")
    sealed = pair.folder.glob("laptop-*.lwb")
    newest = max(sealed, key=lambda path: path.stat().st_mtime_ns)
    assert exchange.inspect(pair.office, newest).recipients == 2
    with pair.office.database.bare() as connection:
        connection.execute(
            "UPDATE office_key SET identity = ? WHERE valid_until IS NOT NULL", (new.identity,)
        )
    assert exchange.inspect(pair.office, newest), "it is sealed to the new recipient"
    pair.around("Drie")
    assert names(pair.office) == ["Drie", "Een", "Onderweg", "Twee"]
    keyset, list_ = known(pair.laptop)
    assert [key.valid_until is None for key in keyset.keys] == [False, True]
    assert list_.public_key == SigningKey(new.signing_key).public


def test_ten_years_of_rotations(pair):
    for year in range(10):
        pair.clock.now += 360 * DAY
        enrolment.rotate(pair.office, pair.root)
        pair.around(f"Jaar {year}")
    assert len(known(pair.laptop)[0].keys) == 11
    assert len(names(pair.office)) == 10


def test_only_with_the_root_key(pair, tools):
    before = tools.dump(pair.office)
    text, _ = roster.new_root()
    for bad, error in ((text, RootDiffers), ("LEERWINKEL-ROOT-1", BadKey), ("", BadKey)):
        with pytest.raises(error):
            enrolment.rotate(pair.office, bad)
    with pytest.raises(enrolment.NotAnOffice):
        enrolment.rotate(pair.laptop, pair.root)
    assert tools.dump(pair.office) == before


def test_when_a_rotation_is_due(pair):
    assert enrolment.rotation_due(pair.office) is False
    pair.clock.now += 364 * DAY
    assert enrolment.rotation_due(pair.office) is False
    pair.clock.now += 2 * DAY
    assert enrolment.rotation_due(pair.office) is True
    enrolment.rotate(pair.office, pair.root)
    assert enrolment.rotation_due(pair.office) is False
    pair.clock.now += 366 * DAY
    assert enrolment.rotation_due(pair.office) is True


def test_a_laptop_that_was_away_too_long(pair):
    pair.around("Een")
    enrolment.rotate(pair.office, pair.root)
    pair.clock.now += 367 * DAY
    dossiers.create(pair.laptop, first_name="Terug")
    exchange.import_bundle(pair.office, pair.hand_over())
    with pytest.raises(enrolment.TooLongAway):
        pair.receipt()
    enrolment.write_enrol_card(pair.laptop, pair.folder / "e.lwc")
    card = enrolment.read_enrol_card(pair.folder / "e.lwc")
    enrolment.welcome(pair.office, card, pair.folder / "w.lwc")
    enrolment.accept(pair.laptop, pair.folder / "w.lwc")
    assert exchange.pending(pair.laptop).changes == 0
    pair.around("Verder")
    assert names(pair.office) == ["Een", "Terug", "Verder"]


# Vaults of the first stage, without a root


@pytest.fixture
def first_stage(team):
    """The vaults as the first stage left them: they know each other by cards alone."""
    for name, workspace in (
        ("office", team.office),
        *((f"laptop-{n}", w) for n, w in enumerate(team.laptops)),
    ):
        with workspace.database.bare() as connection:
            for table in ("trust", "statement", "office_key", "standing", "welcome_secret"):
                connection.execute(f"DELETE FROM {table}")
        workspace.close()
        clock = team.office_clock if name == "office" else team.clocks[int(name[-1])]
        again = team.open(name, clock)
        if name == "office":
            team.office = again
        else:
            team.laptops[int(name[-1])] = again
    return team


def test_an_old_vault_gets_its_root_at_the_next_unlock(first_stage, tools):
    team = first_stage
    assert enrolment.root_waiting(team.office)
    text = enrolment.show_root(team.office)
    keyset, list_ = known(team.office)
    assert roster.root_key(text).public == keyset.root
    assert len(list_.members) == 4
    enrolment.forget_root(team.office)
    assert not enrolment.root_waiting(team.office)
    with pytest.raises(enrolment.NothingToPrint):
        enrolment.show_root(team.office)
    assert text not in str(tools.dump(team.office))
    assert enrolment.root_fingerprint(team.laptop) is None
    assert not enrolment.root_waiting(team.laptop)
    team.office.close()
    team.office = team.open("office", team.office_clock)
    assert known(team.office) == (keyset, list_), "only once"


def test_old_laptops_learn_it_with_the_next_receipt(first_stage):
    team = first_stage
    text = enrolment.show_root(team.office)
    for number, laptop in enumerate(team.laptops):
        dossiers.create(laptop, first_name=f"Laptop {number}")
        exchange.import_bundle(team.office, team.hand_over(number))
        exchange.import_bundle(laptop, team.receipt(number))
        assert enrolment.root_fingerprint(laptop) == enrolment.root_fingerprint(team.office)
        assert known(laptop) == known(team.office)
    enrolment.rotate(team.office, text)
    dossiers.create(team.laptop, first_name="Later")
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    assert known(team.laptop) == known(team.office)


def test_an_old_laptop_takes_a_welcome_of_its_own_office_only(first_stage, tools, tmp_path):
    team = first_stage
    enrolment.write_enrol_card(team.laptop, tmp_path / "e.lwc")
    card = enrolment.read_enrol_card(tmp_path / "e.lwc")
    other = tools.make(tmp_path / "other", tools.Clock())
    with other.database.bare() as connection:
        connection.execute("DELETE FROM statement")
        connection.execute("DELETE FROM office_key")
        connection.execute("UPDATE device SET organisation = ?", (team.office.device().organisation,))
        trusting.found(connection, devices.read_device(connection))
    enrolment.welcome(other, card, tmp_path / "w.lwc")
    before = tools.dump(team.laptop)
    with pytest.raises(enrolment.AlreadyEnrolled):
        enrolment.accept(team.laptop, tmp_path / "w.lwc")
    assert tools.dump(team.laptop) == before
    other.close()
    enrolment.welcome(team.office, card, tmp_path / "w.lwc")
    enrolment.accept(team.laptop, tmp_path / "w.lwc")
    assert known(team.laptop) == known(team.office)


# Stopping, and what was put aside


@pytest.fixture
def aside(team):
    """The first laptop was revoked at number 3; what it wrote later is in quarantine."""
    dossiers.create(team.laptop, first_name="Voor")
    exchange.import_bundle(team.office, team.hand_over())
    enrolment.revoke(team.office, team.laptop.device().actor)
    dossiers.create(team.laptop, first_name="Na")
    with pytest.raises(RevokedSender):
        exchange.import_bundle(team.office, team.hand_over())
    return exchange.quarantined(team.office)[0]


def test_what_is_told_of_a_bundle_in_quarantine(team, aside):
    assert (aside.reason, aside.sender, aside.first, aside.last) == ("revoked", "Laptop 0", 1, 6)
    assert (team.office.folder / "quarantaine" / aside.name).is_file()
    with pytest.raises(RevokedSender):
        exchange.import_bundle(team.office, team.hand_over())
    assert len(exchange.quarantined(team.office)) == 2, "another bundle"
    path = next(team.stick.glob("*.lwb"))
    count = len(exchange.quarantined(team.office))
    for _ in range(3):
        with pytest.raises(RevokedSender):
            exchange.import_bundle(team.office, max(team.stick.glob("laptop-*-1-6-*.lwb")))
    assert len(exchange.quarantined(team.office)) == count, "the same one is kept once"
    assert path.is_file(), "the stick is only read"


def test_letting_one_in(team, aside):
    assert exchange.release(team.office, aside.name).created == 3
    assert names(team.office) == ["Na", "Voor"]
    assert exchange.quarantined(team.office) == []
    with team.office.database.read() as reader:
        roster = trust.known_roster(reader.connection)
        assert roster is not None
        member = roster.find(team.laptop.device().actor)
        assert member is not None
    assert (member.state, member.last) == ("REVOKED", 6)
    dossiers.create(team.laptop, first_name="Nog later")
    with pytest.raises(RevokedSender) as caught:
        exchange.import_bundle(team.office, team.hand_over())
    assert caught.value.last == 6


def test_throwing_one_away(team, aside):
    exchange.discard(team.office, aside.name)
    assert exchange.quarantined(team.office) == []
    assert names(team.office) == ["Voor"]
    for act in (exchange.discard, exchange.release):
        for name in (aside.name, "../vault.json", "x"):
            with pytest.raises(exchange.NotInQuarantine):
                act(team.office, name)
    with team.office.database.read() as reader:
        actions = [row[0] for row in reader.connection.execute("SELECT action FROM audit_entry")]
    assert {"bundle.quarantined", "bundle.discarded", "device.revoked"} <= set(actions)


def test_a_damaged_file_in_quarantine_is_still_listed(team, aside):
    (team.office.folder / "quarantaine" / aside.name).write_bytes(b"stuk")
    (found,) = exchange.quarantined(team.office)
    assert (found.name, found.reason, found.sender, found.last) == (aside.name, "revoked", None, None)
    with pytest.raises(NotABundle):
        exchange.release(team.office, aside.name)
    assert exchange.quarantined(team.office) == [found]


def test_a_released_fork_stays_a_fork(team):
    twin = team.copy_of_laptop()
    dossiers.create(team.laptop, first_name="Een")
    dossiers.create(twin, first_name="Twee")
    exchange.import_bundle(team.office, team.hand_over())
    with pytest.raises(Fork):
        exchange.import_bundle(team.office, exchange.write_bundle(twin, team.stick).path)
    (found,) = exchange.quarantined(team.office)
    with pytest.raises(Fork):
        exchange.release(team.office, found.name)
    assert [one.name for one in exchange.quarantined(team.office)] == [found.name]
    twin.close()


def test_a_stopped_laptop_is_not_welcomed_under_its_old_actor(team):
    enrolment.lost(team.office, team.laptop.device().actor)
    enrolment.write_enrol_card(team.laptop, team.folder / "e.lwc")
    with pytest.raises(enrolment.StoppedLaptop):
        enrolment.welcome(
            team.office, enrolment.read_enrol_card(team.folder / "e.lwc"), team.folder / "w.lwc"
        )
    enrolment.renew_actor(team.laptop)
    enrolment.write_enrol_card(team.laptop, team.folder / "e.lwc")
    card = enrolment.read_enrol_card(team.folder / "e.lwc")
    assert enrolment.welcome(team.office, card, team.folder / "w.lwc").device_number == 4


def test_a_revoked_laptop_is_reported_lost_and_stays_so(team):
    """It may be stolen after it was revoked; and what was lost is not merely revoked afterwards."""
    actor = team.laptop.device().actor
    dossiers.create(team.laptop, first_name="Verzonnen")
    exchange.import_bundle(team.office, team.hand_over())
    enrolment.revoke(team.office, actor, 9)
    enrolment.lost(team.office, actor)
    with team.office.database.read() as reader:
        assert trust.standing(reader.connection, actor).last == 3, "nothing more than is here"
        listed = trust.known_roster(reader.connection)
    assert listed is not None
    member = listed.find(actor)
    assert member is not None
    assert member.state == "LOST"
    assert breach.look(team.office, actor).state == "LOST"
    text = " ".join(extract_text(breach.render(team.office, actor)).split())
    assert "Stand op kantoor verloren gemeld" in text
    enrolment.revoke(team.office, actor, 5)
    with team.office.database.read() as reader:
        assert [one.state for one in devices.peers(reader.connection) if one.actor == actor] == ["LOST"]
        assert trust.standing(reader.connection, actor).last == 5


def test_an_unknown_actor_cannot_be_stopped(team):
    for actor in ("0" * 32, team.office.device().actor):
        with pytest.raises(LookupError):
            enrolment.revoke(team.office, actor)


def test_the_cut_is_never_below_what_is_here(team):
    dossiers.create(team.laptop, first_name="Voor")
    exchange.import_bundle(team.office, team.hand_over())
    enrolment.revoke(team.office, team.laptop.device().actor, 1)
    with team.office.database.read() as reader:
        assert trust.standing(reader.connection, team.laptop.device().actor).last == 3


def test_who_may_do_this(team, tools, aside):
    """Counsellors and the office staff do not decide about stopped laptops; an administrator does."""
    counsellor = replace(team.office, opened=replace(team.office.opened, role="COUNSELLOR"))
    before = tools.dump(team.office)
    for act in (
        lambda: enrolment.revoke(counsellor, team.laptops[1].device().actor),
        lambda: enrolment.lost(counsellor, team.laptops[1].device().actor),
        lambda: enrolment.rotate(counsellor, "LEERWINKEL-ROOT-1"),
        lambda: enrolment.show_root(counsellor),
        lambda: enrolment.forget_root(counsellor),
        lambda: exchange.release(counsellor, aside.name),
        lambda: exchange.discard(counsellor, aside.name),
    ):
        with pytest.raises(access.NotAllowed):
            act()
    enrolment.write_enrol_card(team.laptops[1], team.folder / "e.lwc")
    card = enrolment.read_enrol_card(team.folder / "e.lwc")
    with pytest.raises(access.NotAllowed):
        enrolment.welcome(counsellor, card, team.folder / "w.lwc")
    assert tools.dump(team.office) == before


def test_the_list_names_who_belongs(team):
    dossiers.change(team.laptop, Client, dossiers.create(team.laptop).client.id, first_name="Verzonnen")
    exchange.import_bundle(team.office, team.hand_over())
    exchange.import_bundle(team.laptop, team.receipt())
    _, list_ = known(team.laptop)
    assert sorted(one.name for one in list_.members) == ["Kantoor", "Laptop 0", "Laptop 1", "Laptop 2"]
    assert sorted(one.device_number for one in list_.members) == [0, 1, 2, 3]
    before = list_.version
    enrolment.lost(team.office, team.laptops[2].device().actor)
    exchange.import_bundle(team.laptop, team.receipt())
    _, list_ = known(team.laptop)
    assert list_.version == before + 1
    assert {one.name for one in list_.members if one.state == "LOST"} == {"Laptop 2"}
