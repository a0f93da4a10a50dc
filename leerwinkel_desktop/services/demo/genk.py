"""Makes the registration workbook that reproduces the published table of Genk, with invented people.

The table prints only percentages. DOMAIN.md §8.1 ("Golden fixture") gives numbers of people that reproduce
every one of them on 438 dossiers and 241 starters; these numbers stand in `genk_deals` and nothing else
decides the figures. The seed only decides who gets which answer. Traps are dealt on purpose: trainings that
ran already, no-shows, restarts, certificates that do not count, outcomes that have grown too old, a trainee.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from leerwinkel_desktop.services.demo.genk_deals import (
    AREAS,
    FIRST_NAMES,
    LAST_NAMES,
    LEVELS,
    STAFFING,
    TITLES,
)
from leerwinkel_desktop.services.demo.genk_people import (
    GENK_AS_OF,
    GENK_FROM,
    GENK_TO,
    Dealer,
    Person,
    Visit,
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

__all__ = ["GENK_AS_OF", "GENK_FROM", "GENK_TO"]
GENK_SEED = 1
_ORIENTING = ("F1", 21, True, "ORIENTING")
_HEARD = {
    "ORIENTING": [_ORIENTING],
    "STALE": [_ORIENTING],
    "NOT_STARTED": [_ORIENTING, ("F2", 51, True, "NOT_STARTED")],
    "STARTED": [("F2", 121, True, "STARTED")],
    "UNKNOWN": [("F1", 21, False, "UNKNOWN")],
}
"""What was heard after the last intake: the moment, days later, whether they were reached, the outcome."""


@dataclass(slots=True)
class _Maker:
    """Writes the rows that follow from what was dealt."""

    dealer: Dealer
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def make(self) -> dict[str, list[Row]]:
        for person in self.dealer.people():
            self.dealer.plan(person)
            self._client(person)
            self._trajectories(person)
            if person.category:
                self._trainings(person)
            else:
                self._traps(person)
            self._follow_ups(person)
        self._staff()
        return self.rows

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
        dual = person.origin == "BF" and self.dealer.chance.random() < 0.3
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
        return person.country if person.origin == "BF" and self.dealer.chance.random() < 0.5 else own

    def _birth(self, person: Person) -> date | None:
        """A birthday that puts the person in the dealt age band on the day of the first intake."""
        if person.ages is None:
            return None
        age = self.dealer.chance.randint(*person.ages)
        intake = person.visits[0].intake
        birthday = date(intake.year - age, intake.month, min(intake.day, 28))
        return birthday - timedelta(days=self.dealer.chance.randrange(360))

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
                contactwijze=self.dealer.chance.choice(("AFSPRAAK", "INLOOP", "TELEFOON")),
                doorverwijzer="ANDER" if again else source,
                kanaal=None if again else channel,
                niveau=self.dealer.chance.choice(LEVELS[person.level]),
                statussen=person.statuses,
                nederlands=self._dutch(person),
                begeleider=self.dealer.chance.choice(STAFFING[:2])[0],
                afgesloten_op=visit.closed_on,
                afsluitreden=self._close_reason(person, visit),
            )
            for day, attended in visit.sessions:
                minutes = self.dealer.chance.choice((45, 60, 75)) if attended == "J" else None
                self._add(
                    SESSIONS,
                    trajectnr=visit.number,
                    datum=day,
                    minuten=minutes,
                    wijze="AFSPRAAK",
                    locatie="Leerwinkel Genk",
                    aanwezig=attended,
                    stap=str(self.dealer.chance.randint(1, 4)) if attended == "J" else None,
                )

    def _dutch(self, person: Person) -> str:
        if person.category == "NT2":
            return self.dealer.weighted([("A1", 2), ("A2", 6), ("B1", 2)])
        if person.origin in ("BB", "UNKNOWN"):
            return "L1"
        return self.dealer.weighted([("B1", 2), ("B2", 3), ("C1", 1)])

    def _close_reason(self, person: Person, visit: Visit) -> str | None:
        if visit.closed_on is None:
            return None
        if person.category:
            return "OPLEIDING_GESTART"
        return "INFO_VOLSTAAT" if person.one_session else "NIET_MEER_BEREIKBAAR"

    def _trainings(self, person: Person) -> None:
        """The main start in the last visit, sometimes with a lower one or a stopped one before it."""
        visit = person.visits[-1]
        start = visit.intake + timedelta(days=self.dealer.chance.randrange(30, 120))
        main = f"{visit.number}-O1"
        status, moved = self._status(person, start)
        restarted = person.category == "SEC_DIPLOMA" and not person.stopped and person.at % 9 == 0
        if restarted:
            early = start - timedelta(days=20)
            other = f"{visit.number}-O2"
            self._training(visit, other, "VOCATIONAL", early, "STOPPED", start, "VERKEERDE_KEUZE")
        elif person.category == "SEC_DIPLOMA" and person.origin != "BB" and person.at % 4 == 0:
            self._training(visit, f"{visit.number}-O2", "NT2", start - timedelta(days=25), "COMPLETED", start)
        reason = self.dealer.chance.choice(("WERK", "GEZIN", "UREN", "MOTIVATIE")) if person.stopped else None
        self._training(visit, main, person.category, start, status, moved, reason)
        self._qualify(person, main, start)

    def _status(self, person: Person, start: date) -> tuple[str, date]:
        if person.stopped:
            return "STOPPED", start + timedelta(days=self.dealer.chance.randrange(150, 240))
        if person.certificate in ("DIPLOMA_SO", "BACHELOR"):
            return "COMPLETED", start + timedelta(days=600)
        return self.dealer.chance.choice(("ONGOING", "STARTED")), start

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
            studiegebied=self.dealer.weighted(AREAS[category]),
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
        if person.outcome == "UNKNOWN" and person.at % 2 == 0:
            return
        visit = person.visits[-1]
        for moment, days, reached, outcome in _HEARD[person.outcome]:
            self._add(
                FOLLOW_UPS,
                trajectnr=visit.number,
                moment=moment,
                datum=visit.intake + timedelta(days=days),
                bereikt=reached,
                uitkomst=outcome,
            )

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
    return _Maker(Dealer(random.Random(seed))).make()  # noqa: S311 (invented people, not secrets)


def genk_workbook(seed: int = GENK_SEED) -> bytes:
    """The .xlsx with these rows; the same seed gives the same people."""
    return workbook_bytes(genk_rows(seed))


def write_workbook(path: Path, seed: int = GENK_SEED) -> None:
    """Write the workbook. Raises DiskFull or VaultUnreachable."""
    write_durably(path, genk_workbook(seed))
