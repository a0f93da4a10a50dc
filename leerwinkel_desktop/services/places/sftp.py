"""A folder on an SSH server, through sshfs (asyncssh) for fsspec; its key is compared before all else."""

from __future__ import annotations

import logging
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO, TypeVar

import asyncssh
from fsspec.asyn import get_loop, sync
from sshfs import SSHFileSystem

from leerwinkel_desktop.services.places.addresses import host_and_port
from leerwinkel_desktop.services.places.errors import (
    AccessRefused,
    BadAddress,
    GoneFromPlace,
    HostKeyChanged,
    NameInUse,
    NoAnswer,
    NoSuchFolder,
    PlaceFull,
    PlaceProblem,
    ReadOnlyPlace,
    StrangeAnswer,
    UnknownHost,
    UnknownHostKey,
)
from leerwinkel_desktop.services.places.stores import BLOCK, PATIENCE, Laid, Store, Tick, partial
from leerwinkel_desktop.store.places import Place

T = TypeVar("T")
_LOST = (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.DisconnectError)
_FULL = (asyncssh.SFTPNoSpaceOnFilesystem, asyncssh.SFTPQuotaExceeded)
logging.getLogger("asyncssh").setLevel(logging.CRITICAL)  # it would write down names of users and files


class _System(SSHFileSystem):  # type: ignore[misc]
    """sshfs with a move that never takes the place of another file."""

    async def move_new(self, old: str, new: str) -> None:
        async with self._pool.get() as channel:
            await channel.rename(old, new)


class SftpStore:
    """The files of one folder."""

    def __init__(self, place: Place, system: _System) -> None:
        self._place, self._folder, self._system = place.name, place.folder.rstrip("/") or ".", system

    def _path(self, name: str) -> str:
        return f"{self._folder}/{name}"

    def laid(self) -> list[Laid]:
        """All files there."""
        with _naming(self._place):
            found = self._system.ls(self._folder, detail=True, timeout=PATIENCE)
        return [
            Laid(one["name"].rpartition("/")[2], one["size"] or 0) for one in found if one["type"] == "file"
        ]

    def send(self, name: str, source: BinaryIO, size: int, tick: Tick) -> None:
        """Upload under another name, look whether all of it is there, and rename."""
        if name in {one.name for one in self.laid()}:
            raise NameInUse(name)
        part = partial(name)
        try:
            with _naming(self._place):
                self._write(self._path(part), source, tick)
                if self._system.info(self._path(part), timeout=PATIENCE)["size"] != size:
                    raise NoAnswer(self._place)
                self._move(part, name)
        except NoAnswer:
            raise
        except BaseException:
            with suppress(PlaceProblem):
                self.remove(part)
            raise

    def _write(self, path: str, source: BinaryIO, tick: Tick) -> None:
        file = self._system.open(path, "wb")
        try:
            while block := source.read(BLOCK):
                file.write(block, timeout=PATIENCE)
                tick(len(block))
        except asyncssh.SFTPFailure:  # all that servers say of a full disk
            raise PlaceFull(self._place) from None
        finally:
            _close(file)

    def _move(self, part: str, name: str) -> None:
        move = self._system.move_new
        try:
            sync(self._system.loop, move, self._path(part), self._path(name), timeout=PATIENCE)
        except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
            raise NameInUse(name) from None

    def receive(self, name: str, target: BinaryIO, tick: Tick) -> None:
        """Read it block by block."""
        try:
            with _naming(self._place):
                source = self._system.open(self._path(name), "rb")
        except NoSuchFolder:
            raise GoneFromPlace(self._place) from None
        try:
            while block := self._read(source):
                target.write(block)
                tick(len(block))
        finally:
            _close(source)

    def _read(self, source: Any) -> bytes:
        with _naming(self._place):
            return source.read(BLOCK, timeout=PATIENCE)  # type: ignore[no-any-return]

    def remove(self, name: str) -> None:
        """Remove a file."""
        with _naming(self._place):
            self._system.rm_file(self._path(name), timeout=PATIENCE)


def _close(file: Any) -> None:
    """Close what was read or written; a line that broke was told already, and the size is looked at."""
    with suppress(asyncssh.Error, OSError):
        file.close()


@contextmanager
def opened(place: Place) -> Iterator[Store]:
    """Log in. Raises UnknownHostKey before anybody pinned the server's key, and HostKeyChanged after."""
    if not place.host_key:
        raise UnknownHostKey(place.name)
    host, port = host_and_port(place.address)
    with _naming(place.name):
        system = _System(
            host,
            port=port,
            known_hosts=([asyncssh.import_public_key(place.host_key)], [], []),
            username=place.user,
            **_proof(place.secret),
            agent_path=None,
            config=None,
            connect_timeout=PATIENCE,
            login_timeout=PATIENCE,
            keepalive_interval=PATIENCE / 3,
            keepalive_count_max=2,
            timeout=2 * PATIENCE,
            skip_instance_cache=True,
        )
    try:
        yield SftpStore(place, system)
    finally:
        system.client.abort()


def _proof(secret: str) -> dict[str, Any]:
    if not secret.startswith("-----BEGIN"):
        return {"password": secret, "client_keys": None}
    try:
        return {"password": None, "client_keys": [asyncssh.import_private_key(secret)]}
    except asyncssh.KeyImportError:
        raise BadAddress from None


def host_key(place: Place) -> tuple[str, str]:
    """The key that the server shows now, as one line, and its fingerprint; no name or password is sent."""
    host, port = host_and_port(place.address)
    with _naming(place.name):
        key = _wait(lambda: asyncssh.get_server_host_key(host, port, config=None))
    if key is None:
        raise StrangeAnswer(place.name)
    return key.export_public_key().decode().strip(), key.get_fingerprint()


def fingerprint(host_key: str) -> str:
    """How a pinned key is shown to people, as ssh itself shows it."""
    return asyncssh.import_public_key(host_key).get_fingerprint()


def _wait(call: Callable[[], Awaitable[T]]) -> T:
    async def run() -> T:
        return await call()

    return sync(get_loop(), run, timeout=PATIENCE)  # type: ignore[no-any-return]


@contextmanager
def _naming(place: str) -> Iterator[None]:
    try:
        yield
    except asyncssh.HostKeyNotVerifiable:
        raise HostKeyChanged(place) from None
    except (asyncssh.PermissionDenied, PermissionError):
        raise AccessRefused(place) from None
    except asyncssh.SFTPPermissionDenied:
        raise ReadOnlyPlace(place) from None
    except _FULL:
        raise PlaceFull(place) from None
    except (FileNotFoundError, NotADirectoryError, asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
        raise NoSuchFolder(place) from None
    except socket.gaierror:
        raise UnknownHost(place) from None
    except (TimeoutError, *_LOST, OSError):
        raise NoAnswer(place) from None
    except asyncssh.Error:
        raise StrangeAnswer(place) from None
