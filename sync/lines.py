"""The lines in a body: changes, receipts, the trail, trust, giving, and types to come (FORMAT.md §5)."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Final, NamedTuple, TypeAlias

import msgspec
from msgspec import Struct

from sync import changes, roster
from sync.audit import Audit, Audited
from sync.changes import Actor, Change, Hash, Number
from sync.errors import IllFormed, NewerFormat
from sync.giving import Given, Gone, Holding, People, Person, Release, Scope, Take, fits
from sync.roster import Keyset, Roster

MAX_DEPTH = 8
_LINE = b"leerwinkel LWB1 line\n"
_CHANGE_START = b'{"_":"change",'
_KEYSET_START = b'{"_":"keyset",'
_ROSTER_START = b'{"_":"roster",'
_WIDE = 2**63


class Receipt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="receipt"):
    """The office holds everything of `actor` up to number `upto`, where the chain value is `chain`."""

    actor: Actor
    chain: Hash
    upto: Number


class Unknown(NamedTuple):
    """A valid line of a type that this program does not know; keep `raw` and replay it after an upgrade."""

    type: str
    raw: bytes


Plain: TypeAlias = Receipt | Audit | Audited | Given | Holding
Line: TypeAlias = Change | Plain | Keyset | Roster | Unknown

_PLAIN_TYPES: Final[tuple[type[Plain], ...]] = (
    Receipt,
    Audit,
    Audited,
    Scope,
    Take,
    Release,
    Gone,
    People,
    Person,
    Holding,
)
_PLAIN: Final[dict[bytes, Callable[[bytes], Plain]]] = {
    b'{"_":"%s",' % str(each.__struct_config__.tag).encode(): msgspec.json.Decoder(each).decode
    for each in _PLAIN_TYPES
}
_KNOWN: Final = {"change", "keyset", "roster", *(str(each.__struct_config__.tag) for each in _PLAIN_TYPES)}


def encode_line(plain: Plain) -> bytes:
    """The canonical line without line feed of a line that is no change or statement. Raises IllFormed."""
    try:
        line = changes.canonical(plain)
    except UnicodeEncodeError:
        raise IllFormed("surrogate") from None
    parse(line)
    return line


def parse(line: bytes) -> Line:
    """The line in canonical bytes; a statement's signature is not looked at.

    Raises IllFormed, FromTheFuture, BadKey, or NewerFormat for an unknown `must`.
    """
    if line.startswith(_CHANGE_START):
        return changes.decode(line)
    decode = _PLAIN.get(line[: line.find(b",") + 1])
    if decode is not None:
        return _plain(line, decode)
    if line.startswith(_KEYSET_START):
        return roster.parse(line, Keyset)
    if line.startswith(_ROSTER_START):
        return roster.parse(line, Roster)
    return _unknown(line)


def parse_verified(line: bytes) -> Line:
    """Like `parse`, for a line that `parse` has accepted before."""
    if line.startswith(_CHANGE_START):
        return changes.decode_verified(line)
    return parse(line)


def link(previous: bytes, line: Line, raw: bytes) -> bytes:
    """The chain value after a numbered line (§7.3)."""
    if isinstance(line, Change):
        return changes.link(previous, line)
    return sha256(_LINE + previous + raw).digest()


def _plain(line: bytes, decode: Callable[[bytes], Plain]) -> Plain:
    try:
        plain = decode(line)
    except (ValueError, RecursionError):
        raise IllFormed(line[6 : line.index(b'"', 6)].decode()) from None
    if changes.canonical(plain) != line:
        raise IllFormed("not canonical")
    changes.check_text(line)
    if not isinstance(plain, Receipt | Audit | Audited) and not fits(plain):
        raise IllFormed("ids")
    return plain


def _unknown(line: bytes) -> Unknown:
    try:
        data = msgspec.json.decode(line)
    except (ValueError, RecursionError):
        raise IllFormed("JSON") from None
    _check_plain(data, 1)
    if changes.canonical(data) != line:
        raise IllFormed("not canonical")
    changes.check_text(line)
    kind = data.get("_") if isinstance(data, dict) else None
    if not isinstance(kind, str) or not changes.is_name(kind) or kind in _KNOWN:
        raise IllFormed("type")
    if data.get("must", True) is not True:
        raise IllFormed("must")
    if "must" in data:
        raise NewerFormat("line", kind)
    return Unknown(kind, line)


def _check_plain(data: object, depth: int) -> None:
    if isinstance(data, float) or (isinstance(data, int) and not -_WIDE < data < _WIDE):
        raise IllFormed("number")
    if isinstance(data, dict | list):
        if depth > MAX_DEPTH:
            raise IllFormed("depth")
        for item in data.values() if isinstance(data, dict) else data:
            _check_plain(item, depth + 1)
