"""Who may be the same as a new client: in this vault, and on a laptop in the office's index of people too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.same_person import HINT, Likeness, Person, compare
from leerwinkel_desktop.services import doubles
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import along


@dataclass(frozen=True, slots=True)
class Resembling:
    """Somebody who resembles the new client, and why; `here` is whether their dossier can be opened."""

    client_id: str
    name: str
    number: str | None
    birth_date: date | None
    birth_year: int | None
    place: str | None
    score: int
    reasons: tuple[str, ...]
    here: bool


def of_client(workspace: Workspace, client: Client, limit: int = 5) -> list[Resembling]:
    """The people most like this client, most alike first; without a name nobody is."""
    if not (client.first_name or client.last_name):
        return []
    person = Person(
        first_name=client.first_name,
        last_name=client.last_name,
        birth_date=client.birth_date,
        birth_year=client.birth_year,
        gender=client.gender,
        nis_code=client.nis_code,
        phone=client.phone,
        email=client.email,
    )
    found = [_here(hint) for hint in doubles.like(workspace, person, limit, but_not=client.id)]
    found += _at_office(workspace, person)
    return sorted(found, key=lambda one: (-one.score, one.client_id))[:limit]


def _here(hint: doubles.Hint) -> Resembling:
    facts = hint.facts
    return Resembling(
        client_id=facts.client_id,
        name=_name(facts.first_name, facts.last_name),
        number=facts.numbers[0] if facts.numbers else None,
        birth_date=facts.birth_date,
        birth_year=facts.birth_year,
        place=facts.place,
        score=hint.score,
        reasons=hint.reasons,
        here=True,
    )


def _at_office(workspace: Workspace, person: Person) -> Iterator[Resembling]:
    """Those whose dossier is at the office; looked for by their day of birth."""
    born = person.birth_date
    if born is None:
        return
    with workspace.database.read() as reader:
        listed = list(along.hints(reader.connection, born.isoformat()))
    for one in listed:
        likeness = compare(person, _person(one))
        if likeness.score >= HINT:
            yield _elsewhere(one, likeness)


def _person(one: along.Hint) -> Person:
    return Person(first_name=one.first_name, last_name=one.last_name, birth_date=_day(one.birth_date))


def _elsewhere(one: along.Hint, likeness: Likeness) -> Resembling:
    return Resembling(
        client_id=one.client_id,
        name=_name(one.first_name, one.last_name),
        number=one.client_no,
        birth_date=_day(one.birth_date),
        birth_year=None,
        place=one.place,
        score=likeness.score,
        reasons=tuple(doubles.REASONS[reason] for reason in likeness.reasons),
        here=False,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _name(first: str | None, last: str | None) -> str:
    return " ".join(filter(None, (first, last)))
