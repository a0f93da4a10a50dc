"""A bucket on S3-compatible storage, through obstore: what is put there is whole or absent by its nature."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, BinaryIO, Final

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

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
from leerwinkel_desktop.services.places.stores import BLOCK, PATIENCE, Laid, Store, Tick
from leerwinkel_desktop.store.places import Place

_PIECE: Final = 5 * 2**20  # the least that S3 takes for a part
_PART_PATIENCE: Final = 4 * PATIENCE  # one part on a line of 0.7 Mbit/s
_WHOLE_REQUEST: Final = timedelta(minutes=30)  # `_run` is the one that loses its patience
_LOOK_EVERY: Final = 0.2
_STATUS = re.compile(r"status code: (\d{3})")
_REFUSED = ("InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthorizationHeaderMalformed", "Unauthenticated")
_FULL = ("QuotaExceeded", "StorageFull", "InsufficientCapacity", "status code: 507")
_NO_HOST = ("dns error", "failed to lookup")
_BAD_CERTIFICATE = ("certificate", "UnknownIssuer")


class ObjectStore:
    """The objects under one prefix of a bucket."""

    def __init__(self, place: Place) -> None:
        bucket, _slash, prefix = place.folder.strip("/").partition("/")
        self._place, self._prefix = place.name, prefix and f"{prefix}/"
        self._bucket = S3Store(
            bucket,
            endpoint=place.address.rstrip("/"),
            access_key_id=place.user,
            secret_access_key=place.secret,
            region=place.region or "us-east-1",
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": place.address.startswith("http://"),
                "timeout": _WHOLE_REQUEST,
                "connect_timeout": timedelta(seconds=PATIENCE / 3),
            },
            retry_config={"max_retries": 1, "retry_timeout": timedelta(seconds=PATIENCE)},
        )

    def laid(self) -> list[Laid]:
        """All objects right under the prefix."""
        with _naming(self._place):
            found = _run(lambda _: obstore.list_with_delimiter_async(self._bucket, self._prefix or None))
        return [Laid(one["path"].rpartition("/")[2], one["size"]) for one in found["objects"]]

    def send(self, name: str, source: BinaryIO, size: int, tick: Tick) -> None:
        """Put it, in parts when it is large; the name appears when all parts are there."""
        if name in {one.name for one in self.laid()}:
            raise NameInUse(name)
        key = self._prefix + name

        def put(tick: Tick) -> Awaitable[Any]:
            return obstore.put_async(self._bucket, key, _parts(source, tick), max_concurrency=1)

        with _naming(self._place):
            _run(put, tick, _PART_PATIENCE)
            if _run(lambda _: obstore.head_async(self._bucket, key), tick)["size"] != size:
                raise NoAnswer(self._place)

    def receive(self, name: str, target: BinaryIO, tick: Tick) -> None:
        """Read it as it comes."""
        key = self._prefix + name

        async def get(tick: Tick) -> None:
            found = await obstore.get_async(self._bucket, key)
            async for block in found.stream(min_chunk_size=BLOCK):
                target.write(block)
                tick(len(block))

        with _naming(self._place):
            try:
                _run(get, tick)
            except FileNotFoundError:
                raise GoneFromPlace(self._place) from None

    def remove(self, name: str) -> None:
        """Remove an object."""
        with _naming(self._place):
            _run(lambda _: obstore.delete_async(self._bucket, self._prefix + name))


async def _parts(source: BinaryIO, tick: Tick) -> AsyncIterator[bytes]:
    """The parts of a file; asked for in our own thread, so that progress is told there."""
    while block := source.read(_PIECE):
        yield block
        tick(len(block))


def _unseen(_done: int) -> None:
    """Progress for nobody."""


def _run(work: Callable[[Tick], Awaitable[Any]], tick: Tick = _unseen, patience: float | None = None) -> Any:
    """Wait for a request, which tells its progress to the tick that it is given.

    `tick(0)` is called meanwhile; when it raises, or nothing moved for `patience` seconds (PATIENCE), the
    request is dropped. Raises TimeoutError for the latter.
    """
    moved, limit = time.monotonic(), PATIENCE if patience is None else patience

    def beat(done: int) -> None:
        nonlocal moved
        moved = time.monotonic()
        tick(done)

    async def watched() -> Any:
        task = asyncio.ensure_future(work(beat))
        try:
            while not (await asyncio.wait({task}, timeout=_LOOK_EVERY))[0]:
                tick(0)
                if time.monotonic() - moved > limit:
                    raise TimeoutError
            return task.result()
        finally:
            task.cancel()

    return asyncio.run(watched())


@contextmanager
def opened(place: Place) -> Iterator[Store]:
    """Have a bucket at hand; obstore keeps the connections."""
    yield ObjectStore(place)


@contextmanager
def _naming(place: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise NoSuchFolder(place) from None
    except TimeoutError:
        raise NoAnswer(place) from None
    except BaseError as error:
        raise _problem(str(error))(place) from None


def _problem(text: str) -> type[PlaceProblem]:
    """obstore tells most of what went wrong in its text only."""
    status = _STATUS.search(text)
    if any(word in text for word in _FULL):
        return PlaceFull
    if any(word in text for word in _REFUSED) or (status and status[1] == "401"):
        return AccessRefused
    if status is not None:
        return {"403": ReadOnlyPlace, "404": NoSuchFolder}.get(status[1], StrangeAnswer)
    if any(word in text for word in _NO_HOST):
        return UnknownHost
    return NotTrusted if any(word in text for word in _BAD_CERTIFICATE) else NoAnswer
