"""Who may send what (SECURITY.md §5 "sender abuse"): each wrong one has its own error, and no row changes."""

from __future__ import annotations

import io
import uuid

import pytest
from msgspec.structs import replace

from leerwinkel_desktop.domain.ids import new_actor
from leerwinkel_desktop.services import dossiers, enrolment, exchange
from leerwinkel_desktop.services import trust as trusting
from leerwinkel_desktop.store import devices, trust
from sync import GENESIS, HeaderDraft, Identity, SigningKey, age, keys, new_identity, roster, write_bundle
from sync.clock import Clock
from sync.errors import (
    BadSignature,
    DamagedBundle,
    ExpiredKey,
    IllFormed,
    NotForUs,
    Resealed,
    RevokedSender,
    RolledBack,
    RootDiffers,
    UnknownSender,
    WrongOrganisation,
)
from sync.roster import OfficeKey

DAY = 86_400_000


@pytest.fixture
def path(team):
    dossiers.create(team.laptop, first_name="Verzonnen")
    return team.hand_over()


@pytest.fixture
def opened(path, team):
    """What is inside a bundle, as somebody sees it who can open it."""

    def read(bundle=path):
        with bundle.open("rb") as file:
            found = age.open_file(file, [Identity(team.office.device().identity)])
            return b"".join(age.read_chunks(file, found))

    return read


def seal(path, plain, *recipients):
    with path.open("wb") as file:
        age.seal(file, sorted(recipients), [plain])
    return path


def theirs(team):
    """Those to whom a laptop seals."""
    office = team.office.device()
    return [Identity(office.identity).recipient, office.recovery_recipient]


def head(plain):
    """The end of header and signature."""
    return 9 + int.from_bytes(plain[5:9], "big") + 64


def test_a_good_one_is_read(team, tools, path, refused):
    """The control: a bundle that nobody has to refuse changes rows, and `refused` does not let it pass."""
    before = tools.dump(team.office)
    with pytest.raises(pytest.fail.Exception):
        refused(path, UnknownSender)
    assert tools.dump(team.office) != before
    assert dossiers.count(team.office) == 1


def test_an_unknown_key(team, refused):
    dossiers.create(team.laptop, first_name="Verzonnen")
    with team.laptop.database.bare() as connection:
        connection.execute("UPDATE device SET signing_key = ?", (SigningKey.generate().private,))
    refused(team.hand_over(), UnknownSender)


def test_another_actor_with_ones_own_key(team, refused):
    refused(team.forge([], sender_actor=team.laptops[1].device().actor, after_own=False), UnknownSender)
    refused(team.forge([], sender_actor=new_actor(), after_own=False), UnknownSender)


def test_another_organisation(team, refused):
    refused(team.forge([], organisation=str(uuid.uuid4())), WrongOrganisation)


def test_another_recipient(team, path, opened, refused):
    refused(seal(path, opened(), new_identity()[1]), NotForUs)


def test_sealed_again_for_somebody_who_was_not_meant(team, path, opened, refused):
    """The holder of the recovery sheet opens a bundle and forwards it, with one recipient more or fewer."""
    for recipients in ([*theirs(team), new_identity()[1]], theirs(team)[:1]):
        refused(seal(path, opened(), *recipients), Resealed)
    dossiers.create(team.laptops[1], first_name="Ander")
    exchange.import_bundle(team.office, team.hand_over(1))
    receipt = team.receipt(1)
    with receipt.open("rb") as file:
        found = age.open_file(file, [Identity(team.laptops[1].device().identity)])
        plain = b"".join(age.read_chunks(file, found))
    own = Identity(team.laptop.device().identity).recipient
    refused(seal(receipt, plain, own, theirs(team)[1]), Resealed, at=team.laptop)


@pytest.mark.parametrize("place", ["header", "body"])
def test_header_and_body_of_two_bundles(team, path, opened, refused, place):
    first = opened()
    dossiers.create(team.laptop, first_name="Tweede")
    second = opened(team.hand_over())
    one, two = (first, second) if place == "header" else (second, first)
    mixed = one[: head(one)] + two[head(two) :]
    refused(seal(path, mixed + bytes(-len(mixed) % age.CHUNK), *theirs(team)), DamagedBundle)


def test_a_signature_of_another_bundle(team, path, opened, refused):
    first = opened()
    dossiers.create(team.laptop, first_name="Tweede")
    second = opened(team.hand_over())
    end = head(first)
    mixed = first[: end - 64] + second[head(second) - 64 : head(second)] + first[end:]
    refused(seal(path, mixed, *theirs(team)), BadSignature)


def test_another_word_in_the_header(team, path, opened, refused):
    changed = opened().replace(b'"Laptop 0"', b'"Laptop 9"')
    refused(seal(path, changed, *theirs(team)), BadSignature)


@pytest.mark.parametrize("stop", [enrolment.revoke, enrolment.lost])
def test_a_stopped_laptop(team, refused, stop):
    """Work up to the cut is welcome, however late; later work is put aside."""
    dossiers.create(team.laptop, first_name="Voor")
    early = team.hand_over()
    dossiers.create(team.laptop, first_name="Na")
    late = team.hand_over()
    stop(team.office, team.laptop.device().actor, 3)
    assert refused(late, RevokedSender, aside="revoked").last == 3
    assert exchange.import_bundle(team.office, early).created == 3
    assert [hit.first_name for hit in dossiers.search(team.office, "")] == ["Voor"]
    with pytest.raises(RevokedSender):
        exchange.import_bundle(team.office, late)
    with pytest.raises(exchange.UnknownLaptop):
        team.receipt()
    with team.office.database.read() as reader:
        roster = trust.known_roster(reader.connection)
    assert roster is not None
    member = roster.find(team.laptop.device().actor)
    assert member is not None
    assert (member.state, member.last) == ("LOST" if stop is enrolment.lost else "REVOKED", 3)


def test_without_a_number_the_cut_is_what_is_here(team, path, refused):
    enrolment.revoke(team.office, team.laptop.device().actor)
    assert refused(path, RevokedSender, aside="revoked").last == 0


# What a laptop refuses from its office


def given(team, *lines, number=0, key=None, **more):
    """A bundle from the office to a laptop, signed with the office's key unless told otherwise."""
    laptop, office = team.laptops[number].device(), team.office.device()
    draft = {
        "kind": "changes",
        "organisation": office.organisation,
        "bundle": str(uuid.uuid4()),
        "sender_actor": office.actor,
        "sender_name": office.name,
        "stream": laptop.actor,
        "first": 1,
        "chain_before": GENESIS,
        "schema": 1,
        "min_schema": 1,
        "created": Clock().tick(team.office_clock.now),
    }
    out = io.BytesIO()
    write_bundle(
        out,
        HeaderDraft(**(draft | more)),
        lambda: lines,
        key or SigningKey(office.signing_key),
        [Identity(laptop.identity).recipient],
    )
    path = team.stick / f"given-{len(list(team.stick.iterdir()))}.lwb"
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture
def root(team):
    """The line of text of the root, as it stands on the sheet: this office gets a new one that we know."""
    with team.office.database.bare() as connection:
        for table in ("trust", "statement", "office_key"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM standing")
        text = trusting.found(connection, devices.read_device(connection))
    for laptop in team.laptops:
        with laptop.database.bare() as connection:
            for table in ("trust", "statement"):
                connection.execute(f"DELETE FROM {table}")
        exchange.import_bundle(
            laptop, exchange.write_for_laptop(team.office, laptop.device().actor, team.stick)
        )
    return text


def known(workspace):
    with workspace.database.read() as reader:
        return trust.keyset(reader.connection), trust.known_roster(reader.connection)


def next_first(team, number=0):
    """Where the office's stream to a laptop goes on."""
    with team.laptops[number].database.read() as reader:
        office = devices.peers(reader.connection)[1]
    return {"first": office.received + 1, "chain_before": office.received_chain}


def test_the_given_one_is_read(team, root):
    _, list_ = known(team.office)
    exchange.import_bundle(team.laptop, given(team, roster.encode(list_), **next_first(team)))


def test_an_office_key_nobody_knows(team, root, refused):
    refused(given(team, key=SigningKey.generate(), **next_first(team)), UnknownSender, at=team.laptop)


def test_a_laptop_that_plays_the_office(team, root, refused):
    other = team.laptops[1].device()
    mine = SigningKey(other.signing_key)
    refused(
        given(team, key=mine, sender_actor=other.actor, **next_first(team)), UnknownSender, at=team.laptop
    )
    refused(given(team, key=mine, **next_first(team)), UnknownSender, at=team.laptop)


def test_an_office_key_after_its_time(team, root, refused):
    old = SigningKey(team.office.device().signing_key)
    team.office_clock.now += DAY
    enrolment.rotate(team.office, root)
    new = SigningKey(team.office.device().signing_key)
    assert new.public != old.public
    exchange.import_bundle(team.laptop, team.receipt())
    keyset, _ = known(team.laptop)
    until = keyset.keys[0].valid_until
    within = given(team, key=old, created=until, **next_first(team))
    exchange.import_bundle(team.laptop, within)
    refused(given(team, key=old, created=until + 1, **next_first(team)), ExpiredKey, at=team.laptop)
    before = keyset.keys[1].valid_from - 1
    refused(given(team, key=new, created=before, **next_first(team)), ExpiredKey, at=team.laptop)


def test_lists_that_go_back(team, root, refused):
    old_keys, old_list = known(team.office)
    enrolment.rotate(team.office, root)
    exchange.import_bundle(team.laptop, team.receipt())
    team.office_clock.now += 1000  # the new key counts by now
    new_keys, new_list = known(team.laptop)
    assert (new_keys.version, new_list.version) == (old_keys.version + 1, old_list.version + 1)
    for statement in (old_keys, old_list):
        error = refused(
            given(team, roster.encode(statement), **next_first(team)),
            RolledBack,
            at=team.laptop,
            preview=False,
        )
        assert error.what == "keyset"
    key = SigningKey(team.office.device().signing_key)
    for version in (1, old_list.version, new_list.version):
        other = roster.sign_roster(replace(new_list, version=version, members=new_list.members[:1]), key)
        error = refused(
            given(team, roster.encode(other), **next_first(team)), RolledBack, at=team.laptop, preview=False
        )
        assert (error.what, error.known, error.theirs) == ("roster", new_list.version, version)
    assert known(team.laptop) == (new_keys, new_list)


def test_lists_under_another_root_or_of_another_office(team, root, refused):
    keyset, list_ = known(team.office)
    _, other = roster.new_root()
    foreign = replace(keyset, version=9)
    another = roster.sign_keyset(replace(foreign, root=other.public), other)
    mine = roster.root_key(root)
    elsewhere = roster.sign_keyset(replace(foreign, organisation="elders"), mine)
    stranger = SigningKey.generate()
    unsigned = replace(list_, version=list_.version + 9)
    for statement, error in (
        (another, RootDiffers),
        (elsewhere, WrongOrganisation),
        (foreign, BadSignature),
        (unsigned, BadSignature),
        (roster.sign_roster(replace(unsigned, public_key=stranger.public), stranger), UnknownSender),
    ):
        refused(
            given(team, roster.encode(statement), **next_first(team)), error, at=team.laptop, preview=False
        )


def test_a_first_keyset_that_is_not_of_the_known_office(team, refused, tools):
    """A laptop from before there was a root believes only the office that it knows."""
    with team.laptop.database.bare() as connection:
        for table in ("trust", "statement"):
            connection.execute(f"DELETE FROM {table}")
    keyset, list_ = known(team.office)
    _, root = roster.new_root()
    key = SigningKey.generate()
    fresh = OfficeKey(public_key=key.public, recipient=new_identity()[1], valid_from=0, valid_until=None)
    strange = roster.sign_keyset(replace(keyset, keys=[fresh], root=root.public), root)
    where = next_first(team)
    refused(given(team, roster.encode(strange), **where), IllFormed, at=team.laptop, preview=False)
    before = tools.dump(team.laptop)
    with pytest.raises(trusting.NotEnrolled):
        exchange.import_bundle(team.laptop, given(team, roster.encode(list_), **where))
    assert tools.dump(team.laptop) == before
    exchange.import_bundle(team.laptop, given(team, roster.encode(keyset), **where))
    assert enrolment.root_fingerprint(team.laptop) == keys.fingerprint(keyset.root)


def test_an_office_that_holds_more_than_there_is(team, root, refused):
    """Told by the header alone: this laptop is a restored copy, also where no receipt stands inside."""
    dossiers.create(team.laptop, first_name="Verzonnen")
    actor = team.laptop.device().actor
    exchange.import_bundle(team.laptop, given(team, ack={actor: 3}, **next_first(team)))
    refused(given(team, ack={actor: 4}, **next_first(team)), exchange.RestoredCopy, at=team.laptop)
