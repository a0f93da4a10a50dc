"""Turns facts into the people that a report counts, with everything that a figure asks of them.

A person is the dossier at the end of `merged_into`; merged dossiers keep their trajectories. Attributes are
those at the first intake in the period (DOMAIN.md §8 "General rules").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar

from leerwinkel_desktop.domain import classifications
from leerwinkel_desktop.domain.aliases import ends
from leerwinkel_desktop.domain.codelists import CodeList, UnknownCode
from leerwinkel_desktop.domain.indicators.anonymous import Known
from leerwinkel_desktop.domain.indicators.facts import (
    ClientFact,
    Facts,
    FollowUpFact,
    QualificationFact,
    SessionFact,
    StaffFact,
    TrainingFact,
    TrajectoryFact,
)
from leerwinkel_desktop.domain.indicators.scope import Scope, Settings, months_before

Lists = Mapping[str, CodeList]

LOW = "LOW"
MID_HIGH = "MID_HIGH"
UNDETERMINED = "UNDET"
PLANNED = "GEPLAND"
CANCELLED = "GEANNULEERD"
STARTED = "STARTED"
ORIENTING = "ORIENTING"
NOT_STARTED = "NOT_STARTED"
UNKNOWN = "UNKNOWN"
CLOSED = "CLOSED"
STOPPED = "STOPPED"

_T = TypeVar("_T")
_ORIGIN = slice(ClientFact._fields.index("nationality"), None)
"""The last fields of a client: nationality, first ones of self, father and mother, and what was declared."""


class Person(NamedTuple):
    """One of D: a person with at least one trajectory in the period, seen from the day of reckoning."""

    id: str
    first: TrajectoryFact
    trajectories: tuple[TrajectoryFact, ...]
    gender: str | None
    band: str
    belgian: bool | None
    foreign: bool | None
    level: str
    one_session: bool
    outcome: str
    starts: tuple[TrainingFact, ...]
    main: TrainingFact | None
    stopped: bool
    qualifications: tuple[QualificationFact, ...]

    @property
    def is_starter(self) -> bool:
        """Whether the person is one of S."""
        return self.main is not None


@dataclass(frozen=True, slots=True)
class Cohort:
    """All that the figures of one report are computed from: T, D and the staff."""

    scope: Scope
    lists: Lists
    trajectories: tuple[TrajectoryFact, ...]
    people: tuple[Person, ...]
    staff: tuple[StaffFact, ...]


def assemble(
    facts: Facts,
    scope: Scope,
    lists: Lists,
    settings: Settings | None = None,
    known: Known | None = None,
) -> Cohort:
    """The people and trajectories within the scope; trajectories of a removed dossier are not counted.

    A code that no list knows counts as not known. `known` tells what anonymous facts cannot show.
    """
    dossiers = {dossier.id for dossier in facts.dossiers}
    trajectories = tuple(t for t in facts.trajectories if t.dossier_id in dossiers and scope.holds(t))
    return Cohort(
        scope=scope,
        lists=lists,
        trajectories=trajectories,
        people=_Assembly(facts, scope, lists, settings or Settings(), known or Known()).people(trajectories),
        staff=facts.staff,
    )


class _Assembly:
    """The facts by what they hang on, for one assembling."""

    def __init__(self, facts: Facts, scope: Scope, lists: Lists, settings: Settings, known: Known) -> None:
        self.scope = scope
        self.known = known
        self.lists = lists
        self.active_since = months_before(scope.as_of, settings.active_months)
        self.clients = {client.id: client for client in facts.clients}
        self.roots = _roots(facts)
        self.sessions: dict[str | None, list[SessionFact]] = _by(facts.sessions, 0)
        self.trainings: dict[str | None, list[TrainingFact]] = _by(facts.trainings, 1)
        self.follow_ups: dict[str | None, list[FollowUpFact]] = _by(facts.follow_ups, 1)
        self.qualifications: dict[str | None, list[QualificationFact]] = _by(facts.qualifications, 0)
        self.counted = {code.code for code in lists["attendance"] if code.flag("counts")}
        self.begun = {code.code for code in lists["training_status"] if code.flag("started")}
        self.certifying = {code.code for code in lists["qualification_type"] if code.flag("counts")}
        self.precedence = {code.code: code.number("precedence") or 99 for code in lists["training_category"]}
        self.outcomes = {code.code: code.text("report") or UNKNOWN for code in lists["follow_up_outcome"]}
        self.band_of = cache(partial(classifications.age_band, bands=lists["report_band"]))
        self.level_of = cache(self._level)
        self.belgian = cache(self._belgian)
        self.foreign = cache(self._foreign)

    def people(self, trajectories: Iterable[TrajectoryFact]) -> tuple[Person, ...]:
        own: dict[str, list[TrajectoryFact]] = defaultdict(list)
        for trajectory in trajectories:
            own[self.roots[str(trajectory.dossier_id)]].append(trajectory)
        return tuple(self._person(key, sorted(each, key=_in_time)) for key, each in own.items())

    def _person(self, key: str, trajectories: list[TrajectoryFact]) -> Person:
        first = trajectories[0]
        client = self.clients.get(key, ClientFact(key))
        starts = self._starts(trajectories)
        origin = self.known.origins.get(key)
        return Person(
            id=key,
            first=first,
            trajectories=tuple(trajectories),
            gender=client.gender,
            band=self.known.bands.get(first.id) or self._band(client, first.intake_date),
            belgian=origin[0] if origin else self.belgian(client.nationality),
            foreign=origin[1] if origin else self.foreign(client[_ORIGIN]),
            level=self.level_of(first.level_at_intake, first.recognised_level),
            one_session=self._one_session(trajectories),
            outcome=STARTED if starts else self._outcome(trajectories),
            starts=starts,
            main=min(starts, key=self._rank, default=None),
            stopped=bool(starts) and self._has_stopped(starts[-1]),
            qualifications=self._earned(starts),
        )

    def _band(self, client: ClientFact, intake: date | None) -> str:
        age = None
        if intake and client.birth_date and client.birth_date <= intake:
            age = classifications.age_on(client.birth_date, intake)
        elif intake and not client.birth_date and client.birth_year and client.birth_year <= intake.year:
            age = classifications.age_from_year(client.birth_year, intake)
        return self.band_of(age)

    def _belgian(self, nationality: tuple[str, ...]) -> bool | None:
        try:
            return classifications.is_belgian(nationality, self.lists["nationality"])
        except UnknownCode:
            return None

    def _foreign(self, origin: tuple[Any, ...]) -> bool | None:
        own, first, father, mother, declared = origin
        nationalities = self.lists["nationality"]
        try:
            return classifications.foreign_origin_flemish(own, first, father, mother, nationalities, declared)
        except UnknownCode:
            return bool(declared) if declared is not None else None

    def _level(self, level: str | None, recognised: str | None) -> str:
        try:
            found = classifications.genk_level(level, recognised, self.lists["education_level"]).value
        except UnknownCode:
            return UNDETERMINED
        return found if found in (LOW, UNDETERMINED) else MID_HIGH

    def _one_session(self, trajectories: list[TrajectoryFact]) -> bool:
        """G16: exactly one attended session, and no other one still to come on the day of reckoning."""
        attended = 0
        for session in (s for t in trajectories for s in self.sessions[t.id]):
            to_come = session.date is not None and session.date > self.scope.as_of
            if session.attended == PLANNED or (to_come and session.attended != CANCELLED):
                return False
            attended += session.attended in self.counted and not to_come
        return attended == 1

    def _starts(self, trajectories: list[TrajectoryFact]) -> tuple[TrainingFact, ...]:
        """G18: begun between the intake of their own trajectory and the day of reckoning; latest last."""
        starts = [
            training
            for trajectory in trajectories
            for training in self.trainings[trajectory.id]
            if training.status in self.begun
            and training.start_date is not None
            and trajectory.intake_date is not None
            and trajectory.intake_date <= training.start_date <= self.scope.as_of
        ]
        return tuple(sorted(starts, key=self._lateness))

    def _lateness(self, training: TrainingFact) -> tuple[date, bool, date, str]:
        start = training.start_date or date.min
        return start, not self._has_stopped(training), training.status_date or date.min, training.id

    def _has_stopped(self, training: TrainingFact) -> bool:
        known_then = training.status_date is None or training.status_date <= self.scope.as_of
        return training.status == STOPPED and known_then

    def _rank(self, training: TrainingFact) -> int:
        """G23: the highest goal counts, so that NT2 is the main one only if nothing higher started."""
        return self.precedence.get(training.category or "", 100)

    def _outcome(self, trajectories: list[TrajectoryFact]) -> str:
        """G19-G21, of who did not start: the latest known outcome; ORIENTING only while still in touch."""
        known = [
            (each.done_on or date.min, each.id, self.outcomes.get(each.outcome, UNKNOWN))
            for trajectory in trajectories
            for each in self.follow_ups[trajectory.id]
            if each.outcome is not None and (each.done_on is None or each.done_on <= self.scope.as_of)
        ]
        outcome = max(known)[2] if known else UNKNOWN
        if outcome == STARTED or (outcome == ORIENTING and not any(map(self._is_active, trajectories))):
            return UNKNOWN
        return outcome

    def _is_active(self, trajectory: TrajectoryFact) -> bool:
        """Open, with an attended session or a successful contact in the last months."""
        if trajectory.closed_on is None and trajectory.status == CLOSED:
            return False
        if trajectory.closed_on is not None and trajectory.closed_on <= self.scope.as_of:
            return False
        sessions = (s.date for s in self.sessions[trajectory.id] if s.attended in self.counted)
        contacts = (f.done_on for f in self.follow_ups[trajectory.id] if f.reached is not False)
        return any(map(self._is_recent, sessions)) or any(map(self._is_recent, contacts))

    def _is_recent(self, day: date | None) -> bool:
        return day is not None and self.active_since <= day <= self.scope.as_of

    def _earned(self, starts: tuple[TrainingFact, ...]) -> tuple[QualificationFact, ...]:
        """G24: dated on or after the start and not after the day of reckoning."""
        return tuple(
            each
            for training in starts
            for each in self.qualifications[training.id]
            if each.type in self.certifying
            and each.awarded_on is not None
            and training.start_date is not None
            and training.start_date <= each.awarded_on <= self.scope.as_of
        )


def _in_time(trajectory: TrajectoryFact) -> tuple[date, int, str]:
    return trajectory.intake_date or date.min, trajectory.seq or 0, trajectory.id


def _by(facts: Iterable[_T], place: int) -> dict[str | None, list[_T]]:
    grouped: dict[str | None, list[_T]] = defaultdict(list)
    for fact in facts:
        grouped[fact[place]].append(fact)  # type: ignore[index]
    return grouped


def _roots(facts: Facts) -> dict[str, str]:
    """For each dossier the person (client) that it is about, through merges."""
    clients = {dossier.id: dossier.client_id or dossier.id for dossier in facts.dossiers}
    found = ends({dossier.id: dossier.merged_into for dossier in facts.dossiers})
    return {dossier: clients[end] for dossier, end in found.items()}
