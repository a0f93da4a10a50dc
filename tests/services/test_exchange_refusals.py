"""Everything that is refused: its own error, a Dutch sentence, exit status 3, and a database not touched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.ids import new_actor
from leerwinkel_desktop.services import dossiers, enrolment, exchange
from leerwinkel_desktop.store.devices import write_device
from leerwinkel_desktop.store.errors import VaultUnreachable
from sync.errors import (
    BadHeader,
    BadMac,
    BadPayload,
    BadSignature,
    DamagedBundle,
    EmptyBundle,
    Fork,
    IllFormed,
    NewerFormat,
    NotABundle,
    NotForUs,
    RevokedSender,
    TooLarge,
    UnknownSender,
    WrongOrganisation,
)
from sync.header import MAX_FILE


@pytest.fixture
def path(team):
    dossiers.create(team.laptop, first_name="Verzonnen", notes="lang " * 300)
    return team.hand_over()


def test_an_empty_file(refused, path):
    path.write_bytes(b"")
    refused(path, EmptyBundle, NotABundle)


@pytest.mark.parametrize("content", [b"hallo", b"PK\3\4" * 1000, b"age-encryption.org/v2\n", bytes(70_000)])
def test_some_other_file(refused, path, content):
    path.write_bytes(content)
    refused(path, NotABundle, NewerFormat)


@pytest.mark.parametrize("kept", [1, 30, 200, 1500, 3000, 3500, 40_000, -1, -16, -17])
def test_a_file_that_was_cut_off(refused, path, kept):
    path.write_bytes(path.read_bytes()[:kept])
    refused(path, NotABundle, BadHeader, BadMac, BadPayload, DamagedBundle)


@pytest.mark.parametrize("place", [0, 25, 100, 1000, 1600, 2000, 3100, 3300, 5000, 40_000, -1, -17])
def test_a_flipped_byte(refused, path, place):
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    refused(path, NotABundle, NewerFormat, BadHeader, BadMac, BadPayload, NotForUs, DamagedBundle)


def test_something_behind_the_end(refused, path):
    path.write_bytes(path.read_bytes() + b"x")
    refused(path, BadPayload, DamagedBundle)


def test_a_file_that_is_too_large(team, refused, path):
    with path.open("r+b") as file:
        file.truncate(MAX_FILE + 1)
    assert refused(path, TooLarge).limit == MAX_FILE
    assert not (team.office.folder / "inbox").exists(), "it was copied first"


def test_a_file_that_is_gone_and_a_folder(team, tools, path):
    before = tools.dump(team.office)
    for wrong in (path.with_name("weg.lwb"), team.stick):
        with pytest.raises(VaultUnreachable):
            exchange.import_bundle(team.office, wrong)
    assert tools.dump(team.office) == before


def test_a_file_where_the_inbox_should_be(team, tools, path):
    before = tools.dump(team.office)
    (team.office.folder / "inbox").write_bytes(b"x")
    with pytest.raises(VaultUnreachable):
        exchange.import_bundle(team.office, path)
    assert tools.dump(team.office) == before


def test_sealed_to_another_office(team, tools, refused, tmp_path):
    other = tools.make(tmp_path / "other", tools.Clock())
    laptop = tools.make(tmp_path / "stranger", tools.Clock(), role="laptop")
    tools.meet(other, laptop, tmp_path)
    dossiers.create(laptop, first_name="Verzonnen")
    refused(exchange.write_bundle(laptop, team.stick).path, NotForUs)
    refused(exchange.write_bundle(laptop, team.stick).path, NotForUs, at=team.laptop)
    for made in (other, laptop):
        made.close()


def test_of_another_organisation(team, refused):
    refused(team.forge([team.line(1)], organisation="elders"), WrongOrganisation)


def test_from_an_unknown_laptop(team, tools, refused, tmp_path):
    stranger = tools.make(tmp_path / "stranger", tools.Clock(), role="laptop")
    known = team.laptop.device()
    device = replace(
        stranger.device(), organisation=known.organisation, recovery_recipient=known.recovery_recipient
    )
    with stranger.database.bare() as connection:
        write_device(connection, device)
        office = enrolment.known_devices(team.laptop)[1]
        connection.execute(
            "INSERT INTO actor (actor, role, recipient, chain, acked_chain, sent_chain, received_chain) "
            "VALUES (?, 'office', ?, x'', x'', x'', x'')",
            (office.actor, office.recipient),
        )
        connection.execute("UPDATE actor SET acked_chain = zeroblob(32)")
    dossiers.create(stranger, first_name="Verzonnen")
    error = refused(exchange.write_bundle(stranger, team.stick).path, UnknownSender)
    assert error.actor == device.actor
    stranger.close()


def test_in_the_name_of_another_laptop(team, refused):
    """Signed with the own key, but the header claims another actor: the key id does not fit."""
    other = team.laptops[1].device().actor
    forged = team.forge([team.line(1, 1)], sender_actor=other, stream=other)
    refused(forged, UnknownSender, BadSignature)


def test_from_a_revoked_laptop(team, tools, refused):
    dossiers.create(team.laptop, first_name="Verzonnen")
    exchange.import_bundle(team.office, team.hand_over())
    enrolment.revoke(team.office, team.laptop.device().actor)
    dossiers.create(team.laptop, first_name="Later")
    (team.office.folder / "verwerkt").rename(team.folder / "eerder")
    assert refused(team.hand_over(), RevokedSender, aside="revoked").last == 3
    assert len(dossiers.search(team.office, "")) == 1


def test_from_a_newer_program(team, refused):
    refused(team.forge([team.line(1)], schema=99, min_schema=99), NewerFormat)


def test_a_line_that_must_be_understood(team, refused, monkeypatch):
    from sync import lines

    with monkeypatch.context() as patched:
        known = lines.parse
        patched.setattr(
            lines, "parse", lambda raw: lines.Unknown("later", raw) if b"must" in raw else known(raw)
        )
        path = team.forge([b'{"_":"later","must":true}'])
    refused(path, NewerFormat)


def test_changes_of_others_in_a_snapshot(team, refused):
    """A laptop must not write in the name of another by a kind of bundle that has no numbers."""
    actor = team.office.device().actor
    foreign = team.line(1, actor=actor)
    forged = team.forge([foreign], kind="snapshot", stream=actor, after_own=False)
    assert refused(forged, IllFormed).what == "stream"
    with pytest.raises(IllFormed):
        team.forge([foreign], kind="snapshot", after_own=False)


@pytest.mark.parametrize("stream", ["office", "laptop", "nobody"])
def test_changes_of_others_in_a_given_stream(team, refused, stream):
    """Only the office gives streams; from a laptop they would be words put in another's mouth."""
    stream = {
        "office": team.office.device().actor,
        "laptop": team.laptops[1].device().actor,
        "nobody": new_actor(),
    }[stream]
    forged = team.forge([team.line(1, actor=stream)], stream=stream, after_own=False)
    assert refused(forged, IllFormed).what == "stream"


def test_a_receipt_of_another_laptop(team, refused):
    dossiers.create(team.laptops[1], first_name="Verzonnen")
    exchange.import_bundle(team.office, team.hand_over(1))
    refused(team.receipt(1), NotForUs, at=team.laptop)


def test_the_bundle_of_a_laptop_brought_to_a_laptop(team, path, refused):
    refused(path, NotForUs, at=team.laptops[1])
    refused(path, NotForUs, at=team.laptop)


def test_a_receipt_brought_to_the_office(team, path, refused):
    exchange.import_bundle(team.office, path)
    (team.office.folder / "verwerkt").rename(team.folder / "eerder")
    refused(team.receipt(), NotForUs)


def test_a_laptop_confirms_what_was_never_sent(team, refused):
    actor = team.laptop.device().actor
    refused(team.forge([team.line(1)], ack={actor: 5}), exchange.RestoredOffice)


def test_a_second_content_for_numbers_that_are_here(team, tools, refused):
    exchange.import_bundle(team.office, team.forge([team.line(1), team.line(2)]))
    (team.office.folder / "verwerkt").rename(team.folder / "eerder")
    assert refused(team.forge([team.line(1), team.line(2), team.line(3)]), Fork, aside="fork").seq == 2


def test_a_wrong_bundle_between_good_ones_stops_nothing(team, path, refused):
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    refused(path, BadPayload, DamagedBundle)
    path.write_bytes(whole)
    assert exchange.import_bundle(team.office, path).created == 3
