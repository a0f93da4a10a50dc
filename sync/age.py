"""A strict codec for binary age v1 files with post-quantum recipients (FORMAT.md §2; c2sp.org/age).

It goes once a Python library decrypts `mlkem768x25519` files. No armor, no passphrases, no other recipient
types; a reader may be given further unwrappers, which is how the tests run the public X25519 vectors.
"""

from __future__ import annotations

import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import shake_256
from typing import BinaryIO, NamedTuple, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync import bech32
from sync.errors import (
    BadHeader,
    BadKey,
    BadMac,
    BadPayload,
    EmptyBundle,
    NewerFormat,
    NotABundle,
    NotForUs,
    TooLarge,
)

CHUNK = 64 * 1024
MAX_HEADER = 64 * 1024
MAX_STANZAS = 32
TYPE = "mlkem768x25519"
_INFO = b"age-encryption.org/mlkem768x25519"
_FAMILY = b"age-encryption.org/"
_VERSION = _FAMILY + b"v1\n"
_TAG = 16
_NONCE = 16
_FILE_KEY = 16
_MLKEM_KEY = 1184
_MLKEM_SHARE = 1088
_ENC = _MLKEM_SHARE + 32
_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


class Stanza(NamedTuple):
    """One recipient stanza of an age header: its type, the arguments after it, and the decoded body."""

    type: str
    args: tuple[str, ...]
    body: bytes


class Unwrapper(Protocol):
    """Whoever can take the file key out of stanzas of one type."""

    @property
    def stanza_type(self) -> str:
        """The stanza type that it understands."""

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """The 16-byte file key; None when sealed to another; BadHeader when the stanza is malformed."""


class Identity:
    """A private key `AGE-SECRET-KEY-PQ-1…` (X-Wing seed expanded as FORMAT.md §2 says). Raises BadKey."""

    stanza_type = TYPE

    def __init__(self, text: str) -> None:
        seed = bech32.decode("age-secret-key-pq-", text)
        if len(seed) != 32:
            raise BadKey
        expanded = shake_256(seed).digest(96)
        self._mlkem = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        self._x25519 = X25519PrivateKey.from_private_bytes(expanded[64:])

    @property
    def recipient(self) -> str:
        """The public key that belongs to it, `age1pq1…`."""
        mlkem = self._mlkem.public_key().public_bytes_raw()
        return bech32.encode("age1pq", mlkem + self._x25519.public_key().public_bytes_raw())

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """See Unwrapper; checks the exact sizes before any decryption."""
        if len(stanza.args) != 1 or len(stanza.body) != _FILE_KEY + _TAG:
            raise BadHeader("stanza")
        enc = from_base64(stanza.args[0].encode())
        if len(enc) != _ENC:
            raise BadHeader("stanza")
        try:  # HPKE reports a low-order share as a wrong key; age wants the header refused.
            self._x25519.exchange(X25519PublicKey.from_public_bytes(enc[_MLKEM_SHARE:]))
        except ValueError:
            raise BadHeader("share") from None
        key = hpke.MLKEM768X25519PrivateKey(self._mlkem, self._x25519)
        try:
            return _SUITE.decrypt(enc + stanza.body, key, _INFO)
        except InvalidTag:
            return None


class Opened(NamedTuple):
    """An age file whose header is in order: where its chunks begin, their key, and who opened it."""

    payload_key: bytes
    payload_at: int
    unwrapper: Unwrapper
    stanzas: tuple[Stanza, ...]

    def __repr__(self) -> str:
        return f"Opened({len(self.stanzas)} stanzas)"


def new_identity_text() -> str:
    """A fresh identity as text; keep it secret."""
    return bech32.encode("age-secret-key-pq-", os.urandom(32)).upper()


def open_file(src: BinaryIO, unwrappers: Iterable[Unwrapper]) -> Opened:
    """Read the header and find the file key; leaves `src` before the first chunk.

    Raises EmptyBundle, NotABundle, NewerFormat, BadHeader, TooLarge, NotForUs, BadMac.
    """
    header = _HeaderReader(src)
    stanzas, authenticated, mac = header.read()
    file_key, unwrapper = _find_key(stanzas, tuple(unwrappers))
    if not hmac.compare_digest(_mac(file_key, authenticated), mac):
        raise BadMac("mac")
    nonce = _read(src, _NONCE)
    if len(nonce) != _NONCE:
        raise BadHeader("nonce")
    return Opened(_derive(file_key, nonce, b"payload"), header.size + _NONCE, unwrapper, stanzas)


def read_chunks(src: BinaryIO, opened: Opened) -> Iterator[bytes]:
    """The plaintext in chunks of 64 KiB; `src` stands at `opened.payload_at`. Raises BadPayload.

    Nothing may be used for good until the iterator has ended by itself.
    """
    aead = ChaCha20Poly1305(opened.payload_key)
    counter, last = 0, False
    while not last:
        plain, last = _open_chunk(aead, counter, _read(src, CHUNK + _TAG))
        if counter and not plain:
            raise BadPayload("empty chunk")
        yield plain
        counter += 1
    if src.read(1):
        raise BadPayload("more behind the end")


def _open_chunk(aead: ChaCha20Poly1305, counter: int, block: bytes) -> tuple[bytes, bool]:
    """The plaintext of a chunk, and whether it was sealed as the last one; only a full one may be another."""
    for last in (False, True) if len(block) == CHUNK + _TAG else (True,):
        try:
            return aead.decrypt(_chunk_nonce(counter, last), block, None), last
        except InvalidTag:
            continue
    raise BadPayload("chunk")


def seal(out: BinaryIO, recipients: Sequence[str], pieces: Iterable[bytes]) -> None:
    """Write an age file that each of `recipients` (`age1pq1…`) can open. Raises BadKey."""
    file_key, nonce = os.urandom(_FILE_KEY), os.urandom(_NONCE)
    header = _VERSION + b"".join(_wrap(file_key, recipient) for recipient in recipients) + b"---"
    out.write(header + b" " + _to_base64(_mac(file_key, header)) + b"\n" + nonce)
    aead = ChaCha20Poly1305(_derive(file_key, nonce, b"payload"))
    counter, held = 0, b""
    for piece in pieces:
        held += piece
        whole = max(0, len(held) - 1) // CHUNK * CHUNK
        for at in range(0, whole, CHUNK):
            out.write(aead.encrypt(_chunk_nonce(counter, False), held[at : at + CHUNK], None))
            counter += 1
        held = held[whole:]
    out.write(aead.encrypt(_chunk_nonce(counter, True), held, None))


def sealed_size(recipients: int, plain: int) -> int:
    """Exact size in bytes of the age file for `plain` bytes of plaintext."""
    stanza = len(f"-> {TYPE} \n") + -(-_ENC * 4 // 3) + 43 + 1
    chunks = max(1, -(-plain // CHUNK))
    return len(_VERSION) + recipients * stanza + len("--- \n") + 43 + _NONCE + plain + chunks * _TAG


def public_key(recipient: str) -> hpke.MLKEM768X25519PublicKey:
    """The public key behind `age1pq1…` in lower case. Raises BadKey."""
    data = bech32.decode("age1pq", recipient)
    if not recipient.islower():
        raise BadKey
    try:
        mlkem = MLKEM768PublicKey.from_public_bytes(data[:_MLKEM_KEY])
        return hpke.MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(data[_MLKEM_KEY:]))
    except ValueError:
        raise BadKey from None


def from_base64(text: bytes) -> bytes:
    """Decode canonical base64 without padding; raises BadHeader."""
    try:
        data = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except ValueError:
        raise BadHeader("base64") from None
    if _to_base64(data) != text:
        raise BadHeader("base64")
    return data


class _HeaderReader:
    """Reads an age header line by line within MAX_HEADER and remembers what it read."""

    def __init__(self, src: BinaryIO) -> None:
        self._src = src
        self._raw = b""

    @property
    def size(self) -> int:
        return len(self._raw)

    def read(self) -> tuple[tuple[Stanza, ...], bytes, bytes]:
        self._check_version()
        stanzas: list[Stanza] = []
        line = self._line()
        while line.startswith(b"-> "):
            if len(stanzas) == MAX_STANZAS:
                raise TooLarge("stanzas", MAX_STANZAS)
            stanzas.append(self._stanza(line))
            line = self._line()
        if not stanzas or not line.startswith(b"--- ") or len(line) != 47:
            raise BadHeader("end")
        return tuple(stanzas), self._raw[: -len(line) - 1] + b"---", from_base64(line[4:])

    def _check_version(self) -> None:
        line = self._src.readline(256)
        self._raw = line
        if not line:
            raise EmptyBundle
        if line == _VERSION:
            return
        if _VERSION.startswith(line):
            raise BadHeader("version")
        if not line.startswith(_FAMILY):
            raise NotABundle
        version = line[len(_FAMILY) : -1]
        if not line.endswith(b"\n") or not _visible(version):
            raise BadHeader("version")
        raise NewerFormat("age", version.decode("ascii"), "v1")

    def _line(self) -> bytes:
        line = self._src.readline(MAX_HEADER + 1 - len(self._raw))
        self._raw += line
        if len(self._raw) > MAX_HEADER:
            raise TooLarge("age header", MAX_HEADER)
        if not line.endswith(b"\n"):
            raise BadHeader("cut")
        return line[:-1]

    def _stanza(self, line: bytes) -> Stanza:
        words = line[3:].split(b" ")
        if not all(map(_visible, words)):
            raise BadHeader("stanza")
        body, part = b"", self._line()
        while len(part) == 64:
            body, part = body + part, self._line()
        if len(part) > 64:
            raise BadHeader("stanza")
        first, *rest = (word.decode("ascii") for word in words)
        return Stanza(first, tuple(rest), from_base64(body + part))


def _visible(word: bytes) -> bool:
    return bool(word) and all(33 <= byte <= 126 for byte in word)


def _find_key(stanzas: Sequence[Stanza], unwrappers: Sequence[Unwrapper]) -> tuple[bytes, Unwrapper]:
    for stanza in stanzas:
        for unwrapper in unwrappers:
            if unwrapper.stanza_type != stanza.type:
                continue
            key = unwrapper.unwrap(stanza)
            if key is not None:
                return key, unwrapper
    raise NotForUs


def _wrap(file_key: bytes, recipient: str) -> bytes:
    try:
        sealed = _SUITE.encrypt(file_key, public_key(recipient), _INFO)
    except ValueError:  # a low-order point in the recipient
        raise BadKey from None
    enc, body = sealed[:_ENC], sealed[_ENC:]
    return b"-> " + TYPE.encode() + b" " + _to_base64(enc) + b"\n" + _to_base64(body) + b"\n"


def _to_base64(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _derive(file_key: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(file_key)


def _mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derive(file_key, None, b"header"), header, "sha256")


def _chunk_nonce(counter: int, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _read(src: BinaryIO, size: int) -> bytes:
    data = src.read(size)
    while 0 < len(data) < size and (more := src.read(size - len(data))):
        data += more
    return data
