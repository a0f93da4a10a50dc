"""A second reader, written from FORMAT.md alone: it shares no code with the library that it checks."""

from __future__ import annotations

import hmac
import json
import zlib
from base64 import b64decode, b64encode
from hashlib import sha256, shake_256
from typing import Any

from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec.structs import replace

from sync import roster, trust
from sync.changes import encode, erase
from sync.lines import Receipt, encode_line


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


def signed(data: dict[str, Any], public: bytes) -> None:
    """§13.2 and §13.3"""
    rest = {key: value for key, value in data.items() if key != "signature"}
    prefix = f"leerwinkel LWB1 {data['_']}\n".encode()
    Ed25519PublicKey.from_public_bytes(public).verify(b64decode(data["signature"]), prefix + canonical(rest))


def check_trust(keyset: dict[str, Any], roster: dict[str, Any], root: bytes) -> bytes:
    """§13.2 and §13.3; gives the current office key."""
    assert b64decode(keyset["root"]) == root
    signed(keyset, root)
    assert [key["valid_until"] is None for key in keyset["keys"]] == [False] * (len(keyset["keys"]) - 1) + [
        True
    ]
    current = b64decode(keyset["keys"][-1]["public_key"])
    assert b64decode(roster["public_key"]) == current
    assert (roster["keyset"], roster["organisation"]) == (keyset["version"], keyset["organisation"])
    signed(roster, current)
    actors = [member["actor"] for member in roster["members"]]
    assert actors == sorted(set(actors))
    assert all((member["last"] is None) is (member["state"] == "ACTIVE") for member in roster["members"])
    return current


def read_card(data: bytes) -> tuple[dict[str, Any], bytes, bytes]:
    """§10: the card, what its signature covers, and the signature."""
    magic, text, signature, end = data.split(b"\n")
    assert (magic, end) == (b"LWC1", b"")
    card = json.loads(text)
    assert canonical(card) == text
    assert card["format"] == 2
    return card, b"leerwinkel LWC1 card\n" + text, b64decode(signature, validate=True)


def test_a_second_reader_agrees_on_trust(workshop):
    ours = workshop.organisation
    second = ours.keyset(keys=[ours.key(until=9), ours.key(workshop.stranger, start=5)], version=2)
    stopped = replace(ours.members()[1], state="LOST", last=7)
    lost = ours.roster(workshop.stranger, keyset=2, version=3, members=[ours.members()[0], stopped])
    lines = [roster.encode(statement) for statement in (ours.keyset(), ours.roster(), second, lost)]
    identity, recipient = trust.new_identity()
    data = workshop.write(lines, workshop.given(), recipients=[recipient])
    found = read_bundle(data, identity, [recipient], workshop.office.key.public)
    assert found == lines
    told = [json.loads(line) for line in found]
    assert check_trust(told[0], told[1], ours.root.public) == workshop.office.key.public
    assert check_trust(told[2], told[3], ours.root.public) == workshop.stranger.key.public


def test_a_second_reader_agrees_on_cards(workshop):
    laptop, office, ours = workshop.laptop, workshop.office, workshop.organisation
    enrol = trust.EnrolCard(
        actor=laptop.actor, created=5, name="é", public_key=laptop.key.public, recipient=laptop.recipient
    )
    card, covered, signature = read_card(trust.write_card(enrol, laptop.key))
    Ed25519PublicKey.from_public_bytes(b64decode(card["public_key"])).verify(signature, covered)
    assert (card["kind"], card["previous"], card["roster"]) == ("enrol", None, 0)
    identity, recipient = trust.new_identity()
    welcome = trust.WelcomeCard(
        created=6,
        device=laptop.actor,
        device_key=laptop.key_id,
        device_number=3,
        given=trust.Mark(chain=bytes(32), last=4),
        held=trust.Mark(chain=bytes(32), last=2),
        keyset=ours.keyset(),
        number_prefix="MEC",
        office=office.actor,
        organisation_name="Voorbeeld",
        roster=ours.roster(),
        secrets={"x": b"y"},
    )
    data = trust.write_welcome(welcome, office.key, recipient)
    card, covered, signature = read_card(open_age(data, identity))
    current = check_trust(card["keyset"], card["roster"], ours.root.public)
    Ed25519PublicKey.from_public_bytes(current).verify(signature, covered)
    assert (card["given"]["last"], card["held"]["last"], card["secrets"]) == (4, 2, {"x": "eQ=="})


def test_the_root_by_hand():
    """§13.1"""
    text, root = roster.new_root()
    private = Ed25519PrivateKey.from_private_bytes(seed_of(text))
    assert private.public_key().public_bytes_raw() == root.public


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
        encode_line(Receipt(actor="1" * 32, chain=bytes(32), upto=3)),
        '{"_":"x","é":1,"😀":2}'.encode(),
    ]
    data = workshop.write([*given, sent[2]], workshop.given(), recipients=recipients)
    assert read_bundle(data, identity, recipients, workshop.office.key.public) == [*given, sent[2]]
