"""Makes keys of passphrases, and wraps or seals the keys of a vault (SECURITY.md §2 "Keys", "Slots").

Argon2id (RFC 9106) turns a passphrase into a key; ChaCha20-Poly1305 wraps with such a key; what is meant for
somebody who is not here is sealed to his recipient as a small age file (sync/FORMAT.md §2).
"""

from __future__ import annotations

import io
import time
import unicodedata
from hashlib import sha256
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from leerwinkel_desktop.store.errors import ForeignFile, SlotTooExpensive
from sync import age
from sync.errors import NotForUs, SyncError

KEY_BYTES = 32
TARGET_SECONDS = 1.0
Cost = tuple[int, int, int]
"""Argon2id's (m in KiB, t passes, p lanes)."""
FLOOR: Cost = (64 * 1024, 3, 4)
CHEAPEST: Cost = (64, 1, 1)
"""For tests only."""
_CEILING: Cost = (2 * 1024 * 1024, 16, 16)


class Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Argon2id (RFC 9106): `m` in KiB, `t` passes, `p` lanes, 16 bytes of salt."""

    m: Annotated[int, msgspec.Meta(ge=8)]
    t: Annotated[int, msgspec.Meta(ge=1)]
    p: Annotated[int, msgspec.Meta(ge=1)]
    salt: bytes
    name: str = "argon2id"


class _Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in a sealed slot: the keys, and the hash of all that they are bound to."""

    bound: bytes
    keys: list[bytes]


def calibrated(target_seconds: float = TARGET_SECONDS) -> Cost:
    """Argon2id parameters that take about the target on this machine, and never below the floor."""
    m, t, p = FLOOR
    begin = time.perf_counter()
    derive("meting", Kdf(m=m, t=t, p=p, salt=bytes(16)))
    factor = target_seconds / max(time.perf_counter() - begin, 0.001)
    return (min(max(m, int(m * factor) // 1024 * 1024), _CEILING[0] // 2), t, p)


def strengthened(kdf: Kdf) -> Cost | None:
    """The parameters that a slot should have by now, or None when they are strong enough.

    Follows the floor, which a later program may raise. What tests make with CHEAPEST stays as it is.
    """
    now = (kdf.m, kdf.t, kdf.p)
    wanted = (max(now[0], FLOOR[0]), max(now[1], FLOOR[1]), max(now[2], FLOOR[2]))
    return None if now in (wanted, CHEAPEST) else wanted


def refuse_expense(kdf: Kdf) -> None:
    """Raise SlotTooExpensive above the ceiling, before anything is allocated."""
    if any(asked > most for asked, most in zip((kdf.m, kdf.t, kdf.p), _CEILING, strict=True)):
        raise SlotTooExpensive


def derive(passphrase: str, kdf: Kdf) -> bytes:
    """32 bytes out of a passphrase, the same however its accents are composed. Raises ForeignFile."""
    try:
        argon = Argon2id(salt=kdf.salt, length=KEY_BYTES, iterations=kdf.t, lanes=kdf.p, memory_cost=kdf.m)
    except ValueError as error:
        raise ForeignFile from error
    return argon.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))


def subkey(key: bytes, purpose: bytes) -> bytes:
    """A key for one purpose out of another key (HKDF-SHA256, RFC 5869)."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose).derive(key)


def wrap(secret: bytes, key: bytes, nonce: bytes, bound: bytes) -> bytes:
    """Encrypt a secret with a key (ChaCha20-Poly1305); `bound` must be the same at unwrapping."""
    return ChaCha20Poly1305(key).encrypt(nonce, secret, bound)


def unwrap(wrapped: bytes, key: bytes, nonce: bytes, bound: bytes) -> bytes | None:
    """The secret, or None for another key or another binding. Raises ForeignFile for an impossible nonce."""
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, wrapped, bound)
    except InvalidTag:
        return None
    except ValueError as error:
        raise ForeignFile from error


def new_identity() -> str:
    """A fresh age identity (`AGE-SECRET-KEY-PQ-1…`)."""
    return age.new_identity_text()


def recipient_of(identity: str) -> str:
    """Whom to seal to (`age1pq1…`) so that this identity opens it."""
    return age.Identity(identity).recipient


def seal(keys: list[bytes], recipient: str, bound: bytes) -> bytes:
    """An age file for one recipient with the keys in it; `bound` must be the same at opening."""
    out = io.BytesIO()
    plain = msgspec.json.encode(_Sealed(bound=sha256(bound).digest(), keys=keys))
    age.seal(out, [recipient], [plain])
    return out.getvalue()


def unseal(sealed: bytes, identity: str, bound: bytes) -> list[bytes] | None:
    """The keys, or None when they were sealed to another. Raises ForeignFile when they do not belong here."""
    source = io.BytesIO(sealed)
    try:
        opened = age.open_file(source, [age.Identity(identity)])
        found = msgspec.json.decode(b"".join(age.read_chunks(source, opened)), type=_Sealed)
    except NotForUs:
        return None
    except (SyncError, msgspec.DecodeError) as error:
        raise ForeignFile from error
    if found.bound != sha256(bound).digest() or not found.keys:
        raise ForeignFile
    return found.keys
