"""A report says which laptops may still hold something, and is silent when everything is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services import enrolment, exchange, reports, vaults
from leerwinkel_desktop.services.reports.completeness import missing
from leerwinkel_desktop.services.workspace import Workspace

TODAY = date.today()


@pytest.fixture
def enrolled(office: Workspace, tmp_path: Path) -> Callable[[str], Workspace]:
    """Make a laptop that belongs to the office."""

    def make(name: str) -> Workspace:
        made = vaults.create(
            tmp_path / name, "een lange zin voor deze test", role="laptop", name=name, cost=vaults.TESTS_ONLY
        )
        card, welcome = tmp_path / f"{name}.card", tmp_path / f"{name}.welcome"
        enrolment.write_enrol_card(made.workspace, card)
        enrolment.welcome(office, enrolment.read_enrol_card(card), welcome)
        enrolment.accept(made.workspace, welcome)
        return made.workspace

    return make


def test_an_office_without_laptops_is_complete(office: Workspace) -> None:
    assert missing(office, TODAY) == ()


def test_a_laptop_that_never_handed_over_is_named(
    office: Workspace, enrolled: Callable[[str], Workspace]
) -> None:
    enrolled("Laptop Rood").close()
    assert missing(office, TODAY) == ("Laptop Rood droeg nog nooit over.",)
    request = reports.ReportRequest("genk", TODAY, TODAY, TODAY)
    assert reports.run(office, request).provisional == missing(office, TODAY)


def test_a_laptop_is_complete_up_to_its_last_hand_over(
    office: Workspace, enrolled: Callable[[str], Workspace], tmp_path: Path
) -> None:
    laptop = enrolled("Laptop Rood")
    with laptop.database.write() as transaction:
        transaction.save(Client(id=new_id(), first_name="Linde"))
    written = exchange.write_bundle(laptop, tmp_path)
    exchange.import_bundle(office, written.path)
    laptop.close()
    assert missing(office, TODAY) == ()
    later = TODAY + timedelta(days=30)
    office_later = replace(office, today=lambda: later)
    assert missing(office_later, TODAY) == ()
    (note,) = missing(office_later, later)
    assert TODAY.isoformat() in note


def test_a_revoked_laptop_holds_nothing_back(office: Workspace, enrolled: Callable[[str], Workspace]) -> None:
    laptop = enrolled("Laptop Rood")
    actor = laptop.device().actor
    laptop.close()
    enrolment.revoke(office, actor)
    assert missing(office, TODAY) == ()


def test_on_a_laptop_only_its_own_dossiers_count(enrolled: Callable[[str], Workspace]) -> None:
    laptop = enrolled("Laptop Rood")
    assert "laptop" in missing(laptop, TODAY)[0]
    laptop.close()
