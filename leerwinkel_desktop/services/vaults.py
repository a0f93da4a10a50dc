"""Makes, opens and checks vaults (SECURITY.md §2)."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError
from leerwinkel_desktop.domain.ids import new_actor
from leerwinkel_desktop.services import detention, enrolment
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.services.workspace import Workspace, now_ms
from leerwinkel_desktop.store import audit, slots
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.database import FILE, Database
from leerwinkel_desktop.store.devices import Device, Role, write_device
from leerwinkel_desktop.store.errors import DamagedVault, VaultExists

SHORTEST_PASSPHRASE = 14
DEFAULT_TOWN = "MEC"
UNLOCK_PROBLEMS = (EnvironmentProblem,)
TESTS_ONLY = slots.CHEAPEST
FLOOR = slots.FLOOR


class WeakPassphrase(InputError):
    """The passphrase is shorter than the 14 characters that an own one needs (SECURITY.md §2)."""


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
    return slots.exists(folder)


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

    Raises WeakPassphrase, VaultExists, DiskFull or VaultUnreachable.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase
    if slots.exists(folder) or (folder / FILE).exists():
        raise VaultExists
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise named(error) from error
    keys = enrolment.new_keys()
    recovery = enrolment.new_recovery() if role == "office" else None
    office = role == "office"
    device = Device(
        role=role,
        name=name or ("Kantoor" if office else "Laptop"),
        number=0 if office else None,
        town=town,
        organisation=str(uuid.uuid4()) if office else None,
        organisation_name=organisation if office else None,
        actor=new_actor(),
        signing_key=keys.signing_key,
        identity=keys.identity,
        recovery_recipient=None if recovery is None else recovery.recipient,
    )
    with _nothing_left_behind(folder):
        opened = slots.create(folder, user, passphrase, cost)
        database = Database(folder / FILE, opened.key, codelists(), clock)
        try:
            with database.bare() as connection:
                write_device(connection, device)
                root_key = enrolment.settle(connection, device, folder)
                audit.append(connection, clock(), "vault.created", None, user, device.name)
        except BaseException:
            database.close()
            raise
    workspace = Workspace(folder, opened, database, codelists(), today, clock)
    detention.open_block(workspace)
    return NewVault(workspace, None if recovery is None else recovery.identity, root_key)


@contextmanager
def _nothing_left_behind(folder: Path) -> Iterator[None]:
    """A vault that could not be made whole (a full disk) must not stand in the way of the next try."""
    try:
        yield
    except BaseException:
        for name in (slots.FILE, slots.COPY, FILE, f"{FILE}-wal", f"{FILE}-shm"):
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        raise


def unlock(
    folder: Path,
    passphrase: str,
    *,
    clock: Callable[[], int] = now_ms,
    today: Callable[[], date] = date.today,
) -> Workspace:
    """Open a vault with a passphrase.

    Raises NoVault, WrongPassphrase, ForeignFile, DamagedVault, NewerVault, SlotTooExpensive, VaultBusy …
    """
    opened = slots.unlock(folder, passphrase)
    if not (folder / FILE).exists() or not (folder / FILE).stat().st_size:
        raise DamagedVault
    database = Database(folder / FILE, opened.key, codelists(), clock)
    workspace = Workspace(folder, opened, database, codelists(), today, clock)
    with database.write() as transaction:
        transaction.note("vault.unlocked", None, opened.user)
        enrolment.catch_up(transaction.connection, folder)
    detention.open_block(workspace)
    return workspace


def check(workspace: Workspace) -> Health:
    """Read every page and every audit entry."""
    damage = workspace.database.damage()
    if damage:
        return Health(tuple(damage), None)
    with workspace.database.read() as reader:
        return Health((), audit.first_broken(reader.connection))


def change_passphrase(
    workspace: Workspace, passphrase: str, cost: tuple[int, int, int] | None = None
) -> None:
    """Give the current user a new passphrase; dossiers and unsent changes are not touched.

    Raises WeakPassphrase, DiskFull or VaultUnreachable.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase
    slots.change_passphrase(workspace.folder, workspace.opened, passphrase, cost)
    with workspace.database.write() as transaction:
        transaction.note("vault.passphrase", None, workspace.user)
