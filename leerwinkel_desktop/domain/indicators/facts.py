"""The slim facts that figures are made of: one named tuple for each kind of record, fields by name.

The attribute names are the records' own field names, so a store can fill them with
`rows(Record, Fact._fields)` and nothing here knows how (DOMAIN.md §8 "General rules").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class ClientFact(NamedTuple):
    """What figures need of a person; no name, no number."""

    id: str
    birth_date: date | None = None
    birth_year: int | None = None
    gender: str | None = None
    nationality: tuple[str, ...] = ()
    first_nationality: str | None = None
    father_first_nationality: str | None = None
    mother_first_nationality: str | None = None
    foreign_origin_declared: bool | None = None


class DossierFact(NamedTuple):
    """The file of a person; `merged_into` makes it an alias of another."""

    id: str
    client_id: str | None = None
    merged_into: str | None = None


class TrajectoryFact(NamedTuple):
    """One episode of guidance: T."""

    id: str
    dossier_id: str | None = None
    seq: int | None = None
    intake_date: date | None = None
    programme: str | None = None
    intake_location: str | None = None
    referral_source: str | None = None
    discovery_channel: str | None = None
    status: str | None = None
    closed_on: date | None = None
    level_at_intake: str | None = None
    recognised_level: str | None = None
    statuses_at_intake: tuple[str, ...] = ()
    dutch_level_in: str | None = None


class SessionFact(NamedTuple):
    """One planned or held contact."""

    trajectory_id: str | None = None
    date: date | None = None
    attended: str | None = None


class TrainingFact(NamedTuple):
    """One enrolment or start of a training."""

    id: str
    trajectory_id: str | None = None
    category: str | None = None
    study_area: str | None = None
    target_dutch_level: str | None = None
    start_date: date | None = None
    status: str | None = None
    status_date: date | None = None


class QualificationFact(NamedTuple):
    """What came out of a training."""

    training_start_id: str | None = None
    type: str | None = None
    awarded_on: date | None = None
    partial: bool | None = None


class FollowUpFact(NamedTuple):
    """One follow-up moment and its outcome."""

    id: str
    trajectory_id: str | None = None
    done_on: date | None = None
    reached: bool | None = None
    outcome: str | None = None


class StaffFact(NamedTuple):
    """How much somebody works, from when to when (both days included)."""

    fte: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    paid: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything that the figures of a shop are made of, in no particular order."""

    clients: tuple[ClientFact, ...] = ()
    dossiers: tuple[DossierFact, ...] = ()
    trajectories: tuple[TrajectoryFact, ...] = ()
    sessions: tuple[SessionFact, ...] = ()
    trainings: tuple[TrainingFact, ...] = ()
    qualifications: tuple[QualificationFact, ...] = ()
    follow_ups: tuple[FollowUpFact, ...] = ()
    staff: tuple[StaffFact, ...] = ()
