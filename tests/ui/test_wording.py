"""The small sentences of the window, each in its own case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import dossiers, exchange
from leerwinkel_desktop.ui.pages.dossier.completeness import Filled, filled
from leerwinkel_desktop.ui.pages.dossier.history import changed_fields
from leerwinkel_desktop.ui.pages.dossier.opening import age
from leerwinkel_desktop.ui.pages.dossier.parts import PARTS
from leerwinkel_desktop.ui.pages.dossier.profiled import seen_by
from leerwinkel_desktop.ui.pages.handover.here import holds
from leerwinkel_desktop.ui.pages.handover.laptop import travelling
from leerwinkel_desktop.ui.passphrase import strength
from leerwinkel_desktop.ui.told import taken_in
from leerwinkel_desktop.ui.whereabouts import where_is_it

NOON = int(datetime(2026, 5, 12, 12).timestamp() * 1000)


@pytest.mark.parametrize(
    ("role", "changes", "receipt", "told", "tone"),
    [
        ("office", 9, None, "Kantoor: alles staat hier", "good"),
        ("laptop", 1, NOON, "1 wijziging alleen op deze laptop", "attention"),
        ("laptop", 14, None, "14 wijzigingen alleen op deze laptop", "attention"),
        ("laptop", 0, NOON, "Alles veilig op kantoor sinds di 12 mei", "good"),
        ("laptop", 0, None, "Nog niets om over te dragen", "good"),
    ],
)
def test_where_the_data_is(role, changes, receipt, told, tone):
    assert where_is_it(role, changes, receipt) == (told, tone)


def test_a_laptop_without_an_office_says_so_until_there_is_something_to_lose():
    assert where_is_it("laptop", 0, None, enrolled=False)[0].startswith("Nog niet aangemeld")
    assert where_is_it("laptop", 2, None, enrolled=False)[0] == "2 wijzigingen alleen op deze laptop"


@pytest.mark.parametrize(
    ("passphrase", "word", "tone"),
    [
        ("", "Minstens 14", "muted"),
        ("kort", "Nog 10 tekens", "attention"),
        ("aaaaaaaaaaaaaaaaaaaa", "makkelijk te raden", "attention"),
        ("appel fiets wolk", "makkelijk te raden", "attention"),
        ("appel fiets wolk lamp rivier", "Goed genoeg", "good"),
        ("appel fiets wolk lamp rivier stoel", "Sterke", "good"),
    ],
)
def test_how_strong_a_passphrase_is(passphrase, word, tone):
    told, found = strength(passphrase)
    assert word in told
    assert found == tone


def test_the_top_bar_counts_dossiers_from_receipts():
    told = where_is_it("laptop", 14, NOON, dossiers=(12, 3))
    assert told == ("12 dossiers veilig op kantoor, 3 alleen hier", "attention")
    assert where_is_it("laptop", 1, NOON, dossiers=(1, 1))[0] == "1 dossier veilig op kantoor, 1 alleen hier"
    assert where_is_it("laptop", 14, None, dossiers=(0, 3))[0] == "14 wijzigingen alleen op deze laptop"
    assert where_is_it("laptop", 0, NOON, dossiers=(12, 0))[1] == "good"


def test_what_a_stolen_laptop_holds():
    assert holds(1, 0).startswith("Deze laptop draagt 1 dossier, versleuteld.")
    assert "12 dossiers en 340 namen uit de namenlijst" in holds(12, 340)


def test_how_old_somebody_is():
    today = date(2026, 5, 12)
    assert age(date(1990, 5, 12), None, today) == "36 j"
    assert age(date(1990, 5, 13), 1980, today) == "35 j"
    assert age(None, 1990, today) == "± 36 j"
    assert age(None, None, today) == ""


def pending(changes=0, people=0, receipt=None):
    return exchange.Pending("laptop", True, changes, people, 0, receipt)


def test_what_travels():
    assert travelling(pending())[0] == "Er is nog niets om over te dragen."
    assert travelling(pending(receipt=NOON))[0] == "Niets: alles van deze laptop is al op kantoor."
    assert travelling(pending(1, 1))[0] == "1 wijziging in 1 dossier staat alleen op deze laptop."
    assert travelling(pending(14, 6))[0] == "14 wijzigingen in 6 dossiers staan alleen op deze laptop."


def test_what_came_of_an_import():
    told = taken_in(exchange.Imported("Laptop 1", created=2, changed=1))
    assert told == "Ingelezen: 2 nieuwe gegevens, 1 aangevuld."
    told = taken_in(
        exchange.Imported(
            "Laptop 1", conflicts=3, held=(("a", "b", "c"),), receipt_for="x", skew_ms=25 * 60_000
        )
    )
    assert "Op 3 plaatsen" in told
    assert "1 wijziging is apart gehouden" in told
    assert "Laptop 1 loopt 25 minuten voor" in told
    assert told.endswith("Geef de laptop een bevestiging mee.")


def test_a_part_fills_up(workspace):
    view = dossiers.create(workspace)
    part = next(part for part in PARTS if part.key == "map")
    assert filled(part, view, view.trajectory) is Filled.EMPTY
    assert view.trajectory is not None
    dossiers.save(workspace, replace(view.trajectory, went_well="veel"))
    view = dossiers.reload(workspace, view.client.id)
    assert filled(part, view, view.trajectory) is Filled.HALF
    assert filled(next(part for part in PARTS if part.key == "history"), view, None) is None


def test_every_part_names_fields_that_exist():
    for part in PARTS:
        for kind, name in part.wanted:
            assert name in kind.__dataclass_fields__


def test_the_history_tells_fields_removal_and_return(workspace):
    view = dossiers.create(workspace, first_name="Amina")
    assert view.trajectory is not None
    dossiers.change(workspace, Trajectory, view.trajectory.id, went_well="veel")
    dossiers.remove(workspace, view.trajectory)
    dossiers.save(workspace, replace(view.trajectory, went_well="veel"))
    told = [changed_fields(saved, seen_by(workspace)) for saved in dossiers.history(workspace, view)]
    assert told[0] == "teruggezet"
    assert told[1] == "weggehaald"
    assert told[2] == "Wat liep goed?"
    assert all(one != "Dossier" for one in told)
    saved = dossiers.history(workspace, view)[2]
    merged = changed_fields(replace(saved, merged=True), seen_by(workspace))
    assert merged == "Wat liep goed? · samengevoegd"
