"""Reads and checks the address of a place, before anything is kept or sent."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from leerwinkel_desktop.services.places.errors import BadAddress, PlainAddress
from leerwinkel_desktop.store.places import Place

_SSH: Final = 22


def check(place: Place) -> None:
    """Whether a place can be what it says. Raises BadAddress or PlainAddress."""
    if not place.name.strip() or not place.address.strip() or ".." in place.folder.split("/"):
        raise BadAddress
    if place.kind == "SFTP":
        host_and_port(place.address)
    elif place.kind in ("WEBDAV", "S3"):
        _check_web(place)
    elif place.kind == "FOLDER" and not Path(place.address).is_absolute():
        raise BadAddress


def _check_web(place: Place) -> None:
    try:
        parts = urlsplit(place.address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise BadAddress from None
    if (
        parts.scheme not in ("http", "https")
        or not host
        or parts.query
        or parts.fragment
        or "@" in parts.netloc
    ):
        raise BadAddress
    if any(sign in place.folder for sign in "#%?"):
        raise BadAddress
    if place.kind == "S3" and (not place.folder.strip("/") or not place.user):
        raise BadAddress
    if parts.scheme == "http" and not place.plain and not _loopback(host):
        raise PlainAddress


def _loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def host_and_port(address: str) -> tuple[str, int]:
    """The host and port of an SFTP server. Raises BadAddress."""
    try:
        parts = urlsplit(f"//{address}")
        host, port = parts.hostname, parts.port or _SSH
    except ValueError:
        raise BadAddress from None
    if not host or parts.path or parts.query or "@" in parts.netloc:
        raise BadAddress
    return host, port
