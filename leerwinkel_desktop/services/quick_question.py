"""A quick info question: six answers become a whole dossier, or a question of who is known (DOMAIN.md §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.organisation import Event, ServiceLocation, SittingDay
from leerwinkel_desktop.domain.trajectories import LearningQuestion, Session, Trajectory
from leerwinkel_desktop.services import dossiers, profile
from leerwinkel_desktop.services.appointments import HELD, now
from leerwinkel_desktop.services.dossiers import DossierView
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.database import Transaction

INFO: Final = "INFO"
GUIDANCE: Final = "GUIDANCE"
POPUP: Final = "POPUP"
SITTING: Final = "ZITDAG"
MODE: Final = "quick_question.mode"
"""The setting of a vault that holds how the last one came to us."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Asked:
    """The six answers, each of which may be missing; a question that fits no code is in their own words."""

    first_name: str | None = None
    last_name: str | None = None
    birth_year: int | None = None
    birth_date: date | None = None
    gender: str | None = None
    level: str | None = None
    question: str | None = None
    own_words: str | None = None
    referral: str | None = None

    def client(self) -> dict[str, Any]:
        """What is told of the person."""
        names = ("first_name", "last_name", "birth_year", "birth_date", "gender")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Moment:
    """A fair, workshop or sitting day of today; `event_id` is there for an Event, `mode` is the usual one."""

    event_id: str | None
    type: str | None
    place: str | None
    mode: str


@dataclass(frozen=True, slots=True)
class Where:
    """How somebody came to us (a contact mode), and at which moment of today."""

    mode: str | None = POPUP
    moment: Moment | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """What was written, for `take_back`: new records, and by record the blanks that were filled in."""

    client_id: str
    new: bool
    made: tuple[Record, ...] = ()
    filled: tuple[tuple[Record, tuple[str, ...]], ...] = ()


def moments(workspace: Workspace) -> list[Moment]:
    """The events and then the sitting days of today that were not called off."""
    today = workspace.today()
    with workspace.database.read() as reader:
        events = [one for one in reader.find(Event, date=today) if one.held is not False]
        sitting = [one for one in reader.find(SittingDay, date=today) if one.held is not False]
        places = {one.id: one.name for one in reader.find(ServiceLocation)} if sitting else {}
    found = [Moment(one.id, one.type, one.location, POPUP) for one in events]
    return found + [Moment(None, None, places.get(one.location_id or ""), SITTING) for one in sitting]


def usual(workspace: Workspace) -> Where:
    """Where the next one comes to us: at the moment of today, else as the last one did."""
    with workspace.database.read() as reader:
        last = reader.setting(MODE)
    moment = next(iter(moments(workspace)), None)
    return Where(last or (moment.mode if moment else POPUP), moment)


def keep(
    workspace: Workspace,
    asked: Asked,
    where: Where,
    *,
    client_id: str | None = None,
    born: str | None = None,
    minutes: int | None = None,
) -> Kept:
    """Write it all in one transaction: client, dossier, trajectory, question, and the talk of today.

    With `client_id` it becomes a question of somebody who is known: in the newest open trajectory, filling
    only what is blank. `born` is the id of a new client: what is kept twice after a power cut makes one.
    Raises NotFound or InvalidValue.
    """
    intake = _intake(workspace, asked, where)
    with workspace.database.write() as transaction:
        if born is not None and transaction.find(Client, id=born):
            return Kept(born, new=True)
        if client_id is None:
            kept, trajectory = _of_new(workspace, transaction, asked, intake, born or new_id())
        else:
            kept, trajectory = _of_known(workspace, transaction, asked, intake, client_id)
        told = _told(workspace, asked, where, trajectory.id, minutes)
        transaction.save_all(told)
        transaction.set_setting(MODE, where.mode)
        return replace(kept, made=(*kept.made, *told))


def _intake(workspace: Workspace, asked: Asked, where: Where) -> dict[str, Any]:
    programme = profile.current(workspace).programme
    may_be = programme in {one.code for one in workspace.codelists["programme"].current(workspace.today())}
    return {
        "service_type": INFO,
        "programme": programme if may_be else None,
        "level_at_intake": asked.level,
        "referral_source": asked.referral,
        "contact_mode": where.mode,
        "intake_location": where.moment.place if where.moment else None,
    }


def _of_new(
    workspace: Workspace, transaction: Transaction, asked: Asked, intake: Mapping[str, Any], born: str
) -> tuple[Kept, Trajectory]:
    client, dossier, begun = dossiers.begun(workspace, transaction, id=born, **asked.client())
    trajectory = replace(begun, **intake)
    transaction.save_all((client, dossier, trajectory))
    return Kept(client.id, new=True, made=(client, dossier, trajectory)), trajectory


def _of_known(
    workspace: Workspace, transaction: Transaction, asked: Asked, intake: Mapping[str, Any], client_id: str
) -> tuple[Kept, Trajectory]:
    view = dossiers.view_in(transaction, client_id, block=False)
    transaction.note("dossier.opened", view.client.id, workspace.user)
    known = {name: value for name, value in asked.client().items() if not name.endswith("_name")}
    if view.client.birth_date is not None:
        del known["birth_year"]
    client = _filled(transaction, view.client, known)
    trajectory = view.trajectory
    if trajectory is None or trajectory.status == "CLOSED":
        made = replace(dossiers.another_trajectory(workspace, view), **intake)
        transaction.save(made)
        return Kept(view.client.id, new=False, made=(made,), filled=(client,)), made
    filled = client, _filled(transaction, trajectory, intake)
    return Kept(view.client.id, new=False, filled=filled), trajectory


def _filled(
    transaction: Transaction, record: Record, values: Mapping[str, Any]
) -> tuple[Record, tuple[str, ...]]:
    """Fill what is blank and save it; what stands there stays."""
    blanks = {name: value for name, value in values.items() if value and not getattr(record, name)}
    transaction.save(replace(record, **blanks))
    return record, tuple(blanks)


def _told(
    workspace: Workspace, asked: Asked, where: Where, trajectory_id: str, minutes: int | None
) -> tuple[Record, ...]:
    talk = Session(
        id=new_id(),
        trajectory_id=trajectory_id,
        date=workspace.today(),
        starts_at=now(workspace),
        minutes=minutes,
        mode=where.mode,
        location=where.moment.place if where.moment else None,
        group_session=where.moment.event_id if where.moment else None,
        attended=HELD,
    )
    if asked.question is None and asked.own_words is None:
        return (talk,)
    question = LearningQuestion(
        id=new_id(), trajectory_id=trajectory_id, type=asked.question, own_words=asked.own_words
    )
    return question, talk


def take_back(workspace: Workspace, kept: Kept) -> None:
    """Undo `keep`: a new client is gone whole, of one who was known everything stands as before."""
    if kept.new:
        dossiers.take_back(workspace, kept.client_id)
        return
    with workspace.database.write() as transaction:
        for record in reversed(kept.made):
            transaction.remove(record)
        for record, names in kept.filled:
            stands = transaction.get(type(record), record.id)
            transaction.save(replace(stands, **{name: getattr(record, name) for name in names}))


def may_grow(view: DossierView, trajectory_id: str | None) -> bool:
    """Whether this trajectory is a quick question from which guidance can grow."""
    return any(one.id == trajectory_id and one.service_type == INFO for one in view.of(Trajectory))


def grow(workspace: Workspace, trajectory_id: str) -> Trajectory:
    """Make guidance of a question: everything stays, nothing is asked twice; gives it as it stood before.

    `dossiers.save` of what is given undoes it. Raises NotFound.
    """
    with workspace.database.write() as transaction:
        before = transaction.get(Trajectory, trajectory_id)
        open_again = replace(before, status="OPEN", closed_on=None, close_reason=None)
        transaction.save(replace(open_again, service_type=GUIDANCE))
        return before
