"""Keeps the anonymous people, the reports that left the house, and how the one counted in the other."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date

from leerwinkel_desktop.domain.indicators import anonymous, population
from leerwinkel_desktop.domain.indicators.anonymous import Anonymous
from leerwinkel_desktop.domain.indicators.population import Answer, Leaving
from leerwinkel_desktop.domain.indicators.scope import Scope
from leerwinkel_desktop.store.connection import Connection

_SCOPE = "starts_on = ? AND ends_on = ? AND as_of = ? AND programme = ? AND location = ?"


def _cells(scope: Scope) -> tuple[str, ...]:
    days = (scope.start.isoformat(), scope.end.isoformat(), scope.as_of.isoformat())
    return (*days, scope.programme or "", scope.location or "")


def publish(connection: Connection, scope: Scope, at_ms: int) -> bool:
    """Remember that figures of this scope left the house; False when that is known."""
    columns = "starts_on, ends_on, as_of, programme, location, at_ms"
    cursor = connection.execute(
        f"INSERT OR IGNORE INTO publication ({columns}) VALUES (?, ?, ?, ?, ?, ?)",  # noqa: S608
        (*_cells(scope), at_ms),
    )
    return bool(cursor.rowcount)


def publications(connection: Connection) -> list[tuple[int, Scope]]:
    """The reports that left the house, by number."""
    rows = connection.execute(
        "SELECT number, starts_on, ends_on, as_of, programme, location FROM publication ORDER BY number"
    )
    return [(row[0], _scope(*row[1:])) for row in rows]


def _scope(start: str, end: str, as_of: str, programme: str, location: str) -> Scope:
    day = date.fromisoformat
    return Scope(day(start), day(end), day(as_of), programme or None, location or None)


def keep(connection: Connection, leaving: Leaving) -> None:
    """Keep one anonymous person, under a random number that tells no order."""
    number = secrets.randbits(53)
    facts = anonymous.encode(leaving.person).decode()
    connection.execute("INSERT INTO statistic VALUES (?, ?)", (number, facts))
    connection.executemany(
        "INSERT INTO frozen_answer VALUES (?, ?, ?)",
        [(publication, number, _text(answer)) for publication, answer in leaving.answers],
    )


def _text(answer: Answer) -> str:
    return population.encode_answer(answer).decode()


def anonymous_people(connection: Connection) -> dict[int, Anonymous]:
    """All anonymous people by number."""
    rows: Iterable[tuple[int, str]] = connection.execute("SELECT number, facts FROM statistic")
    return {number: anonymous.decode(facts) for number, facts in rows}


def frozen_answers(connection: Connection, scope: Scope) -> Mapping[int, Answer]:
    """How anonymous people counted in this very report, where the years alone would not tell."""
    rows = connection.execute(
        "SELECT statistic, answer FROM frozen_answer JOIN publication "  # noqa: S608
        f"ON publication.number = publication WHERE {_SCOPE}",
        _cells(scope),
    )
    return {number: population.decode_answer(answer) for number, answer in rows}
