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


@pytest.fixture
def twice(office):
    """The numbers of one invented man who was written down twice."""
    opened = vaults.unlock(office.folder / "office", office.word.read_text().strip())
    numbers = [
        dossiers.create(opened, first_name=name, last_name="Tweemaal").client.client_no
        for name in ("Youssef", "Yusuf")
    ]
    opened.close()
    return numbers


def test_merge_and_take_it_back(office, twice):
    keep, double = twice
    assert office.data("office", "dossier", "merge", keep, double) == {"kept": keep, "merged": double}
    assert [hit["number"] for hit in office.data("office", "dossier", "list", "Yusuf")] == [keep]
    kinds = [record["kind"] for record in office.data("office", "dossier", "show", double)]
    assert kinds == ["client", "dossier", "client", "dossier", "trajectory", "trajectory"]
    done = office.on("office", "dossier", "merge", "--undo", double)
    assert done.exit_code == 0
    assert double in done.stdout
    assert {hit["number"] for hit in office.data("office", "dossier", "list", "Tweemaal")} == set(twice)


def test_a_merge_that_cannot_be_is_refused(office, twice, assert_refused):
    keep, double = twice
    assert_refused(office.on("office", "dossier", "merge", keep, keep), 1)
    assert_refused(office.on("office", "dossier", "merge", keep, "NIET-1"), 1)
    assert_refused(office.on("office", "dossier", "merge", "--undo", double), 1)
    for words in ([keep], [keep, double, "--undo", double], [keep, double, keep]):
        assert office.on("office", "dossier", "merge", *words).exit_code == 2
    assert len(office.data("office", "dossier", "list", "Tweemaal")) == 2
