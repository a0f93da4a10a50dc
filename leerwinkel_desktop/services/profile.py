"""How this vault is used, office or prison (SECURITY.md §1 "client, 30 seconds at the keyboard").

The fields, limits and papers of each profile stand in `domain/profiles.py`.
"""

from __future__ import annotations

from leerwinkel_desktop.domain.errors import InputError, NotFound
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.profiles import OFFICE, PROFILES, SETTING, Profile, shows
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.exchange import erasures
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import along

CONFIRMED_FOR_MS = 2 * 60 * 1000


class PassphraseNeeded(InputError):
    """In this profile the passphrase is asked again before this may happen."""


def current(workspace: Workspace) -> Profile:
    """How this vault is used now."""
    with workspace.database.read() as reader:
        return PROFILES.get(reader.setting(SETTING) or "", OFFICE)


def choose(workspace: Workspace, code: str, passphrase: str | None = None) -> Profile:
    """Use the vault in another way; leaving the prison profile asks the passphrase again.

    A profile that keeps no index of people empties it; the office fills it again with a snapshot.

    Raises NotFound for an unknown profile, PassphraseNeeded or WrongPassphrase, or what `sweep` raises.
    """
    if code not in PROFILES:
        raise NotFound("profile", code)
    if current(workspace) is not PROFILES[code]:
        confirm(workspace, passphrase)
        with workspace.database.write() as transaction:
            transaction.set_setting(SETTING, code)
            if not PROFILES[code].keeps_index:
                along.empty(transaction.connection)
                erasures.to_be_swept(transaction)
            transaction.note(f"profile.{code}", None, workspace.user)
        if not PROFILES[code].keeps_index:
            erasures.sweep(workspace)
    return PROFILES[code]


def confirm(workspace: Workspace, passphrase: str | None) -> None:
    """Before an export, a change of users or an erasure: the passphrase again, where the profile wants it.

    Raises PassphraseNeeded when none was given, or WrongPassphrase.
    """
    if not current(workspace).passphrase_again:
        return
    if passphrase is None:
        raise PassphraseNeeded
    access.confirm(workspace, passphrase)


def require(workspace: Workspace) -> None:
    """Go on only when the passphrase was given again in the last two minutes, where the profile wants it.

    What exports, changes users or erases begins with this, so that no page can forget to ask. Raises
    PassphraseNeeded.
    """
    given = workspace.opened.confirmed_ms
    fresh = given is not None and 0 <= workspace.now_ms() - given <= CONFIRMED_FOR_MS
    if not fresh and current(workspace).passphrase_again:
        raise PassphraseNeeded


def shown(workspace: Workspace, record: type[Record], names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the named fields that are drawn in the profile of this vault."""
    profile = current(workspace)
    return tuple(name for name in names if shows(profile, record, name))
