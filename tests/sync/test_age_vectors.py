"""The public age test vectors (C2SP/CCTV): all without armor and passphrase must be answered exactly."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync import age, bech32
from sync.errors import BadHeader, BadMac, BadPayload, EmptyBundle, NewerFormat, NotForUs, SyncError

FOLDER = Path(__file__).parents[2].parent / "shared" / "vectors" / "age"
ERRORS = {
    "header failure": BadHeader,
    "HMAC failure": BadMac,
    "no match": NotForUs,
    "payload failure": BadPayload,
}
# Header failures to which we give a more telling name.
TOLD_APART = {"empty": EmptyBundle, "version_unsupported": NewerFormat}


class X25519Identity:
    """The classical recipient type, which the product refuses; here so that the vectors can run."""

    stanza_type = "X25519"

    def __init__(self, text: str) -> None:
        self._key = X25519PrivateKey.from_private_bytes(bech32.decode("age-secret-key-", text))

    def unwrap(self, stanza: age.Stanza) -> bytes | None:
        if len(stanza.args) != 1 or len(stanza.body) != 32:
            raise BadHeader("stanza")
        share = age.from_base64(stanza.args[0].encode())
        if len(share) != 32:
            raise BadHeader("stanza")
        try:
            secret = self._key.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError:
            raise BadHeader("share") from None
        salt = share + self._key.public_key().public_bytes_raw()
        key = HKDF(hashes.SHA256(), 32, salt, b"age-encryption.org/v1/X25519").derive(secret)
        try:
            return ChaCha20Poly1305(key).decrypt(bytes(12), stanza.body, None)
        except InvalidTag:
            return None


@dataclass
class Vector:
    expect: str = ""
    payload: str | None = None
    identities: list[str] = field(default_factory=list)
    passphrase: bool = False
    armored: bool = False
    file: bytes = b""


def read_vector(path: Path) -> Vector:
    head, _, file = path.read_bytes().partition(b"\n\n")
    vector = Vector(file=file)
    for line in head.decode().splitlines():
        key, _, value = line.partition(": ")
        if key in ("expect", "payload"):
            setattr(vector, key, value)
        elif key == "identity":
            vector.identities.append(value)
        elif key in ("passphrase", "armored"):
            setattr(vector, key, True)
        elif key == "compressed":
            assert value == "zlib"
            vector.file = zlib.decompress(file)
    return vector


def unwrapper(text: str) -> age.Unwrapper:
    return age.Identity(text) if text.startswith("AGE-SECRET-KEY-PQ-1") else X25519Identity(text)


def in_scope() -> list[Path]:
    paths = sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []
    vectors = {path: read_vector(path) for path in paths}
    return [path for path, vector in vectors.items() if not vector.passphrase and not vector.armored]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the public age vectors do not lie beside this checkout")
def test_the_vectors_are_all_here():
    assert len(in_scope()) >= 70


@pytest.mark.parametrize("path", in_scope(), ids=lambda path: path.name)
def test_vector(path: Path):
    vector = read_vector(path)
    out = b""
    caught: SyncError | None = None
    try:
        src = io.BytesIO(vector.file)
        opened = age.open_file(src, [unwrapper(text) for text in vector.identities])
        for chunk in age.read_chunks(src, opened):
            out += chunk
    except SyncError as error:
        caught = error
    if vector.expect == "success":
        assert caught is None
    else:
        assert type(caught) is TOLD_APART.get(path.name, ERRORS[vector.expect])
    if vector.payload is not None:
        assert sha256(out).hexdigest() == vector.payload
