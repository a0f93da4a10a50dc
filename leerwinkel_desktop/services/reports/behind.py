"""Finds the dossiers behind a figure, so that every number can be opened (UI.md "Numbers open")."""

from __future__ import annotations

from leerwinkel_desktop.domain.clients import Dossier
from leerwinkel_desktop.domain.indicators.anonymous import is_anonymous
from leerwinkel_desktop.domain.indicators.figures import Row
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import people


def clients_behind(workspace: Workspace, row: Row) -> list[str]:
    """The ids of the people that a row counts, each once, whether the row counts people or trajectories.

    Of who was made anonymous there is no dossier any more.
    """
    if row.opens != Trajectory.kind:
        return [client for client in dict.fromkeys(row.behind) if not is_anonymous(client)]
    with workspace.database.read() as reader:
        dossier_of = dict(reader.rows(Trajectory, ("id", "dossier_id")))
        client_of = dict(reader.rows(Dossier, ("id", "client_id")))
        person_of = people.aliases(reader.connection)
    found = (client_of.get(dossier_of.get(trajectory)) for trajectory in row.behind)
    clients = [client for client in found if client is not None]
    return list(dict.fromkeys(person_of.get(client, client) for client in clients))
