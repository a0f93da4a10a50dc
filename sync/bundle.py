"""Sealed bundles: write one, verify one to its end, then read its lines (FORMAT.md §3, §5, §11).

Reading is two passes over the same file: `verify` decrypts to the end and keeps nothing; `read_lines`
decrypts again and hands out the lines. Neither puts plaintext anywhere; memory stays bounded by §9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from sync import age, keys, lines
from sync.body import Inside, LineSource, Walk, body_lines, measure, same_body, takes_number
from sync.errors import (
    AlreadyImported,
    BadSignature,
    EmptyBundle,
    Fork,
    Gap,
    IllFormed,
    NotABundle,
    Resealed,
    TooLarge,
    UnknownSender,
    WrongOrganisation,
)
from sync.header import (
    MAX_FILE,
    MAX_HEADER,
    Body,
    Header,
    HeaderDraft,
    Sender,
    Stream,
    check_kind,
    check_limits,
    read_header,
    write_header,
)
from sync.lines import Line

MAGIC = b"LWB1\n"
_SIGNED = b"leerwinkel LWB1 header\n"

KnownKeys = Callable[[str], bytes | None]


@dataclass(frozen=True)
class Verified:
    """A bundle that has passed every check; the only thing that `read_lines` and `place` accept.

    `overlap` is min(have, last), where our chain and the bundle's must agree, and `overlap_chain` the
    bundle's value there; None when the bundle begins after a gap, or is a snapshot.
    """

    header: Header
    overlap: int | None
    overlap_chain: bytes
    _opened: age.Opened = field(repr=False)
    _body_at: int = field(repr=False)


# Writing


def write_bundle(
    out: BinaryIO,
    draft: HeaderDraft,
    source: LineSource,
    signing_key: keys.SigningKey,
    recipients: Sequence[str],
) -> Header:
    """Write a bundle of canonical lines (without line feed) to `out` and give back its header.

    `source` is called two or three times, since the header comes first and binds the body; it must give the
    same lines (read them inside one database transaction), otherwise ValueError. `recipients` are `age1pq1…`
    texts. Raises IllFormed, TooLarge, FromTheFuture, NewerFormat, BadKey; `out` is worthless by then.
    """
    level, walk, body = measure(draft, source)
    header = _header(draft, walk, body, signing_key, recipients)
    data = write_header(header)
    head = MAGIC + len(data).to_bytes(4, "big") + data + signing_key.sign(_SIGNED + data)
    padding = -(len(head) + body.compressed) % age.CHUNK
    if age.sealed_size(len(recipients), len(head) + body.compressed + padding) > MAX_FILE:
        raise TooLarge("file", MAX_FILE)
    age.seal(out, recipients, _pieces(head, same_body(source(), body, level), padding))
    return header


def _header(
    draft: HeaderDraft, walk: Walk, body: Body, key: keys.SigningKey, recipients: Sequence[str]
) -> Header:
    return Header(
        ack=dict(draft.ack),
        audit_head=draft.audit_head,
        body=body,
        bundle=draft.bundle,
        created=draft.created,
        key_id=keys.key_id(draft.sender_actor, key.public),
        kind=draft.kind,
        min_schema=draft.min_schema,
        organisation=draft.organisation,
        recipients=sorted(map(keys.recipient_hash, recipients)),
        roster=draft.roster,
        schema=draft.schema,
        sender=Sender(draft.sender_actor, draft.sender_name),
        stream=Stream(
            chain_after=walk.chain,
            chain_before=draft.chain_before,
            first=draft.first,
            id=draft.stream,
            last=walk.number,
        ),
    )


def _pieces(head: bytes, body: Iterator[bytes], padding: int) -> Iterator[bytes]:
    yield head
    yield from body
    yield bytes(padding)


# Reading


def peek(
    src: BinaryIO, identities: Iterable[age.Unwrapper], known: KnownKeys, *, organisation: str, schema: int
) -> Header:
    """The header, after steps 1 to 6 of §11; the body is not looked at. Raises what `verify` raises."""
    return _open(src, identities, known, organisation, schema)[0]


def verify(
    src: BinaryIO,
    identities: Iterable[age.Unwrapper],
    known: KnownKeys,
    *,
    organisation: str,
    schema: int,
    have: Callable[[Header], int] | None = None,
) -> Verified:
    """Pass one: check all of §11 and keep nothing but the header and one chain value.

    src: seekable, read from its beginning. identities: our `age.Identity` objects. known: the public key of
    a key id (`keys.key_id`), or None; it may raise RevokedSender. organisation, schema: our own. have: our
    highest number of the header's stream, 0 for none; needed to `place` the bundle. Raises the errors of §11.
    """
    header, opened, inside = _open(src, identities, known, organisation, schema)
    body_at = inside.taken
    stream = header.stream
    wanted = min(have(header), stream.last) if have and header.kind == "changes" else None
    walk = Walk(header.kind, header.own, stream.id, stream.first, stream.chain_before, wanted)
    for line in body_lines(inside, header.body):
        walk.step(line)
    inside.finish()
    if walk.number != stream.last or walk.chain != stream.chain_after:
        raise IllFormed("stream")
    reached = wanted is not None and wanted >= stream.first - 1
    return Verified(header, wanted if reached else None, walk.wanted_chain, opened, body_at)


def read_lines(src: BinaryIO, verified: Verified, after: int = 0) -> Iterator[Line]:
    """Pass two: the lines in order, numbered ones only above `after` (from `place`; not for snapshots).

    In a given stream the lines are those with the numbers max(first, after + 1) … last; in an own stream a
    change's `seq` is its number. Raises BadPayload or DamagedBundle, possibly after the last line: apply
    inside one transaction and roll back.
    """
    src.seek(verified._opened.payload_at)
    inside = Inside(age.read_chunks(src, verified._opened))
    inside.take(verified._body_at)
    header = verified.header
    number = header.stream.first - 1
    for raw in body_lines(inside, header.body):
        line = lines.parse_verified(raw)
        if header.kind == "changes" and takes_number(line, header.own):
            number += 1
            if number <= after:
                continue
        yield line
    inside.finish()


def place(verified: Verified, have: int, chain: bytes) -> int:
    """The first number that is new to us (§5.2); the lines up to `have` are to be skipped.

    have: as given to `verify`. chain: our own chain value at `verified.overlap`, that is at min(have, last);
    GENESIS for 0. Raises Gap, Fork or AlreadyImported; ValueError when `verify` was given another `have`.
    """
    stream = verified.header.stream
    if verified.header.kind == "snapshot":
        if stream.last <= have:
            raise AlreadyImported(stream.last)
        return stream.first
    if stream.first > have + 1:
        raise Gap(stream.id, have, stream.first)
    overlap = min(have, stream.last)
    if verified.overlap != overlap:
        raise ValueError("place and verify were given different positions")
    if verified.overlap_chain != chain:
        raise Fork(stream.id, overlap)
    if stream.last < have or stream.first <= stream.last == have:
        raise AlreadyImported(stream.last)
    return have + 1


def _open(
    src: BinaryIO, identities: Iterable[age.Unwrapper], known: KnownKeys, organisation: str, schema: int
) -> tuple[Header, age.Opened, Inside]:
    _check_size(src)
    opened = age.open_file(src, identities)
    inside = Inside(age.read_chunks(src, opened))
    if inside.take(len(MAGIC)) != MAGIC:
        raise NotABundle
    size = int.from_bytes(inside.take(4), "big")
    if size > MAX_HEADER:
        raise TooLarge("header", MAX_HEADER)
    data, signature = inside.take(size), inside.take(keys.SIGNATURE)
    header = read_header(data)
    if header.organisation != organisation:
        raise WrongOrganisation(header.organisation)
    _check_sender(header, known, signature, data)
    _check_recipients(header, opened)
    check_kind(header, schema)
    check_limits(header.body)
    return header, opened, inside


def _check_size(src: BinaryIO) -> None:
    size = src.seek(0, 2)
    src.seek(0)
    if size == 0:
        raise EmptyBundle
    if size > MAX_FILE:
        raise TooLarge("file", MAX_FILE)


def _check_sender(header: Header, known: KnownKeys, signature: bytes, data: bytes) -> None:
    public = known(header.key_id)
    if public is None:
        raise UnknownSender(header.key_id, header.sender.actor)
    if keys.key_id(header.sender.actor, public) != header.key_id:
        raise BadSignature
    keys.check_signature(public, signature, _SIGNED + data)


def _check_recipients(header: Header, opened: age.Opened) -> None:
    """Only those whom the sender named, each by one strong stanza, and we are among them (§2, §4)."""
    if any(stanza.type != age.TYPE for stanza in opened.stanzas):
        raise Resealed
    if len(opened.stanzas) != len(header.recipients) or not isinstance(opened.unwrapper, age.Identity):
        raise Resealed
    if keys.recipient_hash(opened.unwrapper.recipient) not in header.recipients:
        raise Resealed
