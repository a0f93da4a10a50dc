"""Keys, fingerprints that people compare, and the cards by which two parties meet (FORMAT.md §6 and §10)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Annotated, TypeAlias

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta, Struct

from sync import age
from sync.changes import Actor, Hash, Hlc, canonical, check_text
from sync.clock import check as check_hlc
from sync.errors import (
    BadKey,
    BadSignature,
    EmptyBundle,
    FingerprintDiffers,
    FingerprintMistyped,
    IllFormed,
    NewerFormat,
    NotABundle,
    NotForUs,
    TooLarge,
)

CARD_FORMAT = 1
MAX_CARD = 16 * 1024
SIGNATURE = 64
_MAGIC = b"LWC1"
_CARD = b"leerwinkel LWC1 card\n"
_FINGERPRINT = b"leerwinkel LWC1 fingerprint\n"
_KEY = b"leerwinkel LWB1 key\n"
_RECIPIENT = b"leerwinkel LWB1 recipient\n"
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPOKEN = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_CHECK_PRIME = 1021

OrganisationId = Annotated[str, Meta(pattern=r"^[0-9a-z-]{1,64}\Z")]
KeyId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
Name = Annotated[str, Meta(min_length=1, max_length=200)]


class SigningKey:
    """An Ed25519 private key; its representation never shows it."""

    def __init__(self, private: bytes) -> None:
        """Take the 32 private bytes. Raises BadKey."""
        try:
            self._key = Ed25519PrivateKey.from_private_bytes(private)
        except ValueError:
            raise BadKey from None

    @classmethod
    def generate(cls) -> SigningKey:
        """A fresh key."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def private(self) -> bytes:
        """The 32 secret bytes, for the vault only."""
        return self._key.private_bytes_raw()

    @property
    def public(self) -> bytes:
        """The 32 public bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """64 bytes; `data` begins with a domain prefix of FORMAT.md §1."""
        return self._key.sign(data)


def check_signature(public: bytes, signature: bytes, data: bytes) -> None:
    """Raise BadSignature unless `signature` over `data` was made with the key behind `public`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        raise BadSignature from None


def new_identity() -> tuple[str, str]:
    """A fresh secret identity `AGE-SECRET-KEY-PQ-1…` and its public recipient `age1pq1…`."""
    text = age.new_identity_text()
    return text, age.Identity(text).recipient


def key_id(actor: str, public: bytes) -> str:
    """Names a signing key and whose it is (§6.2)."""
    return sha256(_KEY + actor.encode("ascii") + public).hexdigest()[:32]


def recipient_hash(recipient: str) -> str:
    """How a header names a recipient (§6.3)."""
    return sha256(_RECIPIENT + recipient.encode("ascii")).hexdigest()


def fingerprint(public: bytes) -> str:
    """`XXXX-XXXX-XXXX-XXXX-XXXX-CC`: 100 bits of the key's hash and two check characters (§6.4)."""
    number = int.from_bytes(sha256(_FINGERPRINT + public).digest()[:13], "big") >> 4
    text = _digits(number, 20) + _digits(number % _CHECK_PRIME, 2)
    return "-".join(text[place : place + 4] for place in range(0, 22, 4))


def check_fingerprint(typed: str, public: bytes) -> None:
    """Compare what a person typed; raises FingerprintMistyped or FingerprintDiffers."""
    text = typed.upper().translate(_SPOKEN)
    if len(text) != 22 or any(digit not in _DIGITS for digit in text):
        raise FingerprintMistyped
    number, check = _number(text[:20]), _number(text[20:])
    if number % _CHECK_PRIME != check:
        raise FingerprintMistyped
    if text != fingerprint(public).replace("-", ""):
        raise FingerprintDiffers


class EnrolCard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A device introduces itself to the office; signed with its own key."""

    actor: Actor
    created: Hlc
    format: int = CARD_FORMAT
    kind: str = "enrol"
    name: Name
    public_key: Hash
    recipient: str


class WelcomeCard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The office answers one device: who the office is, and to whom everything is to be sealed."""

    created: Hlc
    device: Actor
    device_key: KeyId
    device_number: Annotated[int, Meta(ge=0, le=99)]
    format: int = CARD_FORMAT
    kind: str = "welcome"
    number_prefix: Annotated[str, Meta(pattern=r"^[A-Z]{2,5}\Z")]
    office: Actor
    organisation: OrganisationId
    organisation_name: Name
    public_key: Hash
    recipient: str
    recovery_recipient: str


Card: TypeAlias = EnrolCard | WelcomeCard


class _Start(Struct):
    """The two keys that decide how the rest is read."""

    format: int
    kind: str


def write_card(card: Card, key: SigningKey) -> bytes:
    """The card as a small text file; `key` must belong to its `public_key`. Raises IllFormed, BadKey."""
    try:
        data = canonical(card)
    except UnicodeEncodeError:
        raise IllFormed("surrogate") from None
    _check_card(_read_card(data), data)
    if key.public != card.public_key:
        raise BadKey
    return b"\n".join((_MAGIC, data, b64encode(key.sign(_CARD + data)), b""))


def read_enrol(data: bytes) -> EnrolCard:
    """A device's card. Whose it is, people decide by `fingerprint(card.public_key)`.

    Raises EmptyBundle, NotABundle, TooLarge, NewerFormat, IllFormed, BadKey, BadSignature.
    """
    card = _open_card(data)
    if not isinstance(card, EnrolCard):
        raise NotABundle
    return card


def read_welcome(data: bytes, actor: str, public: bytes) -> WelcomeCard:
    """The office's answer to the device `actor` with the signing key `public`.

    Raises what `read_enrol` raises, and NotForUs when it welcomes another device or key.
    """
    card = _open_card(data)
    if not isinstance(card, WelcomeCard):
        raise NotABundle
    if card.device != actor or card.device_key != key_id(actor, public):
        raise NotForUs
    return card


def _open_card(data: bytes) -> Card:
    if not data:
        raise EmptyBundle
    if len(data) > MAX_CARD:
        raise TooLarge("card", MAX_CARD)
    parts = data.split(b"\n")
    if parts[0] != _MAGIC:
        raise NotABundle
    if len(parts) != 4 or parts[3]:
        raise IllFormed("card")
    card = _read_card(parts[1])
    check_signature(card.public_key, _signature(parts[2]), _CARD + parts[1])
    _check_card(card, parts[1])
    return card


def _read_card(data: bytes) -> Card:
    try:
        start = msgspec.json.decode(data, type=_Start)
        if start.format != CARD_FORMAT:
            raise NewerFormat("format", start.format, CARD_FORMAT)
        if start.kind == "enrol":
            return msgspec.json.decode(data, type=EnrolCard)
        if start.kind == "welcome":
            return msgspec.json.decode(data, type=WelcomeCard)
    except (ValueError, RecursionError):
        raise IllFormed("card") from None
    raise NewerFormat("kind", start.kind)


def _check_card(card: Card, data: bytes) -> None:
    if canonical(card) != data:
        raise IllFormed("not canonical")
    check_text(data)
    check_hlc(card.created)
    age.public_key(card.recipient)
    if isinstance(card, WelcomeCard):
        age.public_key(card.recovery_recipient)


def _signature(text: bytes) -> bytes:
    try:
        signature = b64decode(text, validate=True)
    except ValueError:
        raise IllFormed("signature") from None
    if len(signature) != SIGNATURE or b64encode(signature) != text:
        raise IllFormed("signature")
    return signature


def _digits(number: int, count: int) -> str:
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(count)))


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number << 5 | _DIGITS.index(digit)
    return number
