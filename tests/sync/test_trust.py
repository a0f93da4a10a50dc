"""Keys, the fingerprints people compare, and cards."""

from __future__ import annotations

import random
from base64 import b64encode
from hashlib import sha256

import pytest
from msgspec.structs import replace

from sync import trust
from sync.age import Identity
from sync.changes import canonical
from sync.errors import (
    BadKey,
    BadSignature,
    EmptyBundle,
    FingerprintDiffers,
    FingerprintMistyped,
    FromTheFuture,
    IllFormed,
    NewerFormat,
    NotABundle,
    NotForUs,
    RolledBack,
    RootDiffers,
    SyncError,
    TooLarge,
    WrongOrganisation,
)
from sync.trust import EnrolCard, Mark, SigningKey, WelcomeCard

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_signing_keys():
    key = SigningKey.generate()
    again = SigningKey(key.private)
    assert again.public == key.public
    trust.check_signature(key.public, again.sign(b"data"), b"data")
    for public, signature, data in (
        (key.public, key.sign(b"data"), b"other"),
        (SigningKey.generate().public, key.sign(b"data"), b"data"),
        (key.public, b"short", b"data"),
        (b"short", key.sign(b"data"), b"data"),
    ):
        with pytest.raises(BadSignature):
            trust.check_signature(public, signature, data)
    with pytest.raises(BadKey):
        SigningKey(b"short")
    assert key.private.hex() not in repr(key)


def test_identities():
    text, recipient = trust.new_identity()
    assert text.startswith("AGE-SECRET-KEY-PQ-1")
    assert recipient.startswith("age1pq1")
    assert Identity(text).recipient == recipient
    assert trust.new_identity()[0] != text


def test_a_key_id_says_whose_key_it_is():
    public = bytes(32)
    assert trust.key_id("a" * 32, public) != trust.key_id("b" * 32, public)
    expected = sha256(b"leerwinkel LWB1 key\n" + b"a" * 32 + public).hexdigest()[:32]
    assert trust.key_id("a" * 32, public) == expected


def test_the_fingerprint_by_hand():
    public = bytes(range(32))
    bits = int.from_bytes(sha256(b"leerwinkel LWC1 fingerprint\n" + public).digest(), "big") >> 156
    text = "".join(DIGITS[bits >> 5 * place & 31] for place in range(19, -1, -1))
    check = bits % 1021
    groups = [text[at : at + 4] for at in range(0, 20, 4)]
    assert trust.fingerprint(public) == "-".join([*groups, DIGITS[check >> 5] + DIGITS[check & 31]])


def test_typed_as_people_type():
    public = bytes(range(32))
    text = trust.fingerprint(public)
    trust.check_fingerprint(text, public)
    trust.check_fingerprint(text.lower().replace("-", " "), public)
    trust.check_fingerprint(text.replace("0", "o").replace("1", "l"), public)
    with pytest.raises(FingerprintDiffers):
        trust.check_fingerprint(trust.fingerprint(bytes(32)), public)
    for bad in ("", text[:-1], text + "0", text.replace("-", "?"), "U" * 22):
        with pytest.raises(FingerprintMistyped):
            trust.check_fingerprint(bad, public)


def test_every_slip_is_noticed():
    public = bytes(range(32))
    text = trust.fingerprint(public).replace("-", "")
    slips = {text[:at] + digit + text[at + 1 :] for at in range(22) for digit in DIGITS}
    slips |= {text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in range(19)}
    slips.discard(text)
    assert len(slips) > 690
    for slip in slips:
        with pytest.raises(FingerprintMistyped):
            trust.check_fingerprint(slip, public)


def enrol(party, **more) -> EnrolCard:
    what = {
        "actor": party.actor,
        "created": 5,
        "name": "Laptop één",
        "public_key": party.key.public,
        "recipient": party.recipient,
    }
    return EnrolCard(**(what | more))


def welcome(workshop, **more) -> WelcomeCard:
    organisation = workshop.organisation
    what = {
        "created": 6,
        "device": workshop.laptop.actor,
        "device_key": workshop.laptop.key_id,
        "device_number": 1,
        "given": Mark(chain=bytes(32), last=0),
        "held": Mark(chain=bytes(32), last=0),
        "keyset": organisation.keyset(),
        "number_prefix": "MEC",
        "office": workshop.office.actor,
        "organisation_name": "Voorbeeldwinkel",
        "roster": organisation.roster(),
        "secrets": {"detention": b"geheim"},
    }
    return WelcomeCard(**(what | more))


def sealed(workshop, card=None, key=None, party=None) -> bytes:
    office = workshop.office
    return trust.write_welcome(
        card or welcome(workshop), key or office.key, (party or workshop.laptop).recipient
    )


def read(workshop, data, party=None, **more) -> WelcomeCard:
    laptop = party or workshop.laptop
    return trust.read_welcome(data, [laptop.identity], laptop.actor, laptop.key.public, **more)


def test_the_exchange_of_cards(workshop):
    laptop = workshop.laptop
    card = enrol(laptop, previous="b" * 32, roster=7)
    assert trust.read_enrol(trust.write_card(card, laptop.key)) == card
    assert read(workshop, sealed(workshop)) == welcome(workshop)


def test_a_welcome_is_open_to_its_device_only(workshop):
    stranger = workshop.stranger
    assert b"Voorbeeldwinkel" not in sealed(workshop)
    with pytest.raises(NotForUs):
        read(workshop, sealed(workshop), stranger)
    with pytest.raises(NotForUs):
        read(workshop, sealed(workshop, party=stranger), stranger)
    torn = welcome(workshop, device=stranger.actor)
    with pytest.raises(NotForUs):
        read(workshop, sealed(workshop, torn))
    with pytest.raises(NotForUs):
        read(workshop, sealed(workshop, welcome(workshop, device_key=stranger.key_id)))


def test_a_welcome_under_what_is_pinned(workshop):
    """Each document of the chain is held against what is known here, and told by its own error."""
    organisation, other = workshop.organisation, workshop.other_organisation
    card = welcome(workshop)
    data = sealed(workshop)
    known = {"organisation": "org-een", "root": organisation.root.public}
    assert read(workshop, data, keyset=card.keyset, known=card.roster, **known) == card
    newer = organisation.keyset(version=2)
    for error, more in (
        (WrongOrganisation, {"organisation": "org-twee"}),
        (RootDiffers, {"root": other.root.public}),
        (RolledBack, {"keyset": newer}),
        (RolledBack, {"known": organisation.roster(version=2)}),
        (RolledBack, {"known": organisation.roster(members=organisation.members()[:1])}),
    ):
        with pytest.raises(error):
            read(workshop, data, **more)


def test_a_welcome_that_does_not_hold_together(workshop):
    organisation, stranger = workshop.organisation, workshop.stranger
    office, laptop = organisation.members()
    for members in (
        [laptop],
        [office],
        [replace(office, role="laptop"), laptop],
        [replace(office, state="LOST", last=3), laptop],
        [office, replace(laptop, role="office")],
        [office, replace(laptop, state="REVOKED", last=3)],
        [office, replace(laptop, public_key=stranger.key.public)],
    ):
        members = sorted(members, key=lambda member: member.actor)
        card = welcome(workshop, roster=organisation.roster(members=members))
        with pytest.raises(IllFormed):
            read(workshop, sealed(workshop, card))


def test_a_welcome_signed_by_somebody_else(workshop):
    """Only the current key of the keyset inside may sign; the writer refuses any other."""
    stranger = workshop.stranger
    with pytest.raises(BadKey):
        sealed(workshop, key=stranger.key)
    data = canonical(welcome(workshop))
    forged = b"LWC1\n" + data + b"\n" + b64encode(stranger.key.sign(b"leerwinkel LWC1 card\n" + data)) + b"\n"
    with pytest.raises(BadSignature):
        read(workshop, workshop.seal(forged, [workshop.laptop.recipient]))


def test_sizes_of_welcomes(workshop):
    for data, error in ((b"", EmptyBundle), (bytes(trust.MAX_WELCOME + 1), TooLarge), (b"LWC1", NotABundle)):
        with pytest.raises(error):
            read(workshop, data)
    secrets = {f"n{number}": bytes(4096) for number in range(200)}
    with pytest.raises(TooLarge):
        sealed(workshop, welcome(workshop, secrets=secrets))


def test_the_other_kind_of_card(workshop):
    laptop = workshop.laptop
    with pytest.raises(NotABundle):
        trust.read_enrol(sealed(workshop))
    with pytest.raises(NotABundle):
        read(workshop, trust.write_card(enrol(laptop), laptop.key))
    within = workshop.seal(trust.write_card(enrol(laptop), laptop.key), [laptop.recipient])
    with pytest.raises(NotABundle):
        read(workshop, within)


def test_nothing_bad_can_be_written(workshop):
    laptop = workshop.laptop
    for card, key, error in (
        (enrol(laptop), workshop.stranger.key, BadKey),
        (enrol(laptop, recipient="age1nothing"), laptop.key, BadKey),
        (enrol(laptop, created=2**63), laptop.key, FromTheFuture),
        (enrol(laptop, name=""), laptop.key, IllFormed),
        (enrol(laptop, name="e\u0308"), laptop.key, IllFormed),
        (enrol(laptop, name="half \ud800"), laptop.key, IllFormed),
        (enrol(laptop, kind="hello"), laptop.key, NewerFormat),
        (enrol(laptop, format=1), laptop.key, NewerFormat),
    ):
        with pytest.raises(error):
            trust.write_card(card, key)
    for more in ({"secrets": {"Naam": b"x"}}, {"secrets": {"x": b""}}, {"number_prefix": "x"}):
        with pytest.raises(IllFormed):
            sealed(workshop, welcome(workshop, **more))


def signed(workshop, data: bytes) -> bytes:
    signature = workshop.laptop.key.sign(b"leerwinkel LWC1 card\n" + data)
    return b"LWC1\n" + data + b"\n" + b64encode(signature) + b"\n"


def test_bad_cards(workshop):
    good = trust.write_card(enrol(workshop.laptop), workshop.laptop.key)
    magic, data, signature, end = good.split(b"\n")
    other = workshop.stranger.key.sign(b"leerwinkel LWC1 card\n" + data)
    for bad, error in {
        b"": EmptyBundle,
        b"x" * 20_000: TooLarge,
        b"LWC2\n": NotABundle,
        good[:-1]: IllFormed,
        good + b"\n": IllFormed,
        good.replace(b"\n", b"\r\n"): NotABundle,
        b"\n".join((magic, data, signature[:-4], end)): IllFormed,
        b"\n".join((magic, data, b"*" * 88, end)): IllFormed,
        b"\n".join((magic, data, b64encode(other), end)): BadSignature,
        good.replace(b'"created":5', b'"created":6'): BadSignature,
        signed(workshop, data.replace(b":5", b": 5")): IllFormed,
        signed(workshop, b"{}"): IllFormed,
        signed(workshop, b"[" * 10_000): IllFormed,
        signed(workshop, b'{"format":1,"kind":"enrol"}'): NewerFormat,
        signed(workshop, b'{"format":2,"kind":"pair"}'): NewerFormat,
        signed(workshop, b'{"format":2,"kind":"enrol"}'): IllFormed,
        signed(workshop, b'{"format":2,"kind":"welcome"}'): NotABundle,
    }.items():
        with pytest.raises(SyncError) as caught:
            trust.read_enrol(bad)
        assert type(caught.value) is error, bad[:60]


def test_each_flipped_bit_of_a_card(workshop):
    good = trust.write_card(enrol(workshop.laptop), workshop.laptop.key)
    rng = random.Random(4)
    for at in range(len(good)):
        bad = good[:at] + bytes([good[at] ^ 1 << rng.randrange(8)]) + good[at + 1 :]
        with pytest.raises(SyncError):
            trust.read_enrol(bad)
