"""The request for recovery as a file, and the signs that people compare on both screens."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.store.files import read_at_most
from leerwinkel_desktop.store.slots import HubSlot, PaperSlot
from sync import keys as fingerprints

LARGEST = 64 * 1024
_FORMAT = 1


class NotARequest(EnvironmentProblem):
    """The file is no request for recovery of this program."""


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a laptop asks: its sealed slots, and the fresh recipient for the answer."""

    format: int
    vault_id: str
    recipient: str
    hub: HubSlot | None
    paper: PaperSlot | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the office reads it; `fingerprint` is compared with the laptop's screen, by people.

    `recipient` is whom to seal the answer to, and `raw` what to bind it to.
    """

    fingerprint: str
    owner: str
    vault_id: str
    recipient: str
    hub: HubSlot | None
    paper: PaperSlot | None
    raw: bytes


def written(vault_id: str, recipient: str, hub: HubSlot | None, paper: PaperSlot | None) -> bytes:
    """A request as it stands in its file."""
    made = _Request(format=_FORMAT, vault_id=vault_id, recipient=recipient, hub=hub, paper=paper)
    return msgspec.json.encode(made)


def read_request(path: Path) -> Asked:
    """Read a laptop's request at the office. Raises NotARequest or VaultUnreachable."""
    raw = read_at_most(path, LARGEST)
    found = _decode(raw)
    slot = found.hub or found.paper
    if slot is None:
        raise NotARequest
    return Asked(
        fingerprint=fingerprint(raw),
        owner=slot.owner,
        vault_id=found.vault_id,
        recipient=found.recipient,
        hub=found.hub,
        paper=found.paper,
        raw=raw,
    )


def check_signs(asked: Asked, typed: str) -> None:
    """Compare the signs with those on the laptop. Raises FingerprintMistyped or FingerprintDiffers."""
    fingerprints.check_fingerprint(typed, _digest(asked.raw))


def fingerprint(raw: bytes) -> str:
    """The signs of a request, which both screens must show."""
    return fingerprints.fingerprint(_digest(raw))


def _digest(raw: bytes) -> bytes:
    return sha256(b"leerwinkel recovery request 1\n" + raw).digest()


def _decode(raw: bytes) -> _Request:
    try:
        found = msgspec.json.decode(raw, type=_Request)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotARequest from error
    if found.format != _FORMAT:
        raise NotARequest
    return found
