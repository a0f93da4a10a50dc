"""A stick or a folder, also one that the office shares over its network."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from leerwinkel_desktop.domain.errors import EnvironmentProblem
from leerwinkel_desktop.services.places.errors import (
    GoneFromPlace,
    NameInUse,
    NoAnswer,
    NoSuchFolder,
    PlaceFull,
    ReadOnlyPlace,
)
from leerwinkel_desktop.services.places.stores import BLOCK, Laid, Tick
from leerwinkel_desktop.store.errors import DiskFull, VaultUnreachable
from leerwinkel_desktop.store.files import durable

_WRITING = (errno.EACCES, errno.EPERM, errno.EROFS)


class FolderStore:
    """The files of one folder."""

    def __init__(self, place: str, folder: Path) -> None:
        self._place, self._folder = place, folder

    def laid(self) -> list[Laid]:
        """All files there."""
        with self._naming():
            return [Laid(one.name, one.stat().st_size) for one in self._folder.iterdir() if one.is_file()]

    def send(self, name: str, source: BinaryIO, size: int, tick: Tick) -> None:
        """Write under another name, put it on the disk, and rename."""
        target = self._folder / name
        with self._naming():
            if target.exists():
                raise NameInUse(name)
            with durable(target) as file:
                while block := source.read(BLOCK):
                    file.write(block)
                    tick(len(block))
                if file.tell() != size:
                    raise NoAnswer(self._place)

    def receive(self, name: str, target: BinaryIO, tick: Tick) -> None:
        """Read it block by block."""
        with self._naming():
            try:
                source = (self._folder / name).open("rb")
            except FileNotFoundError as error:
                raise GoneFromPlace(self._place) from error
        with source:
            while block := self._read(source):
                target.write(block)
                tick(len(block))

    def _read(self, source: BinaryIO) -> bytes:
        with self._naming():
            return source.read(BLOCK)

    def remove(self, name: str) -> None:
        """Remove a file."""
        with self._naming():
            (self._folder / name).unlink(missing_ok=True)

    @contextmanager
    def _naming(self) -> Iterator[None]:
        try:
            yield
        except DiskFull as error:
            raise PlaceFull(self._place) from error
        except VaultUnreachable as error:
            raise self._problem(error.__cause__) from error
        except OSError as error:
            raise self._problem(error) from error

    def _problem(self, error: BaseException | None) -> EnvironmentProblem:
        code = error.errno if isinstance(error, OSError) else None
        if code in (errno.ENOENT, errno.ENOTDIR):
            return NoSuchFolder(self._place)
        return ReadOnlyPlace(self._place) if code in _WRITING else NoAnswer(self._place)
