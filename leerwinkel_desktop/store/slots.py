"""The vault file: a random data key, wrapped once for each way in (SECURITY.md §2 "Slots").

`vault.json` stands beside the database. Only user slots are written today; the file names its slot types, so
that hub and paper slots can be added without a new format.
"""

from __future__ import annotations

import secrets
import time
import unicodedata
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import constant_time, hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.errors import (
    ForeignFile,
    NewerVault,
    NoVault,
    SlotTooExpensive,
    WrongPassphrase,
)
from leerwinkel_desktop.store.files import write_durably

Role = Literal["COUNSELLOR", "OFFICE", "ADMINISTRATOR"]
"""What a user may do on a laptop, lowest first."""
FORMAT = 1
FILE = "vault.json"
KEY_BYTES = 32
TARGET_SECONDS = 1.0
MAX_FILE = 1024 * 1024


class Kdf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Argon2id (RFC 9106): `m` in KiB, `t` passes, `p` lanes, 16 bytes of salt."""

    m: Annotated[int, msgspec.Meta(ge=8)]
    t: Annotated[int, msgspec.Meta(ge=1)]
    p: Annotated[int, msgspec.Meta(ge=1)]
    salt: bytes
    name: str = "argon2id"


FLOOR = (64 * 1024, 3, 4)
CHEAPEST = (64, 1, 1)
"""For tests only: as (m, t, p)."""
_CEILING = (2 * 1024 * 1024, 16, 16)


class UserSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="user", tag_field="type"):
    """The data key, wrapped with a key that Argon2id makes of one user's passphrase."""

    id: str
    user: str
    kdf: Kdf
    nonce: bytes
    wrapped: bytes


class VaultFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All slots of one vault, with an HMAC over them that only the data key can check."""

    format: int
    vault_id: str
    slots: list[UserSlot]
    mac: bytes


class _Version(msgspec.Struct):
    format: int


@dataclass(frozen=True, slots=True, repr=False)
class OpenedVault:
    """The data key and whose slot gave it.

    `user_key` (32 bytes) comes from the user's Argon2id output and is stored nowhere; it changes with the
    passphrase and when the parameters grow stronger, so nothing outside the slot may be wrapped with it.
    """

    key: bytes
    user: str
    vault_id: str
    user_id: str
    role: Role
    user_key: bytes


def exists(folder: Path) -> bool:
    """Whether a vault stands in this folder; a folder that cannot be looked into has none."""
    try:
        return (folder / FILE).exists()
    except OSError:
        return False


def calibrated(target_seconds: float = TARGET_SECONDS) -> tuple[int, int, int]:
    """Argon2id parameters (m, t, p) that take about the target on this machine, and never below the floor."""
    m, t, p = FLOOR
    begin = time.perf_counter()
    _derive("meting", Kdf(m=m, t=t, p=p, salt=bytes(16)))
    factor = target_seconds / max(time.perf_counter() - begin, 0.001)
    return (min(max(m, int(m * factor) // 1024 * 1024), _CEILING[0] // 2), t, p)


def create(folder: Path, user: str, passphrase: str, cost: tuple[int, int, int] | None = None) -> OpenedVault:
    """Make a data key and the vault file with one user slot; `cost` is (m, t, p), calibrated when None."""
    key, vault_id = secrets.token_bytes(KEY_BYTES), str(uuid.uuid4())
    slot, user_key = _new_slot(key, vault_id, user, passphrase, cost or calibrated())
    _write(folder, vault_id, key, [slot])
    return OpenedVault(key, user, vault_id, slot.id, "ADMINISTRATOR", user_key)


def unlock(folder: Path, passphrase: str) -> OpenedVault:
    """The data key behind the passphrase.

    Raises NoVault, ForeignFile, NewerVault, SlotTooExpensive, WrongPassphrase or VaultUnreachable; the vault
    file is only read.
    """
    file = read(folder)
    for slot in file.slots:
        _refuse_expense(slot.kdf)
    for slot in file.slots:
        found = _unwrap(file.vault_id, slot, passphrase)
        if found is not None:
            key, user_key = found
            _check_mac(file, key)
            return OpenedVault(key, slot.user, file.vault_id, slot.id, "ADMINISTRATOR", user_key)
    raise WrongPassphrase


def confirm(folder: Path, opened: OpenedVault, passphrase: str) -> None:
    """Whether this is the passphrase of the user who opened the vault. Raises WrongPassphrase."""
    if unlock(folder, passphrase).user_id != opened.user_id:
        raise WrongPassphrase


def change_passphrase(
    folder: Path, opened: OpenedVault, passphrase: str, cost: tuple[int, int, int] | None = None
) -> None:
    """Give the user who opened the vault a new passphrase; the data key and all data stay as they are."""
    file = read(folder)
    others = [slot for slot in file.slots if slot.user != opened.user]
    slot, _user_key = _new_slot(opened.key, opened.vault_id, opened.user, passphrase, cost or calibrated())
    _write(folder, opened.vault_id, opened.key, [*others, slot])


def read(folder: Path) -> VaultFile:
    """The vault file in a known format. Raises NoVault, ForeignFile, NewerVault or VaultUnreachable."""
    try:
        with (folder / FILE).open("rb") as file:
            raw = file.read(MAX_FILE + 1)
    except FileNotFoundError as error:
        raise NoVault from error
    except OSError as error:
        raise named(error) from error
    try:
        version = msgspec.json.decode(raw, type=_Version).format
        if version > FORMAT:
            raise NewerVault(version, FORMAT)
        return msgspec.json.decode(raw, type=VaultFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ForeignFile from error


def _refuse_expense(kdf: Kdf) -> None:
    if kdf.m > _CEILING[0] or kdf.t > _CEILING[1] or kdf.p > _CEILING[2]:
        raise SlotTooExpensive


def _derive(passphrase: str, kdf: Kdf) -> bytes:
    argon = Argon2id(salt=kdf.salt, length=KEY_BYTES, iterations=kdf.t, lanes=kdf.p, memory_cost=kdf.m)
    return argon.derive(unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass"))


def _bound(vault_id: str, slot: UserSlot) -> bytes:
    """All other fields of the slot, so that none of them can be changed (associated data)."""
    return msgspec.json.encode(
        [FORMAT, vault_id, msgspec.structs.replace(slot, wrapped=b"")], order="deterministic"
    )


def _user_key(derived: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"leerwinkel vault user 1").derive(derived)


def _new_slot(
    key: bytes, vault_id: str, user: str, passphrase: str, cost: tuple[int, int, int]
) -> tuple[UserSlot, bytes]:
    m, t, p = cost
    empty = UserSlot(
        id=str(uuid.uuid4()),
        user=user,
        kdf=Kdf(m=m, t=t, p=p, salt=secrets.token_bytes(16)),
        nonce=secrets.token_bytes(12),
        wrapped=b"",
    )
    derived = _derive(passphrase, empty.kdf)
    wrapped = ChaCha20Poly1305(derived).encrypt(empty.nonce, key, _bound(vault_id, empty))
    return msgspec.structs.replace(empty, wrapped=wrapped), _user_key(derived)


def _unwrap(vault_id: str, slot: UserSlot, passphrase: str) -> tuple[bytes, bytes] | None:
    try:
        derived = _derive(passphrase, slot.kdf)
        key = ChaCha20Poly1305(derived).decrypt(slot.nonce, slot.wrapped, _bound(vault_id, slot))
        return key, _user_key(derived)
    except InvalidTag:
        return None
    except ValueError as error:
        raise ForeignFile from error


def _mac(vault_id: str, slots: list[UserSlot], key: bytes) -> hmac.HMAC:
    mac_key = HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"leerwinkel vault slots 1").derive(key)
    mac = hmac.HMAC(mac_key, hashes.SHA256())
    mac.update(msgspec.json.encode([FORMAT, vault_id, slots], order="deterministic"))
    return mac


def _check_mac(file: VaultFile, key: bytes) -> None:
    expected = _mac(file.vault_id, file.slots, key).finalize()
    if not constant_time.bytes_eq(expected, file.mac):
        raise ForeignFile


def _write(folder: Path, vault_id: str, key: bytes, slots: list[UserSlot]) -> None:
    mac = _mac(vault_id, slots, key).finalize()
    file = VaultFile(format=FORMAT, vault_id=vault_id, slots=slots, mac=mac)
    path = folder / FILE
    if path.exists():
        write_durably(path.with_suffix(".json.bak"), path.read_bytes())
    write_durably(path, msgspec.json.format(msgspec.json.encode(file), indent=2))
