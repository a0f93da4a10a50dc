"""Signing keys, identities, how they are named, and fingerprints that people compare (FORMAT.md §6)."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta

from sync import age
from sync.errors import BadKey, BadSignature, FingerprintDiffers, FingerprintMistyped

SIGNATURE = 64
_FINGERPRINT = b"leerwinkel LWC1 fingerprint\n"
_KEY = b"leerwinkel LWB1 key\n"
_RECIPIENT = b"leerwinkel LWB1 recipient\n"
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPOKEN = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_CHECK_PRIME = 1021

OrganisationId = Annotated[str, Meta(pattern=r"^[0-9a-z-]{1,64}\Z")]
KeyId = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
RecipientHash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Signature = Annotated[bytes, Meta(min_length=SIGNATURE, max_length=SIGNATURE)]


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


def _digits(number: int, count: int) -> str:
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(count)))


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number << 5 | _DIGITS.index(digit)
    return number
