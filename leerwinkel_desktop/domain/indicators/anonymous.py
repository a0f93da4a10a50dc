"""What figures keep of an erased person: no name, no id, and nothing finer than a year (DOMAIN.md §9).

`anonymised` makes it from the person's facts, `as_facts` turns it back into facts that a report can count. A
year becomes a day that lies in the period and before the day of reckoning wherever the year allows it, so
figures of whole years come out as they were. Whoever must be counted exactly in a period that cuts through
a year is kept as an answer by `frozen`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

import msgspec
from msgspec import Struct

from leerwinkel_desktop.domain.indicators.facts import (
    ClientFact,
    DossierFact,
    Facts,
    FollowUpFact,
    QualificationFact,
    SessionFact,
    TrainingFact,
    TrajectoryFact,
)
from leerwinkel_desktop.domain.indicators.scope import Scope

PREFIX = "anoniem:"
HALF_YEAR = (6, 30)
"""From this day on a contact still counts as recent at the end of its year (DOMAIN.md §7, six months)."""
_LONGEST = 25  # events of one kind in a year that keep their order

T = TypeVar("T")


class AnonymousQualification(Struct, frozen=True, omit_defaults=True, gc=False):
    """A qualification that was awarded on or after the start of its training."""

    year: int
    type: str | None = None
    partial: bool | None = None


class AnonymousTraining(Struct, frozen=True, omit_defaults=True, gc=False):
    """A training that began on or after the intake of its trajectory."""

    year: int
    category: str | None = None
    study_area: str | None = None
    target_dutch_level: str | None = None
    status: str | None = None
    status_year: int | None = None
    qualifications: tuple[AnonymousQualification, ...] = ()


class AnonymousSession(Struct, frozen=True, omit_defaults=True, gc=False):
    """A contact; `late` when it was in the second half of its year."""

    year: int | None = None
    attended: str | None = None
    late: bool = False


class AnonymousFollowUp(Struct, frozen=True, omit_defaults=True, gc=False):
    """A follow-up moment; `late` when it was in the second half of its year."""

    year: int | None = None
    reached: bool | None = None
    outcome: str | None = None
    late: bool = False


class AnonymousTrajectory(Struct, frozen=True, omit_defaults=True, gc=False):
    """One episode of guidance; `band` is the age group (list `report_band`) at its intake."""

    year: int | None = None
    band: str | None = None
    programme: str | None = None
    intake_location: str | None = None
    referral_source: str | None = None
    discovery_channel: str | None = None
    status: str | None = None
    closed: int | None = None
    level_at_intake: str | None = None
    recognised_level: str | None = None
    statuses: tuple[str, ...] = ()
    dutch_level_in: str | None = None
    sessions: tuple[AnonymousSession, ...] = ()
    trainings: tuple[AnonymousTraining, ...] = ()
    follow_ups: tuple[AnonymousFollowUp, ...] = ()


class Anonymous(Struct, frozen=True, omit_defaults=True, gc=False):
    """One person, oldest trajectory first."""

    gender: str | None = None
    nis_code: str | None = None
    belgian: bool | None = None
    foreign: bool | None = None
    trajectories: tuple[AnonymousTrajectory, ...] = ()


_decode = msgspec.json.Decoder(Anonymous).decode
encode = msgspec.json.Encoder(order="deterministic").encode


def decode(text: str | bytes) -> Anonymous:
    """The person in the text that `encode` wrote. Raises msgspec.ValidationError for another text."""
    return _decode(text)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of anonymous people without what it was derived from: by trajectory, and by person."""

    bands: dict[str, str] = field(default_factory=dict)
    origins: dict[str, tuple[bool | None, bool | None]] = field(default_factory=dict)


def anonymised(
    facts: Facts,
    *,
    gender: str | None,
    nis_code: str | None,
    origin: tuple[bool | None, bool | None],
    bands: dict[str, str],
) -> Anonymous:
    """The anonymous form of the facts of one person.

    `origin` is (Belgian, foreign origin), `bands` the age group by trajectory, as the figures see them.
    """
    return Anonymous(
        gender=gender,
        nis_code=nis_code,
        belgian=origin[0],
        foreign=origin[1],
        trajectories=tuple(
            _trajectory(facts, each, bands.get(each.id)) for each in ordered(facts.trajectories)
        ),
    )


def ordered(trajectories: Iterable[TrajectoryFact]) -> list[TrajectoryFact]:
    """Trajectories in the order of their intakes, as the figures take them."""
    return sorted(trajectories, key=lambda t: (t.intake_date or date.min, t.seq or 0, t.id))


def _trajectory(facts: Facts, own: TrajectoryFact, band: str | None) -> AnonymousTrajectory:
    sessions = [each for each in facts.sessions if each.trajectory_id == own.id]
    follow_ups = [each for each in facts.follow_ups if each.trajectory_id == own.id]
    trainings = [each for each in facts.trainings if each.trajectory_id == own.id and _after(own, each)]
    return AnonymousTrajectory(
        year=_year(own.intake_date),
        band=band,
        programme=own.programme,
        intake_location=own.intake_location,
        referral_source=own.referral_source,
        discovery_channel=own.discovery_channel,
        status=own.status,
        closed=_year(own.closed_on),
        level_at_intake=own.level_at_intake,
        recognised_level=own.recognised_level,
        statuses=own.statuses_at_intake,
        dutch_level_in=own.dutch_level_in,
        sessions=tuple(
            AnonymousSession(_year(s.date), s.attended, _late(s.date))
            for s in sorted(sessions, key=lambda s: s.date or date.min)
        ),
        trainings=tuple(
            _training(facts, each)
            for each in sorted(trainings, key=lambda t: (t.start_date or date.min, t.id))
        ),
        follow_ups=tuple(
            AnonymousFollowUp(_year(f.done_on), f.reached, f.outcome, _late(f.done_on))
            for f in sorted(follow_ups, key=lambda f: (f.done_on or date.min, f.id))
        ),
    )


def _after(own: TrajectoryFact, training: TrainingFact) -> bool:
    """Whether the training can ever count: it began on or after the intake."""
    return (
        own.intake_date is not None
        and training.start_date is not None
        and own.intake_date <= training.start_date
    )


def _training(facts: Facts, own: TrainingFact) -> AnonymousTraining:
    start = own.start_date or date.max
    earned = [
        each
        for each in facts.qualifications
        if each.training_start_id == own.id and each.awarded_on is not None and each.awarded_on >= start
    ]
    return AnonymousTraining(
        year=start.year,
        category=own.category,
        study_area=own.study_area,
        target_dutch_level=own.target_dutch_level,
        status=own.status,
        status_year=_year(own.status_date),
        qualifications=tuple(
            AnonymousQualification(each.awarded_on.year, each.type, each.partial)
            for each in earned
            if each.awarded_on is not None
        ),
    )


def _year(day: date | None) -> int | None:
    return None if day is None else day.year


def _late(day: date | None) -> bool:
    return day is not None and (day.month, day.day) >= HALF_YEAR


def is_anonymous(record_id: str) -> bool:
    """Whether an id behind a figure stands for somebody of whom nothing else is left."""
    return record_id.startswith(PREFIX)


def person_id(number: int) -> str:
    """The id under which figures count an anonymous person."""
    return f"{PREFIX}{number:x}"


def trajectory_id(number: int, place: int) -> str:
    """The id under which figures count the trajectory at that place."""
    return f"{PREFIX}{number:x}:{place:03d}"


def as_facts(people: Iterable[tuple[int, Anonymous]], scope: Scope) -> tuple[Facts, Known]:
    """The facts of anonymous people for a report on this scope, and what is known of them besides."""
    made, known = _Made(scope), Known()
    for number, person in people:
        if any(
            t.year is not None and scope.start.year <= t.year <= scope.end.year for t in person.trajectories
        ):
            made.person(number, person, known)
    return made.facts(), known


class _Made:
    """Facts as they are made, with days that the years allow."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._clients: list[ClientFact] = []
        self._dossiers: list[DossierFact] = []
        self._trajectories: list[TrajectoryFact] = []
        self._sessions: list[SessionFact] = []
        self._trainings: list[TrainingFact] = []
        self._qualifications: list[QualificationFact] = []
        self._follow_ups: list[FollowUpFact] = []
        self._day = cache(self._day_of)  # the same few years come back for everybody

    def facts(self) -> Facts:
        return Facts(
            clients=tuple(self._clients),
            dossiers=tuple(self._dossiers),
            trajectories=tuple(self._trajectories),
            sessions=tuple(self._sessions),
            trainings=tuple(self._trainings),
            qualifications=tuple(self._qualifications),
            follow_ups=tuple(self._follow_ups),
        )

    def person(self, number: int, person: Anonymous, known: Known) -> None:
        key = person_id(number)
        self._clients.append(ClientFact(key, gender=person.gender))
        self._dossiers.append(DossierFact(key, client_id=key))
        known.origins[key] = (person.belgian, person.foreign)
        for place, own in enumerate(person.trajectories):
            each = trajectory_id(number, place)
            if own.band is not None:
                known.bands[each] = own.band
            self._trajectory(key, each, place, own)

    def _trajectory(self, person: str, key: str, place: int, own: AnonymousTrajectory) -> None:
        self._trajectories.append(
            TrajectoryFact(
                id=key,
                dossier_id=person,
                seq=place,
                intake_date=self._day(own.year, place, self._scope.end),
                programme=own.programme,
                intake_location=own.intake_location,
                referral_source=own.referral_source,
                discovery_channel=own.discovery_channel,
                status=own.status,
                closed_on=self._day(own.closed, _LONGEST),
                level_at_intake=own.level_at_intake,
                recognised_level=own.recognised_level,
                statuses_at_intake=own.statuses,
                dutch_level_in=own.dutch_level_in,
            )
        )
        for rank, session in enumerate(own.sessions):
            day = self._day(session.year, rank, None, session.late)
            self._sessions.append(SessionFact(key, day, session.attended))
        for rank, follow in enumerate(own.follow_ups):
            day = self._day(follow.year, rank, None, follow.late)
            fact = FollowUpFact(f"{key}:{rank:03d}", key, day, follow.reached, follow.outcome)
            self._follow_ups.append(fact)
        for rank, training in enumerate(own.trainings):
            self._training(key, f"{key}:{rank:03d}", rank, training)

    def _training(self, trajectory: str, key: str, rank: int, own: AnonymousTraining) -> None:
        after = _LONGEST + min(rank, _LONGEST)  # never before an intake of the same year
        self._trainings.append(
            TrainingFact(
                id=key,
                trajectory_id=trajectory,
                category=own.category,
                study_area=own.study_area,
                target_dutch_level=own.target_dutch_level,
                start_date=self._day(own.year, after),
                status=own.status,
                status_date=self._day(own.status_year, 2 * _LONGEST),
            )
        )
        for each in own.qualifications:
            day = self._day(each.year, 2 * _LONGEST)
            self._qualifications.append(QualificationFact(key, each.type, day, each.partial))

    def _day_of(
        self, year: int | None, rank: int, last: date | None = None, late: bool = False
    ) -> date | None:
        """A day in that year, inside the period and before the day of reckoning if the year allows it."""
        if year is None:
            return None
        first, end = self._scope.start, last or self._scope.as_of
        begin = first if first.year == year else date(year, 1, 1)
        if late:
            begin = max(begin, date(year, 12, 1))
        day = begin + timedelta(days=min(rank, 2 * _LONGEST) if not late else min(rank, _LONGEST))
        day = min(day, date(year, 12, 31), self._scope.as_of if self._scope.as_of.year == year else day)
        return min(day, end) if end.year == year else day


def joined(one: Facts, other: Facts) -> Facts:
    """All facts of both."""
    return Facts(
        clients=_both(one.clients, other.clients),
        dossiers=_both(one.dossiers, other.dossiers),
        trajectories=_both(one.trajectories, other.trajectories),
        sessions=_both(one.sessions, other.sessions),
        trainings=_both(one.trainings, other.trainings),
        qualifications=_both(one.qualifications, other.qualifications),
        follow_ups=_both(one.follow_ups, other.follow_ups),
        staff=_both(one.staff, other.staff),
    )


def _both(one: Sequence[T], other: Sequence[T]) -> tuple[T, ...]:
    return (*one, *other)


def is_cut(person: Anonymous, scope: Scope) -> bool:
    """Whether only a year is known where the period or the day of reckoning cuts through it."""
    cut = {
        *({scope.start.year} if (scope.start.month, scope.start.day) != (1, 1) else ()),
        *({scope.end.year} if (scope.end.month, scope.end.day) != (12, 31) else ()),
        *({scope.as_of.year} if (scope.as_of.month, scope.as_of.day) != (12, 31) else ()),
    }
    return any(year in cut for each in person.trajectories for year in _years(each))


def _years(own: AnonymousTrajectory) -> Iterable[int | None]:
    yield own.year
    yield own.closed
    yield from (session.year for session in own.sessions)
    yield from (follow.year for follow in own.follow_ups)
    for training in own.trainings:
        yield from (training.year, training.status_year)
        yield from (each.year for each in training.qualifications)
