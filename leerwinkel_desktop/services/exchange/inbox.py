"""Copies a bundle before it is read, and keeps or drops the copy afterwards (SECURITY.md §4 "Import")."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, cast

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.store.connection import named
from leerwinkel_desktop.store.files import durable
from sync.errors import TooLarge
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


_PIECE: Final = 256 * 1024


class _Watched(io.BufferedIOBase):
    """A file that tells how far it was read: whoever reads it can be stopped between two pieces."""

    def __init__(self, file: BinaryIO, progress: Progress, size: int) -> None:
        self._file, self._progress, self._size, self._next = file, progress, size, 0

    def read(self, size: int | None = -1, /) -> bytes:
        at = self._file.tell()
        if at >= self._next:
            self._progress(at, self._size, _("Bundel nakijken"))
            self._next = at + _PIECE
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)


def watched(file: BinaryIO, progress: Progress) -> BinaryIO:
    """The same file; each piece that is read of it is told, so that it may raise Cancelled."""
    size = file.seek(0, 2)
    file.seek(0)
    return cast(BinaryIO, _Watched(file, progress, size))


def copied(path: Path, inbox: Path, progress: Progress) -> Path:
    """A durable copy, in the inbox, of a bundle whose header was checked.

    It may have been replaced since, on a stick or in a shared folder: no more is copied than a bundle may
    hold. Raises TooLarge, DiskFull, VaultUnreachable or Cancelled.
    """
    with opened(path) as source:
        size = source.seek(0, 2)
        source.seek(0)
        if size > MAX_FILE:
            raise TooLarge("file", MAX_FILE)
        try:
            inbox.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise named(error) from error
        clear(inbox, path)
        with durable(inbox / path.name, size) as target:
            shutil.copyfileobj(watched(source, progress), target, 1024 * 1024)
    return inbox / path.name


def clear(inbox: Path, keep: Path) -> None:
    """Drop what an import left that was cut off; it was a copy."""
    for left in inbox.iterdir() if inbox.is_dir() else ():
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
