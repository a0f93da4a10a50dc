"""Entries of a laptop's audit trail on their way to the office, and their chain (FORMAT.md §14)."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta, Struct

from sync import changes
from sync.changes import WHOLE, Hash, Number
from sync.errors import IllFormed

MAX_ENTRIES = 64
_AUDIT = b"leerwinkel audit 1\n"

_Text: TypeAlias = Annotated[str, Meta(max_length=200)] | None
_Action = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_.]{0,63}\Z")]
_AtMs = Annotated[int, Meta(ge=0, le=WHOLE)]

AuditEntry: TypeAlias = tuple[_AtMs, _Text, _Text, _Action, _Text]
"""Milliseconds since 1970, user, device, action, subject."""


class Audit(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="audit"):
    """Entries from number `first` on; the sender says that `chain` is the chain value before them."""

    chain: Hash
    entries: Annotated[list[AuditEntry], Meta(min_length=1, max_length=MAX_ENTRIES)]
    first: Number


class Audited(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="_", tag="audited"):
    """The office holds the laptop's trail up to `number`, where the chain value is `chain`."""

    chain: Hash
    number: Number


def audit_link(previous: bytes, entry: AuditEntry) -> bytes:
    """The chain value after an entry, from the 32-byte value before it (§14.1)."""
    parts = [str(part if part is not None else "").encode() for part in entry]
    framed = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return sha256(_AUDIT + previous + framed).digest()


def tellable(number: int, entry: AuditEntry) -> bool:
    """Whether an entry has the form in which it can travel (§14.1)."""
    try:
        changes.check_text(changes.canonical(msgspec.convert(entry, AuditEntry)))
    except (IllFormed, ValueError):
        return False
    return 1 <= number <= WHOLE
