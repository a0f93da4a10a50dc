"""Finds whose dossier a change belongs to, by following the declared owners up to the client."""

from __future__ import annotations

from collections.abc import Mapping

from leerwinkel_desktop.domain.fields import Wire, owner_of
from leerwinkel_desktop.domain.registry import STORED
from leerwinkel_desktop.store.connection import Connection

CLIENT = "client"


class Owners:
    """Follows records up to their client, through what was read and then through the database."""

    def __init__(self, connection: Connection) -> None:
        """Look up in this connection what is not told."""
        self._connection = connection
        self._told: dict[tuple[str, str], str] = {}
        self._found: dict[tuple[str, str], str | None] = {}

    def tell(self, kind: str, record_id: str, patch: Mapping[str, Wire]) -> None:
        """Learn an owner from a change that is not in the database yet."""
        owner = owner_of(STORED[kind]) if kind in STORED else None
        value = patch.get(owner.name) if owner else None
        if isinstance(value, str):
            self._told[kind, record_id] = value

    def client_of(self, kind: str, record_id: str) -> str | None:
        """The id of the client, or None for a record that belongs to nobody."""
        if kind == CLIENT:
            return record_id
        key = (kind, record_id)
        if key not in self._found:
            owner = owner_of(STORED[kind]) if kind in STORED else None
            if owner is None or owner.target is None:
                self._found[key] = None
            else:
                above = self._told.get(key) or self._stored(kind, record_id, owner.name)
                self._found[key] = self.client_of(owner.target, above) if above else None
        return self._found[key]

    def _stored(self, kind: str, record_id: str, name: str) -> str | None:
        row = self._connection.execute(
            f"SELECT {name} FROM {kind} WHERE id = ?",  # noqa: S608 (names are declared, never typed in)
            (record_id,),
        ).fetchone()
        return row[0] if row else None
