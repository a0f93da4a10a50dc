"""The small sealed files beside the database in which what is being typed waits for nobody (decision 16).

One file for each user, `concepten/<id of the user>`: a nonce of 12 bytes, then ChaCha20-Poly1305 under a key
out of the data key, bound to vault and user. It is replaced whole, and on the disk when `write` returns.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Container
from contextlib import suppress
from pathlib import Path
from typing import Final

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.store import keys
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.errors import DamagedDraft
from leerwinkel_desktop.store.files import read_if_there, remove, sync_folder, unfinished, write_durably
from leerwinkel_desktop.store.slots import OpenedVault

FOLDER: Final = "concepten"
MOST: Final = 16 * 1024 * 1024
_NONCE: Final = 12
_PURPOSE: Final = b"leerwinkel draft 1"
_one_at_a_time = threading.RLock()
"""The window keeps drafts while a job erases or changes the key."""


def write(folder: Path, opened: OpenedVault, user_id: str, plain: bytes) -> None:
    """Put this in place of what the user's file held. Raises DiskFull or VaultUnreachable."""
    _write(folder, opened.vault_id, opened.key, user_id, plain)


def read(folder: Path, opened: OpenedVault, user_id: str) -> bytes | None:
    """What the user's file holds, or None without one. Raises DamagedDraft or VaultUnreachable."""
    with _one_at_a_time:
        raw = read_if_there(_path(folder, user_id), MOST)
    if raw is None:
        return None
    for key in opened.keys if len(raw) > _NONCE else ():
        bound = _bound(opened.vault_id, user_id)
        plain = keys.unwrap(raw[_NONCE:], keys.subkey(key, _PURPOSE), raw[:_NONCE], bound)
        if plain is not None:
            return plain
    raise DamagedDraft


def drop(folder: Path, user_id: str) -> None:
    """Take the user's file away, also from a disk that loses its power now. Raises VaultUnreachable."""
    try:
        if _path(folder, user_id).exists():
            with _one_at_a_time:
                remove(_path(folder, user_id))
            sync_folder(folder / FOLDER)
    except OSError as error:
        raise named(error) from error


def spoil(folder: Path, user_id: str) -> None:
    """Take away all that may still be read in a damaged file; its user is told. Raises as `write` does."""
    write_durably(_path(folder, user_id), b"")


def whose(folder: Path) -> list[str]:
    """The ids of the users with a file. What a program left behind that was killed while it wrote goes."""
    with _one_at_a_time:
        found = sorted((folder / FOLDER).glob("*"))
        for path in found:
            if unfinished(path.name):
                remove(path)
    return [path.name for path in found if not unfinished(path.name)]


def move_on(folder: Path, opened: OpenedVault, users: Container[str]) -> None:
    """Seal all files under the key to which the vault changes; those of who is no user any more go.

    A file that cannot be moved on stays behind under the old key: the change of key goes on, and at the next
    unlock of whose it is (`read`) he is told.
    """
    for user_id in whose(folder):
        if user_id not in users:
            drop(folder, user_id)
            continue
        with suppress(EnvironmentProblem):
            plain = read(folder, opened, user_id)
            if plain is not None:
                _write(folder, opened.vault_id, opened.keys[-1], user_id, plain)


def clear(folder: Path) -> None:
    """Take all files away: another vault comes to stand here. Raises OSError."""
    if (folder / FOLDER).exists():
        shutil.rmtree(folder / FOLDER)
        sync_folder(folder)


def _write(folder: Path, vault_id: str, key: bytes, user_id: str, plain: bytes) -> None:
    try:
        if not (folder / FOLDER).exists():
            (folder / FOLDER).mkdir(exist_ok=True)
            sync_folder(folder)
    except OSError as error:
        raise named(error, len(plain)) from error
    nonce = os.urandom(_NONCE)
    sealed = keys.wrap(plain, keys.subkey(key, _PURPOSE), nonce, _bound(vault_id, user_id))
    with _one_at_a_time:
        write_durably(_path(folder, user_id), nonce + sealed)


def _path(folder: Path, user_id: str) -> Path:
    return folder / FOLDER / user_id


def _bound(vault_id: str, user_id: str) -> bytes:
    return f"{vault_id}/{user_id}".encode()
