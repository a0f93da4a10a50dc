"""What client and counsellor do with the options side by side: put them in order (step 3)."""

from __future__ import annotations

from dataclasses import replace

from leerwinkel_desktop.domain.trajectories import Option
from leerwinkel_desktop.services.workspace import Workspace


def rank(workspace: Workspace, option_id: str, place: int | None) -> None:
    """Give an option this place (1 to 3, None for no choice); who had it takes the former place of this one.

    One transaction. Raises NotFound.
    """
    with workspace.database.write() as transaction:
        option = transaction.get(Option, option_id)
        others = transaction.find(Option, trajectory_id=option.trajectory_id)
        there = [
            one for one in others if place is not None and one.client_rank == place and one.id != option_id
        ]
        moved = [replace(one, client_rank=option.client_rank) for one in there]
        transaction.save_all([*moved, replace(option, client_rank=place)])
