"""Who belongs: keysets signed by the root, rosters signed by the office (FORMAT.md §13)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from sync import age, bech32, keys
from sync.changes import Actor, Hash, Hlc, Number, canonical, check_text
from sync.clock import check as check_hlc
from sync.errors import BadKey, ExpiredKey, IllFormed, RolledBack, RootDiffers, UnknownSender
from sync.errors import WrongOrganisation as Elsewhere
from sync.keys import Name, OrganisationId, RecipientHash, Signature, SigningKey

MAX_KEYS = 32
MAX_MEMBERS = 500
_ROOT = "leerwinkel-root-"
_KEYSET = b"leerwinkel LWB1 keyset\n"
_ROSTER = b"leerwinkel LWB1 roster\n"
_UNSIGNED = bytes(64)

Role = Literal["laptop", "office"]
State = Literal["ACTIVE", "LOST", "REVOKED"]


class OfficeKey(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A signing key and a recipient of the office, and when they are valid; None: until further notice."""

    public_key: Hash
    recipient: str
    valid_from: Hlc
    valid_until: Hlc | None


class Keyset(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="keyset"):
    """All keys of the office, oldest first, signed by the root (§13.2)."""

    keys: Annotated[list[OfficeKey], Meta(min_length=1, max_length=MAX_KEYS)]
    organisation: OrganisationId
    recovery_recipient: str
    root: Hash
    signature: Signature = _UNSIGNED
    version: Number

    @property
    def current(self) -> OfficeKey:
        """The newest key: everybody seals to it, and it signs rosters."""
        return self.keys[-1]

    def find(self, public: bytes) -> OfficeKey | None:
        """The key with this public half, or None."""
        return next((key for key in self.keys if key.public_key == public), None)


class Member(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One device; `last` is the last number accepted of one that was stopped (§13.3)."""

    actor: Actor
    device_number: Annotated[int, Meta(ge=0, le=99)]
    last: Annotated[int, Meta(ge=0, le=2**53)] | None
    name: Name
    public_key: Hash
    recipient: RecipientHash
    role: Role
    state: State


class Roster(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="roster"):
    """All devices of an organisation, signed by the current office key of its keyset (§13.3)."""

    keyset: Number
    members: Annotated[list[Member], Meta(min_length=1, max_length=MAX_MEMBERS)]
    organisation: OrganisationId
    public_key: Hash
    signature: Signature = _UNSIGNED
    version: Number

    def find(self, actor: str) -> Member | None:
        """The member with this actor, or None."""
        return next((member for member in self.members if member.actor == actor), None)


Statement = TypeVar("Statement", Keyset, Roster)


def new_root() -> tuple[str, SigningKey]:
    """A fresh root: its secret line of text `LEERWINKEL-ROOT-1…`, for paper only, and the key."""
    private = os.urandom(32)
    return bech32.encode(_ROOT, private).upper(), SigningKey(private)


def root_key(text: str) -> SigningKey:
    """The root behind its line of text, as typed from the sheet: spaces do not matter. Raises BadKey."""
    private = bech32.decode(_ROOT, "".join(text.split()))
    return SigningKey(private)


def sign_keyset(keyset: Keyset, root: SigningKey) -> Keyset:
    """The keyset with its signature. Raises IllFormed, FromTheFuture, or BadKey for another root."""
    if root.public != keyset.root:
        raise BadKey
    return _signed(keyset, root, _KEYSET)


def sign_roster(roster: Roster, key: SigningKey) -> Roster:
    """The roster with its signature. Raises IllFormed, or BadKey for another key than it names."""
    if key.public != roster.public_key:
        raise BadKey
    return _signed(roster, key, _ROSTER)


def encode(statement: Keyset | Roster) -> bytes:
    """The canonical line without line feed. Raises IllFormed, FromTheFuture or BadKey."""
    try:
        line = canonical(statement)
    except UnicodeEncodeError:
        raise IllFormed("surrogate") from None
    if isinstance(statement, Keyset):
        parse(line, Keyset)
    else:
        parse(line, Roster)
    return line


def parse(line: bytes, kind: type[Statement]) -> Statement:
    """The statement in a canonical line; its signature is not looked at.

    Raises IllFormed, FromTheFuture or BadKey.
    """
    try:
        statement = msgspec.json.decode(line, type=kind)
    except (ValueError, RecursionError):
        raise IllFormed(kind.__name__.lower()) from None
    if canonical(statement) != line:
        raise IllFormed("not canonical")
    check_text(line)
    check_form(statement)
    return statement


def check_form(statement: Keyset | Roster) -> None:
    """Refuse what the types cannot say. Raises IllFormed, FromTheFuture or BadKey."""
    if isinstance(statement, Keyset):
        _check_keys(statement.keys)
        age.public_key(statement.recovery_recipient)
    else:
        _check_members(statement.members)


def check_keyset(
    keyset: Keyset, *, organisation: str | None, root: bytes | None, known: Keyset | None
) -> None:
    """Trust a keyset, or refuse it (§13.2).

    organisation, root: what is pinned here, None before pairing. known: the keyset known so far.
    Raises WrongOrganisation, RootDiffers, BadSignature, RolledBack.
    """
    if organisation not in (None, keyset.organisation):
        raise Elsewhere(keyset.organisation)
    if root not in (None, keyset.root):
        raise RootDiffers
    keys.check_signature(keyset.root, keyset.signature, _KEYSET + _unsigned(keyset))
    _check_forward("keyset", keyset, known)


def check_roster(roster: Roster, keyset: Keyset, *, known: Roster | None) -> None:
    """Trust a roster under a keyset that was trusted before, or refuse it (§13.3).

    Raises WrongOrganisation, RolledBack, ExpiredKey, UnknownSender, BadSignature.
    """
    if roster.organisation != keyset.organisation:
        raise Elsewhere(roster.organisation)
    if roster.keyset != keyset.version:
        raise RolledBack("keyset", keyset.version, roster.keyset)
    if roster.public_key != keyset.current.public_key:
        old = keyset.find(roster.public_key)
        if old is None:
            raise UnknownSender(roster.public_key.hex()[:32], "")
        raise ExpiredKey(old.valid_until or 0)
    keys.check_signature(roster.public_key, roster.signature, _ROSTER + _unsigned(roster))
    _check_forward("roster", roster, known)


def check_valid(key: OfficeKey, created: int) -> None:
    """Raise ExpiredKey unless the key was valid at this stamp of the office's own clock (§13.2)."""
    if created < key.valid_from or (key.valid_until is not None and created > key.valid_until):
        raise ExpiredKey(key.valid_until or 0)


def _check_forward(what: str, new: Keyset | Roster, known: Keyset | Roster | None) -> None:
    if known is None or new.version > known.version or new == known:
        return
    raise RolledBack(what, known.version, new.version)


def _check_keys(found: Sequence[OfficeKey]) -> None:
    for key in found:
        age.public_key(key.recipient)
        check_hlc(key.valid_from)
        check_hlc(key.valid_until or 0)
    if found[-1].valid_until is not None or any(key.valid_until is None for key in found[:-1]):
        raise IllFormed("valid_until")
    if any(one.valid_from >= two.valid_from for one, two in pairwise(found)):
        raise IllFormed("valid_from")
    if len({key.public_key for key in found} | {key.recipient for key in found}) != 2 * len(found):
        raise IllFormed("keys")


def _check_members(members: Sequence[Member]) -> None:
    if any(one.actor >= two.actor for one, two in pairwise(members)):
        raise IllFormed("members")
    if any((member.state == "ACTIVE") is not (member.last is None) for member in members):
        raise IllFormed("last")


def _signed(statement: Statement, key: SigningKey, prefix: bytes) -> Statement:
    encode(statement)
    return replace(statement, signature=key.sign(prefix + _unsigned(statement)))


def _unsigned(statement: Keyset | Roster) -> bytes:
    fields = msgspec.to_builtins(statement)
    del fields["signature"]
    return canonical(fields)
