"""Our own age files: what we seal opens, and nothing that was changed or cut is ever accepted."""

from __future__ import annotations

import io
import random
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync import age, bech32, trust
from sync.errors import (
    BadHeader,
    BadKey,
    BadPayload,
    EmptyBundle,
    NewerFormat,
    NotABundle,
    NotForUs,
    SyncError,
    TooLarge,
)


class Dribble(io.BytesIO):
    """A source that gives at most 1000 bytes at a time, as a pipe may."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(min(1000, 1000 if size is None or size < 0 else size))


def opened(data: bytes, *identities: age.Identity) -> bytes:
    src = io.BytesIO(data)
    return b"".join(age.read_chunks(src, age.open_file(src, identities)))


@pytest.fixture(scope="module")
def key():
    return age.Identity(trust.new_identity()[0])


@pytest.fixture(scope="module")
def small(key):
    """About 4 KiB, plaintext and file."""
    plain = random.Random(1).randbytes(2400)
    out = io.BytesIO()
    age.seal(out, [key.recipient], [plain])
    return plain, out.getvalue()


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])
def test_round_trip(key, size):
    plain = random.Random(size).randbytes(size)
    pieces = [plain[at : at + 50_000] for at in range(0, size, 50_000)]
    out = io.BytesIO()
    age.seal(out, [key.recipient], pieces)
    assert opened(out.getvalue(), key) == plain
    assert len(out.getvalue()) == age.sealed_size(1, size)


def test_each_of_many_recipients_opens_it():
    keys = [age.Identity(trust.new_identity()[0]) for _ in range(3)]
    out = io.BytesIO()
    age.seal(out, [key.recipient for key in keys], [b"samen"])
    assert [opened(out.getvalue(), key) for key in keys] == [b"samen"] * 3
    assert len(out.getvalue()) == age.sealed_size(3, 5)


def test_a_slow_source(key, small):
    plain, data = small
    src = Dribble(data)
    assert b"".join(age.read_chunks(src, age.open_file(src, [key]))) == plain


def test_somebody_else(small):
    with pytest.raises(NotForUs):
        opened(small[1], age.Identity(trust.new_identity()[0]))
    with pytest.raises(NotForUs):
        opened(small[1])


def test_no_secrets_shown(key, small):
    src = io.BytesIO(small[1])
    shown = repr(age.open_file(src, [key]))
    assert shown == "Opened(1 stanzas)"


def test_cut_anywhere(key, small):
    data = small[1]
    assert 3900 < len(data) < 4200
    for size in range(len(data)):
        with pytest.raises(EmptyBundle if size == 0 else (BadHeader, BadPayload)):
            opened(data[:size], key)


def mutate(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data))
    match rng.randrange(5):
        case 0:
            return data[:at] + bytes([data[at] ^ 1 << rng.randrange(8)]) + data[at + 1 :]
        case 1:
            return data[:at] + data[at + rng.randrange(1, 40) :]
        case 2:
            return data[:at] + rng.randbytes(rng.randrange(1, 40)) + data[at:]
        case 3:
            other = rng.randrange(len(data))
            first, second = sorted((at, other))
            return data[:first] + data[second:] + data[first:second]
        case _:
            return data[:at] + data[at : at + 30] * 2 + data[at + 30 :]


def refuse_mutations(key: age.Identity, data: bytes, count: int, seed: int) -> int:
    rng, tried = random.Random(seed), 0
    while tried < count:
        changed = mutate(rng, data)
        if changed == data:
            continue
        tried += 1
        with pytest.raises(SyncError):
            opened(changed, key)
    return tried


def test_mutations(key, small):
    assert refuse_mutations(key, small[1], 6_000, 2) == 6_000


@pytest.mark.soak
def test_many_mutations(key, small):
    assert refuse_mutations(key, small[1], 100_000, 3) == 100_000


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyBundle),
        (b"PK\x03\x04 some other file", NotABundle),
        (b"age-encryption.org/v2\n-> x\n\n--- \n", NewerFormat),
        (b"age-encryption.org/v\xff\n", BadHeader),
        (b"age-encryption.org/" + b"v" * 300, BadHeader),
        (b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n", BadHeader),
        (b"age-encryption.org/v1\n-> x\n" + b"A" * 68 + b"\n", BadHeader),
        (b"age-encryption.org/v1\n-> x\n" + b"A" * 68 + b"\n--- " + b"A" * 43 + b"\n" + bytes(16), BadHeader),
        (b"age-encryption.org/v1\n" + b"-> x\n\n" * 10_000, TooLarge),
        (b"age-encryption.org/v1\n-> " + b"x" * 10_000_000, TooLarge),
        (b"age-encryption.org/v1\n-> x\n" + (b"A" * 64 + b"\n") * 10_000, TooLarge),
    ],
)
def test_bad_headers(key, data, error):
    with pytest.raises(SyncError) as caught:
        opened(data, key)
    assert type(caught.value) is error


@pytest.mark.parametrize(
    ("share", "error"), [(bytes(32), BadHeader), (b"\x09" + bytes(31), NotForUs)], ids=["zeros", "a point"]
)
def test_a_share_that_gives_no_secret_is_no_stranger(key, share, error):
    """With a share of low order both sides would agree on zeros (RFC 7748 §6.1); age refuses the header."""
    enc = b64encode(bytes(1088) + share).rstrip(b"=")
    body, mac = b64encode(bytes(32)).rstrip(b"="), b"A" * 43
    with pytest.raises(SyncError) as caught:
        opened(
            b"age-encryption.org/v1\n-> mlkem768x25519 " + enc + b"\n" + body + b"\n--- " + mac + b"\n", key
        )
    assert type(caught.value) is error


def test_chunks_cannot_be_left_out_or_follow_the_end(key):
    out = io.BytesIO()
    age.seal(out, [key.recipient], [bytes(3 * age.CHUNK)])
    data = out.getvalue()
    begin = age.sealed_size(1, 0) - 16
    chunk = age.CHUNK + 16
    for bad in (data[:-chunk], data[:begin] + data[begin + chunk :], data + data[-chunk:], data + b"x"):
        with pytest.raises(BadPayload):
            opened(bad, key)


def test_an_empty_chunk_ends_only_an_empty_file(key):
    out = io.BytesIO()
    age.seal(out, [key.recipient], [])
    src = io.BytesIO(out.getvalue())
    found = age.open_file(src, [key])
    cipher = ChaCha20Poly1305(found.payload_key)
    full = cipher.encrypt(bytes(12), bytes(age.CHUNK), None)
    empty = cipher.encrypt(bytes(10) + b"\1\1", b"", None)
    src = io.BytesIO(full + empty)
    chunks = age.read_chunks(src, found)
    assert next(chunks) == bytes(age.CHUNK)
    with pytest.raises(BadPayload):
        next(chunks)


def test_bad_keys(key):
    recipient = key.recipient
    low_order = bech32.encode("age1pq", bech32.decode("age1pq", recipient)[:-32] + bytes(32))
    bad = [
        "",
        "age1pq1",
        "é" + recipient,
        recipient.upper(),
        recipient[:-1] + ("q" if recipient[-1] != "q" else "p"),
        recipient[:20] + "B" + recipient[21:],
        recipient[:20] + "b" + recipient[21:],
        recipient.replace("age1pq1", "age1pp1"),
        bech32.encode("age1pq", bytes(1215)),
        bech32.encode("age1pq", b"\xff" * 1216),
        low_order,
    ]
    for text in bad:
        with pytest.raises(BadKey):
            age.seal(io.BytesIO(), [text], [])
    for text in ("", recipient, bech32.encode("age-secret-key-pq-", bytes(31))):
        with pytest.raises(BadKey):
            age.Identity(text)


@pytest.mark.parametrize("values", [[31, 31], [31, 28, 0]], ids=["not zero", "a whole letter"])
def test_bech32_refuses_spare_bits(values):
    """One byte takes two letters, with two spare bits that are zero."""
    check = bech32._polymod(bech32._expand("x") + values + [0] * 6) ^ 1
    values = values + [check >> 5 * (5 - place) & 31 for place in range(6)]
    with pytest.raises(BadKey):
        bech32.decode("x", "x1" + "".join(bech32._ALPHABET[value] for value in values))


@pytest.mark.parametrize("size", range(0, 40))
def test_bech32_round_trip(size):
    data = random.Random(size).randbytes(size)
    assert bech32.decode("key", bech32.encode("key", data)) == data
    assert bech32.decode("key", bech32.encode("key", data).upper()) == data
