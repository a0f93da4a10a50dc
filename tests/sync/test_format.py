"""A second reader, written from FORMAT.md alone: it shares no code with the library that it checks."""

from __future__ import annotations

import hmac
import json
import zlib
from base64 import b64decode, b64encode
from hashlib import sha256, shake_256
from typing import Any

from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sync import trust
from sync.changes import encode, erase
from sync.lines import Receipt, encode_receipt


def canonical(data: Any) -> bytes:
    """§1.1"""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def seed_of(identity: str) -> bytes:
    """§2, trusting the check letters."""
    letters = identity.lower().rpartition("1")[2][:-6]
    number = 0
    for letter in letters:
        number = number * 32 + "qpzry9x8gf2tvdw0s3jn54khce6mua7l".index(letter)
    return (number >> len(letters) * 5 % 8).to_bytes(32, "big")


def raw64(text: bytes) -> bytes:
    return b64decode(text + b"=" * (-len(text) % 4))


def derive(key: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def open_age(data: bytes, identity: str) -> bytes:
    """§2"""
    expanded = shake_256(seed_of(identity)).digest(96)
    key = hpke.MLKEM768X25519PrivateKey(
        MLKEM768PrivateKey.from_seed_bytes(expanded[:64]),
        X25519PrivateKey.from_private_bytes(expanded[64:]),
    )
    suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
    head, _, rest = data.partition(b"\n--- ")
    version, *stanzas = head.split(b"\n")
    assert version == b"age-encryption.org/v1"
    enc, body = stanzas[0].removeprefix(b"-> mlkem768x25519 "), stanzas[1]
    file_key = suite.decrypt(raw64(enc) + raw64(body), key, b"age-encryption.org/mlkem768x25519")
    mac, _, payload = rest.partition(b"\n")
    assert hmac.digest(derive(file_key, None, b"header"), head + b"\n---", "sha256") == raw64(mac)
    aead = ChaCha20Poly1305(derive(file_key, payload[:16], b"payload"))
    chunks = [payload[at : at + 65_552] for at in range(16, len(payload), 65_552)]
    return b"".join(
        aead.decrypt(number.to_bytes(11, "big") + bytes([number == len(chunks) - 1]), chunk, None)
        for number, chunk in enumerate(chunks)
    )


def link(previous: bytes, line: bytes) -> bytes:
    """§7.3"""
    data = json.loads(line)
    if data["_"] != "change":
        return sha256(b"leerwinkel LWB1 line\n" + previous + line).digest()
    if data["patch"] is None:
        commitment = b64decode(data["commitment"])
    else:
        salt = b64decode(data["salt"])
        commitment = sha256(b"leerwinkel LWB1 patch\n" + salt + canonical(data["patch"])).digest()
    rest = canonical({key: data[key] for key in ("actor", "base", "hlc", "id", "kind", "seq")})
    return sha256(b"leerwinkel LWB1 change\n" + previous + commitment + rest).digest()


def read_bundle(data: bytes, identity: str, recipients: list[str], public: bytes) -> list[bytes]:
    """§3 to §6"""
    plain = open_age(data, identity)
    assert len(plain) % 65_536 == 0
    assert plain[:5] == b"LWB1\n"
    size = int.from_bytes(plain[5:9], "big")
    head, signature, rest = plain[9 : 9 + size], plain[9 + size : 73 + size], plain[73 + size :]
    header = json.loads(head)
    assert canonical(header) == head
    Ed25519PublicKey.from_public_bytes(public).verify(signature, b"leerwinkel LWB1 header\n" + head)
    actor = header["sender"]["actor"]
    key_id = sha256(b"leerwinkel LWB1 key\n" + actor.encode() + public).hexdigest()[:32]
    assert header["key_id"] == key_id
    hashed = [sha256(b"leerwinkel LWB1 recipient\n" + text.encode()).hexdigest() for text in recipients]
    assert header["recipients"] == sorted(hashed)
    body, stream = header["body"], header["stream"]
    assert not any(rest[body["compressed"] :])
    text = zlib.decompress(rest[: body["compressed"]])
    assert len(text) == body["bytes"]
    assert b64encode(sha256(text).digest()).decode() == body["sha256"]
    lines = text.split(b"\n")[:-1]
    assert len(lines) == body["lines"] == stream["last"] - stream["first"] + 1
    chain = b64decode(stream["chain_before"])
    for line in lines:
        assert canonical(json.loads(line)) == line
        chain = link(chain, line)
    assert chain == b64decode(stream["chain_after"])
    return lines


def test_a_second_reader_agrees(workshop):
    identity, recipient = trust.new_identity()
    recipients = [recipient, workshop.recovery.recipient]
    odd = {
        "tekst": 'é "x" \\ / \x7f \x1f \b\t\n\f\r \u2028 😀',
        "lijst": ["a", ""],
        "niets": None,
        "ja": True,
    }
    sent = [encode(workshop.change(seq, patch=odd | {"n": -seq})) for seq in range(1, 4)]
    sent.append(encode(erase(workshop.change(4))))
    data = workshop.write(sent, recipients=recipients)
    assert read_bundle(data, identity, recipients, workshop.laptop.key.public) == sent
    given = [
        encode_receipt(Receipt(actor="1" * 32, chain=bytes(32), upto=3)),
        '{"_":"x","é":1,"😀":2}'.encode(),
    ]
    data = workshop.write([*given, sent[2]], workshop.given(), recipients=recipients)
    assert read_bundle(data, identity, recipients, workshop.office.key.public) == [*given, sent[2]]
