"""A day at the office: a bundle is read, a double decided, figures counted; the laptop hears all is safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from leerwinkel_desktop.services import (
    decisions,
    dossiers,
    doubles,
    enrolment,
    exchange,
    quick_question,
    reports,
    vaults,
)
from leerwinkel_desktop.services.quick_question import Asked, Where
from leerwinkel_desktop.services.reports.lines import lines
from leerwinkel_desktop.services.workspace import Workspace
from tests.faults import memory
from tests.faults.test_leaks import found
from tests.journeys.by_keys import Person
from tests.windows import PASSPHRASE

NAME = "Zwaluwvoorbeeld"
AMINA = {"first_name": "Amina", "last_name": NAME, "birth_date": date(1998, 3, 14), "gender": "V"}
FILE = "Ander bestand …"


@contextmanager
def opened(vault: Path) -> Iterator[Workspace]:
    workspace = vaults.unlock(vault, PASSPHRASE)
    yield workspace
    workspace.close()


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """What a laptop wrote at a fair, on a stick: three people, of whom the office knows one."""
    for name in ("office", "laptop", "stick"):
        (tmp_path / name).mkdir()
    office = vaults.create(tmp_path / "office" / "vault", PASSPHRASE, cost=vaults.TESTS_ONLY).workspace
    laptop = vaults.create(
        tmp_path / "laptop" / "vault", PASSPHRASE, role="laptop", cost=vaults.TESTS_ONLY
    ).workspace
    enrolment.write_enrol_card(laptop, tmp_path / "enrol.lwc")
    enrolment.welcome(office, enrolment.read_enrol_card(tmp_path / "enrol.lwc"), tmp_path / "welcome.lwc")
    enrolment.accept(laptop, tmp_path / "welcome.lwc")
    dossiers.create(office, **AMINA)
    for asked in (Asked(**AMINA), Asked(first_name="Bram"), Asked(first_name="Chantal")):  # type: ignore[arg-type]
        quick_question.keep(laptop, asked, Where())
    written = exchange.write_bundle(laptop, tmp_path / "stick").path
    office.close()
    laptop.close()
    return written


def read_bundle(person: Person, bundle: Path) -> None:
    """First what is in it, then the reading itself."""
    person.press("ctrl+5")
    person.choose(FILE)
    person.answer(bundle, "Kies een bundel")
    person.wait(cursor="Lees in")
    person.station("vooraf")
    person.press("space")
    person.until("read", lambda seen: seen["rests"] and seen["cursor"].startswith("Schrijf bevestiging"))
    person.station("ingelezen")


def decide(person: Person) -> None:
    """The first of the two stays."""
    person.press("ctrl+8")
    person.until("a double", lambda seen: seen["rests"] and seen["cursor"].startswith("Dezelfde persoon"))
    person.station("dubbel")
    person.press("1")
    person.station("beslist")


def write_receipt(person: Person) -> None:
    person.press("ctrl+5")
    person.choose("Schrijf bevestiging")
    person.wait(cursor="Klaar")
    person.station("bevestigd")


def counted(office: Workspace) -> dict[str, object]:
    """How many intakes and people the figures of this year tell."""
    today = office.today()
    report = reports.run(office, reports.ReportRequest("genk", date(today.year, 1, 1), today, today))
    return {line.id: line.n for line in lines(report) if line.id in ("G01", "G02")}


def test_a_day_at_the_office(sit_down: Callable[[Path], Person], bundle: Path, tmp_path: Path):
    person = sit_down(tmp_path / "office" / "vault")
    person.unlock(PASSPHRASE)
    person.station("kantoor")
    read_bundle(person, bundle)
    decide(person)
    person.press("ctrl+6")
    person.wait(page="FiguresPage")
    person.station("cijfers")
    write_receipt(person)
    person.go_home()
    with opened(tmp_path / "office" / "vault") as office:
        assert {hit.first_name for hit in dossiers.search(office, "")} == {"Amina", "Bram", "Chantal"}
        assert doubles.how_many(office) == 0
        assert counted(office) == {"G01": 4, "G02": 3}, "four intakes of three people"
        assert decisions.count(office) == 0
        assert vaults.check(office).good
    (receipt,) = (path for path in bundle.parent.iterdir() if path != bundle)
    laptop = sit_down(tmp_path / "laptop" / "vault")
    laptop.unlock(PASSPHRASE)
    laptop.press("ctrl+5")
    laptop.choose(FILE)
    laptop.answer(receipt, "Kies een bundel")
    laptop.wait_said("veilig op kantoor")
    laptop.until("all is safe", lambda seen: seen["where"].startswith("Alles veilig op kantoor sinds"))
    laptop.station("veilig")
    laptop.go_home()
    with opened(tmp_path / "laptop" / "vault") as workspace:
        pending = exchange.pending(workspace)
        assert (pending.changes, pending.safe_dossiers) == (0, 3)
    secrets = {NAME: memory.spellings(NAME)}
    assert [found(tmp_path / name, secrets) for name in ("office", "laptop")] == [[], []]
