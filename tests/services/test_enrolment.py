"""How a laptop and an office come to know each other, and what stops the wrong ones."""

from __future__ import annotations

import pytest

from leerwinkel_desktop.services import dossiers, enrolment, exchange
from leerwinkel_desktop.store.errors import VaultUnreachable
from sync.errors import BadSignature, EmptyBundle, IllFormed, NotABundle, NotForUs, RootDiffers, TooLarge


@pytest.fixture
def strangers(tools, tmp_path):
    """An office and a laptop that do not know each other yet, and a folder for cards."""
    office = tools.make(tmp_path / "o", tools.Clock(), name="Kantoor", town="GNK")
    laptop = tools.make(tmp_path / "l", tools.Clock(), role="laptop", name="Jobbeurs")
    yield office, laptop, tmp_path
    office.close()
    laptop.close()


def test_both_sides_show_the_same_signs(strangers):
    office, laptop, folder = strangers
    told = enrolment.write_enrol_card(laptop, folder / "e.lwc")
    candidate = enrolment.read_enrol_card(folder / "e.lwc")
    assert (candidate.name, candidate.fingerprint) == ("Jobbeurs", told)
    assert told == enrolment.own_fingerprint(laptop)
    peer = enrolment.welcome(office, candidate, folder / "w.lwc")
    assert (peer.device_number, peer.role, peer.state) == (1, "laptop", "ACTIVE")
    assert enrolment.accept(laptop, folder / "w.lwc") == enrolment.own_fingerprint(office)
    device = laptop.device()
    assert (device.number, device.town, device.organisation) == (1, "GNK", office.device().organisation)
    assert device.organisation_name == "Leerwinkel Mechelen"
    assert [peer.role for peer in enrolment.known_devices(laptop)] == ["laptop", "office"]


def test_each_laptop_has_a_block_of_its_own_and_keeps_it(team):
    numbers = [laptop.device().number for laptop in team.laptops]
    assert numbers == [1, 2, 3]
    enrolment.write_enrol_card(team.laptops[1], team.folder / "again.lwc")
    card = enrolment.read_enrol_card(team.folder / "again.lwc")
    assert enrolment.welcome(team.office, card, team.folder / "w.lwc").device_number == 2
    assert len(enrolment.known_devices(team.office)) == 4
    first = dossiers.create(team.laptops[0], first_name="Verzonnen").client.client_no
    second = dossiers.create(team.laptops[1], first_name="Verzonnen").client.client_no
    assert (first, second) == ("MEC-2026-1000", "MEC-2026-2000")


def test_work_from_before_enrolment_is_kept_and_handed_over(strangers):
    office, laptop, folder = strangers
    dossiers.create(laptop, first_name="Verzonnen")
    enrolment.write_enrol_card(laptop, folder / "e.lwc")
    enrolment.welcome(office, enrolment.read_enrol_card(folder / "e.lwc"), folder / "w.lwc")
    enrolment.accept(laptop, folder / "w.lwc")
    assert exchange.import_bundle(office, exchange.write_bundle(laptop, folder).path).created == 3


def test_roles(strangers):
    office, laptop, folder = strangers
    with pytest.raises(enrolment.NotALaptop):
        enrolment.write_enrol_card(office, folder / "e.lwc")
    enrolment.write_enrol_card(laptop, folder / "e.lwc")
    with pytest.raises(enrolment.NotAnOffice):
        enrolment.welcome(laptop, enrolment.read_enrol_card(folder / "e.lwc"), folder / "w.lwc")
    enrolment.welcome(office, enrolment.read_enrol_card(folder / "e.lwc"), folder / "w.lwc")
    with pytest.raises(enrolment.NotALaptop):
        enrolment.accept(office, folder / "w.lwc")
    with pytest.raises(enrolment.NotAnOffice):
        enrolment.revoke(laptop, office.device().actor)


def test_the_card_of_another_laptop(team, tools):
    enrolment.write_enrol_card(team.laptops[0], team.folder / "e.lwc")
    enrolment.welcome(team.office, enrolment.read_enrol_card(team.folder / "e.lwc"), team.folder / "w.lwc")
    before = tools.dump(team.laptops[1])
    with pytest.raises(NotForUs):
        enrolment.accept(team.laptops[1], team.folder / "w.lwc")
    assert tools.dump(team.laptops[1]) == before


def test_a_second_office(team, tools, tmp_path):
    other = tools.make(tmp_path / "other", tools.Clock())
    enrolment.write_enrol_card(team.laptop, tmp_path / "e.lwc")
    enrolment.welcome(other, enrolment.read_enrol_card(tmp_path / "e.lwc"), tmp_path / "w.lwc")
    before = tools.dump(team.laptop)
    with pytest.raises(RootDiffers):
        enrolment.accept(team.laptop, tmp_path / "w.lwc")
    assert tools.dump(team.laptop) == before
    other.close()


def test_all_blocks_given_out(strangers, tools):
    office, laptop, folder = strangers
    with office.database.bare() as connection:
        connection.execute(
            "INSERT INTO actor (actor, device_number, chain, acked_chain, sent_chain, received_chain) "
            "VALUES ('x', 99, x'', x'', x'', x'')"
        )
    enrolment.write_enrol_card(laptop, folder / "e.lwc")
    before = tools.dump(office)
    with pytest.raises(enrolment.NoBlocksLeft):
        enrolment.welcome(office, enrolment.read_enrol_card(folder / "e.lwc"), folder / "w.lwc")
    assert tools.dump(office) == before
    assert not (folder / "w.lwc").exists()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda data: b"", EmptyBundle),
        (lambda data: b"hallo", NotABundle),
        (lambda data: data[:-10], IllFormed),
        (lambda data: data.replace(b"Jobbeurs", b"Jobbeurt"), BadSignature),
        (lambda data: data + b"x" * 20_000, TooLarge),
    ],
)
def test_a_card_that_was_changed(strangers, change, error):
    _, laptop, folder = strangers
    enrolment.write_enrol_card(laptop, folder / "e.lwc")
    (folder / "e.lwc").write_bytes(change((folder / "e.lwc").read_bytes()))
    with pytest.raises(error):
        enrolment.read_enrol_card(folder / "e.lwc")


def test_a_card_that_is_not_there_and_a_folder_that_is_not(strangers):
    office, laptop, folder = strangers
    with pytest.raises(VaultUnreachable):
        enrolment.read_enrol_card(folder / "weg.lwc")
    with pytest.raises(VaultUnreachable):
        enrolment.write_enrol_card(laptop, folder / "weg" / "e.lwc")
    enrolment.write_enrol_card(laptop, folder / "e.lwc")
    with pytest.raises(VaultUnreachable):
        enrolment.welcome(office, enrolment.read_enrol_card(folder / "e.lwc"), folder / "weg" / "w.lwc")
    assert len(enrolment.known_devices(office)) == 1, "no card, so nobody was let in"


def test_the_wrong_kind_of_card(strangers):
    office, laptop, folder = strangers
    enrolment.write_enrol_card(laptop, folder / "e.lwc")
    enrolment.welcome(office, enrolment.read_enrol_card(folder / "e.lwc"), folder / "w.lwc")
    with pytest.raises(NotABundle):
        enrolment.accept(laptop, folder / "e.lwc")
    with pytest.raises(NotABundle):
        enrolment.read_enrol_card(folder / "w.lwc")


def test_secrets_have_no_picture():
    keys, recovery = enrolment.new_keys(), enrolment.new_recovery()
    assert keys.identity not in repr(keys)
    assert recovery.identity not in repr(recovery)
