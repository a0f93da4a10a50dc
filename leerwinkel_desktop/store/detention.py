"""Seals the detention block: each value of it under the detention key, bound to its record and its slot.

AES-SIV (RFC 5297) with the record's id and the slot as associated data. It is deterministic on purpose: the
same value in the same place gives the same text on every device, so that merging per field, and "the same
value written twice is no conflict" (FORMAT.md §7.4), work without anybody opening anything.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from leerwinkel_desktop.domain.detention import (
    ALL_SLOTS,
    BLOCK_BY_KIND,
    KIND_SLOT,
    SLOTS,
    DetentionApproval,
    DetentionEpisode,
    NoAccess,
    SealedRecord,
)
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.fields import Record, Value, Wire, field_of, fields_of, from_wire
from leerwinkel_desktop.store.repository import repository, wire_of

if TYPE_CHECKING:
    from leerwinkel_desktop.store.connection import Connection
    from leerwinkel_desktop.store.history import Saved

KEY_BYTES = 32
PAD = 64
_INFO = b"leerwinkel detention block 1"
_ID = b"leerwinkel detention key id 1\n"


def new_key() -> bytes:
    """A detention key: 32 random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def key_id(key: bytes) -> str:
    """Eight characters that name a key without telling it; they stand before each sealed value."""
    return hashlib.sha256(_ID + key).hexdigest()[:8]


class BlockKeys:
    """The detention keys that are open in this session; the last one seals, all of them open."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """Take the keys, oldest first; at least one."""
        self._ciphers = {
            key_id(key): AESSIV(HKDF(hashes.SHA512(), 64, None, _INFO).derive(key)) for key in keys
        }
        self._keys = {key_id(key): key for key in keys}
        self.current = key_id(keys[-1])
        self.noted: set[str] = set()

    @property
    def all(self) -> Mapping[str, bytes]:
        """All open keys by their id, for wrapping them for somebody else."""
        return self._keys

    def seal(self, record_id: str, slot: str, value: Wire) -> str:
        """A value as sealed text: key id, a dot, base64."""
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        plain += b" " * (-len(plain) % PAD)
        sealed = self._ciphers[self.current].encrypt(plain, [record_id.encode(), slot.encode()])
        return f"{self.current}.{b64encode(sealed).decode()}"

    def open(self, record_id: str, slot: str, text: str | None) -> tuple[bool, Wire]:
        """Whether it could be opened, and the value: not when sealed under a key that is not open here."""
        name, _, body = (text or "").partition(".")
        cipher = self._ciphers.get(name)
        if cipher is None:
            return False, None
        try:
            plain = cipher.decrypt(b64decode(body, validate=True), [record_id.encode(), slot.encode()])
            return True, json.loads(plain)
        except (InvalidTag, ValueError):
            return False, None


@dataclass(frozen=True, slots=True)
class Opened:
    """One record of the block: its kind, its dossier, what could be read of it, and what could not."""

    kind: type[Record]
    id: str
    dossier_id: str | None
    wire: Mapping[str, Wire]
    unread: frozenset[str]

    @property
    def record(self) -> Any:
        """The record as the rest of the program knows it."""
        values: dict[str, Value] = {}
        for field in fields_of(self.kind):
            owner = field.target == "dossier"
            values[field.name] = from_wire(field, self.dossier_id if owner else self.wire.get(field.name))
        return self.kind(id=self.id, **values)


def opened(keys: BlockKeys, sealed: SealedRecord) -> Opened | None:
    """What a sealed record holds, or None when it is sealed under a key that is not open here."""
    readable, kind = keys.open(sealed.id, KIND_SLOT, sealed.s01)
    if not readable or not isinstance(kind, str) or kind not in BLOCK_BY_KIND:
        return None
    wire: dict[str, Wire] = {}
    unread: set[str] = set()
    for name, slot in SLOTS[kind].items():
        readable, value = keys.open(sealed.id, slot, getattr(sealed, slot))
        if readable:
            wire[name] = value
        else:
            unread.add(name)
    return Opened(BLOCK_BY_KIND[kind], sealed.id, sealed.dossier_id, wire, frozenset(unread))


class Reader(Protocol):
    """What this room needs of a reader: where to look, and the keys that are open."""

    @property
    def connection(self) -> Connection:
        """Where the records are."""

    @property
    def block(self) -> BlockKeys | None:
        """The open detention keys, or None for somebody without access."""


def _keys(reader: Reader) -> BlockKeys:
    if reader.block is None:
        raise NoAccess
    return reader.block


def get(reader: Reader, record: type[Record], record_id: str) -> Any:
    """One record of the block. Raises NoAccess, or NotFound."""
    keys = _keys(reader)
    found = opened(keys, repository(SealedRecord).get(reader.connection, record_id))
    if found is None or found.kind is not record:
        raise NotFound(record.kind, record_id)
    return found.record


def find(reader: Reader, record: type[Record], equals: Mapping[str, Value]) -> list[Any]:
    """All records of one kind of the block whose fields equal the given values. Raises NoAccess."""
    keys = _keys(reader)
    for name in equals:
        if name != "id":
            field_of(record, name)
    found = (opened(keys, sealed) for sealed in _candidates(reader, equals))
    records = (one.record for one in found if one is not None and one.kind is record)
    return [one for one in records if all(getattr(one, name) == value for name, value in equals.items())]


def _candidates(reader: Reader, equals: Mapping[str, Value]) -> Iterable[SealedRecord]:
    """The sealed records that can be meant: those of one dossier where it is known."""
    stored = repository(SealedRecord)
    dossier = equals.get("dossier_id")
    episode = equals.get("episode_id")
    if isinstance(episode, str):
        above = stored.stored(reader.connection, episode)
        found = above["dossier_id"] if above else None
        dossier = found if isinstance(found, str) else None
    if isinstance(dossier, str):
        return stored.find(reader.connection, dossier_id=dossier)
    return stored.find(reader.connection)


def rows(
    reader: Reader, record: type[Record], names: Sequence[str], equals: Mapping[str, Value]
) -> list[tuple[Any, ...]]:
    """The named fields of all matching records of the block. Raises NoAccess."""
    return [tuple(getattr(one, name) for name in names) for one in find(reader, record, equals)]


def sealed(reader: Reader, record: Record, *, renew: bool = False) -> SealedRecord:
    """The record as it is to be stored: only what differs is sealed anew. Raises NoAccess.

    A value that cannot be read here stays as it is unless another one was given; `renew` seals all of them
    under the newest key.
    """
    keys = _keys(reader)
    before = repository(SealedRecord).stored(reader.connection, record.id)
    wanted: dict[str, Wire] = {
        SLOTS[record.kind][n]: v for n, v in wire_of(record).items() if n in SLOTS[record.kind]
    }
    wanted[KIND_SLOT] = record.kind
    made: dict[str, Any] = {}
    for slot in ALL_SLOTS:
        stands = before[slot] if before else None
        text = stands if isinstance(stands, str) else None
        readable, value = keys.open(record.id, slot, text)
        keep = (readable and value == wanted.get(slot)) or (not readable and wanted.get(slot) is None)
        stale = renew and readable and not (text or "").startswith(keys.current)
        made[slot] = text if text and keep and not stale else keys.seal(record.id, slot, wanted.get(slot))
    return replace(SealedRecord(id=record.id, dossier_id=_dossier_of(reader, record)), **made)


def _dossier_of(reader: Reader, record: Record) -> str | None:
    if isinstance(record, DetentionEpisode):
        return record.dossier_id
    above = getattr(record, "episode_id", None)
    stands = repository(SealedRecord).stored(reader.connection, above) if above else None
    found = stands["dossier_id"] if stands else None
    return found if isinstance(found, str) else None


def changed_names(reader: Reader, record: Record) -> list[str]:
    """The fields of a record of the block whose value differs from what is stored. Raises NoAccess."""
    keys = _keys(reader)
    stands = repository(SealedRecord).find(reader.connection, id=record.id)
    before = opened(keys, stands[0]) if stands else None
    wire = wire_of(record)
    if before is None:
        return list(wire)
    old = {**before.wire, "dossier_id": before.dossier_id}
    return [name for name, value in wire.items() if old.get(name) != value]


def kind_of(reader: Reader, record_id: str) -> str | None:
    """The kind of a sealed record, removed or not, or None where it cannot be told here."""
    stands = repository(SealedRecord).stored(reader.connection, record_id)
    text = stands[KIND_SLOT] if stands else None
    if reader.block is None or not isinstance(text, str):
        return None
    _, kind = reader.block.open(record_id, KIND_SLOT, text)
    return kind if isinstance(kind, str) and kind in SLOTS else None


def opened_saved(reader: Reader, saved: Saved) -> Saved:
    """A line of the history with the block's own names and values, for whoever may see them."""
    if reader.block is None or saved.kind != SealedRecord.kind:
        return saved
    kind = kind_of(reader, saved.record_id)
    if kind is None:
        return saved
    return replace(saved, kind=kind, patch=dict(_opened_patch(reader.block, saved, kind)))


def _opened_patch(keys: BlockKeys, saved: Saved, kind: str) -> Iterator[tuple[str, Wire]]:
    names = {slot: name for name, slot in SLOTS[kind].items()}
    for slot, text in saved.patch.items():
        if slot in names and isinstance(text, str):
            _, value = keys.open(saved.record_id, slot, text)
            if value is not None or KIND_SLOT not in saved.patch:  # a new record writes its empty slots too
                yield names[slot], value
        elif slot not in ALL_SLOTS:
            yield slot, text


def field_behind(reader: Reader, record_id: str, slot: str) -> tuple[str, str] | None:
    """Kind and field that a slot of a sealed record holds, or None where it cannot be told here."""
    stands = repository(SealedRecord).find(reader.connection, id=record_id)
    found = opened(reader.block, stands[0]) if stands and reader.block else None
    if found is None:
        return None
    name = next((name for name, at in SLOTS[found.kind.kind].items() if at == slot), None)
    return None if name is None else (found.kind.kind, name)


def unread(reader: Reader, dossier_id: str) -> int:
    """How many sealed records of a dossier cannot be read with the keys that are open. Raises NoAccess."""
    keys = _keys(reader)
    found = repository(SealedRecord).find(reader.connection, dossier_id=dossier_id)
    read = (opened(keys, one) for one in found)
    return sum(one is None or bool(one.unread) for one in read)


def children(reader: Reader, dossier_id: str) -> Iterator[Record]:
    """The block's records of a dossier, each episode followed by its approvals; nothing without access."""
    if reader.block is None:
        return
    for episode in find(reader, DetentionEpisode, {"dossier_id": dossier_id}):
        yield episode
        yield from find(reader, DetentionApproval, {"episode_id": episode.id})
