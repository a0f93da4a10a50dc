"""Opens the detention block for those on its access list, and keeps that list (DOMAIN.md §9, SECURITY.md §2).

The organisation has one detention key of 32 random bytes, the same at the office and on its laptops. It is
nowhere in the clear: each user on the access list holds it sealed to an identity that only their passphrase
opens, and the recovery sheet holds it too.
"""

from __future__ import annotations

import json
from typing import Any

from leerwinkel_desktop.domain.detention import BLOCK_BY_KIND, NoAccess, SealedRecord
from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.domain.fields import fields_of, from_wire
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import block, changelog, detention, keys, migrate, slots
from leerwinkel_desktop.store.block import Access
from leerwinkel_desktop.store.database import FILE, Reader, Transaction
from leerwinkel_desktop.store.detention import BlockKeys
from leerwinkel_desktop.store.errors import ForeignFile, UnknownUser
from leerwinkel_desktop.store.files import remove
from leerwinkel_desktop.store.slots import User

PAPER = "PAPER"
SETTLED = "detention.settled"
SECRET = "detention_key"  # noqa: S105 (a name)
"""The name under which the key travels in a welcome."""


class LastAccess(InputError):
    """Nobody would be left who can open the detention block of this vault."""


class NotAKey(InputError):
    """What was given does not hold a detention key that can be opened here."""


def open_block(workspace: Workspace) -> None:
    """Open the block for the user who unlocked, if they are on the access list; to be called once.

    A vault without a detention key gets one here, with its first user on the list; what an older program
    stored open is sealed then.
    """
    with workspace.database.write() as transaction:
        if not block.key_ids(transaction.connection):
            _begin(workspace, transaction)
        _take_in_hand(workspace, transaction)
        sealed_now = _settle(transaction)
    if sealed_now:
        _forget_copies(workspace)


def _forget_copies(workspace: Workspace) -> None:
    """Drop the copies made before an upgrade: they hold the block as it stood open."""
    for copy in migrate.copies(workspace.folder / FILE):
        remove(copy)


def _begin(workspace: Workspace, transaction: Transaction) -> None:
    key = detention.new_key()
    block.grant(
        transaction.connection,
        workspace.opened.user_id,
        workspace.user,
        workspace.opened.user_id,
        transaction.now_ms,
    )
    _keep(workspace, transaction, key)
    transaction.note("detention.key", detention.key_id(key), workspace.user)
    transaction.note("detention.granted", workspace.opened.user_id, workspace.user)


def _keep(workspace: Workspace, transaction: Transaction, key: bytes) -> None:
    """Make this the key that seals, and give it to everybody on the access list and to the recovery sheet."""
    connection = transaction.connection
    block.add_key(connection, detention.key_id(key), transaction.now_ms)
    on_list = {one.user_id for one in block.access_list(connection) if one.open}
    for person in slots.users(workspace.folder):
        if person.id in on_list:
            block.share(connection, detention.key_id(key), person.id, _sealed(key, person.recipient))
    recovery = _recovery(transaction)
    if recovery is not None:
        block.share(connection, detention.key_id(key), PAPER, _sealed(key, recovery))


def _recovery(reader: Reader) -> str | None:
    row = reader.connection.execute("SELECT recovery_recipient FROM device").fetchone()
    return None if row is None else row[0]


def _take_in_hand(workspace: Workspace, transaction: Transaction) -> None:
    """Open the user's shares with their identity, for this session."""
    found = block.shares(transaction.connection, workspace.opened.user_id)
    opened = (_unsealed(sealed, workspace.opened.identity) for _, sealed in found)
    mine = [key for key in opened if key is not None]
    transaction.block = BlockKeys(mine) if mine else None


def _settle(transaction: Transaction) -> bool:
    """Erase what an older program logged open, seal what it stored, renew what stands under an old key.

    Gives whether an older program had left anything.
    """
    connection = transaction.connection
    if transaction.setting(SETTLED) is None:
        for kind in BLOCK_BY_KIND:
            changelog.erase_kind(connection, kind)
        transaction.set_setting(SETTLED, "1")
    if transaction.block is None:
        return False
    left = block.unsealed(connection)
    for kind, record_id, text in left:
        _move(transaction, kind, record_id, json.loads(text))
    block.forget_unsealed(connection)
    for record_id in block.stale(connection, transaction.block.current):
        _renew(transaction, record_id)
    return bool(left)


def _move(transaction: Transaction, kind: str, record_id: str, wire: dict[str, Any]) -> None:
    record = BLOCK_BY_KIND[kind]
    values: dict[str, Any] = {f.name: from_wire(f, wire.get(f.name)) for f in fields_of(record)}
    made = record(id=record_id, **values)
    transaction.save(detention.sealed(transaction, made))
    if wire.get("removed"):
        transaction.remove(made)


def _renew(transaction: Transaction, record_id: str) -> None:
    if transaction.block is None:
        return
    found = detention.opened(transaction.block, transaction.get(SealedRecord, record_id))
    if found is not None:
        transaction.save(detention.sealed(transaction, found.record, renew=True))


def _own(workspace: Workspace) -> User:
    return next(one for one in slots.users(workspace.folder) if one.id == workspace.opened.user_id)


def may_open(workspace: Workspace) -> bool:
    """Whether the block is open to this user."""
    return workspace.database.block is not None


def require(workspace: Workspace) -> None:
    """Go on only when the block is open to this user. Raises NoAccess."""
    if not may_open(workspace):
        raise NoAccess


def is_first_look(workspace: Workspace, dossier_id: str) -> bool:
    """Whether no opening of this dossier's block was put down in this session yet."""
    open_keys = workspace.database.block
    return open_keys is not None and dossier_id not in open_keys.noted


def note_opening(transaction: Transaction, user: str, dossier_id: str) -> None:
    """Put down in the audit trail that a user opened a dossier's block."""
    if transaction.block is not None:
        transaction.block.noted.add(dossier_id)
        transaction.note("detention.opened", dossier_id, user)


def access_list(workspace: Workspace) -> list[Access]:
    """Everybody who has or had access to the block on this machine, in the order in which they got it."""
    with workspace.database.read() as reader:
        return block.access_list(reader.connection)


def has_access(workspace: Workspace, user_id: str) -> bool:
    """Whether a user is on the access list now."""
    return any(one.open and one.user_id == user_id for one in access_list(workspace))


def grant(workspace: Workspace, user_id: str) -> None:
    """Let a user of this vault open the block; only an administrator who has access can.

    Raises NotAllowed, NoAccess or UnknownUser. A user with a new slot after a forgotten passphrase is given
    the key again.
    """
    access.require(workspace, "ADMINISTRATOR")
    require(workspace)
    person = next((one for one in slots.users(workspace.folder) if one.id == user_id), None)
    if person is None:
        raise UnknownUser(user_id)
    with workspace.database.write() as transaction:
        connection = transaction.connection
        _share_all(transaction, person)
        if any(one.open and one.user_id == user_id for one in block.access_list(connection)):
            return
        by = workspace.opened.user_id
        block.grant(connection, user_id, person.name, by, transaction.now_ms)
        transaction.note("detention.granted", user_id, workspace.user)


def _share_all(transaction: Transaction, person: User) -> None:
    if transaction.block is None:
        raise NoAccess
    for name, key in transaction.block.all.items():
        block.share(transaction.connection, name, person.id, _sealed(key, person.recipient))


def withdraw(workspace: Workspace, user_id: str) -> None:
    """Take a user off the access list and destroy their share of the key; only an administrator can.

    Raises NotAllowed, or LastAccess when nobody would be left.
    """
    access.require(workspace, "ADMINISTRATOR")
    with workspace.database.write() as transaction:
        left = {one.user_id for one in block.access_list(transaction.connection) if one.open}
        if user_id not in left:
            return
        if left == {user_id}:
            raise LastAccess
        block.withdraw(transaction.connection, user_id, workspace.opened.user_id, transaction.now_ms)
        transaction.note("detention.withdrawn", user_id, workspace.user)
        if user_id == workspace.opened.user_id:
            transaction.block = None


def export_key_for(workspace: Workspace, recipient: str) -> bytes:
    """The organisation's detention key, sealed to a device's recipient, for its welcome. Raises NoAccess."""
    open_keys = workspace.database.block
    if open_keys is None:
        raise NoAccess
    return _sealed(open_keys.all[open_keys.current], recipient)


def take_key(workspace: Workspace, sealed: bytes, identity: str) -> None:
    """Take the organisation's key that the office sealed to this device's identity, for those on the list.

    What was sealed here before is sealed anew under it, now or when somebody with access unlocks.
    Raises NotAKey.
    """
    with workspace.database.write() as transaction:
        take_key_in(workspace, transaction, sealed, identity)


def take_key_in(workspace: Workspace, transaction: Transaction, sealed: bytes, identity: str) -> None:
    """What `take_key` does, inside a transaction of the caller. Raises NotAKey."""
    key = _unsealed(sealed, identity)
    if key is None:
        raise NotAKey
    known = block.key_ids(transaction.connection)
    if known and known[-1] == detention.key_id(key):
        return
    _keep(workspace, transaction, key)
    transaction.note("detention.key", detention.key_id(key), workspace.user)
    _take_in_hand(workspace, transaction)
    _settle(transaction)


def regain(workspace: Workspace, recovery_identity: str) -> None:
    """Put an administrator on the list with the recovery sheet, when nobody who had access is left.

    Raises NotAllowed, or NotAKey when the sheet is of another organisation.
    """
    access.require(workspace, "ADMINISTRATOR")
    with workspace.database.write() as transaction:
        connection = transaction.connection
        found = [_unsealed(sealed, recovery_identity) for _, sealed in block.shares(connection, PAPER)]
        mine = [key for key in found if key is not None]
        if not mine:
            raise NotAKey
        own = _own(workspace)
        for key in mine:
            block.share(connection, detention.key_id(key), own.id, _sealed(key, own.recipient))
        if not any(one.open and one.user_id == own.id for one in block.access_list(connection)):
            block.grant(connection, own.id, own.name, PAPER, transaction.now_ms)
        transaction.note("detention.regained", own.id, workspace.user)
        _take_in_hand(workspace, transaction)
        _settle(transaction)


def _bound(name: str) -> bytes:
    return b"leerwinkel detention key 1\n" + name.encode()


def _sealed(key: bytes, recipient: str) -> bytes:
    """The key for one recipient: its id, a line feed, and a small age file."""
    name = detention.key_id(key)
    return name.encode() + b"\n" + keys.seal([key], recipient, _bound(name))


def _unsealed(sealed: bytes, identity: str) -> bytes | None:
    """The key, or None when it was sealed to another. Raises NotAKey."""
    name, _, body = sealed.partition(b"\n")
    try:
        found = keys.unseal(body, identity, _bound(name.decode("ascii", "replace")))
    except ForeignFile as error:
        raise NotAKey from error
    if found is None:
        return None
    if len(found) != 1 or detention.key_id(found[0]).encode() != name:
        raise NotAKey
    return found[0]
