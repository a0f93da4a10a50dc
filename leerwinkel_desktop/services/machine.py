"""Tells whether a vault still stands where it stood, so that a copy notices that it is one (SECURITY.md §4).

A simple mark, not a proof: a hash of what the system calls this machine, and a hash of the folder.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from pathlib import Path
from typing import Literal

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import trust
from leerwinkel_desktop.store.connection import Connection

Moved = Literal["MACHINE", "FOLDER"]


class CopiedVault(InputError):
    """The vault stands on another machine than before: moved or copied, which only people know."""


if sys.platform == "win32":
    import winreg

    def _name() -> str:
        """MachineGuid, which Windows makes when it is installed, or else the host's name."""
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return platform.node()

else:

    def _name() -> str:
        """machine-id, which Linux makes when it is installed, or else the host's name."""
        return _machine_id(Path("/etc/machine-id"))


def _machine_id(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip() or platform.node()
    except (OSError, UnicodeDecodeError):
        return platform.node()


def machine_mark() -> str:
    """A hash of what names this machine."""
    return _hash(_name())


def _folder_mark(folder: Path) -> str:
    return _hash(str(folder.resolve()))


def _hash(text: str) -> str:
    return hashlib.sha256(b"leerwinkel machine 1\n" + text.encode("utf-8", "surrogatepass")).hexdigest()


def bind(connection: Connection, folder: Path) -> None:
    """Remember that the vault stands here."""
    trust.pin(connection, machine=machine_mark(), folder=_folder_mark(folder))


def bind_once(connection: Connection, folder: Path) -> None:
    """Remember where the vault stands when it was never noted."""
    if trust.pinned(connection).machine is None:
        bind(connection, folder)


def moved_in(connection: Connection, folder: Path) -> Moved | None:
    """What differs from where the vault stood: the machine, only the folder, or nothing."""
    pinned = trust.pinned(connection)
    if pinned.machine is None:
        return None
    if pinned.machine != machine_mark():
        return "MACHINE"
    return None if pinned.folder == _folder_mark(folder) else "FOLDER"


def moved(workspace: Workspace) -> Moved | None:
    """Whether the vault stands elsewhere than before; then ask: moved (`stay`) or copied (`renew_actor`)?"""
    with workspace.database.read() as reader:
        return moved_in(reader.connection, workspace.folder)


def stay(workspace: Workspace) -> None:
    """People say that the vault was moved, and that no other copy is used: this is its place now."""
    with workspace.database.write() as transaction:
        bind(transaction.connection, workspace.folder)
        transaction.note("vault.moved", None, workspace.user)
