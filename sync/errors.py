"""Every way in which a bundle or a card can be refused, as typed errors with data and without user text.

FORMAT.md §12. Two families: `BadBundle` (the file is bad: fetch it again, or update the program) and
`RefusedBundle` (the file may be fine, but not here, not from this sender, or not at this position).
No attribute holds personal data, so the errors may be logged.
"""

from __future__ import annotations

from dataclasses import dataclass


class SyncError(Exception):
    """Anything that this library refuses; nothing of what was refused may be used."""


class BadBundle(SyncError):
    """The file itself is bad."""


class EmptyBundle(BadBundle):
    """The file has no bytes at all: a copy that never happened."""


class NotABundle(BadBundle):
    """The file does not begin like a bundle (or card): some other file was chosen."""


@dataclass(eq=False)
class DamagedBundle(BadBundle):
    """The bytes were changed or cut off on the way; `where` names the part: body, padding …"""

    where: str


class BadHeader(DamagedBundle):
    """The age header is cut off or breaks the age specification."""


class BadMac(DamagedBundle):
    """The age header was changed after it was written: its MAC does not fit the file key."""


class BadPayload(DamagedBundle):
    """An encrypted chunk was changed, cut off, moved, or followed by something else."""


@dataclass(eq=False)
class IllFormed(BadBundle):
    """Unharmed and yet against FORMAT.md: a faulty or malicious program wrote it; `line` counts from 1."""

    what: str
    line: int | None = None


@dataclass(eq=False)
class TooLarge(BadBundle):
    """Above a limit of FORMAT.md §9: `what` (file, header, body, line, lines …) may be at most `limit`."""

    what: str
    limit: int


@dataclass(eq=False)
class NewerFormat(BadBundle):
    """Only a newer program can read it: `what` (age, format, kind, schema, line), what it asks, and ours."""

    what: str
    theirs: str | int
    ours: str | int | None = None


class RefusedBundle(SyncError):
    """The file may be fine, but it is not accepted here."""


class NotForUs(RefusedBundle):
    """None of our identities opens it: it was sealed to somebody else."""


class Resealed(RefusedBundle):
    """It opens, but its signed header does not name us: somebody sealed it again for us."""


@dataclass(eq=False)
class WrongOrganisation(RefusedBundle):
    """It belongs to another organisation, whose id is `theirs`."""

    theirs: str


@dataclass(eq=False)
class UnknownSender(RefusedBundle):
    """Nobody with this key is known here; `actor` is only what the header claims."""

    key_id: str
    actor: str


@dataclass(eq=False)
class RevokedSender(RefusedBundle):
    """The device was revoked or reported lost; work beyond number `last` is not accepted."""

    actor: str
    last: int


@dataclass(eq=False)
class ExpiredKey(RefusedBundle):
    """An office key outside the time in which it is valid; `until` is its last clock value, 0 for none."""

    until: int


class RootDiffers(RefusedBundle):
    """Signed under another root than the one that was compared and pinned here."""


@dataclass(eq=False)
class RolledBack(RefusedBundle):
    """An older keyset or roster (`what`) than version `known`, or another one of that version."""

    what: str
    known: int
    theirs: int


class BadSignature(RefusedBundle):
    """The signature does not fit the key and the name under which it comes."""


class BadKey(RefusedBundle):
    """A text or byte string is not a key of the expected kind."""


class FingerprintMistyped(RefusedBundle):
    """The check characters do not fit the others: a typing or reading mistake."""


class FingerprintDiffers(RefusedBundle):
    """A well-typed fingerprint, but of another key than the one shown."""


@dataclass(eq=False)
class Gap(RefusedBundle):
    """Work is missing in between: we have stream `actor` up to `have`, the bundle begins at `first`."""

    actor: str
    have: int
    first: int


@dataclass(eq=False)
class Fork(RefusedBundle):
    """Number `seq` of stream `actor` exists with two contents: a copied or restored database."""

    actor: str
    seq: int


@dataclass(eq=False)
class AlreadyImported(RefusedBundle):
    """Everything up to number `last` of the bundle is here already; nothing to do."""

    last: int


@dataclass(eq=False)
class FromTheFuture(RefusedBundle):
    """A clock value that no clock can give (above 2^63 - 1); merely wrong clocks are never refused."""

    hlc: int
