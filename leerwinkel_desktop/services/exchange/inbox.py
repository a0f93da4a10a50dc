"""Copies a bundle before it is read, and keeps or drops the copy afterwards (SECURITY.md §4 "Import")."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.files import durable
from sync.errors import EmptyBundle, TooLarge
from sync.header import MAX_FILE


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read. Raises VaultUnreachable."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise named(error) from error
    with file:
        yield file


def copied(path: Path, inbox: Path) -> Path:
    """A durable copy in the inbox. Raises EmptyBundle, TooLarge, DiskFull or VaultUnreachable."""
    with opened(path) as source:
        size = source.seek(0, 2)
        source.seek(0)
        if size == 0:
            raise EmptyBundle
        if size > MAX_FILE:
            raise TooLarge("file", MAX_FILE)
        try:
            inbox.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise named(error) from error
        _clear(inbox, path)
        with durable(inbox / path.name) as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
    return inbox / path.name


def _clear(inbox: Path, keep: Path) -> None:
    """Drop what an import left that was cut off; it was a copy."""
    for left in inbox.iterdir():
        with suppress(OSError):
            if not left.samefile(keep):
                left.unlink()


def finish(copy: Path, folder: Path, *, keep: bool) -> None:
    """Move the copy to the folder of what was read, or drop it. Raises VaultUnreachable."""
    try:
        if keep:
            folder.mkdir(exist_ok=True)
            copy.replace(folder / copy.name)
        else:
            copy.unlink()
    except OSError as error:
        raise named(error) from error
