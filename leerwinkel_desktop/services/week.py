"""What counsellor and client do with the week in step 3: mark hours, and see whether lessons fit."""

from __future__ import annotations

from collections.abc import Sequence

from leerwinkel_desktop.domain import week
from leerwinkel_desktop.domain.trajectories import WeekSlot
from leerwinkel_desktop.services.workspace import Workspace


def slots(workspace: Workspace, trajectory_id: str) -> tuple[WeekSlot, ...]:
    """What is marked in the week of this trajectory."""
    with workspace.database.read() as reader:
        return tuple(reader.find(WeekSlot, trajectory_id=trajectory_id))


def mark(
    workspace: Workspace, trajectory_id: str, days: Sequence[str], hours: tuple[int, int], use: str | None
) -> None:
    """Say that these hours (from, to) of some days are taken by a code of `week_use`, or free for None.

    All in one transaction. Raises InvalidValue.
    """
    with workspace.database.write() as transaction:
        now = transaction.find(WeekSlot, trajectory_id=trajectory_id)
        for day in days:
            save, gone = week.marked(now, trajectory_id, day, hours, use)
            for slot in gone:
                transaction.remove(slot)
            transaction.save_all(save)
