"""Sheets are made of what stands in the dossier, warned about, and remembered when printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from leerwinkel_desktop.domain.advice import BetrayingWord, Variant
from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.domain.detention import DetentionApproval, DetentionEpisode
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.organisation import Programme
from leerwinkel_desktop.domain.trajectories import AdviceStep, LearningQuestion, Option, Trajectory
from leerwinkel_desktop.printing.pages import extract_text
from leerwinkel_desktop.services import dossiers, problems, sheets


@pytest.fixture
def view(office):
    made = dossiers.create(office, first_name="Verzonnen")
    trajectory = made.trajectory
    assert trajectory is not None
    dossiers.add(office, Talent, made.dossier.id, description="Koken")
    dossiers.add(office, LearningQuestion, trajectory.id, own_words="Ik wil lassen leren")
    dossiers.add(office, Option, trajectory.id, title="Lassen", checked_on=date(2026, 1, 9))
    dossiers.add(office, Option, trajectory.id, title="Koken", checked_on=date(2026, 1, 5))
    dossiers.add(office, AdviceStep, trajectory.id, position=1, what="Bellen")
    episode = dossiers.add(office, DetentionEpisode, made.dossier.id, prison="Verzonnen")
    dossiers.add(office, DetentionApproval, episode.id, for_what="Les")
    return dossiers.reload(office, made.client.id)


def test_the_material_is_what_stands_in_the_dossier(office, tools, view):
    sheets.set_house(office, address="Straat 1, Mechelen", walk_in="Elke dinsdag")
    found = sheets.material(office, view.trajectory.id, Variant.INSIDE)
    assert found.client == view.client
    assert found.question is not None
    assert found.question.own_words == "Ik wil lassen leren"
    assert [talent.description for talent in found.talents] == ["Koken"]
    assert [option.title for option in found.options] == ["Lassen", "Koken"]
    assert [step.what for step in found.steps] == ["Bellen"]
    assert found.checked_on == date(2026, 1, 5), "as old as the oldest"
    assert found.episode is not None
    assert [approval.for_what for approval in found.approvals] == ["Les"]
    assert (found.house.name, found.house.address) == ("Leerwinkel Mechelen", "Straat 1, Mechelen")
    assert (found.house.walk_in, found.house.phone) == ("Elke dinsdag", None)
    assert found.today == tools.TODAY


def test_a_trajectory_that_is_not_there(office):
    with pytest.raises(NotFound):
        sheets.render(office, "weg", "ORDINARY")


def test_a_word_that_betrays_stops_the_portable_sheet_only(office, view):
    dossiers.add(office, AdviceStep, view.trajectory.id, position=2, what="Vraag het in de gevangenis")
    assert sheets.for_dossier(office, view, "ORDINARY").pdf
    with pytest.raises(BetrayingWord) as caught:
        sheets.for_dossier(office, view, "PORTABLE")
    told = problems.sentence(caught.value) or ""
    assert "“gevangen” mag niet" in told
    assert "Eerste stap" in told


def test_pictures_and_warnings(office, view):
    made = sheets.for_dossier(office, view, "ORDINARY")
    pictures = list(sheets.pages(made.pdf, 50))
    assert len(pictures) == made.pages
    assert all(sheets.warning_text(warning) for warning in made.warnings)


def test_a_dossier_without_a_trajectory(office, view):
    dossiers.remove(office, view.trajectory)
    with pytest.raises(NotFound) as caught:
        sheets.for_dossier(office, dossiers.reload(office, view.client.id), "ORDINARY")
    assert caught.value.kind == "trajectory"


def test_plain_words_are_put_in_and_taken_back(office, view):
    step = dossiers.add(office, AdviceStep, view.trajectory.id, position=2, what="Ik betaal €25 voor NT2")
    warned = sheets.render(office, view.trajectory.id, "ORDINARY").warnings
    mendable = [one for one in warned if one.finding is not None and one.record_id == step.id]
    assert sheets.warning_text(mendable[0]).endswith("25 euro")

    def what() -> str | None:
        return next(
            one.what for one in dossiers.reload(office, view.client.id).of(AdviceStep) if one.id == step.id
        )

    take_back = sheets.mend(office, mendable[0])
    assert what() == "Ik betaal 25 euro voor NT2"
    assert sheets.mend(office, mendable[0]) is None, "it was mended already"
    assert take_back is not None
    assert take_back()
    assert what() == "Ik betaal €25 voor NT2"
    again = sheets.mend(office, mendable[0])
    dossiers.change(office, AdviceStep, step.id, what="Iets anders")
    assert again is not None
    assert not again(), "what somebody typed meanwhile stays"
    assert what() == "Iets anders"


def test_the_emblems_of_the_programme_and_none_that_betrays(office, view):
    dossiers.save(office, Programme(id=new_id(), code="LIO", logo_set="LIO, esf; Stad Mechelen"))
    dossiers.change(office, Trajectory, view.trajectory.id, programme="LIO")
    logos = {code: sheets.material(office, view.trajectory.id, Variant(code)).logos for code in Variant}
    assert logos[Variant.ORDINARY] == logos[Variant.INSIDE] == ("LIO", "EU", "Stad Mechelen")
    assert logos[Variant.PORTABLE] == ("EU",)
    told = extract_text(sheets.render(office, view.trajectory.id, "PORTABLE").pdf)
    assert "Medegefinancierd door de Europese Unie" in " ".join(told.split())
    assert "LIO" not in told


@pytest.mark.parametrize(
    ("spoken", "beside"),
    [("ar", "ar"), ("ary", "ar"), ("tr", "tr"), ("uk", "uk"), ("fr", "fr"), ("en", "en")],
)
def test_the_language_of_the_client_stands_beside_the_dutch(office, view, spoken, beside):
    dossiers.save(office, replace(view.client, contact_language=spoken))
    assert sheets.for_dossier(office, view, "ORDINARY").language == beside


@pytest.mark.parametrize("spoken", [None, "nl", "ti", "und"])
def test_without_a_catalogue_the_sheet_is_in_dutch_alone(office, view, spoken):
    dossiers.save(office, replace(view.client, contact_language=spoken))
    assert sheets.for_dossier(office, view, "ORDINARY").language == "nl"


def test_the_language_that_was_handed_out_is_kept_and_comes_back(office, view):
    dossiers.save(office, replace(view.client, contact_language="ar"))
    made = sheets.for_dossier(office, view, "ORDINARY", language="fr")
    kept = sheets.mark_printed(office, view.trajectory.id, "ORDINARY", made)
    assert (made.language, kept.language) == ("fr", "fr")
    assert sheets.for_dossier(office, view, "ORDINARY").language == "fr"
    live = sheets.live(office, view.trajectory.id, "ORDINARY", language="nl")
    assert (live.shown.language, live.version) == ("nl", None), "another language is another file"
    assert sheets.live(office, view.trajectory.id, "ORDINARY").version is not None
