"""What a counsellor does with appointments: plan, move, cancel, say who came; and walk-ins (DOMAIN.md §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from leerwinkel_desktop.domain.agenda import overlap
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import agenda
from leerwinkel_desktop.store.agenda import Appointment, Person

__all__ = ["Appointment", "Person"]

HELD: Final = "J"
NO_SHOW: Final = "AFWEZIG"
CANCELLED: Final = "GEANNULEERD"
PLANNED: Final = "GEPLAND"
WALK_IN: Final = "INLOOP"


def between(
    workspace: Workspace, first: date, last: date, counsellor: str | None = None
) -> list[Appointment]:
    """All talks from one day to another, planned or held, by day and time; of one counsellor or of all."""
    with workspace.database.read() as reader:
        return agenda.appointments(reader.connection, first, last, counsellor)


def counsellors(workspace: Workspace, first: date, last: date) -> list[str]:
    """Who has appointments from one day to another, and the user, by name."""
    found = {one.person.counsellor for one in between(workspace, first, last)} | {workspace.user}
    return sorted(filter(None, found), key=str.casefold)


def plan(workspace: Workspace, trajectory_id: str, **values: Any) -> Session:
    """An appointment in a trajectory; `values` are fields of Session. Raises InvalidValue."""
    return dossiers.add(workspace, Session, trajectory_id, **{"attended": PLANNED, **values})


def move(workspace: Workspace, session_id: str, **values: Any) -> Session:
    """Another day, time or place; the appointment stands again. Raises NotFound or InvalidValue."""
    return dossiers.change(workspace, Session, session_id, **{"attended": PLANNED, **values})


def mark(workspace: Workspace, session_id: str, attended: str) -> Session:
    """Say that somebody came (HELD), did not come (NO_SHOW) or cancelled; gives it as it stood before.

    `dossiers.save` of what is given undoes it. Raises NotFound.
    """
    with workspace.database.write() as transaction:
        before = transaction.get(Session, session_id)
        transaction.save(replace(before, attended=attended))
        return before


def conflicts(
    workspace: Workspace,
    trajectory_id: str,
    day: date,
    starts_at: str,
    minutes: int | None,
    *,
    leave_out: str | None = None,
) -> list[Appointment]:
    """What the counsellor of a trajectory has planned at the same time; `leave_out` is the one that moves."""
    with workspace.database.read() as reader:
        counsellor = reader.get(Trajectory, trajectory_id).counsellor or workspace.user
        found = agenda.appointments(reader.connection, day, day, counsellor)
    return [
        one
        for one in found
        if one.id != leave_out
        and one.attended in (PLANNED, HELD)
        and one.starts_at is not None
        and overlap(starts_at, minutes, one.starts_at, one.minutes)
    ]


def walk_in(workspace: Workspace, client_id: str) -> Session:
    """Somebody came without an appointment: a talk that begins now, in the newest open trajectory.

    A client without one gets one. Raises NotFound.
    """
    view = dossiers.load(workspace, client_id, block=False)
    trajectory = view.trajectory
    if trajectory is None or trajectory.status == "CLOSED":
        trajectory = dossiers.add_trajectory(workspace, view)
    begun = Session(
        id=new_id(),
        trajectory_id=trajectory.id,
        date=workspace.today(),
        starts_at=now(workspace),
        mode=WALK_IN,
        attended=HELD,
    )
    dossiers.save(workspace, begun)
    return begun


def now(workspace: Workspace) -> str:
    """The time on the clock of this computer, "HH:MM"."""
    return f"{datetime.fromtimestamp(workspace.now_ms() / 1000):%H:%M}"
