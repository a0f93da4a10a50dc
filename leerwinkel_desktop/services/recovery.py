"""Gives somebody who forgot his passphrase a new one: through the office, or with the printed sheet.

SECURITY.md §1 "forgotten passphrase", "office key lost". Through the office: the laptop writes a request
with a fresh recipient; both screens show the same signs; the office answers with the data key, sealed to that
recipient. The recovery secret of the sheet is only ever typed on the machine of the office.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError
from leerwinkel_desktop.services import access, passphrases, vaults
from leerwinkel_desktop.services.trust import NotAnOffice
from leerwinkel_desktop.services.workspace import Workspace, now_ms
from leerwinkel_desktop.store import devices, keys, slots, tries, trust
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.errors import ForeignFile, NoWayIn, UnknownUser, WrongPassphrase
from leerwinkel_desktop.store.files import write_durably
from leerwinkel_desktop.store.keys import Cost, Kdf
from leerwinkel_desktop.store.slots import HubSlot, PaperSlot, User
from sync import age
from sync import keys as fingerprints
from sync.errors import BadKey

PENDING = "recovery.json"
GROUP = 6
_FORMAT = 1
_LARGEST = 64 * 1024
_PREFIX = "AGE-SECRET-KEY-PQ-1"


class NotARequest(EnvironmentProblem):
    """The file is no request for recovery of this program."""


class NoRequest(InputError):
    """No request was made here, so there is nothing that an answer could belong to."""


class AnswerForAnother(EnvironmentProblem):
    """The answer belongs to another request, or the vault has changed its key since the request."""


class RefusedLaptop(InputError):
    """The office does not know this laptop, or has reported it revoked or lost: it gets no answer.

    `name` is the laptop's name, or its number when it is unknown.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class SheetOnLaptop(InputError):
    """The secret of the sheet is never typed on a laptop: write a request and answer it at the office."""


class SheetMistyped(InputError):
    """What was typed is no recovery key: a sign is missing, too much, or wrong."""


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a laptop asks: its sealed slots, and the fresh recipient for the answer."""

    format: int
    vault_id: str
    recipient: str
    hub: HubSlot | None
    paper: PaperSlot | None


class _Pending(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the laptop keeps: its request, whose it is, and its secret under the new passphrase."""

    request: bytes
    user_id: str
    name: str
    role: slots.Role
    kdf: Kdf
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the office reads it; `fingerprint` is compared with the laptop's screen, by people."""

    fingerprint: str
    owner: str
    vault_id: str
    _request: _Request
    _raw: bytes


def users_of(folder: Path) -> list[User]:
    """Who has a slot in a locked vault, to choose whose passphrase was forgotten."""
    return slots.users(folder)


def waiting_for_answer(folder: Path) -> str | None:
    """The fingerprint of the request that this locked vault made, or None."""
    with suppress(NoRequest):
        return _fingerprint(_pending(folder).request)
    return None


def request(
    folder: Path,
    user: str | None,
    passphrase: str,
    path: Path,
    *,
    name: str = "Beheerder",
    cost: Cost | None = None,
) -> str:
    """Ask the office to let a user (id or name) in again; gives the signs that both screens must show.

    The new passphrase is chosen now and typed again when the answer comes: it protects what waits for the
    answer. A vault out of a backup has no users: None makes its first one, called `name`. Raises UnknownUser,
    NoWayIn, WeakPassphrase, GuessablePassphrase, DiskFull or VaultUnreachable.
    """
    known = slots.users(folder)
    found = _chosen(known, user, name)
    passphrases.check(passphrase, found.name)
    file, ways = slots.read(folder), slots.ways(folder)
    hub, paper = ways.get("hub"), ways.get("paper")
    if not ways:
        raise NoWayIn
    identity = age.new_identity_text()
    raw = msgspec.json.encode(
        _Request(
            format=_FORMAT,
            vault_id=file.vault_id,
            recipient=age.Identity(identity).recipient,
            hub=hub if isinstance(hub, HubSlot) else None,
            paper=paper if isinstance(paper, PaperSlot) else None,
        )
    )
    m, t, p = cost or keys.calibrated()
    kdf, nonce = Kdf(m=m, t=t, p=p, salt=secrets.token_bytes(16)), secrets.token_bytes(12)
    wrapped = keys.wrap(identity.encode(), keys.derive(passphrase, kdf), nonce, raw)
    pending = _Pending(
        request=raw, user_id=found.id, name=found.name, role=found.role, kdf=kdf, nonce=nonce, wrapped=wrapped
    )
    write_durably(folder / PENDING, msgspec.json.encode(pending))
    write_durably(path, raw)
    return _fingerprint(raw)


def read_request(path: Path) -> Asked:
    """Read a laptop's request at the office. Raises NotARequest or VaultUnreachable."""
    raw = _read(path)
    asked = _decode(raw)
    slot = asked.hub or asked.paper
    if slot is None:
        raise NotARequest
    return Asked(_fingerprint(raw), slot.owner, asked.vault_id, asked, raw)


def laptop_name(workspace: Workspace, asked: Asked) -> str | None:
    """How the office calls the laptop that asks, or None when it does not know it."""
    with workspace.database.read() as reader:
        peer = devices.peer(reader.connection, asked.owner)
    return None if peer is None else peer.name


def answer(workspace: Workspace, asked: Asked, typed: str, path: Path) -> None:
    """Let the laptop in again, at the office; `typed` are the signs that stand on the laptop's screen.

    Raises NotAllowed, NotAnOffice, FingerprintMistyped, FingerprintDiffers, RefusedLaptop, NoWayIn, DiskFull
    or VaultUnreachable.
    """
    access.require(workspace, "OFFICE")
    device = workspace.device()
    if device.role != "office":
        raise NotAnOffice
    check_signs(asked, typed)
    with workspace.database.read() as reader:
        peer = devices.peer(reader.connection, asked.owner)
        identities = [device.identity, *(one.identity for one in trust.office_keys(reader.connection))]
    if peer is None or peer.role != "laptop" or peer.state != "ACTIVE":
        raise RefusedLaptop(peer.name or asked.owner if peer else asked.owner)
    _answer(asked, asked._request.hub, identities, path)
    with workspace.database.write() as transaction:
        transaction.note("recovery.answered", asked.owner, workspace.user)


def answer_with_sheet(asked: Asked, typed: str, sheet: str, path: Path) -> None:
    """Let a laptop in again with the printed sheet alone, on a machine of the office without its vault.

    Raises SheetMistyped, FingerprintMistyped, FingerprintDiffers, NoWayIn, DiskFull or VaultUnreachable.
    """
    check_signs(asked, typed)
    _answer(asked, asked._request.paper, [sheet_identity(sheet)], path)


def check_signs(asked: Asked, typed: str) -> None:
    """Compare the signs with those on the laptop. Raises FingerprintMistyped or FingerprintDiffers."""
    fingerprints.check_fingerprint(typed, _digest(asked._raw))


def accept(
    folder: Path,
    path: Path,
    passphrase: str,
    *,
    cost: Cost | None = None,
    clock: Callable[[], int] = now_ms,
    today: Callable[[], date] = date.today,
) -> Workspace:
    """Open the vault with the office's answer; from now on the new passphrase opens it.

    `passphrase` is the one chosen with the request. The user gets a new identity: what was sealed to the old
    one (the detention block) must be given again. Raises NoRequest, TooManyTries, WrongPassphrase,
    AnswerForAnother, and what `vaults.unlock` raises.
    """
    pending = _pending(folder)
    keys.refuse_expense(pending.kdf)
    sealed = _read(path)
    attempt = tries.begin(folder, clock)
    derived = keys.derive(passphrase, pending.kdf)
    identity = keys.unwrap(pending.wrapped, derived, pending.nonce, pending.request)
    if identity is None:
        raise WrongPassphrase
    try:
        found = keys.unseal(sealed, identity.decode(), pending.request)
        if found is None:
            raise ForeignFile
        file = slots.read(folder)
        opened = slots.admit(
            folder, file, found, pending.name, pending.role, passphrase, cost, user_id=pending.user_id
        )
    except ForeignFile as error:
        attempt.withdrawn()
        raise AnswerForAnother from error
    action = "vault.recovered"
    workspace = vaults.enter(folder, opened, clock=clock, today=today, failed=attempt.failed, action=action)
    attempt.succeeded(opened.user_id)
    (folder / PENDING).unlink(missing_ok=True)
    return workspace


def open_with_sheet(
    folder: Path,
    sheet: str,
    user: str | None,
    passphrase: str,
    *,
    name: str = "Beheerder",
    cost: Cost | None = None,
    clock: Callable[[], int] = now_ms,
    today: Callable[[], date] = date.today,
) -> Workspace:
    """Open the office's own vault, or one out of a backup, with the text of the printed sheet.

    Raises SheetOnLaptop, SheetMistyped, NoWayIn, UnknownUser, WeakPassphrase, GuessablePassphrase, and what
    `vaults.unlock` raises.
    """
    file = slots.read(folder)
    if not file.restored and any(isinstance(slot, HubSlot) for slot in file.slots):
        raise SheetOnLaptop
    found = _chosen(slots.users(folder), user, name)
    passphrases.check(passphrase, found.name)
    data_keys = slots.open_with_identity(file, sheet_identity(sheet), "paper")
    opened = slots.admit(folder, file, data_keys, found.name, found.role, passphrase, cost, user_id=found.id)
    tries.start(folder)
    return vaults.enter(folder, opened, clock=clock, today=today, action="vault.recovered")


def sheet_identity(text: str) -> str:
    """The recovery key in what was typed or read from a file: line breaks and spaces do not matter.

    Raises SheetMistyped.
    """
    squeezed = "".join(text.split()).upper()
    begin = squeezed.find(_PREFIX)
    identity = squeezed[begin : begin + len(age.new_identity_text())] if begin >= 0 else ""
    try:
        age.Identity(identity)
    except BadKey as error:
        raise SheetMistyped from error
    return identity


def groups(identity: str) -> tuple[str, ...]:
    """The recovery key in groups of six signs behind its fixed beginning, as it stands on the sheet."""
    rest = identity.removeprefix(_PREFIX)
    return (_PREFIX, *(rest[place : place + GROUP] for place in range(0, len(rest), GROUP)))


@dataclass(frozen=True, slots=True)
class SheetState:
    """When the sheet of the present recovery key was printed and rehearsed (milliseconds, UTC), or None."""

    printed_ms: int | None
    rehearsed_ms: int | None


def sheet_state(workspace: Workspace) -> SheetState:
    """How far the office is with its recovery sheet."""
    with workspace.database.read() as reader:
        row = reader.connection.execute(
            "SELECT printed_ms, rehearsed_ms FROM recovery_sheet "
            "JOIN device ON recipient = recovery_recipient"
        ).fetchone()
    return SheetState(None, None) if row is None else SheetState(*row)


def sheet_printed(workspace: Workspace) -> None:
    """Write down that the sheet was printed."""
    _mark(workspace, "printed_ms", "recovery.printed")


def rehearse(workspace: Workspace, identity: str, typed: str) -> bool:
    """Whether the last group, typed from the paper, is that of this key; written down when it is."""
    right = "".join(typed.split()).upper() == groups(identity)[-1]
    if right:
        _mark(workspace, "rehearsed_ms", "recovery.rehearsed")
    return right


def rehearse_whole(workspace: Workspace, sheet: str) -> bool:
    """Whether a whole sheet out of its envelope is that of this office; written down when it is.

    Raises NotAnOffice or SheetMistyped.
    """
    device = workspace.device()
    if device.role != "office":
        raise NotAnOffice
    right = age.Identity(sheet_identity(sheet)).recipient == device.recovery_recipient
    if right:
        _mark(workspace, "rehearsed_ms", "recovery.rehearsed")
    return right


def _mark(workspace: Workspace, column: str, action: str) -> None:
    recipient = workspace.device().recovery_recipient
    if recipient is None:
        raise NotAnOffice
    with workspace.database.write() as transaction:
        transaction.connection.execute(
            f"INSERT INTO recovery_sheet (recipient, {column}) VALUES (?, ?) "  # noqa: S608
            f"ON CONFLICT DO UPDATE SET {column} = excluded.{column}",
            (recipient, transaction.now_ms),
        )
        transaction.note(action, None, workspace.user)


def _chosen(known: list[User], user: str | None, name: str) -> User:
    if user is None:
        if known:
            raise UnknownUser(name)
        return User(secrets.token_hex(16), name, "ADMINISTRATOR", "")
    for one in known:
        if user in (one.id, one.name):
            return one
    raise UnknownUser(user)


def _answer(asked: Asked, slot: HubSlot | PaperSlot | None, identities: list[str], path: Path) -> None:
    for identity in identities if slot is not None else ():
        found = slots.open_slot(asked.vault_id, slot, identity) if slot is not None else None
        if found is not None:
            write_durably(path, keys.seal(found, asked._request.recipient, asked._raw))
            return
    raise NoWayIn


def _digest(raw: bytes) -> bytes:
    return sha256(b"leerwinkel recovery request 1\n" + raw).digest()


def _fingerprint(raw: bytes) -> str:
    return fingerprints.fingerprint(_digest(raw))


def _decode(raw: bytes) -> _Request:
    try:
        asked = msgspec.json.decode(raw, type=_Request)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotARequest from error
    if asked.format != _FORMAT:
        raise NotARequest
    return asked


def _pending(folder: Path) -> _Pending:
    path = folder / PENDING
    if not path.exists():
        raise NoRequest
    try:
        return msgspec.json.decode(_read(path), type=_Pending)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NoRequest from error


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except OSError as error:
        raise named(error) from error
