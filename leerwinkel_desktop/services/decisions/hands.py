"""Tells by the audit trails whose hands were on a device at some moment; the log itself holds no names."""

from __future__ import annotations

from bisect import bisect_right

from leerwinkel_desktop.store import audit, trails
from leerwinkel_desktop.store.connection import Connection


class Hands:
    """Who worked where: by this vault's own trail, and by those that laptops handed over."""

    def __init__(self, connection: Connection, own: str) -> None:
        """Read trails through this connection when they are asked for; `own` is the actor of this device."""
        self._connection = connection
        self._own = own
        self._trails: dict[str, tuple[list[int], list[str]]] = {}

    def user(self, actor: str, at_ms: int) -> str | None:
        """Who was named last on that device at that moment, or None where no trail tells."""
        moments, users = self._trail(actor)
        at = bisect_right(moments, at_ms)
        return users[at - 1] if at else None

    def _trail(self, actor: str) -> tuple[list[int], list[str]]:
        if actor not in self._trails:
            entries = (
                audit.entries(self._connection)
                if actor == self._own
                else trails.entries(self._connection, actor)
            )
            named = sorted((one.at_ms or 0, one.number or 0, one.user) for one in entries if one.user)
            self._trails[actor] = [at_ms for at_ms, _, _ in named], [user for _, _, user in named]
        return self._trails[actor]
