"""Tells by the audit trails whose hands were on a device at some moment; the log itself holds no names."""

from __future__ import annotations

from leerwinkel_desktop.store import audit, trails
from leerwinkel_desktop.store.connection import Connection


class Hands:
    """Who worked where: by this vault's own trail, and by those that laptops handed over."""

    def __init__(self, connection: Connection, own: str) -> None:
        """Look in trails through this connection; `own` is the actor of this device."""
        self._connection = connection
        self._own = own

    def user(self, actor: str, at_ms: int) -> str | None:
        """Who was named last on that device at that moment, or None where no trail tells."""
        if actor == self._own:
            return audit.user_at(self._connection, at_ms)
        return trails.user_at(self._connection, actor, at_ms)
