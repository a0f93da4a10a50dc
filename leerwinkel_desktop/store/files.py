"""Writes whole files or nothing: a name appears only when the bytes are on the disk (SECURITY.md §1)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from leerwinkel_desktop.store.connection import named


@contextmanager
def durable(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes its final name when the block ends well, and leaves nothing otherwise.

    Raises DiskFull or VaultUnreachable.
    """
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise named(error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def write_durably(path: Path, content: bytes) -> None:
    """Write the bytes under that name, whole or not at all. Raises DiskFull or VaultUnreachable."""
    with durable(path) as file:
        file.write(content)


def sync_folder(folder: Path) -> None:
    """Put the folder's own entries on the disk; Windows does so by itself when a file is renamed."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
