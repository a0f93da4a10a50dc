"""Bundles: what is written reads back, and everything else is refused by its exact name."""

from __future__ import annotations

import io
import random
import zlib
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync import age, body, bundle, lines
from sync.bundle import peek, place, read_lines, verify, write_bundle
from sync.changes import GENESIS, canonical, encode, erase
from sync.errors import (
    AlreadyImported,
    BadHeader,
    BadKey,
    BadMac,
    BadPayload,
    BadSignature,
    DamagedBundle,
    EmptyBundle,
    Fork,
    FromTheFuture,
    Gap,
    IllFormed,
    NewerFormat,
    NotABundle,
    NotForUs,
    Resealed,
    RevokedSender,
    SyncError,
    TooLarge,
    UnknownSender,
    WrongOrganisation,
)
from sync.header import MAX_FILE
from sync.lines import Receipt, Unknown, encode_line

NOTE = b'{"_":"note","text":"later"}'


# Round trips


def test_own_stream(workshop):
    data = workshop.write(workshop.lines(5))
    verified = workshop.verify(data)
    header = verified.header
    assert header.own
    assert (header.stream.first, header.stream.last) == (1, 5)
    assert header.stream.chain_before == GENESIS
    assert header.stream.chain_after == workshop.chain(5)
    assert header.key_id == workshop.laptop.key_id
    assert header.ack == {workshop.office.actor: 7}
    assert header.body.lines == 5
    text = b"".join(line + b"\n" for line in workshop.lines(5))
    assert header.body.sha256 == sha256(text).digest()
    assert workshop.read(data) == [workshop.change(seq) for seq in range(1, 6)]
    assert workshop.read(data, after=3) == [workshop.change(4), workshop.change(5)]


def test_the_recovery_key_opens_it_too(workshop):
    data = workshop.write(workshop.lines(2))
    verified = workshop.verify(data, identities=[workshop.stranger.identity, workshop.recovery.identity])
    assert len(list(read_lines(io.BytesIO(data), verified))) == 2


def test_sizes_tell_nothing_below_64_kib(workshop):
    sizes = {len(workshop.write(workshop.lines(count))) for count in (0, 1, 50)}
    assert len(sizes) == 1
    assert len(workshop.unseal(workshop.write([]))) == age.CHUNK


def test_peek_gives_the_same_header(workshop):
    data = workshop.write(workshop.lines(2))
    header = peek(
        io.BytesIO(data), [workshop.office.identity], workshop.known.get, organisation="org-een", schema=3
    )
    assert header == workshop.verify(data).header


def test_an_erased_change_keeps_the_chain(workshop):
    sent = [workshop.change(seq) for seq in range(1, 4)]
    data = workshop.write([encode(sent[0]), encode(erase(sent[1])), encode(sent[2])])
    assert workshop.verify(data).header.stream.chain_after == workshop.chain(3)
    assert [change.patch is None for change in workshop.read(data)] == [False, True, False]


def test_unknown_lines_stand_between_without_a_number(workshop):
    first, second = workshop.lines(2)
    data = workshop.write([NOTE, first, NOTE, second])
    assert workshop.verify(data).header.stream.last == 2
    assert workshop.read(data, after=1) == [Unknown("note", NOTE), Unknown("note", NOTE), workshop.change(2)]


def test_given_stream(workshop):
    receipt = Receipt(actor=workshop.laptop.actor, chain=workshop.chain(9), upto=9)
    foreign = workshop.change(44, actor=workshop.stranger.actor)
    sent = [encode_line(receipt), NOTE, encode(foreign)]
    data = workshop.write(sent, workshop.given())
    header = workshop.verify(data).header
    assert not header.own
    assert (header.stream.first, header.stream.last) == (1, 3)
    chain = GENESIS
    for raw in sent:
        chain = lines.link(chain, lines.parse(raw), raw)
    assert header.stream.chain_after == chain
    assert workshop.read(data) == [receipt, Unknown("note", NOTE), foreign]
    assert workshop.read(data, after=2) == [foreign]


def test_snapshot(workshop):
    chain = workshop.chain(6)
    draft = workshop.given(first=7, kind="snapshot", chain_before=chain)
    sent = [encode(workshop.change(3)), encode(workshop.change(1, actor=workshop.stranger.actor)), NOTE]
    data = workshop.write(sent, draft)
    verified = workshop.verify(data, have=lambda header: 99)
    assert (verified.header.stream.first, verified.header.stream.last) == (7, 6)
    assert verified.overlap is None
    assert len(workshop.read(data, after=5)) == 3
    assert place(verified, 0, GENESIS) == place(verified, 5, GENESIS) == 7
    for have in (6, 8):
        with pytest.raises(AlreadyImported):
            place(verified, have, GENESIS)


def test_large_lines_and_many_chunks(workshop):
    rng = random.Random(5)
    texts = [rng.randbytes(50_000).hex() for _ in range(30)]
    sent = [encode(workshop.change(seq, patch={"note": text})) for seq, text in enumerate(texts, 1)]
    data = workshop.write(sent)
    assert len(data) > 10 * age.CHUNK
    assert [change.patch["note"] for change in workshop.read(data)] == texts


def test_the_writer_is_deterministic_but_for_the_sealing(workshop):
    one, two = (workshop.write(workshop.lines(3)) for _ in range(2))
    assert one != two
    assert workshop.unseal(one) == workshop.unseal(two)


# Position


def placed(workshop, data: bytes, have: int, chain: bytes | None = None) -> int:
    verified = workshop.verify(data, have=lambda header: have)
    last = verified.header.stream.last
    return place(verified, have, workshop.chain(min(have, last)) if chain is None else chain)


def test_place(workshop):
    data = workshop.write(workshop.lines(4, first=3), workshop.draft(first=3))
    assert [placed(workshop, data, have) for have in (2, 3, 4, 5)] == [3, 4, 5, 6]
    for have in (0, 1):
        with pytest.raises(Gap) as gap:
            placed(workshop, data, have)
        assert (gap.value.actor, gap.value.have, gap.value.first) == (workshop.laptop.actor, have, 3)
    for have in (6, 7, 900):
        with pytest.raises(AlreadyImported) as already:
            placed(workshop, data, have)
        assert already.value.last == 6


@pytest.mark.parametrize("have", [2, 3, 5, 6, 8])
def test_a_fork_is_found_at_each_overlap(workshop, have):
    data = workshop.write(workshop.lines(4, first=3), workshop.draft(first=3))
    with pytest.raises(Fork) as fork:
        placed(workshop, data, have, chain=b"\1" * 32)
    assert (fork.value.actor, fork.value.seq) == (workshop.laptop.actor, min(have, 6))


def test_a_real_fork(workshop):
    """The same numbers written twice, by a copied database."""
    other = encode(workshop.change(2, patch={"first_name": "Ander"}))
    data = workshop.write([workshop.lines(1)[0], other, *workshop.lines(1, first=3)])
    assert placed(workshop, data, 1) == 2
    with pytest.raises(Fork):
        placed(workshop, data, 2)


def test_a_bundle_older_than_we_are_is_compared_where_it_can_be(workshop):
    data = workshop.write(workshop.lines(2, first=3), workshop.draft(first=3))
    verified = workshop.verify(data, have=lambda header: 9)
    assert verified.overlap == 4
    assert verified.overlap_chain == workshop.chain(4)


def test_an_empty_bundle_brings_only_its_header(workshop):
    data = workshop.write([], workshop.draft(first=5))
    assert placed(workshop, data, 4) == 5
    with pytest.raises(AlreadyImported):
        placed(workshop, data, 5)
    with pytest.raises(Gap):
        placed(workshop, data, 3)


def test_place_needs_the_position_that_was_verified(workshop):
    verified = workshop.verify(workshop.write(workshop.lines(3)), have=lambda header: 1)
    with pytest.raises(ValueError, match="positions"):
        place(verified, 2, workshop.chain(2))


def test_place_never_guesses_a_chain(workshop):
    verified = workshop.verify(workshop.write(workshop.lines(3)))
    with pytest.raises(ValueError, match="positions"):
        place(verified, 2, workshop.chain(2))


def test_beyond_a_gap_there_is_nothing_to_compare(workshop):
    data = workshop.write(workshop.lines(2, first=3), workshop.draft(first=3))
    assert workshop.verify(data, have=lambda header: 1).overlap is None


def test_a_replay_is_named(workshop):
    data = workshop.write(workshop.lines(3))
    assert placed(workshop, data, 0) == 1
    with pytest.raises(AlreadyImported):
        placed(workshop, data, 3)


# The file is bad


def refused(workshop, data: bytes, error: type[SyncError], **more) -> Any:
    with pytest.raises(SyncError) as caught:
        workshop.verify(data, **more)
    assert type(caught.value) is error, caught.value
    return caught.value


def test_empty_and_foreign_files(workshop):
    refused(workshop, b"", EmptyBundle)
    refused(workshop, b"%PDF-1.7\n", NotABundle)
    refused(workshop, workshop.seal(bytes(age.CHUNK)), NotABundle)


def test_too_large_a_file_is_not_even_read(workshop, tmp_path):
    path = tmp_path / "big.lwb"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    with path.open("rb") as file, pytest.raises(TooLarge) as caught:
        verify(file, [], workshop.known.get, organisation="org-een", schema=3)
    assert caught.value.limit == MAX_FILE


def test_cut_at_every_seam(workshop):
    data = workshop.write(
        [encode(workshop.change(1, patch={"note": random.Random(1).randbytes(90_000).hex()}))]
    )
    end = age.sealed_size(2, 0) - 16
    for size in {1, 10, 22, 100, end - 1, end, end + 1, end + age.CHUNK + 16, len(data) - 1}:
        with pytest.raises((BadHeader, BadPayload)):
            workshop.verify(data[:size])


def test_a_flipped_byte_anywhere(workshop):
    data = workshop.write(workshop.lines(20))
    rng = random.Random(6)
    for _ in range(300):
        at = rng.randrange(len(data))
        bad = data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]
        with pytest.raises((BadHeader, BadMac, BadPayload, NewerFormat, NotABundle, NotForUs)):
            workshop.verify(bad)


def test_inner_layout(workshop):
    plain = workshop.unseal(workshop.write(workshop.lines(2)))
    size = int.from_bytes(plain[5:9], "big")
    header, rest = plain[9 : 9 + size], plain[9 + size :]
    for bad, error in (
        (b"", DamagedBundle),
        (plain[:9], DamagedBundle),
        (b"LWB2\n" + plain[5:], NotABundle),
        (plain[:5] + (65_537).to_bytes(4, "big") + plain[9:], TooLarge),
        (plain[:5] + bytes(4) + plain[9:], IllFormed),
        (plain[:5] + (size - 1).to_bytes(4, "big") + plain[9:], IllFormed),
        (plain[:9] + header[:-1] + b" " + rest, IllFormed),
        (plain[:9] + header + bytes(64) + rest[64:], BadSignature),
        (plain[:-1] + b"\1", DamagedBundle),
        (plain[:-1], DamagedBundle),
        (plain + bytes(age.CHUNK), DamagedBundle),
        (plain.rstrip(b"\0"), DamagedBundle),
        (plain.rstrip(b"\0")[:-3], DamagedBundle),
    ):
        refused(workshop, workshop.seal(bad), error)


def test_a_swapped_body(workshop):
    one = workshop.unseal(workshop.write(workshop.lines(2)))
    two = workshop.unseal(workshop.write([encode(workshop.change(seq, salt=b"x" * 16)) for seq in (1, 2)]))
    at = 9 + int.from_bytes(one[5:9], "big") + 64
    refused(workshop, workshop.seal(one[:at] + two[at:]), DamagedBundle)
    refused(workshop, workshop.seal(two[:at] + one[at:]), DamagedBundle)


def test_a_header_of_another_bundle(workshop):
    header = workshop.header(workshop.write(workshop.lines(2)))
    text = b"".join(line + b"\n" for line in workshop.lines(1))
    same_sizes = header["body"] | {"lines": 1, "bytes": len(text), "compressed": len(zlib.compress(text))}
    refused(workshop, workshop.forge(text, lambda h: h.update(body=same_sizes)), DamagedBundle)


def lie(**body):
    return lambda header: header["body"].update(body)


@pytest.mark.parametrize(
    "change",
    [lie(bytes=5), lie(bytes=5_000), lie(lines=2), lie(lines=0), lie(sha256=bytes(32)), lie(compressed=10)],
)
def test_false_sizes(workshop, change):
    refused(workshop, workshop.forge(NOTE + b"\n", change), DamagedBundle)


def test_odd_bodies(workshop):
    good = zlib.compress(NOTE + b"\n")
    for compressed in (good[:-4], good + b"\0", b"", b"no zlib", good[:8] + b"\xff" + good[9:]):
        refused(workshop, workshop.forge(NOTE + b"\n", compressed=compressed), DamagedBundle)
    refused(workshop, workshop.forge(NOTE, lie(lines=1)), DamagedBundle)
    refused(workshop, workshop.forge(NOTE), DamagedBundle)
    refused(workshop, workshop.forge(NOTE + b"\n\n"), IllFormed)


def test_padding_is_bound(workshop):
    for padding in (b"", b"\0" * 10, b"\1", bytes(2 * age.CHUNK)):
        refused(workshop, workshop.forge(NOTE + b"\n", padding=padding), DamagedBundle)


# Limits


def test_announced_sizes_are_refused_before_any_work(workshop):
    for change, what in (
        (lie(bytes=2**20 + 1), "body"),
        (lie(bytes=600 * 2**20, compressed=90 * 2**20), "body"),
        (lie(compressed=MAX_FILE + 1), "file"),
        (lie(lines=2_000_001), "lines"),
    ):
        error = refused(workshop, workshop.forge(b"", change), TooLarge)
        assert error.what == what


def test_a_line_may_have_256_kib(workshop):
    frame = len(b'{"_":"note","text":""}')
    letters = random.Random(3).randbytes(2**18).hex().encode()
    longest = b'{"_":"note","text":"' + letters[: 2**18 - frame] + b'"}'
    assert len(workshop.read(workshop.write([longest]))) == 1
    longer = longest[:-2] + b'a"}'
    for bad in ([longer], [NOTE, longer + letters[:200_000]]):
        with pytest.raises(TooLarge):
            workshop.write(bad)
        assert refused(workshop, workshop.forge_lines(bad), TooLarge).what == "line"


def test_the_writer_keeps_the_limits(workshop, monkeypatch):
    with pytest.raises(TooLarge):
        workshop.write([], workshop.draft(ack={f"{n:032x}": 1 for n in range(2_000)}))
    monkeypatch.setattr(body, "MAX_LINES", 3)
    with pytest.raises(TooLarge):
        workshop.write(workshop.lines(4))
    monkeypatch.setattr(bundle, "MAX_FILE", 60_000)
    with pytest.raises(TooLarge):
        workshop.write([])


def test_lines_that_are_all_alike_still_travel(workshop):
    """The same long text in many records compresses like a bomb; it must not lock its writer in."""
    text = b'{"_":"note","text":"' + b"a" * 200_000 + b'"}'
    data = workshop.write([text] * 6)
    assert len(data) > 6 * 200_000
    assert len(workshop.read(data)) == 6
    assert len(workshop.write([text] * 4)) < 200_000


# Bad lines in a signed bundle


def test_bad_lines_are_named_by_their_number(workshop):
    good = workshop.lines(2)
    for bad in (good[1] + b" ", b'{"_":"note","x":1.0}', b"", encode(workshop.change(3)), good[0]):
        error = refused(workshop, workshop.forge_lines([good[0], bad]), IllFormed)
        assert error.line == 2
        with pytest.raises(IllFormed):
            workshop.write([good[0], bad])


def test_a_laptop_speaks_only_for_itself(workshop):
    foreign = encode(workshop.change(1, actor=workshop.stranger.actor))
    receipt = encode_line(Receipt(actor=workshop.laptop.actor, chain=bytes(32), upto=1))
    for bad in (foreign, receipt):
        refused(workshop, workshop.forge_lines([bad]), IllFormed)
        with pytest.raises(IllFormed):
            workshop.write([bad])


def test_the_chain_of_the_header_must_come_true(workshop):
    refused(workshop, workshop.forge_lines(workshop.lines(2)), IllFormed)
    text = b"".join(line + b"\n" for line in workshop.lines(2))

    def claim(last):
        return lambda header: header["stream"].update(last=last, chain_after=workshop.chain(2))

    workshop.verify(workshop.forge(text, claim(2)))
    refused(workshop, workshop.forge(text, claim(3)), IllFormed)


def test_what_must_be_understood(workshop):
    error = refused(workshop, workshop.forge_lines([b'{"_":"vault","must":true}']), NewerFormat)
    assert (error.what, error.theirs) == ("line", "vault")


def test_a_clock_from_nowhere(workshop):
    line = workshop.lines(1)[0]
    bad = line.replace(str(workshop.change(1).hlc).encode(), str(2**63).encode())
    refused(workshop, workshop.forge_lines([bad]), FromTheFuture)
    refused(workshop, workshop.forge(b"", lambda header: header.update(created=2**63)), FromTheFuture)


# The header


@pytest.mark.parametrize(
    "change",
    [
        lambda h: h.update(extra=1),
        lambda h: h.pop("roster"),
        lambda h: h.update(recipients=[]),
        lambda h: h.update(recipients=h["recipients"][::-1]),
        lambda h: h.update(recipients=h["recipients"][:1] * 2),
        lambda h: h.update(recipients=["x"]),
        lambda h: h.update(schema=1),
        lambda h: h.update(min_schema=0),
        lambda h: h.update(ack={"x": 1}),
        lambda h: h.update(ack={"a" * 32: -1}),
        lambda h: h.update(organisation="Org"),
        lambda h: h.update(key_id="x"),
        lambda h: h.update(bundle="x"),
        lambda h: h["sender"].update(name="e\u0308"),
        lambda h: h["sender"].update(name=""),
        lambda h: h["sender"].update(name="x" * 201),
        lambda h: h["stream"].update(first=2),
        lambda h: h["stream"].update(first=0),
        lambda h: h["stream"].update(id="x"),
        lambda h: h["stream"].update(chain_before=b"\1" * 32, chain_after=b"\1" * 32),
        lambda h: h["stream"].update(chain_after=b"\1" * 32),
        lambda h: h["stream"].update(last=2**53 + 1),
        lambda h: (h.update(kind="snapshot"), h["stream"].update(last=1)),
        lambda h: h["body"].update(lines=-1),
        lambda h: h["body"].update(sha256=bytes(31)),
        lambda h: h.update(format="1"),
        lambda h: h.pop("format"),
    ],
)
def test_bad_headers(workshop, change):
    """Already by the header alone, whatever the body says."""
    data = workshop.forge(b"", change)
    ours = [workshop.office.identity]
    with pytest.raises(IllFormed):
        peek(io.BytesIO(data), ours, workshop.known.get, organisation="org-een", schema=3)


def test_no_header_at_all(workshop):
    spaced = canonical(workshop.header(workshop.write([]))).replace(b'"roster":4', b'"roster": 4')
    for raw in (b"{", b"null", b"[" * 60_000, b'{"format":1}', spaced):
        refused(workshop, workshop.forge(b"", raw_header=raw), IllFormed)


def test_nothing_bad_can_be_written(workshop):
    for more, error in (
        ({"kind": "enrol"}, NewerFormat),
        ({"kind": "gossip"}, NewerFormat),
        ({"organisation": "ORG"}, IllFormed),
        ({"sender_name": "half \ud800"}, IllFormed),
        ({"created": 2**63}, FromTheFuture),
        ({"min_schema": 4}, IllFormed),
    ):
        with pytest.raises(error):
            workshop.write([], workshop.draft(**more))
    with pytest.raises(IllFormed):
        workshop.write([], recipients=[workshop.office.recipient] * 2)
    with pytest.raises(BadKey):
        workshop.write([], recipients=["age1nobody"])


def test_a_source_that_changes_its_mind(workshop):
    sources = [workshop.lines(2), workshop.lines(1)]
    with pytest.raises(ValueError, match="second time"):
        write_bundle(
            io.BytesIO(),
            workshop.draft(),
            lambda: sources.pop(0),
            workshop.laptop.key,
            [workshop.office.recipient],
        )


# Trust


def test_newer_programs(workshop):
    for change, what, theirs in (
        (lambda h: h.update(format=2), "format", 2),
        (lambda h: h.update(kind="enrol"), "kind", "enrol"),
        (lambda h: h.update(kind="welcome"), "kind", "welcome"),
        (lambda h: h.update(kind="gossip"), "kind", "gossip"),
        (lambda h: h.update(schema=9, min_schema=4), "schema", 4),
    ):
        error = refused(workshop, workshop.forge(b"", change), NewerFormat)
        assert (error.what, error.theirs) == (what, theirs)
    workshop.verify(workshop.forge(b"", lambda h: h.update(schema=9, min_schema=3)))
    newer = workshop.forge(b"", raw_header=b'{"format":2,"everything":"else"}')
    refused(workshop, newer, NewerFormat)


def test_for_another_office(workshop):
    data = workshop.write(workshop.lines(1))
    refused(workshop, data, NotForUs, identities=[workshop.stranger.identity])
    error = refused(workshop, data, WrongOrganisation, organisation="org-twee")
    assert error.theirs == "org-een"


def test_unknown_sender(workshop):
    data = workshop.write([], key=workshop.stranger.key)
    error = refused(workshop, data, UnknownSender)
    assert error.actor == workshop.laptop.actor


def test_a_revoked_sender(workshop):
    def known(key_id: str) -> bytes | None:
        raise RevokedSender(workshop.laptop.actor, 3)

    refused(workshop, workshop.write([]), RevokedSender, known=known)


def test_foreign_signatures(workshop):
    refused(workshop, workshop.forge(b"", key=workshop.stranger.key), BadSignature)


def test_an_enrolled_device_cannot_speak_in_anothers_name(workshop):
    stranger = workshop.stranger
    draft = workshop.draft(sender_actor=stranger.actor, stream=stranger.actor)
    honest = workshop.write([], draft, key=stranger.key)
    known = workshop.known | {stranger.key_id: stranger.key.public}
    workshop.verify(honest, known=known.get)

    def pretend(header):
        header["sender"]["actor"] = workshop.laptop.actor
        header["stream"]["id"] = workshop.laptop.actor
        header["key_id"] = stranger.key_id

    forged = workshop.forge(b"", pretend, key=stranger.key)
    refused(workshop, forged, BadSignature, known=known.get)


def test_sealed_again_for_somebody_else(workshop):
    """The recovery key's holder opens a bundle and passes it on: the sender did not mean that."""
    plain = workshop.unseal(workshop.write(workshop.lines(1)))
    stranger = workshop.stranger
    for recipients in (
        [stranger.recipient],
        [stranger.recipient, workshop.recovery.recipient],
    ):
        data = workshop.seal(plain, recipients)
        refused(workshop, data, Resealed, identities=[stranger.identity])
    more = workshop.seal(plain, [*workshop.recipients, stranger.recipient])
    refused(workshop, more, Resealed)
    refused(workshop, workshop.seal(plain, workshop.recipients[:1]), Resealed)


def test_no_stanza_of_a_weaker_type(workshop, monkeypatch):
    wrap = age._wrap
    monkeypatch.setattr(age, "_wrap", lambda key, to: b"-> X25519 abc\n\n" if to == "weak" else wrap(key, to))
    plain = workshop.unseal(workshop.write([]))
    refused(workshop, workshop.seal(plain, [workshop.office.recipient, "weak"]), Resealed)


class OtherUnwrapper:
    """Opens our stanzas, but is not one of our identities."""

    stanza_type = age.TYPE

    def __init__(self, identity: age.Identity) -> None:
        self.unwrap = identity.unwrap


def test_only_an_identity_of_ours_can_be_meant(workshop):
    data = workshop.write([])
    refused(workshop, data, Resealed, identities=[OtherUnwrapper(workshop.office.identity)])


# The second pass


def test_the_file_changed_between_the_passes(workshop):
    one, other = workshop.write(workshop.lines(3)), workshop.write(workshop.lines(3))
    verified = workshop.verify(one)
    for bad in (other, one[:-1], one + b"x", b""):
        with pytest.raises(SyncError) as caught:
            list(read_lines(io.BytesIO(bad), verified))
        assert type(caught.value) in (BadPayload, DamagedBundle)


def test_the_second_pass_ends_with_the_same_hash(workshop):
    """Even under the same file key another body is found at the end."""
    data = workshop.write(workshop.lines(2))
    verified = workshop.verify(data)
    plain = workshop.unseal(data)
    text = b"".join(encode(workshop.change(seq, salt=b"x" * 16)) + b"\n" for seq in (1, 2))
    at = verified._body_at
    swapped = plain[:at] + zlib.compress(text)
    swapped += bytes(-len(swapped) % age.CHUNK)
    cipher = ChaCha20Poly1305(verified._opened.payload_key)
    other = data[: verified._opened.payload_at] + cipher.encrypt(age._chunk_nonce(0, True), swapped, None)
    with pytest.raises(DamagedBundle):
        list(read_lines(io.BytesIO(other), verified))


def test_a_verified_bundle_shows_no_key(workshop):
    verified = workshop.verify(workshop.write([]))
    assert "_opened" not in repr(verified)
