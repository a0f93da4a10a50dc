"""A folder on a WebDAV server such as Nextcloud, through webdav4's file system for fsspec."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final
from urllib.parse import quote
from xml.etree.ElementTree import ParseError

import httpx
from webdav4 import client as dav
from webdav4.fsspec import WebdavFileSystem

from leerwinkel_desktop.services.places.errors import (
    AccessRefused,
    GoneFromPlace,
    NameInUse,
    NoAnswer,
    NoSuchFolder,
    NotTrusted,
    PlaceFull,
    PlaceProblem,
    ReadOnlyPlace,
    StrangeAnswer,
    UnknownHost,
)
from leerwinkel_desktop.services.places.stores import BLOCK, PATIENCE, Laid, Store, Tick, partial
from leerwinkel_desktop.store.places import Place

_STATUS: Final[dict[int, type[PlaceProblem]]] = {
    401: AccessRefused,
    403: ReadOnlyPlace,
    404: NoSuchFolder,
    405: StrangeAnswer,
    409: NoSuchFolder,
    413: PlaceFull,
    507: PlaceFull,
}


class WebdavStore:
    """The files of one collection."""

    def __init__(self, place: Place) -> None:
        base = httpx.URL(place.address.rstrip("/") + "/" + quote(place.folder.strip("/")))

        def stay(request: httpx.Request) -> None:
            """A redirect to another server, or to one without TLS, gets nothing from us."""
            if (request.url.scheme, request.url.host, request.url.port) != (
                base.scheme,
                base.host,
                base.port,
            ):
                raise StrangeAnswer(place.name)

        self._place = place.name
        self.system = WebdavFileSystem(
            base,
            auth=(place.user, place.secret) if place.user else None,
            timeout=PATIENCE,
            verify=ssl.create_default_context(),
            event_hooks={"request": [stay]},
            skip_instance_cache=True,
        )
        self._client = self.system.client

    def laid(self) -> list[Laid]:
        """All files there."""
        with _naming(self._place):
            found = [one for one in self.system.ls("", detail=True) if isinstance(one, dict)]
        return [
            Laid(one["name"].rpartition("/")[2], one["size"] or 0) for one in found if one["type"] == "file"
        ]

    def send(self, name: str, source: BinaryIO, size: int, tick: Tick) -> None:
        """Upload under another name, look whether all of it is there, and move."""
        part = partial(name)
        with _naming(self._place):
            if self._client.exists(name):
                raise NameInUse(name)
        try:
            with _naming(self._place):
                self._client.upload_fileobj(
                    source, part, overwrite=True, callback=tick, chunk_size=BLOCK, size=size
                )
                if self._client.content_length(part) != size:
                    raise NoAnswer(self._place)
                self._client.move(part, name, overwrite=False)
        except NoAnswer:
            raise
        except BaseException:
            with suppress(PlaceProblem):
                self.remove(part)
            raise

    def receive(self, name: str, target: BinaryIO, tick: Tick) -> None:
        """Read it as it comes."""
        try:
            with _naming(self._place), self._client.open(name, "rb", chunk_size=BLOCK) as source:
                while block := source.read(BLOCK):
                    target.write(block)
                    tick(len(block))
        except NoSuchFolder:
            raise GoneFromPlace(self._place) from None

    def remove(self, name: str) -> None:
        """Remove a file."""
        with _naming(self._place):
            self._client.remove(name)


@contextmanager
def opened(place: Place) -> Iterator[Store]:
    """Go to a WebDAV server; connections are closed behind it."""
    store = WebdavStore(place)
    with store.system.client.http:
        yield store


@contextmanager
def _naming(place: str) -> Iterator[None]:
    try:
        yield
    except httpx.TransportError as error:
        raise _unreached(error)(place) from None
    except httpx.HTTPStatusError as error:
        raise _STATUS.get(error.response.status_code, StrangeAnswer)(place) from None
    except dav.HTTPError as error:
        raise _STATUS.get(error.status_code, StrangeAnswer)(place) from None
    except dav.InsufficientStorage:
        raise PlaceFull(place) from None
    except (dav.ResourceNotFound, FileNotFoundError, NotADirectoryError):
        raise NoSuchFolder(place) from None
    except dav.ResourceAlreadyExists as error:
        raise NameInUse(error.path) from None
    except (dav.ForbiddenOperation, dav.ResourceLocked):
        raise ReadOnlyPlace(place) from None
    except (
        dav.ClientError,
        httpx.HTTPError,
        httpx.InvalidURL,
        ParseError,
        KeyError,
        ValueError,
        AssertionError,
    ):
        raise StrangeAnswer(place) from None  # no WebDAV answers there, but a login page or the like


def _unreached(error: BaseException) -> type[PlaceProblem]:
    link: BaseException | None = error
    while link is not None:
        if isinstance(link, ssl.SSLCertVerificationError):
            return NotTrusted
        if isinstance(link, socket.gaierror):
            return UnknownHost
        link = link.__cause__ or link.__context__
    return NoAnswer
