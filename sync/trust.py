"""The cards by which a laptop and the office meet (FORMAT.md §10)."""

from __future__ import annotations

import io
from base64 import b64decode, b64encode
from collections.abc import Iterable
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta, Struct

from sync import age, roster
from sync.changes import Actor, Hash, Hlc, canonical, check_text, is_name
from sync.clock import check as check_hlc
from sync.errors import BadKey, EmptyBundle, IllFormed, NewerFormat, NotABundle, NotForUs, TooLarge
from sync.keys import (
    SIGNATURE,
    KeyId,
    Name,
    OrganisationId,
    SigningKey,
    check_fingerprint,
    check_signature,
    fingerprint,
    key_id,
    new_identity,
    recipient_hash,
)
from sync.roster import Keyset, Roster

CARD_FORMAT = 2
MAX_CARD = 16 * 1024
MAX_WELCOME = 768 * 1024
_MAGIC = b"LWC1"
_CARD = b"leerwinkel LWC1 card\n"

_Count = Annotated[int, Meta(ge=0, le=2**53)]
_Secret = Annotated[bytes, Meta(min_length=1, max_length=4096)]


class EnrolCard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A device introduces itself to the office; signed with its own key."""

    actor: Actor
    created: Hlc
    format: int = CARD_FORMAT
    kind: str = "enrol"
    name: Name
    previous: Actor | None = None
    public_key: Hash
    recipient: str
    roster: _Count = 0


class Mark(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a stream has come: its last number and the chain value there."""

    chain: Hash
    last: _Count


class WelcomeCard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The office answers one device: who everybody is, and where the streams between them stand."""

    created: Hlc
    device: Actor
    device_key: KeyId
    device_number: Annotated[int, Meta(ge=0, le=99)]
    format: int = CARD_FORMAT
    given: Mark
    held: Mark
    keyset: Keyset
    kind: str = "welcome"
    number_prefix: Annotated[str, Meta(pattern=r"^[A-Z]{2,5}\Z")]
    office: Actor
    organisation_name: Name
    roster: Roster
    secrets: dict[str, _Secret]


_Card = TypeVar("_Card", EnrolCard, WelcomeCard)


class _Start(Struct):
    """The two keys that decide how the rest is read."""

    format: int
    kind: str


def write_card(card: EnrolCard, key: SigningKey) -> bytes:
    """An enrol card as a small text file; `key` belongs to its `public_key`. Raises IllFormed, BadKey …"""
    if key.public != card.public_key:
        raise BadKey
    return _sign(card, key)


def read_enrol(data: bytes) -> EnrolCard:
    """A device's card. Whose it is, people decide by `fingerprint(card.public_key)`.

    Raises EmptyBundle, NotABundle, TooLarge, NewerFormat, IllFormed, BadKey, BadSignature.
    """
    if len(data) > MAX_CARD:
        raise TooLarge("card", MAX_CARD)
    card, signed, signature = _open_card(data, EnrolCard)
    check_signature(card.public_key, signature, signed)
    _check_card(card, signed)
    return card


def write_welcome(card: WelcomeCard, key: SigningKey, recipient: str) -> bytes:
    """A welcome sealed to one device; `key` is the current key of its keyset. Raises IllFormed, BadKey …"""
    if key.public != card.keyset.current.public_key:
        raise BadKey
    out = io.BytesIO()
    age.seal(out, [recipient], [_sign(card, key)])
    if len(out.getvalue()) > MAX_WELCOME:
        raise TooLarge("card", MAX_WELCOME)
    return out.getvalue()


def read_welcome(
    data: bytes,
    identities: Iterable[age.Unwrapper],
    actor: str,
    public: bytes,
    *,
    organisation: str | None = None,
    root: bytes | None = None,
    keyset: Keyset | None = None,
    known: Roster | None = None,
) -> WelcomeCard:
    """The office's answer to the device `actor` with the signing key `public`.

    organisation, root, keyset, known: what is pinned and known here already. Without a root people must
    compare `fingerprint(card.keyset.root)` before anything of the card is used. Raises what `read_enrol`
    and the age layer raise, NotForUs, and what `check_keyset` and `check_roster` raise.
    """
    card, signed, signature = _open_card(_unseal(data, identities), WelcomeCard)
    _check_card(card, signed)
    if card.device != actor or card.device_key != key_id(actor, public):
        raise NotForUs
    roster.check_keyset(card.keyset, organisation=organisation, root=root, known=keyset)
    roster.check_roster(card.roster, card.keyset, known=known)
    check_signature(card.keyset.current.public_key, signature, signed)
    _check_members(card, public)
    return card


def _check_members(card: WelcomeCard, public: bytes) -> None:
    office, device = card.roster.find(card.office), card.roster.find(card.device)
    if office is None or office.role != "office" or office.state != "ACTIVE":
        raise IllFormed("office")
    if device is None or device.role != "laptop" or device.state != "ACTIVE" or device.public_key != public:
        raise IllFormed("device")


def _unseal(data: bytes, identities: Iterable[age.Unwrapper]) -> bytes:
    if not data:
        raise EmptyBundle
    if len(data) > MAX_WELCOME:
        raise TooLarge("card", MAX_WELCOME)
    src = io.BytesIO(data)
    return b"".join(age.read_chunks(src, age.open_file(src, identities)))


def _sign(card: _Card, key: SigningKey) -> bytes:
    try:
        data = canonical(card)
    except UnicodeEncodeError:
        raise IllFormed("surrogate") from None
    _check_card(_read_card(data, type(card)), _CARD + data)
    return b"\n".join((_MAGIC, data, b64encode(key.sign(_CARD + data)), b""))


def _open_card(data: bytes, kind: type[_Card]) -> tuple[_Card, bytes, bytes]:
    """The card, what its signature covers, and the signature."""
    if not data:
        raise EmptyBundle
    parts = data.split(b"\n")
    if parts[0] != _MAGIC:
        raise NotABundle
    if len(parts) != 4 or parts[3]:
        raise IllFormed("card")
    return _read_card(parts[1], kind), _CARD + parts[1], _signature(parts[2])


def _read_card(data: bytes, kind: type[_Card]) -> _Card:
    try:
        start = msgspec.json.decode(data, type=_Start)
        if start.format != CARD_FORMAT:
            raise NewerFormat("format", start.format, CARD_FORMAT)
        if start.kind not in ("enrol", "welcome"):
            raise NewerFormat("kind", start.kind)
        if start.kind != ("enrol" if kind is EnrolCard else "welcome"):
            raise NotABundle
        return msgspec.json.decode(data, type=kind)
    except (ValueError, RecursionError):
        raise IllFormed("card") from None


def _check_card(card: EnrolCard | WelcomeCard, signed: bytes) -> None:
    if _CARD + canonical(card) != signed:
        raise IllFormed("not canonical")
    check_text(signed)
    check_hlc(card.created)
    if isinstance(card, EnrolCard):
        age.public_key(card.recipient)
        return
    roster.check_form(card.keyset)
    roster.check_form(card.roster)
    if not all(map(is_name, card.secrets)):
        raise IllFormed("secrets")


def _signature(text: bytes) -> bytes:
    try:
        signature = b64decode(text, validate=True)
    except ValueError:
        raise IllFormed("signature") from None
    if len(signature) != SIGNATURE or b64encode(signature) != text:
        raise IllFormed("signature")
    return signature


__all__ = [
    "CARD_FORMAT",
    "MAX_CARD",
    "MAX_WELCOME",
    "SIGNATURE",
    "EnrolCard",
    "KeyId",
    "Mark",
    "Name",
    "OrganisationId",
    "SigningKey",
    "WelcomeCard",
    "check_fingerprint",
    "check_signature",
    "fingerprint",
    "key_id",
    "new_identity",
    "read_enrol",
    "read_welcome",
    "recipient_hash",
    "write_card",
    "write_welcome",
]
