"""The age codec in MB each second, against bare ChaCha20-Poly1305 in chunks of 64 KiB."""

from __future__ import annotations

import io
import os
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync import Identity, age
from tests.benchmarks.room import Room
from tests.benchmarks.rows import Promise, Row
from tests.benchmarks.timing import medians, timed

MEGABYTES = 32
_BARE = "bare ChaCha20-Poly1305 over the same bytes in chunks of 64 KiB"
SEAL = Promise(name="age: sealing 32 MB", unit="MB/s", control=_BARE, at_least_times=0.5)
OPEN = Promise(name="age: opening 32 MB", unit="MB/s", control=_BARE, at_least_times=0.5)
PROMISES = (SEAL, OPEN)


def measure(room: Room) -> list[Row]:
    """Seal and open the same random bytes in memory, for one recipient."""
    data = os.urandom(MEGABYTES * 1_000_000)
    chunks = [data[at : at + age.CHUNK] for at in range(0, len(data), age.CHUNK)]
    identity = Identity(age.new_identity_text())
    sealed = io.BytesIO()
    age.seal(sealed, [identity.recipient], chunks)
    cipher = ChaCha20Poly1305(bytes(32))
    closed = [cipher.encrypt(_nonce(at), chunk, None) for at, chunk in enumerate(chunks)]

    def bare_seal() -> None:
        out = io.BytesIO()
        for at, chunk in enumerate(chunks):
            out.write(cipher.encrypt(_nonce(at), chunk, None))

    def bare_open() -> None:
        for at, chunk in enumerate(closed):
            cipher.decrypt(_nonce(at), chunk, None)

    return [
        SEAL.row(*_speeds(lambda: age.seal(io.BytesIO(), [identity.recipient], chunks), bare_seal)),
        OPEN.row(*_speeds(lambda: _opened(sealed, identity), bare_open)),
    ]


def _nonce(counter: int) -> bytes:
    return counter.to_bytes(12, "big")


def _opened(sealed: io.BytesIO, identity: Identity) -> None:
    sealed.seek(0)
    for _ in age.read_chunks(sealed, age.open_file(sealed, [identity])):
        pass


def _speeds(ours: Callable[[], None], bare: Callable[[], None]) -> tuple[float, float]:
    seconds, control = medians(lambda: timed(ours), lambda: timed(bare), 7)
    return MEGABYTES / seconds, MEGABYTES / control
