"""One save of one record as a line of text: encode, decode, commitment and chain link (FORMAT.md §7)."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from sync import clock
from sync.errors import IllFormed

WHOLE = 2**53
GENESIS = bytes(32)
REMOVED = "removed"  # reserved field: the record is removed (§7.1)

Value: TypeAlias = bool | int | str | list[str] | None

Actor = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
RecordId = Annotated[str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")]
Number = Annotated[int, Meta(ge=1, le=WHOLE)]
Hlc = Annotated[int, Meta(ge=0)]
Hash = Annotated[bytes, Meta(min_length=32, max_length=32)]
_Whole = Annotated[int, Meta(ge=-WHOLE, le=WHOLE)]
_Salt = Annotated[bytes, Meta(min_length=16, max_length=16)]

_PATCH = b"leerwinkel LWB1 patch\n"
_CHANGE = b"leerwinkel LWB1 change\n"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")
_ACTOR = re.compile(r"[0-9a-f]{32}\Z")
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Change(
    Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="_",
    tag="change",
):
    """One save of one record; keys in the order of the canonical form. Erased: patch and salt are None."""

    actor: Actor
    base: dict[str, Number]
    commitment: Hash | None = None
    hlc: Hlc
    id: RecordId
    kind: str
    patch: dict[str, bool | _Whole | str | list[str] | None] | None
    salt: _Salt | None
    seq: Number


class _Rest(Struct, frozen=True):
    actor: str
    base: dict[str, int]
    hlc: int
    id: str
    kind: str
    seq: int


canonical = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(Change).decode


def new_change(
    *,
    actor: str,
    seq: int,
    hlc: int,
    kind: str,
    id: str,
    patch: Mapping[str, Value],
    base: Mapping[str, int],
    salt: bytes | None = None,
) -> Change:
    """A valid change, its texts brought to NFC, with a fresh salt. Raises IllFormed, FromTheFuture."""
    change = Change(
        actor=actor,
        base=dict(base),
        hlc=hlc,
        id=id,
        kind=kind,
        patch={field: _nfc(value) for field, value in patch.items()},
        salt=secrets.token_bytes(16) if salt is None else salt,
        seq=seq,
    )
    encode(change)
    return change


def encode(change: Change) -> bytes:
    """The canonical line without line feed. Raises IllFormed or FromTheFuture when the change breaks §7."""
    try:
        line = canonical(change)
    except UnicodeEncodeError:
        raise IllFormed("surrogate") from None
    decode(line)
    return line


def decode(line: bytes) -> Change:
    """The change in a canonical line. Raises IllFormed or FromTheFuture."""
    change = decode_verified(line)
    if canonical(change) != line:
        raise IllFormed("not canonical")
    check_text(line)
    _check(change)
    return change


def decode_verified(line: bytes) -> Change:
    """Decode a line that `decode` has accepted before; checks only types. Raises IllFormed."""
    try:
        return _decode(line)
    except (ValueError, RecursionError):
        raise IllFormed("change") from None


def erase(change: Change) -> Change:
    """The same change without patch and salt; its chain link stays the same (§7.2)."""
    return replace(change, patch=None, salt=None, commitment=commitment(change))


def commitment(change: Change) -> bytes:
    """SHA-256 that binds the patch without telling it (§7.2)."""
    if change.salt is None or change.patch is None:
        return change.commitment or b""
    return sha256(_PATCH + change.salt + canonical(change.patch)).digest()


def link(previous: bytes, change: Change) -> bytes:
    """The chain value after `change`, from the 32-byte value before it (§7.3); GENESIS before number 1."""
    rest = canonical(
        _Rest(change.actor, change.base, change.hlc, change.id, change.kind, change.seq),
    )
    return sha256(_CHANGE + previous + commitment(change) + rest).digest()


def check_text(line: bytes) -> None:
    """Refuse U+0000 and text that is not NFC anywhere in a JSON line (§1.1). Raises IllFormed."""
    if b"\\u0000" in line and _NUL.search(line):
        raise IllFormed("NUL")
    if not line.isascii() and not unicodedata.is_normalized("NFC", line.decode("utf-8")):
        raise IllFormed("not NFC")


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Whether `text` is a name of a kind, a field or a line type (§1)."""
    return _NAME.match(text) is not None


@lru_cache(maxsize=4096)
def is_actor(text: str) -> bool:
    """Whether `text` is an actor or a stream id (§1)."""
    return _ACTOR.match(text) is not None


def _check(change: Change) -> None:
    clock.check(change.hlc)
    if change.patch is None or change.salt is None:
        erased = change.patch is None and change.salt is None and change.commitment is not None
        if not erased:
            raise IllFormed("half erased")
    elif change.commitment is not None or not all(map(is_name, change.patch)):
        raise IllFormed("patch")
    if not is_name(change.kind):
        raise IllFormed("kind")
    if not all(map(is_actor, change.base)) or change.base.get(change.actor, 0) >= change.seq:
        raise IllFormed("base")


def _nfc(value: Value) -> Value:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list | tuple):
        return [unicodedata.normalize("NFC", item) for item in value]
    return value
