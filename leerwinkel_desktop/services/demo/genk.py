"""Makes the registration workbook that reproduces the published table of Genk, with invented people.

The table prints only percentages. DOMAIN.md §8.1 ("Golden fixture") gives numbers of people that reproduce
every one of them on 438 dossiers and 241 starters; these numbers stand in `genk_deals` and nothing else
decides the figures. The seed only decides who gets which answer. Traps are dealt on purpose: trainings that
ran already, no-shows, restarts, certificates that do not count, outcomes that have grown too old, a trainee.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from leerwinkel_desktop.services.demo.genk_deals import (
    AGES,
    AREAS,
    CERTIFICATES,
    COUNTRIES,
    DIPLOMAS,
    FIRST_NAMES,
    FOREIGN,
    GENDERS,
    LAST_NAMES,
    LEVELS,
    NON_BELGIAN,
    ONE_SESSION,
    ORIGIN_UNKNOWN,
    OUTCOMES,
    PATHS,
    REFERRALS,
    REPEATERS,
    STAFFING,
    STATUSES,
    STOPPED,
    TITLES,
    Deal,
    T,
)
from leerwinkel_desktop.services.workbook.columns import (
    CLIENTS,
    FOLLOW_UPS,
    QUALIFICATIONS,
    SESSIONS,
    STAFF,
    TRAININGS,
    TRAJECTORIES,
    Sheet,
)
from leerwinkel_desktop.services.workbook.exporting import workbook_bytes
from leerwinkel_desktop.services.workbook.writing import Plain, Row
from leerwinkel_desktop.store.files import write_durably

GENK_FROM = date(2020, 1, 1)
GENK_TO = date(2024, 6, 30)
GENK_AS_OF = GENK_TO
"""Four and a half years with two leap days: 1643 days. The seed gives no dates, so these are ours."""
GENK_SEED = 1


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
class _Maker:
    """Deals the answers, and writes the rows that follow from them."""

    chance: random.Random
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def make(self) -> dict[str, list[Row]]:
        people = self._dealt()
        for person in people:
            self._plan(person)
            self._client(person)
            self._trajectories(person)
            if person.category:
                self._trainings(person)
            else:
                self._traps(person)
            self._follow_ups(person)
        self._staff()
        return self.rows

    def _shuffled(self, deal: Deal[T]) -> list[T]:
        hand = [value for value, times in deal for _ in range(times)]
        self.chance.shuffle(hand)
        return hand

    def _some(self, people: Iterable[Person], size: int) -> list[Person]:
        return self.chance.sample(list(people), size)

    def _weighted(self, deal: Deal[T]) -> T:
        return self.chance.choices([value for value, _ in deal], [weight for _, weight in deal])[0]

    def _dealt(self) -> list[Person]:
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
            person.country, person.language = self._weighted(COUNTRIES)
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

    def _plan(self, person: Person) -> None:
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

    def _add(self, sheet: Sheet, **cells: Plain) -> None:
        names = [column.name for column in sheet.columns]
        if strangers := cells.keys() - set(names):
            raise KeyError(strangers)
        self.rows.setdefault(sheet.name, []).append([cells.get(name) for name in names])

    def _client(self, person: Person) -> None:
        first = FIRST_NAMES[person.at % len(FIRST_NAMES)]
        last = LAST_NAMES[person.at // len(FIRST_NAMES)]
        own = "BE" if person.origin in ("BB", "BF", "UNKNOWN") else person.country
        parents = {"BB": "BE", "UNKNOWN": None}.get(person.origin, person.country)
        dual = person.origin == "BF" and self.chance.random() < 0.3
        self._add(
            CLIENTS,
            klantnr=person.number,
            voornaam=first,
            achternaam=last,
            geboortedatum=self._birth(person),
            geslacht=person.gender,
            nationaliteit=(own, person.country) if dual else (own,),
            eerste_nationaliteit=None if person.origin == "UNKNOWN" else self._first_nationality(person, own),
            nationaliteit_vader=parents,
            nationaliteit_moeder=parents,
            gemeente_nis="OTHER_FLANDERS",
            postcode="3600",
            email=f"demo{person.at + 1:04d}@voorbeeld.invalid" if person.at % 3 else None,
            thuistaal=person.language,
        )

    def _first_nationality(self, person: Person, own: str) -> str:
        return person.country if person.origin == "BF" and self.chance.random() < 0.5 else own

    def _birth(self, person: Person) -> date | None:
        """A birthday that puts the person in the dealt age band on the day of the first intake."""
        if person.ages is None:
            return None
        age = self.chance.randint(*person.ages)
        intake = person.visits[0].intake
        birthday = date(intake.year - age, intake.month, min(intake.day, 28))
        return birthday - timedelta(days=self.chance.randrange(360))

    def _trajectories(self, person: Person) -> None:
        source, channel = person.referral
        for visit in person.visits:
            again = visit is not person.visits[0]
            self._add(
                TRAJECTORIES,
                trajectnr=visit.number,
                klantnr=person.number,
                intakedatum=visit.intake,
                dienstverlening="INFO" if person.one_session else "GUIDANCE",
                locatie="Leerwinkel Genk",
                contactwijze=self.chance.choice(("AFSPRAAK", "INLOOP", "TELEFOON")),
                doorverwijzer="ANDER" if again else source,
                kanaal=None if again else channel,
                niveau=self.chance.choice(LEVELS[person.level]),
                statussen=person.statuses,
                nederlands=self._dutch(person),
                begeleider=self.chance.choice(STAFFING[:2])[0],
                afgesloten_op=visit.closed_on,
                afsluitreden=self._close_reason(person, visit),
            )
            for day, attended in visit.sessions:
                minutes = self.chance.choice((45, 60, 75)) if attended == "J" else None
                self._add(
                    SESSIONS,
                    trajectnr=visit.number,
                    datum=day,
                    minuten=minutes,
                    wijze="AFSPRAAK",
                    locatie="Leerwinkel Genk",
                    aanwezig=attended,
                    stap=str(self.chance.randint(1, 4)) if attended == "J" else None,
                )

    def _dutch(self, person: Person) -> str:
        if person.category == "NT2":
            return self._weighted([("A1", 2), ("A2", 6), ("B1", 2)])
        if person.origin in ("BB", "UNKNOWN"):
            return "L1"
        return self._weighted([("B1", 2), ("B2", 3), ("C1", 1)])

    def _close_reason(self, person: Person, visit: Visit) -> str | None:
        if visit.closed_on is None:
            return None
        if person.category:
            return "OPLEIDING_GESTART"
        return "INFO_VOLSTAAT" if person.one_session else "NIET_MEER_BEREIKBAAR"

    def _trainings(self, person: Person) -> None:
        """The main start in the last visit, sometimes with a lower one or a stopped one before it."""
        visit = person.visits[-1]
        start = visit.intake + timedelta(days=self.chance.randrange(30, 120))
        main = f"{visit.number}-O1"
        status, moved = self._status(person, start)
        restarted = person.category == "SEC_DIPLOMA" and not person.stopped and person.at % 9 == 0
        if restarted:
            early = start - timedelta(days=20)
            other = f"{visit.number}-O2"
            self._training(visit, other, "VOCATIONAL", early, "STOPPED", start, "VERKEERDE_KEUZE")
        elif person.category == "SEC_DIPLOMA" and person.origin != "BB" and person.at % 4 == 0:
            self._training(visit, f"{visit.number}-O2", "NT2", start - timedelta(days=25), "COMPLETED", start)
        reason = self.chance.choice(("WERK", "GEZIN", "UREN", "MOTIVATIE")) if person.stopped else None
        self._training(visit, main, person.category, start, status, moved, reason)
        self._qualify(person, main, start)

    def _status(self, person: Person, start: date) -> tuple[str, date]:
        if person.stopped:
            return "STOPPED", start + timedelta(days=self.chance.randrange(150, 240))
        if person.certificate in ("DIPLOMA_SO", "BACHELOR"):
            return "COMPLETED", start + timedelta(days=600)
        return self.chance.choice(("ONGOING", "STARTED")), start

    def _training(
        self,
        visit: Visit,
        number: str,
        category: str,
        start: date,
        status: str,
        moved: date,
        stop_reason: str | None = None,
    ) -> None:
        self._add(
            TRAININGS,
            opleidingnr=number,
            trajectnr=visit.number,
            titel=TITLES[category],
            aanbieder="Demoschool",
            categorie=category,
            studiegebied=self._weighted(AREAS[category]),
            startdatum=start,
            status=status,
            statusdatum=moved,
            stopreden=stop_reason,
        )

    def _qualify(self, person: Person, training: str, start: date) -> None:
        earned = start + timedelta(days=140)
        if person.certificate in ("DIPLOMA_SO", "BACHELOR"):
            self._add(QUALIFICATIONS, opleidingnr=training, type="DEELCERT", datum=earned, gedeeltelijk=True)
            earned = start + timedelta(days=600)
        if person.certificate:
            partial = person.certificate in ("DEELCERT", "CERT", "BK_BEWIJS")
            self._add(
                QUALIFICATIONS,
                opleidingnr=training,
                type=person.certificate,
                datum=earned,
                gedeeltelijk=partial,
            )
        elif person.category == "VOCATIONAL" and person.at % 2:
            self._add(QUALIFICATIONS, opleidingnr=training, type="ATTEST_VDAB", datum=earned)

    def _traps(self, person: Person) -> None:
        """What must not count as a start: no-show, enrolled only, and a training that ran already."""
        visit = person.visits[0]
        soon = visit.intake + timedelta(days=30)
        number = f"{visit.number}-O1"
        if person.outcome == "NOT_STARTED" and person.at % 5 == 0:
            self._training(visit, number, "SEC_DIPLOMA", soon, "NO_SHOW", soon)
        elif person.outcome == "UNKNOWN" and person.at % 5 == 0:
            self._training(visit, number, "VOCATIONAL", soon, "ENROLLED", soon)
        elif person.outcome == "UNKNOWN" and person.at % 5 == 1:
            before = visit.intake - timedelta(days=200)
            self._training(visit, number, "VOCATIONAL", before, "ONGOING", before)

    def _follow_ups(self, person: Person) -> None:
        visit = person.visits[-1]
        add: Callable[..., None] = lambda **cells: self._add(FOLLOW_UPS, trajectnr=visit.number, **cells)  # noqa: E731
        soon = visit.intake + timedelta(days=21)
        match person.outcome:
            case "ORIENTING":
                add(moment="F1", datum=soon, bereikt=True, uitkomst="ORIENTING")
            case "STALE":
                add(moment="F1", datum=soon, bereikt=True, uitkomst="ORIENTING")
            case "NOT_STARTED":
                add(moment="F1", datum=soon, bereikt=True, uitkomst="ORIENTING")
                add(moment="F2", datum=soon + timedelta(days=30), bereikt=True, uitkomst="NOT_STARTED")
            case "STARTED":
                add(moment="F2", datum=soon + timedelta(days=100), bereikt=True, uitkomst="STARTED")
            case "UNKNOWN" if person.at % 2:
                add(moment="F1", datum=soon, bereikt=False, uitkomst="UNKNOWN")

    def _staff(self) -> None:
        for name, fte, first, last, paid in STAFFING:
            self._add(
                STAFF,
                naam=name,
                vte=Decimal(fte),
                van=GENK_FROM + timedelta(days=first),
                tot=None if last is None else GENK_FROM + timedelta(days=last),
                bezoldigd=paid,
            )


def genk_rows(seed: int = GENK_SEED) -> dict[str, list[Row]]:
    """The rows of each sheet, in the order of its columns."""
    return _Maker(random.Random(seed)).make()  # noqa: S311 (invented people, not secrets)


def genk_workbook(seed: int = GENK_SEED) -> bytes:
    """The .xlsx with these rows; the same seed gives the same people."""
    return workbook_bytes(genk_rows(seed))


def write_workbook(path: Path, seed: int = GENK_SEED) -> None:
    """Write the workbook. Raises DiskFull or VaultUnreachable."""
    write_durably(path, genk_workbook(seed))
