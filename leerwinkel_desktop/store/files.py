"""Writes whole files or nothing, so that a name appears only when the bytes are on the disk; reads a limit.

SECURITY.md §1 "laptop dies mid-way", "disk full".
"""

from __future__ import annotations

import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.errors import VaultUnreachable

_UNFINISHED: Final = re.compile(r"\.(.+)\.[0-9a-f]{8}\.part")
_ABANDONED_S: Final = 3600
"""Nothing that is being written stands still for an hour, and no clock jumps so far while it is."""


@contextmanager
def durable(path: Path, size: int | None = None) -> Iterator[BinaryIO]:
    """A file to write that takes its final name when the block ends well, and leaves nothing otherwise.

    `size` is how many bytes will come, where that is known: a full disk is told it. Raises DiskFull or
    VaultUnreachable.
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
        raise named(error, size) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def unfinished(name: str) -> str | None:
    """The final name of the file of which this one is the unfinished form; None when it is no such form."""
    told = _UNFINISHED.fullmatch(name)
    return told[1] if told else None


def clear_unfinished(folder: Path) -> None:
    """Remove what programs left behind that were killed while they wrote here; never what one writes now."""
    for path in folder.glob(".*.part"):
        with suppress(OSError):  # another program was first, or has it open
            if unfinished(path.name) and abs(time.time() - path.stat().st_mtime) > _ABANDONED_S:
                path.unlink()


def write_durably(path: Path, content: bytes) -> None:
    """Write the bytes under that name, whole or not at all. Raises DiskFull or VaultUnreachable."""
    with durable(path, len(content)) as file:
        file.write(content)


def read_if_there(path: Path, most: int) -> bytes | None:
    """The first `most` bytes of a file, or None when there is none. Raises VaultUnreachable."""
    try:
        with path.open("rb") as file:
            return file.read(most)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise named(error) from error


def read_at_most(path: Path, most: int) -> bytes:
    """The first `most` bytes of a file. Raises VaultUnreachable, also when there is no such file."""
    found = read_if_there(path, most)
    if found is None:
        raise VaultUnreachable
    return found


def remove(path: Path) -> None:
    """Take a file away, if it is there. Raises VaultUnreachable."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise named(error) from error


def sync_folder(folder: Path) -> None:
    """Put the folder's own entries on the disk; Windows does so by itself when a file is renamed."""
    if os.name == "nt":  # pragma: no cover (only Windows can run it)
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
