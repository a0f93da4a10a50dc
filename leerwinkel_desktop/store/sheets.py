"""Finds the sheets that wait for a printer, with whose they are: one query over a partial index."""

from __future__ import annotations

from typing import NamedTuple

from leerwinkel_desktop.store.connection import Connection


class Waiting(NamedTuple):
    """One sheet that waits: whose it is, which one, and who made it ready when (ISO date)."""

    sheet_id: str
    client_id: str
    first_name: str | None
    last_name: str | None
    variant: str | None
    version: int | None
    confirmed_on: str | None
    confirmed_by: str | None


_WAITING = """
SELECT sheet.id, client.id, client.first_name, client.last_name, sheet.variant, sheet.version,
       file.confirmed_on, file.confirmed_by
FROM sheet_file AS file
JOIN advice_sheet AS sheet ON sheet.id = file.sheet_id AND sheet.removed = 0
JOIN trajectory ON trajectory.id = sheet.trajectory_id AND trajectory.removed = 0
JOIN dossier ON dossier.id = trajectory.dossier_id AND dossier.removed = 0
JOIN client ON client.id = dossier.client_id AND client.removed = 0
WHERE file.to_print = 1 AND file.removed = 0
ORDER BY file.id
"""


def waiting(connection: Connection) -> list[Waiting]:
    """The sheets that are still to be printed, the one that waits longest first."""
    return [Waiting(*row) for row in connection.execute(_WAITING)]
