"""Counts who is still here together with who was made anonymous, so that past figures stand (DOMAIN.md §9).

An anonymous person is counted from years, or, in a report that was published before the erasure, by the
answer that was frozen then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec
from msgspec import Struct

from leerwinkel_desktop.domain.indicators import anonymous
from leerwinkel_desktop.domain.indicators.anonymous import Anonymous, AnonymousTrajectory
from leerwinkel_desktop.domain.indicators.cohort import Cohort, Lists, Person, assemble
from leerwinkel_desktop.domain.indicators.facts import (
    Facts,
    QualificationFact,
    TrainingFact,
    TrajectoryFact,
)
from leerwinkel_desktop.domain.indicators.scope import Scope, Settings


class FrozenTraining(Struct, frozen=True, omit_defaults=True):
    """The main training of a starter."""

    category: str | None = None
    study_area: str | None = None
    target_dutch_level: str | None = None


class Frozen(Struct, frozen=True, omit_defaults=True):
    """What one person was in one report: the places of the trajectories that counted, first one first."""

    places: tuple[int, ...]
    band: str
    level: str
    one_session: bool
    outcome: str
    starts: int = 0
    main: FrozenTraining | None = None
    stopped: bool = False
    qualifications: tuple[tuple[str | None, bool | None], ...] = ()


Answer = Frozen | None
"""None: the person was not counted."""

_decode = msgspec.json.Decoder(Answer).decode
encode_answer = msgspec.json.Encoder(order="deterministic").encode


def decode_answer(text: str | bytes) -> Answer:
    """The answer that `encode_answer` wrote. Raises msgspec.ValidationError for another text."""
    return _decode(text)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Everybody:
    """Facts of those who are here, the anonymous by number, and the frozen answers for this very report."""

    facts: Facts
    anonymous: Mapping[int, Anonymous]
    answers: Mapping[int, Answer]


def assemble_all(
    everybody: Everybody, scope: Scope, lists: Lists, settings: Settings | None = None
) -> tuple[Cohort, int]:
    """The cohort of all, and how many anonymous people the report counts by a year that it cuts through."""
    by_year = {n: each for n, each in everybody.anonymous.items() if n not in everybody.answers}
    more, known = anonymous.as_facts(by_year.items(), scope)
    facts = anonymous.joined(everybody.facts, more) if by_year else everybody.facts
    cohort = assemble(facts, scope, lists, settings, known)
    thawed = list(_thawed(everybody))
    counted = {person.id for person in cohort.people}
    cut = sum(
        anonymous.person_id(n) in counted and anonymous.is_cut(each, scope) for n, each in by_year.items()
    )
    whole = replace(
        cohort,
        trajectories=(*cohort.trajectories, *(t for person in thawed for t in person.trajectories)),
        people=(*cohort.people, *thawed),
    )
    return whole, cut


def _thawed(everybody: Everybody) -> Iterable[Person]:
    for number, answer in everybody.answers.items():
        if answer is not None and number in everybody.anonymous:
            yield thawed(number, everybody.anonymous[number], answer)


def frozen(person: Person | None, order: Sequence[str]) -> Answer:
    """What a person is in a report; `order` are the ids of all the person's trajectories, in their places."""
    if person is None:
        return None
    main = person.main
    return Frozen(
        places=tuple(order.index(each.id) for each in person.trajectories),
        band=person.band,
        level=person.level,
        one_session=person.one_session,
        outcome=person.outcome,
        starts=len(person.starts),
        main=main and FrozenTraining(main.category, main.study_area, main.target_dutch_level),
        stopped=person.stopped,
        qualifications=tuple(sorted(((q.type, q.partial) for q in person.qualifications), key=repr)),
    )


def thawed(number: int, person: Anonymous, answer: Frozen) -> Person:
    """The person that `frozen` saw, without any date."""
    main = answer.main or FrozenTraining()
    start = TrainingFact("", None, main.category, main.study_area, main.target_dutch_level)
    trajectories = tuple(_bare(number, place, person.trajectories[place]) for place in answer.places)
    return Person(
        id=anonymous.person_id(number),
        first=trajectories[0],
        trajectories=trajectories,
        gender=person.gender,
        band=answer.band,
        belgian=person.belgian,
        foreign=person.foreign,
        level=answer.level,
        one_session=answer.one_session,
        outcome=answer.outcome,
        starts=(start,) * answer.starts,
        main=start if answer.main else None,
        stopped=answer.stopped,
        qualifications=tuple(
            QualificationFact(None, kind, None, partial) for kind, partial in answer.qualifications
        ),
    )


def _bare(number: int, place: int, own: AnonymousTrajectory) -> TrajectoryFact:
    return TrajectoryFact(
        id=anonymous.trajectory_id(number, place),
        seq=place,
        programme=own.programme,
        intake_location=own.intake_location,
        referral_source=own.referral_source,
        discovery_channel=own.discovery_channel,
        level_at_intake=own.level_at_intake,
        recognised_level=own.recognised_level,
        statuses_at_intake=own.statuses,
        dutch_level_in=own.dutch_level_in,
    )


@dataclass(frozen=True, slots=True)
class Leaving:
    """One person who goes: the anonymous form, and the answer for each scope where years do not tell it."""

    person: Anonymous
    answers: tuple[tuple[int, Answer], ...]


def leave(
    facts: Facts,
    gender: str | None,
    nis_code: str | None,
    published: Iterable[tuple[int, Scope]],
    lists: Lists,
    settings: Settings | None = None,
) -> Leaving:
    """Make the facts of one person anonymous, and freeze what years cannot tell of published reports.

    `published` gives the reports that left the house, by number. Each trajectory is looked at by itself once
    for the age group at its intake.
    """
    order = anonymous.ordered(facts.trajectories)
    whole = [
        person
        for each in order
        if each.intake_date is not None
        for person in assemble(
            replace(facts, trajectories=(each,)),
            Scope(each.intake_date, each.intake_date, each.intake_date),
            lists,
            settings,
        ).people
    ]
    origin = (whole[0].belgian, whole[0].foreign) if whole else (None, None)
    made = anonymous.anonymised(
        facts,
        gender=gender,
        nis_code=nis_code,
        origin=origin,
        bands={person.first.id: person.band for person in whole},
    )
    ids = [each.id for each in order]
    answers = []
    for number, scope in published:
        exact = frozen(_only(assemble(facts, scope, lists, settings)), ids)
        if exact != _coarse(made, scope, lists, settings):
            answers.append((number, exact))
    return Leaving(made, tuple(answers))


def _coarse(person: Anonymous, scope: Scope, lists: Lists, settings: Settings | None) -> Answer:
    facts, known = anonymous.as_facts([(0, person)], scope)
    ids = [anonymous.trajectory_id(0, place) for place in range(len(person.trajectories))]
    return frozen(_only(assemble(facts, scope, lists, settings, known)), ids)


def _only(cohort: Cohort) -> Person | None:
    return cohort.people[0] if cohort.people else None
