"""Small files that would grow enormous, and lines made to choke a parser: refused at once and cheaply."""

from __future__ import annotations

import io
import random
import tracemalloc
import zlib

import pytest

from sync.bundle import read_lines
from sync.changes import encode
from sync.errors import BadSignature, DamagedBundle, IllFormed, SyncError, TooLarge

GIB = 2**30
MIB = 2**20


def repeated(piece: bytes, times: int) -> bytes:
    """A zlib stream of `piece` over and over, without ever building what it holds."""
    engine = zlib.compressobj(9)
    first = engine.compress(piece) + engine.flush(zlib.Z_FULL_FLUSH)
    again = engine.compress(piece) + engine.flush(zlib.Z_FULL_FLUSH)
    return first + again * (times - 1)


def announce(size: int, compressed: bytes, lines: int = 1):
    return lambda header: header["body"].update(bytes=size, compressed=len(compressed), lines=lines)


def refuse(workshop, data: bytes) -> tuple[SyncError, int]:
    """The error, and the peak of memory in bytes."""
    tracemalloc.start()
    try:
        with pytest.raises(SyncError) as caught:
            workshop.verify(data)
        return caught.value, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def zeros():
    """1 GiB of zeros in about 1 MiB."""
    data = repeated(bytes(MIB), 1024)
    assert len(data) < 2 * MIB
    return data


@pytest.mark.parametrize(
    ("size", "error"),
    [(GIB, TooLarge), (38 * MIB, TooLarge), (1000, DamagedBundle)],
    ids=["told", "at the ratio", "told small"],
)
def test_a_gigabyte_of_zeros(workshop, zeros, size, error):
    data = workshop.forge(b"", announce(size, zeros), compressed=zeros)
    caught, peak = refuse(workshop, data)
    assert type(caught) is error
    assert peak < 64 * MIB


def test_an_unsigned_bomb_is_never_unpacked(workshop, zeros):
    data = workshop.forge(b"", announce(38 * MIB, zeros), compressed=zeros, key=workshop.stranger.key)
    caught, peak = refuse(workshop, data)
    assert type(caught) is BadSignature
    assert peak < 8 * MIB


@pytest.mark.parametrize(
    ("piece", "error"),
    [(b"\n" * MIB, IllFormed), (b'{"_":"note"}\n' * 80_000, DamagedBundle)],
    ids=["line feeds", "good lines"],
)
def test_a_gigabyte_of_lines(workshop, piece, error):
    body = repeated(piece, 1024)
    data = workshop.forge(b"", announce(MIB, body, lines=80_000), compressed=body)
    caught, peak = refuse(workshop, data)
    assert type(caught) is error
    assert peak < 64 * MIB


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b'{"_":"note","x":' + b"[" * 200_000 + b"]" * 50_000 + b"}", IllFormed),
        (b'{"_":"note","x":' + b'{"a":' * 40_000 + b"}" * 40_001, IllFormed),
        (b'{"_":"note","x":' + b"9" * 200_000 + b"}", IllFormed),
        (b'{"_":"note"' + b',"x":1' * 40_000 + b"}", IllFormed),
        (b'{"_":"note"' + b',"x":1' * 1_000_000 + b"}", TooLarge),
        (b'{"_":"change","base":{' + b'"a":1,' * 40_000 + b'"a":1}}', IllFormed),
    ],
    ids=["arrays", "objects", "digits", "keys", "a million keys", "base"],
)
def test_lines_made_to_choke(workshop, line, error):
    rest = b'{"_":"note","x":"' + random.Random(1).randbytes(90_000).hex().encode() + b'"}'
    caught, peak = refuse(workshop, workshop.forge_lines([rest, line, rest]))
    assert type(caught) is error
    assert peak < 64 * MIB


def test_memory_does_not_grow_with_the_bundle(workshop):
    rng = random.Random(7)
    lines = [
        encode(workshop.change(seq, patch={"note": rng.randbytes(4_000).hex()})) for seq in range(1, 1001)
    ]
    data = workshop.write(lines)
    src = io.BytesIO(data)
    assert len(data) > 4 * MIB
    tracemalloc.start()
    verified = workshop.verify(data)
    count = sum(1 for _ in read_lines(src, verified))
    peak = tracemalloc.get_traced_memory()[1] - len(data)
    tracemalloc.stop()
    assert count == 1000
    assert peak < 3 * MIB
