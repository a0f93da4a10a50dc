"""Makes, opens and checks vaults (SECURITY.md §2)."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.domain.ids import new_actor
from leerwinkel_desktop.services import detention, enrolment, exchange, new_life, passphrases, ways
from leerwinkel_desktop.services.passphrases import GuessablePassphrase, WeakPassphrase
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.services.workspace import Workspace, now_ms
from leerwinkel_desktop.store import audit, drafts, keys, rekeying, slots, trails, tries
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.database import FILE, Database
from leerwinkel_desktop.store.devices import Device, Role, write_device
from leerwinkel_desktop.store.errors import (
    DamagedVault,
    DiskFull,
    NoVault,
    VaultBusy,
    VaultExists,
    WrongPassphrase,
)
from leerwinkel_desktop.store.files import clear_unfinished, sync_folder
from leerwinkel_desktop.store.slots import OpenedVault

SHORTEST_PASSPHRASE = passphrases.SHORTEST
DEFAULT_TOWN = "MEC"
BUILDING = ".nieuw"
__all__ = ["DamagedVault", "GuessablePassphrase", "WeakPassphrase"]
UNLOCK_PROBLEMS = (EnvironmentProblem,)
TESTS_ONLY = slots.CHEAPEST
FLOOR = keys.FLOOR


@dataclass(frozen=True, slots=True, repr=False)
class NewVault:
    """A vault just made.

    `recovery_identity` and `root_key` (one line of text each, both only at an office) are shown once, for the
    sealed envelope, and kept nowhere.
    """

    workspace: Workspace
    recovery_identity: str | None
    root_key: str | None


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found: page errors in SQLite's words, and the first broken entry of the audit chain."""

    damage: tuple[str, ...]
    broken_audit: int | None

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.damage and self.broken_audit is None


def exists(folder: Path) -> bool:
    """Whether a vault stands in this folder."""
    return slots.exists(folder) and not half_made(folder)


def create(
    folder: Path,
    passphrase: str,
    *,
    role: Role = "office",
    name: str | None = None,
    user: str = "Begeleider",
    organisation: str = "Leerwinkel Mechelen",
    town: str = DEFAULT_TOWN,
    cost: tuple[int, int, int] | None = None,
    clock: Callable[[], int] = now_ms,
    today: Callable[[], date] = date.today,
) -> NewVault:
    """Make a vault. An office gets its organisation and a recovery identity; a laptop gets them at enrolment.

    Raises WeakPassphrase, GuessablePassphrase, VaultExists, DiskFull or VaultUnreachable.
    """
    passphrases.check(passphrase, user, name or "", organisation)
    if exists(folder) or (folder / FILE).exists():
        raise VaultExists
    office = role == "office"
    own = enrolment.new_keys()
    recovery = enrolment.new_recovery() if office else None
    device = Device(
        role=role,
        name=name or ("Kantoor" if office else "Laptop"),
        number=0 if office else None,
        town=town,
        organisation=str(uuid.uuid4()) if office else None,
        organisation_name=organisation if office else None,
        actor=new_actor(),
        signing_key=own.signing_key,
        identity=own.identity,
        recovery_recipient=None if recovery is None else recovery.recipient,
    )
    with building(folder, (tries.FILE, slots.COPY, slots.FILE, FILE)) as place:
        opened = slots.create(place, user, passphrase, cost)
        database = Database(place / FILE, opened.key, codelists(), clock)
        try:
            with database.bare() as connection:
                write_device(connection, device)
                root_key = enrolment.settle(connection, device, folder)
                audit.append(connection, clock(), "vault.created", None, user, device.name)
            ways.keep(Workspace(place, opened, database, codelists(), today, clock))
        finally:
            database.close()
        tries.start(place)
    database = Database(folder / FILE, opened.key, codelists(), clock)
    workspace = Workspace(folder, opened, database, codelists(), today, clock)
    detention.open_block(workspace)
    return NewVault(workspace, None if recovery is None else recovery.identity, root_key)


@contextmanager
def building(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """A place to make a vault in, whose files are moved to the folder in this order when all are whole.

    The database comes last: a vault file beside a building place is no vault yet, and may be made again.
    """
    place = folder / BUILDING
    try:
        _clear(place)
        place.mkdir(parents=True)
        try:
            yield place
            drafts.clear(folder)
            for name in names:
                (place / name).replace(folder / name)
            sync_folder(folder)
        finally:
            _clear(place)
            sync_folder(folder)
    except OSError as error:
        raise named(error) from error


def _clear(place: Path) -> None:
    if place.exists():
        shutil.rmtree(place)


def half_made(folder: Path) -> bool:
    """Whether the making of a vault was cut off here; making one again may take its place."""
    return (folder / BUILDING).exists() and not (folder / FILE).exists()


def unlock(
    folder: Path,
    passphrase: str,
    *,
    user_id: str | None = None,
    clock: Callable[[], int] = now_ms,
    today: Callable[[], date] = date.today,
    ticks: Callable[[], int] = tries.ticks,
) -> Workspace:
    """Open a vault with a passphrase, of one user or of whoever it fits.

    What was cut off before (a change of key, a restore) is finished first, and failed tries since the last
    time go to the audit trail. Raises TooManyTries, NoVault, NoWayIn, WrongPassphrase, ForeignFile,
    DamagedVault, NewerVault, SlotTooExpensive, VaultBusy, DiskFull …
    """
    if not exists(folder):
        raise NoVault
    attempt = tries.begin(folder, clock, ticks, expected=slots.format_of(folder) > 1)
    try:
        opened = slots.unlock(folder, passphrase, user_id, attempt.first)
        workspace = enter(folder, opened, clock=clock, today=today, failed=attempt.failed)
    except WrongPassphrase:
        raise
    except BaseException:
        attempt.withdrawn()
        raise
    attempt.succeeded(opened.user_id)
    return workspace


def enter(
    folder: Path,
    opened: OpenedVault,
    *,
    clock: Callable[[], int] = now_ms,
    today: Callable[[], date] = date.today,
    failed: Sequence[int] = (),
    action: str = "vault.unlocked",
) -> Workspace:
    """Open the database with keys that a slot gave, finish what was cut off, and write down who came in."""
    path = folder / FILE
    if not path.exists() or not path.stat().st_size:
        raise DamagedVault
    finish_key_change(folder, opened)
    _clear(folder / BUILDING)
    clear_unfinished(folder)
    clear_unfinished(folder / drafts.FOLDER)
    database = Database(path, opened.key, codelists(), clock)
    workspace = Workspace(folder, opened, database, codelists(), today, clock)
    try:
        with database.write() as transaction:
            for at in failed:
                audit.append(transaction.connection, at, "vault.refused", None, None)
            transaction.note(action, opened.user_id, opened.user)
            enrolment.catch_up(transaction.connection, folder)
        if opened.restored:
            new_life.begin(workspace)
        exchange.catch_up(workspace)
        ways.keep(workspace)
        detention.open_block(workspace)
    except Exception as error:
        # SQLCipher may give a page that does not check as zeros: whatever stumbles over it, the page is why.
        damaged = not isinstance(error, DiskFull | VaultBusy) and bool(database.damage())
        workspace.close()
        if damaged:
            raise DamagedVault from error
        raise
    except BaseException:
        workspace.close()
        raise
    return workspace


def finish_key_change(folder: Path, opened: OpenedVault) -> None:
    """Bring a change of the data key to its end, wherever it was cut off (the database is closed)."""
    path = folder / FILE
    rekeying.forget_copy(path)
    if opened.next_key is None:
        return
    if rekeying.opens(path, opened.key):
        rekeying.rekey(path, opened.key, opened.next_key)
    elif not rekeying.opens(path, opened.next_key):
        raise DamagedVault
    drafts.move_on(folder, opened, {user.id for user in slots.users(folder)})
    slots.finish_key_change(folder, opened)


def wait_seconds(
    folder: Path, clock: Callable[[], int] = now_ms, ticks: Callable[[], int] = tries.ticks
) -> int:
    """How long the next try must wait, in seconds; for the lock screen."""
    return tries.waiting(folder, clock, ticks)


def check(workspace: Workspace) -> Health:
    """Read every page and every audit entry."""
    damage = workspace.database.damage()
    if damage:
        return Health(tuple(damage), None)
    with workspace.database.read() as reader:
        return Health((), trails.first_broken(reader.connection))


def change_passphrase(
    workspace: Workspace, passphrase: str, cost: tuple[int, int, int] | None = None
) -> None:
    """Give the current user a new passphrase; dossiers and unsent changes are not touched.

    Raises WeakPassphrase, GuessablePassphrase, DiskFull or VaultUnreachable.
    """
    passphrases.check(passphrase, workspace.user)
    slots.change_passphrase(workspace.folder, workspace.opened, passphrase, cost)
    with workspace.database.write() as transaction:
        transaction.note("vault.passphrase", None, workspace.user)
