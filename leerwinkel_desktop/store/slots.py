"""The vault file: a random data key, reached by one slot for each way in (SECURITY.md §2 "Slots").

`vault.json` stands beside the database. A user's passphrase makes `user_key`, which wraps an age identity of
the user; the data key is sealed to that identity's recipient. So the data key can change without anybody's
passphrase. The hub slot is sealed to the office, the paper slot to the recovery key (docs/decisions/0008).
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from cryptography.hazmat.primitives import constant_time, hashes, hmac
from msgspec.structs import replace

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.store import keys
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.errors import (
    ForeignFile,
    NewerVault,
    NoVault,
    NoWayIn,
    UnknownUser,
    VaultFull,
    WrongPassphrase,
)
from leerwinkel_desktop.store.files import write_durably
from leerwinkel_desktop.store.keys import CHEAPEST, FLOOR, KEY_BYTES, Cost, Kdf, calibrated
from sync import age

__all__ = ["CHEAPEST", "FLOOR", "KEY_BYTES", "Cost", "Kdf", "calibrated"]
Role = Literal["COUNSELLOR", "OFFICE", "ADMINISTRATOR"]
"""What a user may do on a laptop, lowest first."""
Way = Literal["hub", "paper"]
FORMAT = 2
FILE = "vault.json"
COPY = "vault.json.bak"
MAX_FILE = 1024 * 1024
MOST_SLOTS = 64


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
_S = TypeVar("_S", bound=UserSlot | HubSlot | PaperSlot)


class VaultFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All slots of one vault, with an HMAC over them that only the data key can check.

    `restored`: these slots came out of a backup and the database has not yet begun a new life.
    """

    format: int
    vault_id: str
    slots: list[Slot]
    mac: bytes
    restored: bool = False


class _FirstSlot(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="user", tag_field="type"):
    """A slot of format 1: the data key itself, wrapped with what Argon2id made of the passphrase."""

    id: str
    user: str
    kdf: Kdf
    nonce: bytes
    wrapped: bytes


class _FirstFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    vault_id: str
    slots: list[_FirstSlot]
    mac: bytes


class _Version(msgspec.Struct):
    format: int


@dataclass(slots=True, repr=False)
class OpenedVault:
    """The data key and whose slot gave it; what changes about a slot afterwards changes here too.

    `user_key` (32 bytes) comes from the user's Argon2id output and is stored nowhere; it changes with the
    passphrase and when the parameters grow stronger, so nothing outside the slot may be wrapped with it: seal
    to `recipient` instead, which `identity` opens for as long as the user remembers a passphrase.
    `next_key`: the data key that this vault is changing to, when a change was cut off. `confirmed_ms`: when
    the user last gave the passphrase again in this session.
    """

    key: bytes
    user: str
    vault_id: str
    user_id: str
    role: Role
    user_key: bytes
    identity: str
    recipient: str
    next_key: bytes | None = None
    restored: bool = False
    confirmed_ms: int | None = None

    @property
    def keys(self) -> list[bytes]:
        """The data key, and the next one during a change."""
        return [self.key] if self.next_key is None else [self.key, self.next_key]


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a slot; `recipient` (`age1pq1…`) takes what only this user may read."""

    id: str
    name: str
    role: Role
    recipient: str


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
    for raw in _candidates(folder):
        try:
            return _version(raw)
        except ForeignFile:
            continue
    raise ForeignFile


def create(
    folder: Path, user: str, passphrase: str, cost: Cost | None = None, role: Role = "ADMINISTRATOR"
) -> OpenedVault:
    """Make a data key and the vault file with one user; `cost` is (m, t, p), calibrated when None."""
    opened = _new_user(
        str(uuid.uuid4()),
        [secrets.token_bytes(KEY_BYTES)],
        str(uuid.uuid4()),
        user,
        role,
        age.new_identity_text(),
    )
    slot = _user_slot(opened, passphrase, cost or calibrated())
    _write(folder, opened, [slot])
    return opened


def unlock(
    folder: Path, passphrase: str, user_id: str | None = None, first: str | None = None
) -> OpenedVault:
    """The data key behind the passphrase, of one user or of whoever it fits (`first` is tried first).

    A damaged file is read from its copy; an older format and weaker parameters are brought up to date, and
    the file is written when that changed it. Raises NoVault, ForeignFile, NewerVault, SlotTooExpensive,
    NoWayIn, WrongPassphrase, VaultUnreachable or DiskFull.
    """
    problem: EnvironmentProblem | None = None
    for raw in _candidates(folder):
        try:
            if isinstance(problem, WrongPassphrase) and _version(raw) < FORMAT:
                break  # the copy of the first format may hold a passphrase that was changed since
            opened, slots = _open(raw, passphrase, user_id, first)
        except (ForeignFile, WrongPassphrase) as error:
            problem = problem or error
            continue
        content = _content(opened, slots)
        if any(_read_bytes(folder / name) != content for name in (FILE, COPY)):
            _write(folder, opened, slots)
        return opened
    raise problem or NoVault


def confirm(folder: Path, opened: OpenedVault, passphrase: str) -> None:
    """Whether this is the passphrase of the user who opened the vault. Raises WrongPassphrase."""
    slot = _mine(read(folder), opened.user_id)
    keys.refuse_expense(slot.kdf)
    if _unwrap(opened.vault_id, slot, keys.derive(passphrase, slot.kdf)) is None:
        raise WrongPassphrase


def read(folder: Path) -> VaultFile:
    """The vault file in this format. Raises NoVault, ForeignFile, NewerVault or VaultUnreachable."""
    problem: EnvironmentProblem | None = None
    for raw in _candidates(folder):
        try:
            if _version(raw) < FORMAT:
                raise ForeignFile
            return _decode(raw, VaultFile)
        except ForeignFile as error:
            problem = problem or error
    raise problem or NoVault


def users(folder: Path) -> list[User]:
    """Everybody with a slot, in order of making; an older vault has none before it is opened."""
    if format_of(folder) < FORMAT:
        return []
    return [User(slot.id, slot.user, slot.role, slot.recipient) for slot in _users(read(folder).slots)]


def ways(folder: Path) -> dict[Way, HubSlot | PaperSlot]:
    """The hub slot and the paper slot, where the vault has them; an older one has none yet."""
    if format_of(folder) < FORMAT:
        return {}
    found: dict[Way, HubSlot | PaperSlot] = {}
    for slot in read(folder).slots:
        if isinstance(slot, HubSlot):
            found["hub"] = slot
        elif isinstance(slot, PaperSlot):
            found["paper"] = slot
    return found


def add_user(
    folder: Path, opened: OpenedVault, name: str, role: Role, passphrase: str, cost: Cost | None = None
) -> str:
    """Give somebody a slot of his own; gives the user's id."""
    made = _new_user(opened.vault_id, opened.keys, str(uuid.uuid4()), name, role, age.new_identity_text())
    slot = _user_slot(made, passphrase, cost or calibrated())
    _change(folder, opened, lambda slots: [*slots, slot])
    return made.user_id


def reset_user(
    folder: Path, opened: OpenedVault, user_id: str, passphrase: str, cost: Cost | None = None
) -> OpenedVault:
    """Give a user who forgot his passphrase a new slot under the same id, with a new identity.

    Raises UnknownUser.
    """
    old = _mine(read(folder), user_id)
    made = _new_user(opened.vault_id, opened.keys, user_id, old.user, old.role, age.new_identity_text())
    made.restored = opened.restored
    slot = _user_slot(made, passphrase, cost or calibrated())
    _change(folder, opened, lambda slots: [slot if one.id == user_id else one for one in slots])
    return made


def change_passphrase(folder: Path, opened: OpenedVault, passphrase: str, cost: Cost | None = None) -> None:
    """Give the user who opened the vault a new passphrase; the data key and all data stay as they are."""
    slot = _user_slot(opened, passphrase, cost or calibrated())
    _mine(read(folder), opened.user_id)
    _change(folder, opened, lambda slots: [slot if one.id == slot.id else one for one in slots])


def edit_user(
    folder: Path, opened: OpenedVault, user_id: str, name: str | None = None, role: Role | None = None
) -> None:
    """Give a user another name or role; his passphrase stays. Raises UnknownUser."""
    old = _mine(read(folder), user_id)
    bare = replace(old, user=name or old.user, role=role or old.role)
    slot = _sealed(opened.vault_id, bare, opened.keys)
    _change(folder, opened, lambda slots: [slot if one.id == user_id else one for one in slots])
    if user_id == opened.user_id:
        opened.user, opened.role = slot.user, slot.role


def set_way(folder: Path, opened: OpenedVault, way: Way, recipient: str, owner: str) -> None:
    """Seal the data key to the office (hub) or to the recovery key (paper), in place of what stood there."""
    kind = HubSlot if way == "hub" else PaperSlot
    empty = kind(id=str(uuid.uuid4()), owner=owner, recipient=recipient, sealed=b"")
    slot = _sealed(opened.vault_id, empty, opened.keys)
    _change(folder, opened, lambda slots: [*(one for one in slots if not isinstance(one, kind)), slot])


def begin_key_change(folder: Path, opened: OpenedVault, without: Sequence[str] = ()) -> list[Slot]:
    """Put a next data key beside the present one in every slot, and drop the slots of these users.

    From here on each way in gives both keys; `finish_key_change` ends it, after the database has changed.
    Gives the slots as they were, for `call_off_key_change`.
    """
    before = _checked(folder, opened)
    opened.next_key = secrets.token_bytes(KEY_BYTES)
    kept = [slot for slot in before if slot.id not in without]
    _write(folder, opened, [_sealed(opened.vault_id, slot, opened.keys) for slot in kept])
    return before


def call_off_key_change(folder: Path, opened: OpenedVault, before: Sequence[Slot]) -> None:
    """Put the slots back as they were: the database is still under the present data key."""
    opened.next_key = None
    _write(folder, opened, before)


def finish_key_change(folder: Path, opened: OpenedVault) -> None:
    """Let go of the old data key: the database opens with the next one."""
    if opened.next_key is None:
        return
    slots = _checked(folder, opened)
    opened.key, opened.next_key = opened.next_key, None
    _write(folder, opened, [_sealed(opened.vault_id, slot, opened.keys) for slot in slots])


def begin_new_life(folder: Path, opened: OpenedVault) -> None:
    """Forget that the slots came out of a backup: the database has a new actor now."""
    slots = _checked(folder, opened)
    opened.restored = False
    _write(folder, opened, slots)


def open_with_identity(file: VaultFile, identity: str, way: Way) -> list[bytes]:
    """The data keys behind the hub or paper slot. Raises NoWayIn without such a slot or for another identity,
    and ForeignFile when the slots are not those of this vault."""
    kind = HubSlot if way == "hub" else PaperSlot
    for slot in file.slots:
        if isinstance(slot, kind):
            found = keys.unseal(slot.sealed, identity, _bound(file.vault_id, slot))
            if found is not None:
                check_mac(file, found[0])
                return found
    raise NoWayIn


def open_slot(vault_id: str, slot: HubSlot | PaperSlot, identity: str) -> list[bytes] | None:
    """The data keys in a slot that came from elsewhere, or None for another identity. Raises ForeignFile.

    Whether they are those of that vault only its own file tells (`check_mac`).
    """
    return keys.unseal(slot.sealed, identity, _bound(vault_id, slot))


def as_restored(folder: Path, opened: OpenedVault) -> bytes:
    """The vault file with all its users, marked as restored: for a backup put back where it was made."""
    return _encode(opened.vault_id, opened.key, _checked(folder, opened), restored=True)


def without_users(folder: Path, opened: OpenedVault) -> bytes:
    """The vault file for a backup: the hub and paper slots only, marked as restored. Raises NoWayIn when
    there are none, since such a backup could never be opened."""
    kept = [slot for slot in _checked(folder, opened) if not isinstance(slot, UserSlot)]
    if not kept:
        raise NoWayIn
    return _encode(opened.vault_id, opened.key, kept, restored=True)


def decode(raw: bytes) -> VaultFile:
    """A vault file of this format out of a backup. Raises ForeignFile or NewerVault."""
    if _version(raw) != FORMAT:
        raise ForeignFile
    return _decode(raw, VaultFile)


def admit(folder: Path, file: VaultFile, found: list[bytes], name: str, role: Role, passphrase: str,
          cost: Cost | None = None, user_id: str | None = None) -> OpenedVault:  # fmt: skip
    """Give somebody a way in with keys that another way in gave: a user who is there, or a new one.

    Raises ForeignFile when the keys are not those of this vault.
    """
    check_mac(file, found[0])
    made = _new_user(file.vault_id, found, user_id or str(uuid.uuid4()), name, role, age.new_identity_text())
    made.restored = file.restored
    slot = _user_slot(made, passphrase, cost or calibrated())
    _write(folder, made, [*(one for one in file.slots if one.id != made.user_id), slot])
    return made


def check_mac(file: VaultFile, key: bytes) -> None:
    """Raise ForeignFile unless this list of slots was written by somebody with the data key."""
    expected = _mac(file.vault_id, file.slots, key, restored=file.restored)
    if not constant_time.bytes_eq(expected, file.mac):
        raise ForeignFile


def _candidates(folder: Path) -> list[bytes]:
    """The file and, where it says something else, its copy. Raises NoVault or VaultUnreachable."""
    found = [raw for raw in (_read_bytes(folder / FILE), _read_bytes(folder / COPY)) if raw is not None]
    if not found:
        raise NoVault
    return found[:1] if len(found) == 2 and found[0] == found[1] else found


def _read_bytes(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(MAX_FILE + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise named(error) from error


_F = TypeVar("_F")


def _decode(raw: bytes, kind: type[_F]) -> _F:
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ForeignFile from error


def _version(raw: bytes) -> int:
    version = _decode(raw, _Version).format
    if version > FORMAT:
        raise NewerVault(version, FORMAT)
    return version


def _open(
    raw: bytes, passphrase: str, user_id: str | None, first: str | None
) -> tuple[OpenedVault, list[Slot]]:
    if _version(raw) < FORMAT:
        return _open_first(_decode(raw, _FirstFile), passphrase)
    file = _decode(raw, VaultFile)
    slots = _users(file.slots)
    if len(file.slots) > MOST_SLOTS:
        raise ForeignFile
    for slot in slots:
        keys.refuse_expense(slot.kdf)
    if not slots:
        raise NoWayIn
    for slot in sorted(slots, key=lambda one: one.id != first):
        if user_id in (None, slot.id):
            derived = keys.derive(passphrase, slot.kdf)
            identity = _unwrap(file.vault_id, slot, derived)
            if identity is not None:
                return _opened(file, slot, derived, identity, passphrase)
    raise WrongPassphrase


def _opened(
    file: VaultFile, slot: UserSlot, derived: bytes, identity: str, passphrase: str
) -> tuple[OpenedVault, list[Slot]]:
    found = keys.unseal(slot.sealed, identity, _bound(file.vault_id, slot))
    if found is None:
        raise ForeignFile
    check_mac(file, found[0])
    opened = _new_user(file.vault_id, found, slot.id, slot.user, slot.role, identity)
    opened.user_key = _user_key(derived)
    opened.restored = file.restored
    cost = keys.strengthened(slot.kdf)
    if cost is None:
        return opened, file.slots
    stronger = _user_slot(opened, passphrase, cost)
    return opened, [stronger if one.id == slot.id else one for one in file.slots]


def _open_first(file: _FirstFile, passphrase: str) -> tuple[OpenedVault, list[Slot]]:
    """Open format 1, which had one user, and make its slots anew."""
    for slot in file.slots:
        keys.refuse_expense(slot.kdf)
    for slot in file.slots:
        bare = msgspec.json.encode([1, file.vault_id, replace(slot, wrapped=b"")], order="deterministic")
        key = keys.unwrap(slot.wrapped, keys.derive(passphrase, slot.kdf), slot.nonce, bare)
        if key is None:
            continue
        signed = msgspec.json.encode([1, file.vault_id, file.slots], order="deterministic")
        if not constant_time.bytes_eq(_hmac(key, b"leerwinkel vault slots 1", signed), file.mac):
            raise ForeignFile
        opened = _new_user(file.vault_id, [key], slot.id, slot.user, "ADMINISTRATOR", age.new_identity_text())
        cost = keys.strengthened(slot.kdf) or (slot.kdf.m, slot.kdf.t, slot.kdf.p)
        return opened, [_user_slot(opened, passphrase, cost)]
    raise WrongPassphrase


def _users(slots: Sequence[Slot]) -> list[UserSlot]:
    return [slot for slot in slots if isinstance(slot, UserSlot)]


def _mine(file: VaultFile, user_id: str) -> UserSlot:
    for slot in _users(file.slots):
        if slot.id == user_id:
            return slot
    raise UnknownUser(user_id)


def _new_user(
    vault_id: str, found: list[bytes], user_id: str, name: str, role: Role, identity: str
) -> OpenedVault:
    recipient = age.Identity(identity).recipient
    next_key = found[1] if len(found) > 1 else None
    return OpenedVault(found[0], name, vault_id, user_id, role, b"", identity, recipient, next_key)


def _user_slot(opened: OpenedVault, passphrase: str, cost: Cost) -> UserSlot:
    """The slot of this user under this passphrase; also renews `opened.user_key`."""
    m, t, p = cost
    kdf = Kdf(m=m, t=t, p=p, salt=secrets.token_bytes(16))
    opened.user_key = _user_key(keys.derive(passphrase, kdf))
    empty = UserSlot(
        id=opened.user_id,
        user=opened.user,
        role=opened.role,
        kdf=kdf,
        recipient=opened.recipient,
        nonce=secrets.token_bytes(12),
        wrapped=b"",
        sealed=b"",
    )
    bound = _bound_identity(opened.vault_id, empty)
    wrapped = keys.wrap(opened.identity.encode(), opened.user_key, empty.nonce, bound)
    return _sealed(opened.vault_id, replace(empty, wrapped=wrapped), opened.keys)


def _user_key(derived: bytes) -> bytes:
    return keys.subkey(derived, b"leerwinkel vault user 2")


def _unwrap(vault_id: str, slot: UserSlot, derived: bytes) -> str | None:
    found = keys.unwrap(slot.wrapped, _user_key(derived), slot.nonce, _bound_identity(vault_id, slot))
    return None if found is None else found.decode()


def _bound_identity(vault_id: str, slot: UserSlot) -> bytes:
    """What only the user himself can change about his slot: name, role and data key are not in it."""
    return msgspec.json.encode(
        [FORMAT, vault_id, slot.id, slot.kdf, slot.recipient, slot.nonce], order="deterministic"
    )


def _bound(vault_id: str, slot: Slot) -> bytes:
    """All other fields of the slot, so that none of them can be changed."""
    return msgspec.json.encode([FORMAT, vault_id, replace(slot, sealed=b"")], order="deterministic")


def _sealed(vault_id: str, slot: _S, found: list[bytes]) -> _S:
    return replace(slot, sealed=keys.seal(found, slot.recipient, _bound(vault_id, slot)))


def _hmac(key: bytes, purpose: bytes, content: bytes) -> bytes:
    mac = hmac.HMAC(keys.subkey(key, purpose), hashes.SHA256())
    mac.update(content)
    return mac.finalize()


def _mac(vault_id: str, slots: Sequence[Slot], key: bytes, *, restored: bool) -> bytes:
    content = msgspec.json.encode([FORMAT, vault_id, restored, list(slots)], order="deterministic")
    return _hmac(key, b"leerwinkel vault slots 2", content)


def _checked(folder: Path, opened: OpenedVault) -> list[Slot]:
    """The slots as they stand, which must be those of the vault that is open. Raises ForeignFile."""
    file = read(folder)
    if file.vault_id != opened.vault_id:
        raise ForeignFile
    check_mac(file, opened.key)
    return file.slots


def _change(folder: Path, opened: OpenedVault, change: Callable[[list[Slot]], Sequence[Slot]]) -> None:
    _write(folder, opened, change(_checked(folder, opened)))


def _encode(vault_id: str, key: bytes, slots: Sequence[Slot], *, restored: bool) -> bytes:
    mac = _mac(vault_id, slots, key, restored=restored)
    file = VaultFile(format=FORMAT, vault_id=vault_id, slots=list(slots), mac=mac, restored=restored)
    return msgspec.json.format(msgspec.json.encode(file), indent=2)


def _content(opened: OpenedVault, slots: Sequence[Slot]) -> bytes:
    return _encode(opened.vault_id, opened.key, slots, restored=opened.restored)


def _write(folder: Path, opened: OpenedVault, slots: Sequence[Slot]) -> None:
    """Write the file and then its copy, so that a passphrase that was changed does not live on in a copy.

    Raises VaultFull, DiskFull or VaultUnreachable.
    """
    if len(slots) > MOST_SLOTS:
        raise VaultFull
    content = _content(opened, slots)
    write_durably(folder / FILE, content)
    write_durably(folder / COPY, content)
