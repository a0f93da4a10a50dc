"""Says whether a vault is whole: pages, codes, chains, and rows that are what the log says."""

from __future__ import annotations

from collections.abc import Mapping

from leerwinkel_desktop.domain.fields import Wire
from leerwinkel_desktop.domain.registry import STORED
from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import applying, changelog, devices
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.repository import repository, to_cell
from sync.changes import REMOVED


def consistent(workspace: Workspace) -> None:
    """Pages, codes, audit chain and the chain of each stream hold; rows are what the log says.

    A laptop has one stream whole, its own; of who left it only commitments are there.
    """
    assert vaults.check(workspace).good
    with workspace.database.read() as reader:
        connection = reader.connection
        peers = devices.peers(connection)
        for peer in peers if devices.read_device(connection).role == "office" else peers[:1]:
            assert changelog.highest(connection, peer.actor) == peer.upto
            assert changelog.chain_at(connection, peer.actor, peer.upto) == peer.chain
        keys = connection.execute(
            "SELECT DISTINCT kind, record_id FROM change WHERE patch IS NOT NULL"
        ).fetchall()
        plans = applying.planned(connection, dict.fromkeys(keys, ()))
        for plan in plans:
            _check_row(connection, *plan.key, plan.values)
        rows = sum(connection.execute(f"SELECT count(*) FROM {kind}").fetchone()[0] for kind in STORED)
        assert rows == len(plans)


def _check_row(connection: Connection, kind: str, record_id: str, values: Mapping[str, Wire]) -> None:
    names = repository(STORED[kind]).names
    columns = ", ".join(f'"{name}"' for name in names)
    row = connection.execute(f"SELECT {columns}, removed FROM {kind} WHERE id = ?", (record_id,)).fetchone()
    assert row == (*(to_cell(values.get(name)) for name in names), int(values.get(REMOVED) is True))
