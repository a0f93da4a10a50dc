"""The body of a bundle: numbered lines, compressed and padded, checked on both sides (FORMAT.md §3, §5)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from sync import age, lines
from sync.audit import Audit, Audited
from sync.changes import Change
from sync.errors import DamagedBundle, IllFormed, TooLarge
from sync.giving import Gone, Holding, People, Person, Release, Scope, Take
from sync.header import MAX_LINE, MAX_LINES, Body, HeaderDraft, allowed_size
from sync.lines import Line, Receipt
from sync.roster import Keyset, Roster

LineSource = Callable[[], Iterable[bytes]]
FROM_OFFICE = Receipt | Keyset | Roster | Audited | Scope | Take | Release | Gone | People | Person
FROM_LAPTOP = Audit | Holding

_PIECE = 256 * 1024
_SMALL, _STORED = 6, 0


def measure(draft: HeaderDraft, source: LineSource) -> tuple[int, Walk, Body]:
    """Check all lines; the zlib level, the walk at its end, and the body's sizes.

    Lines so alike that they would shrink like a bomb are stored, or no reader would take them (§9).
    """
    walk, body = _measure_at(_SMALL, draft, source())
    if body.bytes <= allowed_size(body.compressed):
        return _SMALL, walk, body
    return _STORED, *_measure_at(_STORED, draft, source())


def _measure_at(level: int, draft: HeaderDraft, source: Iterable[bytes]) -> tuple[Walk, Body]:
    walk = Walk(draft.kind, draft.stream == draft.sender_actor, draft.stream, draft.first, draft.chain_before)
    engine, digest = zlib.compressobj(level), sha256()
    size = compressed = 0
    for line in source:
        walk.step(line)
        digest.update(line + b"\n")
        size += len(line) + 1
        compressed += len(engine.compress(line + b"\n"))
    compressed += len(engine.flush())
    return walk, Body(bytes=size, compressed=compressed, lines=walk.count, sha256=digest.digest())


def same_body(source: Iterable[bytes], body: Body, level: int) -> Iterator[bytes]:
    """The compressed body; ValueError when it is not the one that was measured."""
    engine, digest = zlib.compressobj(level), sha256()
    size = 0
    for line in source:
        digest.update(line + b"\n")
        piece = engine.compress(line + b"\n")
        size += len(piece)
        yield piece
    piece = engine.flush()
    if size + len(piece) != body.compressed or digest.digest() != body.sha256:
        raise ValueError("the source gave other lines the second time")
    yield piece


def takes_number(line: Line, own: bool) -> bool:
    """Whether a line of an ordinary bundle has a number in its stream."""
    return isinstance(line, Change) if own else not isinstance(line, Person)


class Walk:
    """Follows the numbers and the chain of a body, while writing and while verifying (§5.1)."""

    def __init__(
        self, kind: str, own: bool, stream: str, first: int, chain: bytes, wanted: int | None = None
    ) -> None:
        self.number = first - 1
        self.chain = self.wanted_chain = chain
        self.count = 0
        self._numbered = kind == "changes"
        self._own = own
        self._stream = stream
        self._wanted = wanted

    def step(self, raw: bytes) -> None:
        """Check one line with its place; raises what `lines.parse` raises, TooLarge, IllFormed."""
        self.count += 1
        if len(raw) > MAX_LINE:
            raise TooLarge("line", MAX_LINE)
        if self.count > MAX_LINES:
            raise TooLarge("lines", MAX_LINES)
        try:
            line = lines.parse(raw)
        except IllFormed as error:
            raise IllFormed(error.what, self.count) from None
        if self._takes_number(line) and self._numbered:
            self.number += 1
            self.chain = lines.link(self.chain, line, raw)
            if self.number == self._wanted:
                self.wanted_chain = self.chain

    def _takes_number(self, line: Line) -> bool:
        if isinstance(line, FROM_OFFICE if self._own else FROM_LAPTOP):
            raise IllFormed(type(line).__name__.lower(), self.count)
        if not takes_number(line, self._own):
            return False
        if self._own and isinstance(line, Change):
            self._check_own(line)
        return True

    def _check_own(self, line: Change) -> None:
        if line.actor != self._stream or line.seq != self.number + 1:
            raise IllFormed("sequence", self.count)


class Inside:
    """The plaintext of a bundle, taken from its front (§3)."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held = b""
        self.taken = 0

    def take(self, size: int) -> bytes:
        """Exactly `size` bytes; raises DamagedBundle when there are fewer."""
        while len(self._held) < size:
            self._held += self._next()
        data, self._held = self._held[:size], self._held[size:]
        self.taken += size
        return data

    def pieces(self, size: int) -> Iterator[bytes]:
        """`size` bytes in pieces as they come."""
        while size:
            piece = self.take(min(size, len(self._held) or len(self._peek())))
            size -= len(piece)
            yield piece

    def finish(self) -> None:
        """Only the least padding may be left, all zero, up to the authentic end of the file."""
        if len(self._held) != -self.taken % age.CHUNK or any(self._held):
            raise DamagedBundle("padding")
        if next(self._chunks, None) is not None:
            raise DamagedBundle("padding")

    def _peek(self) -> bytes:
        self._held = self._next()
        return self._held

    def _next(self) -> bytes:
        piece = next(self._chunks, b"")
        if not piece:
            raise DamagedBundle("cut")
        return piece


def body_lines(inside: Inside, body: Body) -> Iterator[bytes]:
    """Decompress, split, and check sizes, count and hash: the last of it only after the last line."""
    digest, size, count, rest = sha256(), 0, 0, b""
    for piece in _inflate(inside.pieces(body.compressed)):
        size += len(piece)
        if size > body.bytes:
            raise DamagedBundle("body")
        digest.update(piece)
        *whole, rest = (rest + piece).split(b"\n")
        if len(rest) > MAX_LINE:
            raise TooLarge("line", MAX_LINE)
        count += len(whole)
        yield from whole
    if rest or size != body.bytes or count != body.lines or digest.digest() != body.sha256:
        raise DamagedBundle("body")


def _inflate(pieces: Iterable[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj()
    try:
        for piece in pieces:
            data = engine.decompress(piece, _PIECE)
            while data:
                yield data
                data = engine.decompress(engine.unconsumed_tail, _PIECE)
    except zlib.error:
        raise DamagedBundle("body") from None
    if not engine.eof or engine.unused_data:
        raise DamagedBundle("body")
