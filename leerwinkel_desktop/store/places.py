"""Keeps the places where bundles are exchanged, with what it takes to get in there (decision 13)."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field
from typing import Literal

from leerwinkel_desktop.store.connection import Connection

Kind = Literal["STICK", "FOLDER", "WEBDAV", "SFTP", "S3"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place where sealed bundles are laid down and fetched; it is never told to another device.

    `address`: the label of a stick, the path of a folder, the address of a WebDAV or S3 server, or
    `host[:port]` for SFTP. `folder`: below that, with slashes; for S3 the bucket comes first.
    `secret`: password, secret key, or an OpenSSH private key. `host_key`: the pinned key of an SFTP server.
    `plain`: somebody said yes to sending name and password without TLS.
    """

    id: str = ""
    name: str
    kind: Kind
    address: str
    folder: str = ""
    user: str = ""
    secret: str = field(default="", repr=False)
    region: str = ""
    host_key: str = ""
    plain: bool = False

    @property
    def far(self) -> bool:
        """Whether going there takes a network connection of this program's own."""
        return self.kind in ("WEBDAV", "SFTP", "S3")


_COLUMNS = "id, name, kind, address, folder, user, secret, region, host_key, plain"


def places(connection: Connection) -> list[Place]:
    """All places, by name."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM place ORDER BY name")  # noqa: S608
    names = _COLUMNS.split(", ")
    return [Place(**{**dict(zip(names, row, strict=True)), "plain": bool(row[-1])}) for row in rows]


def keep(connection: Connection, place: Place) -> None:
    """Write a place down, in place of the one with its id."""
    marks = ", ".join("?" * len(_COLUMNS.split(", ")))
    connection.execute(f"INSERT OR REPLACE INTO place ({_COLUMNS}) VALUES ({marks})", astuple(place))  # noqa: S608


def forget(connection: Connection, place_id: str) -> None:
    """Drop a place; what lies there stays there."""
    connection.execute("DELETE FROM place WHERE id = ?", (place_id,))
