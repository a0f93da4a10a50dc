"""The vault file as it stands on the disk: its format, its HMAC and its copy (SECURITY.md §2 "Written")."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from cryptography.hazmat.primitives import constant_time, hashes, hmac

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.store import keys
from leerwinkel_desktop.store.errors import ForeignFile, NewerVault, NoVault
from leerwinkel_desktop.store.files import read_if_there
from leerwinkel_desktop.store.keys import Kdf

Role = Literal["COUNSELLOR", "OFFICE", "ADMINISTRATOR"]
"""What a user may do on a laptop, lowest first."""
FORMAT = 2
FILE = "vault.json"
COPY = "vault.json.bak"
MAX_FILE = 1024 * 1024
MOST_SLOTS = 64
_F = TypeVar("_F")


class UserSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="user", tag_field="type"):
    """A user: `wrapped` is the identity under `user_key`, `sealed` the data key for that identity."""

    id: str
    user: str
    role: Role
    kdf: Kdf
    recipient: str
    nonce: bytes
    wrapped: bytes
    sealed: bytes


class HubSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="hub", tag_field="type"):
    """The data key sealed to the office; `owner` is the device's actor, which the office knows."""

    id: str
    owner: str
    recipient: str
    sealed: bytes


class PaperSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="paper", tag_field="type"):
    """The data key sealed to the recovery key that lies in an envelope."""

    id: str
    owner: str
    recipient: str
    sealed: bytes


Slot = UserSlot | HubSlot | PaperSlot


class VaultFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All slots of one vault, with an HMAC over them that only the data key can check.

    `restored`: these slots came out of a backup and the database has not yet begun a new life.
    """

    format: int
    vault_id: str
    slots: list[Slot]
    mac: bytes
    restored: bool = False


class _Version(msgspec.Struct):
    format: int


def exists(folder: Path) -> bool:
    """Whether a vault stands in this folder; a folder that cannot be looked into has none."""
    try:
        return (folder / FILE).exists() or (folder / COPY).exists()
    except OSError:
        return False


def format_of(folder: Path) -> int:
    """The format of the vault file, or of its copy when it cannot be read.

    Raises NoVault, ForeignFile, NewerVault or VaultUnreachable.
    """
    for raw in candidates(folder):
        try:
            return version(raw)
        except ForeignFile:
            continue
    raise ForeignFile


def read(folder: Path) -> VaultFile:
    """The vault file in this format. Raises NoVault, ForeignFile, NewerVault or VaultUnreachable."""
    problem: EnvironmentProblem | None = None
    for raw in candidates(folder):
        try:
            return decode(raw)
        except ForeignFile as error:
            problem = problem or error
    raise problem or NoVault


def decode(raw: bytes) -> VaultFile:
    """A vault file of this format, also out of a backup. Raises ForeignFile or NewerVault."""
    if version(raw) != FORMAT:
        raise ForeignFile
    return parsed(raw, VaultFile)


def encode(vault_id: str, key: bytes, slots: Sequence[Slot], *, restored: bool) -> bytes:
    """The file with these slots, signed with the data key."""
    mac = _mac(vault_id, slots, key, restored=restored)
    file = VaultFile(format=FORMAT, vault_id=vault_id, slots=list(slots), mac=mac, restored=restored)
    return msgspec.json.format(msgspec.json.encode(file), indent=2)


def check_mac(file: VaultFile, key: bytes) -> None:
    """Raise ForeignFile unless this list of slots was written by somebody with the data key."""
    refuse_other(_mac(file.vault_id, file.slots, key, restored=file.restored), file.mac)


def refuse_other(expected: bytes, found: bytes) -> None:
    """Raise ForeignFile unless both HMACs are the same, in constant time."""
    if not constant_time.bytes_eq(expected, found):
        raise ForeignFile


def sign(key: bytes, purpose: bytes, content: bytes) -> bytes:
    """HMAC-SHA256 over the content, with a key for this purpose out of the data key."""
    mac = hmac.HMAC(keys.subkey(key, purpose), hashes.SHA256())
    mac.update(content)
    return mac.finalize()


def candidates(folder: Path) -> list[bytes]:
    """The file and, where it says something else, its copy. Raises NoVault or VaultUnreachable."""
    found = [raw for raw in (read_bytes(folder / FILE), read_bytes(folder / COPY)) if raw is not None]
    if not found:
        raise NoVault
    return found[:1] if len(found) == 2 and found[0] == found[1] else found


def read_bytes(path: Path) -> bytes | None:
    """What stands in a file, cut off just above the limit, or None. Raises VaultUnreachable."""
    return read_if_there(path, MAX_FILE + 1)


def parsed(raw: bytes, kind: type[_F]) -> _F:
    """The JSON of a file in this form. Raises ForeignFile."""
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ForeignFile from error


def version(raw: bytes) -> int:
    """The format that a file says it has. Raises ForeignFile or NewerVault."""
    found = parsed(raw, _Version).format
    if found > FORMAT:
        raise NewerVault(found, FORMAT)
    return found


def _mac(vault_id: str, slots: Sequence[Slot], key: bytes, *, restored: bool) -> bytes:
    content = msgspec.json.encode([FORMAT, vault_id, restored, list(slots)], order="deterministic")
    return sign(key, b"leerwinkel vault slots 2", content)
