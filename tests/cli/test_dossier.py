"""`leerwinkel dossier`: list and show."""

from __future__ import annotations

import pytest

from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.domain.trajectories import AdviceStep
from leerwinkel_desktop.services import dossiers, vaults


def test_list(pair):
    (found,) = pair.data("office", "dossier", "list", "verz 0470")
    assert (found["first_name"], found["last_name"]) == ("Verzonnen", "Voorbeeld")
    assert found["number"] in pair.on("office", "dossier", "list").stdout
    assert pair.data("office", "dossier", "list", "niemand") == []
    assert "geen dossiers" in pair.on("office", "dossier", "list", "niemand").stdout


def test_show(office):
    (found,) = office.data("office", "dossier", "list")
    told = office.data("office", "dossier", "show", found["number"])
    assert [record["kind"] for record in told] == ["client", "dossier", "trajectory"]
    assert told[0]["phone"] == "0470 12 34 56"
    text = office.on("office", "dossier", "show", found["number"]).stdout
    assert "Voornaam: Verzonnen" in text
    assert "Status: " in text
    assert "ACTIVE" not in text, "codes are shown by their labels"


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_the_detention_block_is_not_shown(office, more):
    opened = vaults.unlock(office.folder / "office", office.word.read_text().strip())
    (hit,) = dossiers.search(opened, "")
    view = dossiers.load(opened, hit.client_id)
    dossiers.add(opened, DetentionEpisode, view.dossier.id, prison="Verzonnen gevangenis")
    assert view.trajectory is not None
    dossiers.add(opened, AdviceStep, view.trajectory.id, what="Bellen", inside=True)
    opened.close()
    done = office.on("office", "dossier", "show", hit.client_no, *more)
    assert done.exit_code == 0
    assert "gevangenis" not in done.stdout
    assert "detention" not in done.stdout
    assert "Bellen" in done.stdout
    assert "binnen" not in done.stdout
    assert '"inside"' not in done.stdout


def test_any_bytes_for_a_number(office, assert_refused):
    assert_refused(office.on("office", "dossier", "show", "\udcff"), 1)
    assert office.data("office", "dossier", "list", "\udcff") == office.data("office", "dossier", "list")
