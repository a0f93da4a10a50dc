"""What a counsellor does with the moments after the advice: see what is proposed, plan one, let one rest."""

from __future__ import annotations

from datetime import date
from typing import Final, Protocol, TypeVar

from leerwinkel_desktop.domain import following
from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.domain.early_signals import Facts, Lesson
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.following import Case, Proposal
from leerwinkel_desktop.domain.training import ContactAttempt, FollowUp, Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import AdviceSheet, Barrier, Session, Trajectory
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.services.rights import consents
from leerwinkel_desktop.services.workspace import Workspace

__all__ = ["Proposal"]

R = TypeVar("R", bound=Record)
HELD: Final = "J"
ADVICE_STEP: Final = "4"
UNREACHABLE: Final = "UNREACHABLE"
MOST_WEIGHT: Final = 3


class All(Protocol):
    """Gives the records of a kind that belong to the person or the trajectory in sight."""

    def __call__(self, kind: type[R], /) -> tuple[R, ...]: ...


def proposed(workspace: Workspace, records: All) -> list[Proposal]:
    """What can be planned now, by day (DOMAIN.md §7)."""
    today = workspace.today()
    codes = workspace.codelists["follow_up_moment"].current(today)
    return following.proposals(codes, _case(workspace, records), today)


def plan(workspace: Workspace, trajectory_id: str, proposal: Proposal) -> FollowUp:
    """Keep a proposed moment. Raises InvalidValue."""
    return dossiers.add(workspace, FollowUp, trajectory_id, moment=proposal.moment, due_on=proposal.due_on)


def rest(workspace: Workspace, follow_up_id: str) -> FollowUp:
    """Nobody could be reached: say so, and ask no more for this moment; gives it as it stood before.

    `dossiers.save` of what is given undoes it. Raises NotFound.
    """
    with workspace.database.read() as reader:
        before = reader.get(FollowUp, follow_up_id)
    dossiers.change(
        workspace, FollowUp, follow_up_id, outcome=UNREACHABLE, reached=False, done_on=workspace.today()
    )
    return before


def out_of_reach(records: All) -> list[FollowUp]:
    """The moments for which somebody was tried often enough, by ways enough (DOMAIN.md §7 "Attempts")."""
    return [one for one in records(FollowUp) if one.done_on is None and _was_tried(one, records)]


def _was_tried(moment: FollowUp, records: All) -> bool:
    tries = [one for one in records(ContactAttempt) if one.follow_up_id == moment.id and not one.reached]
    return following.unreachable(max(moment.attempts or 0, len(tries)), (one.channel for one in tries))


def facts(records: All, today: date) -> Facts:
    """What is judged for an early signal of the trajectory in sight (`early_signals.signs`)."""
    certified = {one.training_start_id for one in records(Qualification)}
    lessons = [
        Lesson(one.start_date, one.status)
        for one in records(TrainingStart)
        if one.start_date is not None and (one.start_date >= today or one.id not in certified)
    ]
    return Facts(
        asked=tuple(
            (one.moment, one.due_on)
            for one in records(FollowUp)
            if one.due_on is not None and one.done_on is None
        ),
        talks=tuple((one.date, one.attended) for one in records(Session) if one.date is not None),
        lessons=tuple(lessons),
        blocked=any(one.weight == MOST_WEIGHT and one.status == "OPEN" for one in records(Barrier)),
    )


def _case(workspace: Workspace, records: All) -> Case:
    trajectories, episodes = records(Trajectory), records(DetentionEpisode)
    trajectory = trajectories[0] if trajectories else None
    if trajectory is None:
        return Case()
    moved = [day for one in episodes for day in (one.transferred_on, one.released_on) if day is not None]
    allowed = consents.current(workspace, trajectory.dossier_id or "") if moved else {}
    return Case(
        advised_on=_advised_on(records),
        closed_on=trajectory.closed_on,
        lessons=tuple(
            Lesson(one.start_date, one.status) for one in records(TrainingStart) if one.start_date is not None
        ),
        moved=tuple(moved),
        known=tuple(
            (one.moment, day) for one in records(FollowUp) if (day := one.done_on or one.due_on) is not None
        ),
        consents=frozenset(purpose for purpose, answer in allowed.items() if answer.state == consents.GIVEN),
    )


def _advised_on(records: All) -> date | None:
    """The day of the last advice: when its sheet was printed, or when a talk came as far as step 4."""
    printed = [one.printed_at for one in records(AdviceSheet) if one.printed_at is not None]
    talks = [
        one.date
        for one in records(Session)
        if one.date is not None and one.attended == HELD and one.step_reached == ADVICE_STEP
    ]
    return max(printed + talks, default=None)
