"""Lets clients leave a laptop: rows, values, words, drafts; a take brings them back (FORMAT.md §15.2)."""

from __future__ import annotations

from collections.abc import Sequence

from leerwinkel_desktop.store import along, devices, erasing, owners
from leerwinkel_desktop.store.database import Transaction


def leave(transaction: Transaction) -> int:
    """Let those leave who are to leave and about whom nothing is unsent; gives how many left."""
    connection = transaction.connection
    going = along.leaving(connection)
    if not going:
        return 0
    unsent = along.unsent(connection, devices.peers(connection)[0].acked)
    return let_leave(transaction, [client_id for client_id in going if client_id not in unsent])


def let_leave(transaction: Transaction, client_ids: Sequence[str], user: str | None = None) -> int:
    """Let these clients leave now, and tell the office with the next bundle; gives how many were here."""
    connection = transaction.connection
    gone = 0
    for client_id in client_ids:
        found = owners.records_of(connection, [client_id])
        erasing.below(connection, found)
        if erasing.destroy(connection, transaction.codelists, found):
            gone += 1
            transaction.note("dossier.left", client_id, user)
    along.gone(connection, client_ids)
    return gone
