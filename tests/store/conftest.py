"""Databases with a clock that tests set, and a picture of everything that stands in one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from leerwinkel_desktop.domain.fields import Field, Kind
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.store import changelog
from leerwinkel_desktop.store.database import Database
from leerwinkel_desktop.store.devices import Device, write_device

KEY = bytes(range(32))
NOON = 1_770_000_000_000


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: int = NOON) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


class Bench:
    """One database with its clock and the tables to look into."""

    def __init__(self, folder: Path, actor: str = "a" * 32) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "dossiers.db"
        self.clock = Clock()
        self.database = Database(self.path, KEY, codelists(), self.clock)
        device = Device(
            role="laptop",
            name="Laptop",
            number=1,
            town="MEC",
            organisation=None,
            organisation_name=None,
            actor=actor,
            signing_key=bytes(32),
            identity="",
            recovery_recipient=None,
        )
        with self.database.bare() as connection:
            write_device(connection, device)
        self.actor = actor

    def save(self, *records: Any) -> list[bool]:
        with self.database.write() as transaction:
            return [transaction.save(record) for record in records]

    def remove(self, record: Any) -> None:
        with self.database.write() as transaction:
            transaction.remove(record)

    def get(self, record: type[Any], record_id: str) -> Any:
        with self.database.read() as reader:
            return reader.get(record, record_id)

    def find(self, record: type[Any], **equals: Any) -> list[Any]:
        with self.database.read() as reader:
            return reader.find(record, **equals)

    def numbers(self, text: str) -> list[str | None]:
        """The dossier numbers that a typed text finds."""
        with self.database.read() as reader:
            return [hit.client_no for hit in reader.search(text)]

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.database.read() as reader:
            return list(reader.connection.execute(sql, values).fetchall())

    def changes(self) -> list[Any]:
        """The own stream, oldest first."""
        with self.database.read() as reader:
            return list(changelog.stream(reader.connection, self.actor, 0))

    def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables."""
        with self.database.read() as reader:
            tables = reader.connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            ).fetchall()
            return {
                name: sorted(reader.connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
                for (name,) in tables
            }


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path / "vault")
    yield made
    made.database.close()


@pytest.fixture
def new_bench(tmp_path: Path) -> Iterator[Callable[[str], Bench]]:
    made: list[Bench] = []

    def make(actor: str) -> Bench:
        made.append(Bench(tmp_path / f"vault-{len(made)}", actor))
        return made[-1]

    yield make
    for one in made:
        one.database.close()


def some_value(field: Field, dice: random.Random) -> Any:
    """A fitting value for any declared field."""
    match field.kind:
        case Kind.TEXT | Kind.NOTE:
            return dice.choice(["Verzonnen", "Ünïcode ş", "٣ مثال", "a" * min(10, field.max_length), None])
        case Kind.INTEGER:
            return dice.choice([field.low or 0, field.high or 7, None])
        case Kind.DECIMAL:
            return dice.choice([Decimal("0.50"), Decimal("-3"), None])
        case Kind.BOOLEAN:
            return dice.choice([True, False, None])
        case Kind.DATE:
            return dice.choice([date(1990, 5, 3), date(2026, 1, 31), None])
        case Kind.TIME:
            return dice.choice(["09:30", "23:59", None])
        case Kind.CODE | Kind.CODES:
            codes = [code.code for code in codelists()[field.codelist or ""].codes[:4]]
            if field.kind is Kind.CODE:
                return dice.choice([*codes, None])
            return tuple(dice.sample(codes, dice.randint(0, len(codes))))
        case Kind.REF:
            return dice.choice(["0190a0a0-0000-7000-8000-000000000001", None])
        case Kind.REFS:
            return dice.choice([(), ("0190a0a0-0000-7000-8000-000000000001",)])


@pytest.fixture(scope="session")
def value_for() -> Callable[[Field, random.Random], Any]:
    return some_value
