"""The invented people of the Genk workbook: what is dealt to each of them, and their days."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from leerwinkel_desktop.services.demo.genk_deals import (
    AGES,
    CERTIFICATES,
    COUNTRIES,
    DIPLOMAS,
    FOREIGN,
    GENDERS,
    NON_BELGIAN,
    ONE_SESSION,
    ORIGIN_UNKNOWN,
    OUTCOMES,
    PATHS,
    REFERRALS,
    REPEATERS,
    STATUSES,
    STOPPED,
    Deal,
    T,
)

GENK_FROM = date(2020, 1, 1)
GENK_TO = date(2024, 6, 30)
GENK_AS_OF = GENK_TO
"""Four and a half years with two leap days: 1643 days. The seed gives no dates, so these are ours."""


@dataclass(slots=True)
class Visit:
    """One trajectory in the making: intake, and the days and answers of its sessions."""

    number: str
    intake: date
    sessions: list[tuple[date, str]] = field(default_factory=list)
    closed_on: date | None = None


@dataclass(slots=True, kw_only=True)
class Person:
    """One invented person in the making; what was dealt to them, and then what follows from it."""

    at: int
    gender: str | None
    ages: tuple[int, int] | None
    statuses: tuple[str, ...]
    referral: tuple[str | None, str | None]
    level: str
    category: str
    country: str = "BE"
    language: str = "nl"
    origin: str = "BB"
    outcome: str = "STARTED"
    one_session: bool = False
    repeats: bool = False
    stopped: bool = False
    certificate: str | None = None
    visits: list[Visit] = field(default_factory=list)

    @property
    def number(self) -> str:
        """The client number in the workbook."""
        return f"GNK-2020-{self.at + 1:04d}"


@dataclass(slots=True)
class Dealer:
    """Deals the answers; the seed behind `chance` only decides who gets which."""

    chance: random.Random

    def _shuffled(self, deal: Deal[T]) -> list[T]:
        hand = [value for value, times in deal for _ in range(times)]
        self.chance.shuffle(hand)
        return hand

    def _some(self, people: Iterable[Person], size: int) -> list[Person]:
        return self.chance.sample(list(people), size)

    def weighted(self, deal: Deal[T]) -> T:
        """One answer, by the weights of a deal."""
        return self.chance.choices([value for value, _ in deal], [weight for _, weight in deal])[0]

    def people(self) -> list[Person]:
        """Everybody, with what was dealt to them."""
        hands = zip(
            self._shuffled(GENDERS),
            self._shuffled(AGES),
            self._shuffled(STATUSES),
            self._shuffled(REFERRALS),
            self._shuffled(PATHS),
            strict=True,
        )
        people = [
            Person(at=at, gender=g, ages=a, statuses=s, referral=r, level=level, category=category)
            for at, (g, a, s, r, (level, category)) in enumerate(hands)
        ]
        self._deal_origin(people)
        self._deal_outcomes(people)
        self._deal_results(people)
        return people

    def _deal_origin(self, people: list[Person]) -> None:
        """Foreign diplomas and NT2 belong to people of foreign origin; 109 of the 263 are no Belgians."""
        sure = [p for p in people if p.level == "UNDET" or p.category == "NT2"]
        others = [p for p in people if p not in sure]
        foreign = sure + self._some(others, FOREIGN - len(sure))
        for person in foreign:
            person.origin = "BF"
            person.country, person.language = self.weighted(COUNTRIES)
        non_belgian = [p for p in sure if p.level == "UNDET"]
        rest = [p for p in foreign if p not in non_belgian]
        for person in non_belgian + self._some(rest, NON_BELGIAN - len(non_belgian)):
            person.origin = "NB"
        for person in self._some((p for p in people if p.origin == "BB"), ORIGIN_UNKNOWN):
            person.origin = "UNKNOWN"

    def _deal_outcomes(self, people: list[Person]) -> None:
        undecided = [p for p in people if not p.category]
        for person, outcome in zip(undecided, self._shuffled(OUTCOMES), strict=True):
            person.outcome = outcome
        once = self._some((p for p in people if p.outcome not in ("ORIENTING", "STALE")), ONE_SESSION)
        for person in once:
            person.one_session = True
        for person in self._some((p for p in people if not p.one_session), REPEATERS):
            person.repeats = True

    def _deal_results(self, people: list[Person]) -> None:
        """Diplomas are for who went on to the end; a certificate and stopping can go together."""
        seekers = [p for p in people if p.category == "SEC_DIPLOMA"]
        for person in self._some(seekers, DIPLOMAS):
            person.certificate = "DIPLOMA_SO"
        for category, (size, types) in CERTIFICATES.items():
            own = (p for p in people if p.category == category and p.certificate is None)
            for person in self._some(own, size):
                person.certificate = self.chance.choice(types)
        whole = ("DIPLOMA_SO", "BACHELOR")
        for person in self._some((p for p in people if p.category and p.certificate not in whole), STOPPED):
            person.stopped = True

    def plan(self, person: Person) -> None:
        """The days: intakes in the period, early enough for what must still happen before the peildatum."""
        room = 60
        if person.category:
            room = 900 if person.certificate else 400
        if person.repeats:
            room += 200
        last = GENK_TO - timedelta(days=room)
        intake = GENK_FROM + timedelta(days=self.chance.randrange((last - GENK_FROM).days))
        if person.outcome == "ORIENTING" and not person.repeats:
            intake = GENK_AS_OF - timedelta(days=self.chance.randrange(60, 170))
        if person.outcome == "STALE":
            intake = GENK_FROM + timedelta(days=self.chance.randrange(900))
        person.visits = [Visit(f"{person.number}-1", intake)]
        if person.repeats:
            again = intake + timedelta(days=self.chance.randrange(120, 190))
            if person.outcome == "ORIENTING":
                again = GENK_AS_OF - timedelta(days=self.chance.randrange(30, 90))
            person.visits.append(Visit(f"{person.number}-2", again))
        self._plan_sessions(person)

    def _plan_sessions(self, person: Person) -> None:
        for visit in person.visits:
            visit.sessions.append((visit.intake, "J"))
        first = person.visits[0]
        if person.one_session:
            if self.chance.random() < 0.2:
                missed = self.chance.choice(("AFWEZIG", "GEANNULEERD"))
                first.sessions.append((first.intake + timedelta(days=14), missed))
        elif not person.repeats and person.outcome == "UNKNOWN" and self.chance.random() < 0.3:
            first.sessions.append((GENK_AS_OF + timedelta(days=10), "GEPLAND"))
            return
        elif not person.repeats or self.chance.random() < 0.5:
            for turn in range(1, self.chance.randrange(2, 5)):
                first.sessions.append((first.intake + timedelta(days=14 * turn), "J"))
        for visit in person.visits:
            if person.outcome not in ("ORIENTING", "STALE") or visit is not person.visits[-1]:
                visit.closed_on = max(day for day, _ in visit.sessions) + timedelta(days=5)
