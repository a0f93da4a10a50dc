"""The laptop's half of a recovery: asks the office, and opens the vault with the answer."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError
from leerwinkel_desktop.services import passphrases, vaults
from leerwinkel_desktop.services.recovery.asked import LARGEST, fingerprint, written
from leerwinkel_desktop.services.recovery.whose import chosen
from leerwinkel_desktop.services.workspace import Workspace, now_ms
from leerwinkel_desktop.store import keys, slots, tries
from leerwinkel_desktop.store.errors import ForeignFile, NoWayIn, WrongPassphrase
from leerwinkel_desktop.store.files import read_at_most, read_if_there, write_durably
from leerwinkel_desktop.store.keys import Cost, Kdf
from leerwinkel_desktop.store.slots import HubSlot, OpenedVault, PaperSlot, User

PENDING = "recovery.json"


class NoRequest(InputError):
    """No request was made here, so there is nothing that an answer could belong to."""


class AnswerForAnother(EnvironmentProblem):
    """The answer belongs to another request, or the vault has changed its key since the request."""


class _Pending(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the laptop keeps: its request, whose it is, and its secret under the new passphrase."""

    request: bytes
    user_id: str
    name: str
    role: slots.Role
    kdf: Kdf
    nonce: bytes
    wrapped: bytes


def waiting_for_answer(folder: Path) -> str | None:
    """The fingerprint of the request that this locked vault made, or None."""
    with suppress(NoRequest):
        return fingerprint(_pending(folder).request)
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
    whose = chosen(folder, user, name)
    passphrases.check(passphrase, whose.name)
    identity = keys.new_identity()
    raw = _ask(folder, keys.recipient_of(identity))
    pending = _kept(raw, whose, identity, passphrase, cost or keys.calibrated())
    write_durably(folder / PENDING, msgspec.json.encode(pending))
    write_durably(path, raw)
    return fingerprint(raw)


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
    sealed = read_at_most(path, LARGEST)
    attempt = tries.begin(folder, clock)
    derived = keys.derive(passphrase, pending.kdf)
    identity = keys.unwrap(pending.wrapped, derived, pending.nonce, pending.request)
    if identity is None:
        raise WrongPassphrase
    try:
        opened = _admitted(folder, pending, sealed, identity.decode(), passphrase, cost)
    except ForeignFile as error:
        attempt.withdrawn()
        raise AnswerForAnother from error
    action = "vault.recovered"
    workspace = vaults.enter(folder, opened, clock=clock, today=today, failed=attempt.failed, action=action)
    attempt.succeeded(opened.user_id)
    (folder / PENDING).unlink(missing_ok=True)
    return workspace


def _ask(folder: Path, recipient: str) -> bytes:
    vault_id, ways = slots.read(folder).vault_id, slots.ways(folder)
    hub, paper = ways.get("hub"), ways.get("paper")
    if not ways:
        raise NoWayIn
    return written(
        vault_id,
        recipient,
        hub if isinstance(hub, HubSlot) else None,
        paper if isinstance(paper, PaperSlot) else None,
    )


def _kept(raw: bytes, whose: User, identity: str, passphrase: str, cost: Cost) -> _Pending:
    m, t, p = cost
    kdf, nonce = Kdf(m=m, t=t, p=p, salt=secrets.token_bytes(16)), secrets.token_bytes(12)
    return _Pending(
        request=raw,
        user_id=whose.id,
        name=whose.name,
        role=whose.role,
        kdf=kdf,
        nonce=nonce,
        wrapped=keys.wrap(identity.encode(), keys.derive(passphrase, kdf), nonce, raw),
    )


def _admitted(
    folder: Path, pending: _Pending, sealed: bytes, identity: str, passphrase: str, cost: Cost | None
) -> OpenedVault:
    found = keys.unseal(sealed, identity, pending.request)
    if found is None:
        raise ForeignFile
    file = slots.read(folder)
    return slots.admit(
        folder, file, found, pending.name, pending.role, passphrase, cost, user_id=pending.user_id
    )


def _pending(folder: Path) -> _Pending:
    raw = read_if_there(folder / PENDING, LARGEST)
    if raw is None:
        raise NoRequest
    try:
        return msgspec.json.decode(raw, type=_Pending)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NoRequest from error
