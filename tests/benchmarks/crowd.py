"""Invented dossiers in any number: names of made-up syllables, codes drawn from the shipped lists."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.fields import Record, fields_of
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.training import FollowUp, Qualification, TrainingStart
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services.reference import codelists

FIRST_DAY = date(2025, 1, 1)
DAYS = 730
NOTE = "Een verzonnen nota over een verzonnen persoon, {} woorden lang als het moet."
_SYLLABLES = (
    "ba",
    "dri",
    "el",
    "fa",
    "go",
    "hil",
    "ja",
    "kor",
    "lie",
    "mar",
    "no",
    "pe",
    "ra",
    "sa",
    "ti",
    "vel",
)
_PARTICLES = ("", "", "", "Van ", "De ", "Van den ", "El ")


class Chance:
    """The same invented people for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def first_name(self) -> str:
        """Two made-up syllables."""
        return "".join(self._random.choices(_SYLLABLES, k=2)).capitalize()

    def last_name(self) -> str:
        """A particle or none, and three made-up syllables."""
        return self._random.choice(_PARTICLES) + "".join(self._random.choices(_SYLLABLES, k=3)).capitalize()

    def code(self, name: str) -> str:
        """A code of a shipped list."""
        return self._random.choice(codelists()[name].codes).code

    def day(self) -> date:
        """A day in the two years that the reports look at."""
        return FIRST_DAY + timedelta(days=self._random.randrange(DAYS))

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(low, high)


def registration(chance: Chance, place: int) -> Iterator[Record]:
    """Four records with 50 field values in all: client, dossier, trajectory and session."""
    client_id, dossier_id, trajectory_id = new_id(), new_id(), new_id()
    number, day = f"MEC-2026-00-{place:05d}", chance.day()
    yield Client(
        id=client_id,
        client_no=number,
        first_name=chance.first_name(),
        last_name=chance.last_name(),
        birth_date=date(chance.number(1950, 2007), chance.number(1, 12), chance.number(1, 28)),
        gender=chance.code("gender"),
        nis_code=chance.code("territory"),
        postal_code=str(chance.number(1000, 9999)),
        phone=f"04{chance.number(0, 99):02d} {chance.number(0, 99):02d} {chance.number(0, 99):02d} 00",
        email=f"iemand{place}@example.org",
        preferred_contact=chance.code("preferred_contact"),
        reading_support=chance.code("reading_support"),
        contact_language=chance.code("language"),
        nationality=(chance.code("nationality"),),
        first_nationality=chance.code("nationality"),
        father_first_nationality=chance.code("nationality"),
        mother_first_nationality=chance.code("nationality"),
        residence_status=chance.code("residence_status"),
        notes=NOTE.format(chance.number(2, 900)),
    )
    yield Dossier(
        id=dossier_id,
        client_id=client_id,
        opened_on=day,
        status="ACTIVE",
        retention_until=day.replace(day=1, year=day.year + 5),
    )
    yield Trajectory(
        id=trajectory_id,
        dossier_id=dossier_id,
        trajectory_no=f"{number}-T1",
        seq=1,
        intake_date=day,
        programme=chance.code("programme"),
        target_groups=(chance.code("target_group"),),
        service_type=chance.code("service_type"),
        intake_location="Sociaal Huis",
        contact_mode=chance.code("contact_mode"),
        referral_source=chance.code("referral_source"),
        discovery_channel=chance.code("discovery_channel"),
        counsellor="Begeleider Voorbeeld",
        status="OPEN",
        level_at_intake=chance.code("education_level"),
        statuses_at_intake=(chance.code("statuses"), chance.code("statuses")),
        primary_status=chance.code("statuses"),
        dutch_level_in=chance.code("dutch_level"),
        dutch_level_written=chance.code("dutch_level"),
        went_well=NOTE.format(chance.number(2, 900)),
    )
    yield Session(
        id=new_id(),
        trajectory_id=trajectory_id,
        date=day,
        minutes=chance.number(10, 90),
        mode=chance.code("contact_mode"),
        location="Sociaal Huis",
        step_reached=chance.code("step"),
        attended="J",
        interpreter=bool(chance.number(0, 1)),
        short_note=NOTE.format(chance.number(2, 900)),
    )


def outcome(chance: Chance, trajectory: Trajectory) -> Iterator[Record]:
    """What comes later: a training with what it gave, and a follow-up."""
    started = (trajectory.intake_date or FIRST_DAY) + timedelta(days=chance.number(7, 120))
    training_id = new_id()
    yield TrainingStart(
        id=training_id,
        trajectory_id=trajectory.id,
        category=chance.code("training_category"),
        study_area=chance.code("study_area"),
        start_date=started,
        status=chance.code("training_status"),
        status_date=started + timedelta(days=30),
    )
    yield Qualification(
        id=new_id(),
        training_start_id=training_id,
        type=chance.code("qualification_type"),
        awarded_on=started + timedelta(days=90),
        partial=bool(chance.number(0, 1)),
    )
    yield FollowUp(
        id=new_id(),
        trajectory_id=trajectory.id,
        done_on=started + timedelta(days=60),
        reached=bool(chance.number(0, 1)),
        outcome=chance.code("follow_up_outcome"),
    )


def crowd(count: int, seed: int = 1) -> Iterator[Record]:
    """The registrations of so many people, in order."""
    chance = Chance(seed)
    for place in range(count):
        yield from registration(chance, place)


def crowd_with_outcomes(count: int, seed: int = 1) -> Iterator[Record]:
    """The same, and every other trajectory goes on to a training and a follow-up."""
    chance = Chance(seed)
    for place in range(count):
        for record in registration(chance, place):
            yield record
            if isinstance(record, Trajectory) and place % 2:
                yield from outcome(chance, record)


def in_steps(records: Iterable[Record], steps: int) -> Iterator[Record]:
    """Each record as it is saved while somebody types: so many times, fuller each time."""
    for record in records:
        names = [field.name for field in fields_of(type(record))]
        for step in range(1, steps + 1):
            later = names[len(names) * step // steps :]
            empty: dict[str, Any] = {name: _nothing(getattr(record, name)) for name in later}
            yield replace(record, **empty)


def _nothing(value: object) -> tuple[str, ...] | None:
    return () if isinstance(value, tuple) else None
