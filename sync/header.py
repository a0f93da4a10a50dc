"""The signed header of a bundle: what it holds and which sizes are allowed (FORMAT.md §4, §9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from sync.age import MAX_STANZAS
from sync.changes import GENESIS, WHOLE, Actor, Hash, Hlc, Number, RecordId, canonical, check_text, is_actor
from sync.clock import check as check_hlc
from sync.errors import IllFormed, NewerFormat, TooLarge
from sync.keys import KeyId, Name, OrganisationId, RecipientHash

FORMAT = 1
KINDS = ("changes", "snapshot")

MAX_FILE = 96 * 2**20
MAX_HEADER = 64 * 2**10
MAX_BODY = 512 * 2**20
MAX_RATIO = 40
FREE_BODY = 2**20  # up to here a body may be smaller than its ratio
MAX_LINE = 256 * 2**10
MAX_LINES = 2_000_000

_Count = Annotated[int, Meta(ge=0, le=WHOLE)]


class Sender(Struct, frozen=True, forbid_unknown_fields=True):
    """Who made the bundle; the name is only for show."""

    actor: Actor
    name: Name


class Stream(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which numbers of which stream are inside, and the chain values before and after them (§5.1)."""

    chain_after: Hash
    chain_before: Hash
    first: Number
    id: Actor
    last: _Count


class Body(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sizes in bytes, number of lines, and hash of the decompressed body."""

    bytes: _Count
    compressed: _Count
    lines: _Count
    sha256: Hash


class Header(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that a bundle binds (§4); keys in the order of the canonical form."""

    ack: dict[str, _Count]
    audit_head: Hash
    body: Body
    bundle: RecordId
    created: Hlc
    format: int = FORMAT
    key_id: KeyId
    kind: str
    min_schema: Number
    organisation: OrganisationId
    recipients: list[RecipientHash]
    roster: _Count
    schema: Number
    sender: Sender
    stream: Stream

    @property
    def own(self) -> bool:
        """Whether it carries its sender's own numbers (laptop to office), not a given stream."""
        return self.stream.id == self.sender.actor


@dataclass(frozen=True, kw_only=True)
class HeaderDraft:
    """What the caller of `write_bundle` knows; the rest follows from the lines and the keys.

    `first` and `chain_before` say where the stream goes on; ids and units as in FORMAT.md §4.
    """

    kind: str
    organisation: str
    bundle: str
    sender_actor: str
    sender_name: str
    stream: str
    first: int
    chain_before: bytes = GENESIS
    schema: int
    min_schema: int
    created: int
    ack: Mapping[str, int] = field(default_factory=dict)
    audit_head: bytes = bytes(32)
    roster: int = 0


class _Start(Struct):
    format: int


def read_header(data: bytes) -> Header:
    """The header in its bytes as sent. Raises NewerFormat (before all else), IllFormed, FromTheFuture."""
    try:
        start = msgspec.json.decode(data, type=_Start)
        if start.format != FORMAT:
            raise NewerFormat("format", start.format, FORMAT)
        header = msgspec.json.decode(data, type=Header)
    except (ValueError, RecursionError):
        raise IllFormed("header") from None
    if canonical(header) != data:
        raise IllFormed("not canonical")
    check_text(data)
    _check(header)
    return header


def write_header(header: Header) -> bytes:
    """The canonical bytes. Raises what `read_header`, `check_kind` and `check_limits` raise."""
    try:
        data = canonical(header)
    except UnicodeEncodeError:
        raise IllFormed("surrogate") from None
    if len(data) > MAX_HEADER:
        raise TooLarge("header", MAX_HEADER)
    read_header(data)
    check_kind(header, header.schema)
    check_limits(header.body)
    return data


def check_kind(header: Header, schema: int) -> None:
    """Refuse with NewerFormat what only a newer program understands; `schema` is the reader's."""
    if header.kind not in KINDS:
        raise NewerFormat("kind", header.kind)
    if header.min_schema > schema:
        raise NewerFormat("schema", header.min_schema, schema)


def allowed_size(compressed: int) -> int:
    """How many bytes a body of `compressed` bytes may become (§9)."""
    return min(MAX_BODY, max(FREE_BODY, MAX_RATIO * compressed))


def check_limits(body: Body) -> None:
    """Refuse with TooLarge before any of the body is touched (§9)."""
    allowed = allowed_size(body.compressed)
    if body.bytes > allowed:
        raise TooLarge("body", allowed)
    if body.compressed > MAX_FILE:
        raise TooLarge("file", MAX_FILE)
    if body.lines > MAX_LINES:
        raise TooLarge("lines", MAX_LINES)


def _check(header: Header) -> None:
    check_hlc(header.created)
    if not 1 <= len(header.recipients) <= MAX_STANZAS or not _ascending(header.recipients):
        raise IllFormed("recipients")
    if header.schema < header.min_schema:
        raise IllFormed("schema")
    if not all(map(is_actor, header.ack)):
        raise IllFormed("ack")
    _check_stream(header)


def _check_stream(header: Header) -> None:
    stream = header.stream
    if stream.last < stream.first - 1:
        raise IllFormed("stream")
    if stream.first == 1 and stream.chain_before != GENESIS:
        raise IllFormed("chain")
    if stream.last == stream.first - 1 and stream.chain_before != stream.chain_after:
        raise IllFormed("chain")
    if header.kind == "snapshot" and (stream.last != stream.first - 1 or header.own):
        raise IllFormed("stream")


def _ascending(texts: Sequence[str]) -> bool:
    return all(one < two for one, two in pairwise(texts))
