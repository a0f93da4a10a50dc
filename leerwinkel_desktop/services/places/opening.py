"""Opens a place; what it takes to go far is loaded only then, and only for that kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from leerwinkel_desktop.services.places import drives
from leerwinkel_desktop.services.places.errors import BackendMissing, StickAbsent
from leerwinkel_desktop.services.places.folder import FolderStore
from leerwinkel_desktop.services.places.stores import Store
from leerwinkel_desktop.store.places import Place


@contextmanager
def opened(place: Place) -> Iterator[Store]:
    """Go to a place. Raises the errors of `errors.py`."""
    try:
        make = _maker(place)
    except ImportError as error:
        raise BackendMissing(place.name) from error
    with make(place) as store:
        yield store


def _maker(place: Place) -> Callable[[Place], AbstractContextManager[Store]]:
    if place.kind == "WEBDAV":
        from leerwinkel_desktop.services.places import webdav

        return webdav.opened
    if place.kind == "SFTP":
        from leerwinkel_desktop.services.places import sftp

        return sftp.opened
    if place.kind == "S3":
        from leerwinkel_desktop.services.places import objects

        return objects.opened
    return _near


@contextmanager
def _near(place: Place) -> Iterator[Store]:
    yield FolderStore(place.name, near_folder(place))


def near_folder(place: Place) -> Path:
    """The folder of a stick or folder. Raises StickAbsent."""
    if place.kind == "FOLDER":
        return Path(place.address) / place.folder
    for drive in drives.plugged_in():
        if drive.label == place.address:
            return drive.path / place.folder
    raise StickAbsent(place.name)


def host_key(place: Place) -> tuple[str, str]:
    """The key that an SFTP server shows now, as one line, and its fingerprint; nothing secret is sent."""
    try:
        from leerwinkel_desktop.services.places import sftp
    except ImportError as error:
        raise BackendMissing(place.name) from error
    return sftp.host_key(place)
