"""Keysets and rosters: what is signed, and that none ever goes back."""

from __future__ import annotations

import random

import msgspec
import pytest
from msgspec.structs import replace

from sync import roster
from sync.changes import canonical
from sync.errors import (
    BadKey,
    BadSignature,
    ExpiredKey,
    FromTheFuture,
    IllFormed,
    RolledBack,
    RootDiffers,
    SyncError,
    UnknownSender,
    WrongOrganisation,
)
from sync.keys import SigningKey, new_identity
from sync.lines import parse
from sync.roster import Keyset, OfficeKey, Roster, check_keyset, check_roster


@pytest.fixture
def ours(workshop):
    return workshop.organisation


def rotated(ours, party, **more):
    """A keyset with the office's key and, from 100 on, another one; the first runs out at 200."""
    keys = [ours.key(until=200), ours.key(party, start=100)]
    return ours.keyset(keys=keys, version=2, **more)


def test_the_root_is_one_line_of_text():
    text, root = roster.new_root()
    assert text.startswith("LEERWINKEL-ROOT-1")
    assert text == text.upper()
    assert " " not in text
    assert roster.root_key(text).public == root.public
    assert roster.root_key(f" {text[:30]} {text[30:]}\n").public == root.public
    assert roster.new_root()[0] != text
    for bad in ("", text[:-1], text[:-1] + ("Q" if text[-1] != "Q" else "P"), new_identity()[0]):
        with pytest.raises(BadKey):
            roster.root_key(bad)


def test_lines_come_back(ours, workshop):
    for statement in (ours.keyset(), rotated(ours, workshop.stranger), ours.roster()):
        line = roster.encode(statement)
        assert line.startswith(b'{"_":"' + type(statement).__name__.lower().encode() + b'",')
        assert parse(line) == statement
        assert roster.parse(line, type(statement)) == statement


def test_only_its_own_key_signs(ours, workshop):
    with pytest.raises(BadKey):
        ours.keyset(workshop.stranger.key)
    with pytest.raises(BadKey):
        ours.roster(workshop.stranger, public_key=workshop.office.key.public)


def trusted(ours, keyset, **more):
    what = {"organisation": "org-een", "root": ours.root.public, "known": None}
    check_keyset(keyset, **(what | more))


def test_a_keyset_that_is_trusted(ours, workshop):
    first, second = ours.keyset(), rotated(ours, workshop.stranger)
    trusted(ours, first)
    trusted(ours, first, organisation=None, root=None)
    trusted(ours, first, known=first)
    trusted(ours, second, known=first)
    trusted(ours, ours.keyset(version=9), known=second)
    assert second.current.public_key == workshop.stranger.key.public
    assert second.find(workshop.office.key.public) == second.keys[0]
    assert second.find(bytes(32)) is None


def test_a_keyset_that_is_refused(ours, workshop):
    other = workshop.other_organisation
    first = ours.keyset()
    for keyset, error, more in (
        (other.keyset(), WrongOrganisation, {}),
        (other.keyset(organisation="org-een"), RootDiffers, {}),
        (replace(first, version=2), BadSignature, {}),
        (replace(first, root=other.root.public), BadSignature, {"root": None}),
        (first, RolledBack, {"known": rotated(ours, workshop.stranger)}),
        (ours.keyset(recovery_recipient=workshop.stranger.recipient), RolledBack, {"known": first}),
    ):
        with pytest.raises(error):
            trusted(ours, keyset, **more)
    with pytest.raises(RolledBack) as caught:
        trusted(ours, first, known=ours.keyset(version=7))
    assert (caught.value.what, caught.value.known, caught.value.theirs) == ("keyset", 7, 1)


def test_a_roster_that_is_trusted(ours, workshop):
    first = ours.roster()
    check_roster(first, ours.keyset(), known=None)
    check_roster(first, ours.keyset(), known=first)
    check_roster(ours.roster(version=12), ours.keyset(), known=first)
    newer = ours.roster(workshop.stranger, keyset=2, version=2)
    check_roster(newer, rotated(ours, workshop.stranger), known=first)
    assert first.find(workshop.laptop.actor).public_key == workshop.laptop.key.public
    assert first.find("0" * 32) is None


def test_a_roster_that_is_refused(ours, workshop):
    stranger, keyset = workshop.stranger, ours.keyset()
    second = rotated(ours, stranger)
    first = ours.roster()
    for found, under, known, error in (
        (workshop.other_organisation.roster(), keyset, None, WrongOrganisation),
        (first, second, None, RolledBack),
        (ours.roster(keyset=2), keyset, None, RolledBack),
        (ours.roster(keyset=2), second, None, ExpiredKey),
        (ours.roster(stranger), keyset, None, UnknownSender),
        (replace(first, version=2), keyset, None, BadSignature),
        (replace(first, members=first.members[:1]), keyset, None, BadSignature),
        (first, keyset, ours.roster(version=2), RolledBack),
        (ours.roster(members=first.members[:1]), keyset, first, RolledBack),
    ):
        with pytest.raises(error):
            check_roster(found, under, known=known)


def test_a_key_that_was_followed_up_tells_until_when_it_held(ours, workshop):
    keyset = rotated(ours, workshop.stranger)
    with pytest.raises(ExpiredKey) as caught:
        check_roster(ours.roster(keyset=2), keyset, known=None)
    assert caught.value.until == keyset.keys[0].valid_until != 0


@pytest.mark.parametrize(
    ("created", "good"), [(99, False), (100, True), (150, True), (200, True), (201, False)]
)
def test_the_time_of_a_key(ours, created, good):
    key = ours.key(start=100, until=200)
    if good:
        roster.check_valid(key, created)
    else:
        with pytest.raises(ExpiredKey) as caught:
            roster.check_valid(key, created)
        assert caught.value.until == 200


def test_the_current_key_does_not_run_out(ours):
    roster.check_valid(ours.key(), 2**62)
    with pytest.raises(ExpiredKey):
        roster.check_valid(ours.key(start=5), 4)


def test_nothing_bad_can_be_signed(ours, workshop):
    stranger = workshop.stranger
    old, new = ours.key(until=9), ours.key(stranger, start=5)
    same = replace(old, public_key=new.public_key)
    for error, more in (
        (IllFormed, {"keys": []}),
        (IllFormed, {"keys": [new, replace(old, valid_from=6)]}),
        (IllFormed, {"keys": [replace(old, valid_until=None), new]}),
        (IllFormed, {"keys": [old, replace(new, valid_from=0)]}),
        (IllFormed, {"keys": [same, new]}),
        (IllFormed, {"keys": [replace(old, recipient=new.recipient), new]}),
        (IllFormed, {"version": 0}),
        (IllFormed, {"organisation": "Org"}),
        (IllFormed, {"keys": [old] * 33}),
        (FromTheFuture, {"keys": [replace(old, valid_until=2**63), new]}),
        (FromTheFuture, {"keys": [replace(old, valid_from=2**63), new]}),
        (BadKey, {"recovery_recipient": "age1pq1x"}),
        (BadKey, {"keys": [replace(new, recipient="x")]}),
    ):
        with pytest.raises(error):
            ours.keyset(**more)
    office, laptop = ours.members()
    for members in (
        [],
        [laptop, office],
        [office, office],
        [office, replace(laptop, state="LOST")],
        [office, replace(laptop, last=3)],
        [office, replace(laptop, state="GONE", last=3)],
        [office, replace(laptop, device_number=100)],
        [office, replace(laptop, name="e\u0308")],
        [office, replace(laptop, name="half \ud800")],
        [office, replace(laptop, name="")],
    ):
        with pytest.raises(IllFormed):
            ours.roster(members=members)


def test_lines_that_are_not_canonical(ours):
    for statement in (ours.keyset(), ours.roster()):
        line = roster.encode(statement)
        for bad in (line.replace(b":1", b": 1"), line[:-1] + b',"must":true}', line[:-2], line + b"\n"):
            with pytest.raises(IllFormed):
                parse(bad)
    fields = msgspec.to_builtins(ours.keyset())
    with pytest.raises(IllFormed):
        parse(canonical(fields | {"_": "keyset2", "signature": None, "must": False}))


def take(ours, line):
    """Read a line as a laptop does that has nothing pinned yet."""
    found = parse(line)
    if isinstance(found, Keyset):
        return trusted(ours, found, root=None, organisation=None)
    if isinstance(found, Roster):
        return check_roster(found, ours.keyset(), known=None)
    raise IllFormed("another type")


def test_each_flipped_bit(ours):
    """Nothing of a statement can be changed without the change being told."""
    dice = random.Random(11)
    for statement in (ours.keyset(), ours.roster()):
        line = roster.encode(statement)
        places = range(len(line)) if len(line) < 2000 else dice.sample(range(len(line)), 2000)
        for at in places:
            bad = line[:at] + bytes([line[at] ^ 1 << dice.randrange(8)]) + line[at + 1 :]
            with pytest.raises(SyncError):
                take(ours, bad)


def test_not_in_a_stream_of_ones_own(workshop, ours):
    for statement in (ours.keyset(), ours.roster()):
        with pytest.raises(IllFormed) as caught:
            workshop.write([roster.encode(statement)])
        assert caught.value.what == type(statement).__name__.lower()
    given = [roster.encode(ours.keyset()), roster.encode(ours.roster())]
    data = workshop.write(given, workshop.given())
    assert workshop.read(data) == [ours.keyset(), ours.roster()]


def test_many_devices_and_keys_fit_in_a_line(workshop, ours):
    laptop = ours.members()[1]
    members = [
        replace(laptop, actor=f"{at:032x}", name="Laptop van de Leerwinkel", device_number=at % 100)
        for at in range(500)
    ]
    line = roster.encode(ours.roster(members=members))
    keys = [
        OfficeKey(
            public_key=SigningKey.generate().public,
            recipient=new_identity()[1],
            valid_from=at,
            valid_until=None if at == 31 else at + 9,
        )
        for at in range(32)
    ]
    workshop.write([roster.encode(ours.keyset(keys=keys)), line], workshop.given())
    with pytest.raises(IllFormed):
        ours.roster(members=[*members, replace(laptop, actor="f" * 32)])
