"""The users of one vault: who is there, who comes, who goes (SECURITY.md §2)."""

from __future__ import annotations

import unicodedata

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError
from leerwinkel_desktop.services import access, detention, passphrases, profile
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import drafts, rekeying, slots
from leerwinkel_desktop.store.errors import UnknownUser
from leerwinkel_desktop.store.keys import Cost
from leerwinkel_desktop.store.slots import Role, User

LONGEST_NAME = 100
__all__ = ["Role", "User"]


class NameTaken(InputError):
    """Another user of this vault has that name already."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class ImpossibleName(InputError):
    """A user's name is empty or longer than 100 characters."""


class LastAdministrator(InputError):
    """Each vault keeps at least one administrator."""


class NotYourself(InputError):
    """Nobody removes or resets himself while his own passphrase holds the vault open."""


def users(workspace: Workspace) -> list[User]:
    """Everybody who has a passphrase for this vault, in order of coming."""
    return slots.users(workspace.folder)


def find(workspace: Workspace, name: str) -> User:
    """The user with that id or that name, however it is written. Raises UnknownUser."""
    for user in users(workspace):
        if user.id == name or _same(user.name, name):
            return user
    raise UnknownUser(name)


def add(workspace: Workspace, name: str, role: Role, passphrase: str, cost: Cost | None = None) -> User:
    """Give somebody a passphrase of his own; only an administrator may.

    Raises NotAllowed, PassphraseNeeded, NameTaken, ImpossibleName, WeakPassphrase, GuessablePassphrase,
    VaultFull, DiskFull or VaultUnreachable.
    """
    access.require(workspace, "ADMINISTRATOR")
    profile.require(workspace)
    name = _fresh_name(workspace, name)
    passphrases.check(passphrase, name)
    user_id = slots.add_user(workspace.folder, workspace.opened, name, role, passphrase, cost)
    _note(workspace, "user.added", user_id)
    return find(workspace, user_id)


def rename(workspace: Workspace, user_id: str, name: str) -> User:
    """Give a user another name; his passphrase stays. Everybody may rename himself.

    Raises NotAllowed, UnknownUser, NameTaken or ImpossibleName.
    """
    if user_id != workspace.opened.user_id:
        access.require(workspace, "ADMINISTRATOR")
    before = find(workspace, user_id)
    if not _same(before.name, name):
        name = _fresh_name(workspace, name)
    slots.edit_user(workspace.folder, workspace.opened, before.id, name=_tidy(name))
    _note(workspace, "user.renamed", before.id)
    return find(workspace, before.id)


def set_role(workspace: Workspace, user_id: str, role: Role) -> User:
    """Give a user another role. Raises NotAllowed, PassphraseNeeded, UnknownUser or LastAdministrator."""
    access.require(workspace, "ADMINISTRATOR")
    profile.require(workspace)
    user = find(workspace, user_id)
    if role != "ADMINISTRATOR":
        _keep_an_administrator(workspace, user)
    slots.edit_user(workspace.folder, workspace.opened, user.id, role=role)
    _note(workspace, "user.role", user.id)
    return find(workspace, user.id)


def give_passphrase(workspace: Workspace, user_id: str, passphrase: str, cost: Cost | None = None) -> User:
    """Give somebody who forgot his passphrase a new one, as an administrator.

    He gets a new identity: the detention block is given again when he had it and the administrator has it.
    Raises NotAllowed, PassphraseNeeded, NotYourself, UnknownUser, WeakPassphrase, GuessablePassphrase,
    DiskFull or VaultUnreachable.
    """
    access.require(workspace, "ADMINISTRATOR")
    profile.require(workspace)
    user = find(workspace, user_id)
    if user.id == workspace.opened.user_id:
        raise NotYourself
    passphrases.check(passphrase, user.name)
    slots.reset_user(workspace.folder, workspace.opened, user.id, passphrase, cost)
    _note(workspace, "user.passphrase", user.id)
    if detention.may_open(workspace) and detention.has_access(workspace, user.id):
        detention.grant(workspace, user.id)
    return find(workspace, user.id)


def remove(workspace: Workspace, user_id: str) -> None:
    """Take away somebody's way in, and give the vault another data key, so that no kept copy of it helps him.

    The workspace stays usable. Cut off at any moment, the next unlock finishes it. The backups made before
    still open with the old key. Raises NotAllowed, UnknownUser, NotYourself, LastAdministrator, LastAccess,
    VaultBusy, DiskFull or VaultUnreachable.
    """
    access.require(workspace, "ADMINISTRATOR")
    profile.require(workspace)
    user = find(workspace, user_id)
    if user.id == workspace.opened.user_id:
        raise NotYourself
    _keep_an_administrator(workspace, user)
    rekeying.need_room(workspace.database.path)
    detention.withdraw(workspace, user.id)
    change_key(workspace, without=user.id)
    _note(workspace, "user.removed", user.id)


def change_key(workspace: Workspace, without: str | None = None) -> None:
    """Give the vault another data key in two phases; without a user, or with everybody as before.

    Raises VaultBusy, DamagedVault, DiskFull or VaultUnreachable; then the vault is as it was.
    """
    folder, opened = workspace.folder, workspace.opened
    rekeying.need_room(workspace.database.path)
    before = slots.begin_key_change(folder, opened, [without] if without else [])
    try:
        workspace.database.change_key(opened.keys[-1])
    except EnvironmentProblem:
        if workspace.database.is_under(opened.key):
            slots.call_off_key_change(folder, opened, before)
            raise
    drafts.move_on(folder, opened, {user.id for user in slots.users(folder)})
    slots.finish_key_change(folder, opened)
    _note(workspace, "vault.rekeyed", None)


def _keep_an_administrator(workspace: Workspace, user: User) -> None:
    others = [one for one in users(workspace) if one.role == "ADMINISTRATOR" and one.id != user.id]
    if not others:
        raise LastAdministrator


def _fresh_name(workspace: Workspace, name: str) -> str:
    tidy = _tidy(name)
    if any(_same(user.name, tidy) for user in users(workspace)):
        raise NameTaken(tidy)
    return tidy


def _tidy(name: str) -> str:
    tidy = " ".join(unicodedata.normalize("NFC", name).split())
    if not tidy or len(tidy) > LONGEST_NAME or not tidy.isprintable():
        raise ImpossibleName
    return tidy


def _same(one: str, other: str) -> bool:
    return unicodedata.normalize("NFC", one).casefold() == unicodedata.normalize("NFC", other).casefold()


def _note(workspace: Workspace, action: str, subject: str | None) -> None:
    with workspace.database.write() as transaction:
        transaction.note(action, subject, workspace.user)
