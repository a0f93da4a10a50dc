"""What a counsellor does with dossiers: make, find, open, change, remove, look back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.trajectories import Barrier, Session, Trajectory
from leerwinkel_desktop.services import dossiers, sheets


@pytest.fixture
def view(office):
    return dossiers.create(office, first_name="Verzonnen", last_name="Voorbeeld")


def test_a_new_dossier_is_open_and_has_a_trajectory(office, tools, view):
    assert view.client.client_no == "MEC-2026-0001"
    assert (view.dossier.status, view.dossier.opened_on) == ("ACTIVE", tools.TODAY)
    trajectory = view.trajectory
    assert trajectory is not None
    assert (trajectory.trajectory_no, trajectory.seq) == ("MEC-2026-0001-T1", 1)
    assert (trajectory.intake_date, trajectory.status) == (tools.TODAY, "OPEN")
    assert dossiers.load(office, view.client.id) == view
    assert dossiers.find_number(office, " MEC-2026-0001 ") == view
    assert dossiers.count(office) == 1


def test_a_bad_value_makes_nothing_and_uses_no_number(office, tools, view):
    before = tools.dump(office)
    with pytest.raises(InvalidValue):
        dossiers.create(office, gender="ZZZ")
    assert tools.dump(office) == before
    assert dossiers.create(office).client.client_no == "MEC-2026-0002"


def test_a_number_that_a_workbook_brought_is_passed_over(office, tools, view):
    tools.save(office, replace(view.client, client_no="MEC-2026-0002"))
    assert dossiers.create(office).client.client_no == "MEC-2026-0003"


def test_a_new_year_counts_anew(office, view):
    later = replace(office, today=lambda: date(2027, 1, 1))
    assert dossiers.create(later).client.client_no == "MEC-2027-0001"
    assert dossiers.create(office).client.client_no == "MEC-2026-0002"


def test_the_whole_tree_is_loaded_oldest_first(office, view):
    talents = [dossiers.add(office, Talent, view.dossier.id, description=text) for text in ("Een", "Twee")]
    second = dossiers.add_trajectory(office, view)
    barrier = dossiers.add(office, Barrier, second.id, weight=2)
    loaded = dossiers.reload(office, view.client.id)
    assert loaded.of(Talent) == tuple(talents)
    assert loaded.of(Barrier) == (barrier,)
    assert loaded.of(Session) == ()
    assert loaded.trajectory == second
    assert (second.seq, second.trajectory_no) == (2, "MEC-2026-0001-T2")


def test_changing_some_fields_leaves_the_others_to_whoever_changed_them(office, view):
    stale = view.client
    dossiers.change(office, Client, stale.id, phone="0470")
    dossiers.change(office, Client, stale.id, email="x@voorbeeld.invalid")
    client = dossiers.reload(office, stale.id).client
    assert (client.phone, client.email) == ("0470", "x@voorbeeld.invalid")
    assert [dict(saved.patch) for saved in dossiers.history(office, view)][:2] == [
        {"email": "x@voorbeeld.invalid"},
        {"phone": "0470"},
    ]


def test_saving_the_same_says_so(office, view):
    assert dossiers.save(office, view.client) is False
    assert dossiers.save(office, replace(view.client, phone="0470")) is True


def test_a_removed_part_goes_and_comes_back(office, view):
    talent = dossiers.add(office, Talent, view.dossier.id, description="Koken")
    dossiers.remove(office, talent)
    assert dossiers.reload(office, view.client.id).of(Talent) == ()
    dossiers.save(office, talent)
    assert dossiers.reload(office, view.client.id).of(Talent) == (talent,)


@pytest.mark.parametrize("number", ["", "MEC-2026-9999", "'; DROP TABLE client; --", "\udcff", "\0"])
def test_a_number_that_is_not_there(office, view, number):
    with pytest.raises(NotFound) as caught:
        dossiers.find_number(office, number)
    assert caught.value.kind == "client"


def test_a_removed_client_is_not_there(office, view):
    dossiers.remove(office, view.client)
    for act in (dossiers.load, dossiers.reload):
        with pytest.raises(NotFound):
            act(office, view.client.id)
    with pytest.raises(NotFound):
        dossiers.change(office, Client, view.client.id, phone="0470")
    assert dossiers.count(office) == 0


def test_opening_is_written_down_with_ids_only(office, tools, view):
    dossiers.load(office, view.client.id)
    audit = tools.dump(office)["audit_entry"]
    assert [row[4] for row in audit].count("dossier.opened") == 1
    assert "Verzonnen" not in repr(audit)
    assert any(row[5] == view.client.id for row in audit)


def test_labels_of_kinds(office):
    assert dossiers.label_of("trajectory") == Trajectory.label
    assert dossiers.label_of("iets") == "iets"


def test_a_sheet_that_was_printed_is_remembered(office, tools, view, tmp_path):
    assert view.trajectory is not None
    made = sheets.for_dossier(office, view, "ORDINARY")
    sheets.write(made, tmp_path / "blad.pdf")
    assert (tmp_path / "blad.pdf").read_bytes() == made.pdf
    first = sheets.mark_printed(office, view.trajectory.id, "ORDINARY", made)
    second = sheets.mark_printed(office, view.trajectory.id, "PORTABLE", made, large_print=True)
    assert (first.version, second.version, second.variant, second.large_print) == (1, 2, "PORTABLE", True)
    assert first.printed_at == tools.TODAY
    assert len(first.sha256 or "") == 64
    assert [row[4] for row in tools.dump(office)["audit_entry"]].count("sheet.printed") == 2
