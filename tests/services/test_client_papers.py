"""Slips, letters and handovers tell what they may, and nothing that betrays (DOMAIN.md §6, §9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from leerwinkel_desktop.domain.advice import BetrayingWord
from leerwinkel_desktop.domain.clients import Talent
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.trajectories import LearningQuestion, Referral, Session, Trajectory
from leerwinkel_desktop.printing.pages import extract_text, page_count
from leerwinkel_desktop.services import appointments, auditing, client_papers, dossiers, problems, sheets
from leerwinkel_desktop.services.client_paper_texts import DRAFT, time_in_full
from leerwinkel_desktop.services.client_papers import Kind, NotAgreed, Wanted
from leerwinkel_desktop.services.rights import consents

SCHOOL = "CVO Voorbeeld"


@pytest.fixture
def trajectory(office: Any) -> Trajectory:
    view = dossiers.create(office, first_name="Amina", last_name="Verzonnen", phone="0470 00 00 00")
    sheets.set_house(office, address="Proefplein 1", phone="015 00 00 00")
    dossiers.add(office, Talent, view.dossier.id, description="Ik reken snel.")
    assert view.trajectory is not None
    dossiers.add(office, LearningQuestion, view.trajectory.id, own_words="Ik wil een winkel.")
    return dossiers.change(office, Trajectory, view.trajectory.id, counsellor="Els Voorbeeld")


@pytest.fixture
def referral(office: Any, trajectory: Trajectory) -> Referral:
    return dossiers.add(office, Referral, trajectory.id, partner_name=SCHOOL)


def _plan(office: Any, trajectory: Trajectory, days: int = 7, **more: Any) -> Session:
    day = office.today() + timedelta(days=days)
    return appointments.plan(office, trajectory.id, **{"date": day, "starts_at": "14:30", **more})


def _text(pdf: bytes) -> str:
    return " ".join(extract_text(pdf).split())


def _answer(office: Any, trajectory: Trajectory, purpose: str, state: str, **more: Any) -> None:
    consents.answer(office, trajectory.dossier_id or "", purpose, state, **more)


@pytest.mark.parametrize(("clock", "said"), [("09:00", "9 uur"), ("14:30", "14.30 uur")])
def test_a_time_is_written_as_people_say_it(clock: str, said: str):
    assert time_in_full(clock) == said


def test_a_slip_says_when_where_with_whom_and_what_to_bring(office, trajectory):
    planned = _plan(office, trajectory, location="Bibliotheek, 1e verdieping")
    _plan(office, trajectory, days=-3, location="Gisteren")
    bring = "Je identiteitskaart\nJe diploma"
    text = _text(client_papers.render(office, Wanted(Kind.SLIP, trajectory.id, bring=bring)))
    for words in (
        "Mijn afspraak Amina",
        "maandag 9 februari 2026",
        "14.30 uur",
        "Bibliotheek, 1e verdieping",
        "Els Voorbeeld",
        "015 00 00 00",
        "Je identiteitskaart",
        "Je diploma",
    ):
        assert words in text, words
    assert planned.date == date(2026, 2, 9)
    assert "Gisteren" not in text
    assert "Verzonnen" not in text


@pytest.mark.parametrize(("times", "large", "sides"), [(4, False, 1), (5, False, 2), (3, True, 2)])
def test_four_slips_go_on_a_side_and_two_in_large_print(office, trajectory, times, large, sides):
    _plan(office, trajectory, location="Bibliotheek")
    pdf = client_papers.render(office, Wanted(Kind.SLIP, trajectory.id, times=times, large=large))
    assert page_count(pdf) == sides
    assert _text(pdf).count("Bibliotheek") == times
    assert pdf == client_papers.render(office, Wanted(Kind.SLIP, trajectory.id, times=times, large=large))


def test_long_words_get_the_room_they_need_and_none_is_lost(office, trajectory):
    place = " ".join(f"woord{n}" for n in range(24))
    _plan(office, trajectory, location=place)
    bring = "\n".join(f"ding {n} dat je zeker niet mag vergeten" for n in range(20))
    for large in (False, True):
        text = _text(client_papers.render(office, Wanted(Kind.SLIP, trajectory.id, bring=bring, large=large)))
        assert all(f"woord{n}" in text for n in range(24))
        assert all(f"ding {n}" in text for n in range(20))


def test_without_an_appointment_there_is_no_slip(office, trajectory):
    with pytest.raises(NotFound):
        client_papers.render(office, Wanted(Kind.SLIP, trajectory.id))


def test_a_place_that_betrays_becomes_a_line_to_write_on(office, trajectory):
    _plan(office, trajectory, location="Gevangenis Demostad, lokaal 2", mode="GEVANGENIS")
    text = _text(client_papers.render(office, Wanted(Kind.SLIP, trajectory.id)))
    assert "evangenis" not in text
    assert "Waar? ....." in text


def test_what_to_bring_may_not_betray(office, trajectory):
    _plan(office, trajectory)
    with pytest.raises(BetrayingWord) as caught:
        client_papers.render(office, Wanted(Kind.SLIP, trajectory.id, bring="een attest van de gevangenis"))
    assert "niet op dit blad" in str(problems.sentence(caught.value))


def test_a_letter_tells_only_what_was_ticked(office, trajectory, referral):
    _answer(office, trajectory, "SHARE_PARTNER", "GIVEN", partner="cvo voorbeeld")
    wanted = Wanted(Kind.LETTER, trajectory.id, referral.id, frozenset({"WISH"}))
    text = _text(client_papers.render(office, wanted))
    for words in (SCHOOL, "Amina Verzonnen", "Ik wil een winkel.", "Ja gezegd op maandag 2 februari 2026"):
        assert words in text, words
    assert "Ik reken snel" not in text
    assert "0470" not in text
    assert DRAFT not in text
    more = _text(client_papers.render(office, replace(wanted, told=frozenset({"TALENTS", "CONTACT"}))))
    assert "Ik reken snel." in more
    assert "0470 00 00 00" in more
    assert "winkel." not in more


def test_a_letter_is_a_draft_until_the_client_says_yes_to_this_partner(office, trajectory, referral):
    wanted = Wanted(Kind.LETTER, trajectory.id, referral.id)
    assert DRAFT in _text(client_papers.render(office, wanted))
    _answer(office, trajectory, "SHARE_PARTNER", "GIVEN", partner="VDAB Demostad")
    assert DRAFT in _text(client_papers.render(office, wanted))
    assert not client_papers.choices(office, trajectory.id).agreed(Kind.LETTER, SCHOOL)
    _answer(office, trajectory, "SHARE_PARTNER", "WITHDRAWN", how="ORAL")
    with pytest.raises(NotAgreed):
        client_papers.render(office, wanted)


def test_a_word_in_a_letter_that_betrays_is_refused_with_its_field(office, trajectory, referral):
    dossiers.add(office, Talent, trajectory.dossier_id or "", description="Ik kookte in de gevangenis.")
    wanted = Wanted(Kind.LETTER, trajectory.id, referral.id, frozenset({"TALENTS"}))
    with pytest.raises(BetrayingWord) as caught:
        client_papers.render(office, wanted)
    assert caught.value.field == "talent.description"
    assert client_papers.render(office, replace(wanted, told=frozenset({"WISH"})))


@pytest.mark.parametrize("state", ["REFUSED", "WITHDRAWN", None])
def test_a_handover_is_not_printed_as_agreed_without_a_yes(office, trajectory, referral, state):
    if state == "WITHDRAWN":
        _answer(office, trajectory, "WARM_HANDOVER", "GIVEN")
    if state is not None:
        _answer(office, trajectory, "WARM_HANDOVER", state, how="ORAL")
    wanted = Wanted(Kind.HANDOVER, trajectory.id, referral.id)
    with pytest.raises(NotAgreed) as caught:
        client_papers.render(office, replace(wanted, given=True))
    assert "Er is niets gemaakt" in str(problems.sentence(caught.value))
    text = _text(client_papers.render(office, wanted))
    assert "Mijn handtekening" in text
    assert "getuige" in text
    assert "Ja gezegd" not in text


def test_a_handover_with_a_yes_says_how_and_who_was_there(office, trajectory, referral):
    _answer(office, trajectory, "WARM_HANDOVER", "GIVEN", how="ORAL_WITNESS", witness="Jan Getuige")
    wanted = Wanted(Kind.HANDOVER, trajectory.id, referral.id, frozenset({"WISH"}), given=True)
    text = _text(client_papers.render(office, wanted))
    for words in (SCHOOL, "Ik wil een winkel.", "Ja gezegd op", "Jan Getuige", "Mondeling, met getuige"):
        assert words in text, words
    assert "Mijn handtekening" not in text


def test_the_trail_says_which_paper_and_of_which_dossier_and_nothing_else(office, trajectory):
    _plan(office, trajectory)
    wanted = Wanted(Kind.SLIP, trajectory.id, bring="een geheim ding")
    client_papers.render(office, wanted)
    assert client_papers.make(office, wanted) == client_papers.render(office, wanted)
    (entry,) = (one for one in auditing.entries(office) if (one.action or "").startswith("paper."))
    assert (entry.action, entry.subject) == ("paper.slip", trajectory.dossier_id)
    assert "geheim" not in str(entry)


def test_what_can_be_told_is_what_there_is(office, trajectory, referral):
    found = client_papers.choices(office, trajectory.id)
    assert [one.code for one in found.told] == ["CONTACT", "WISH", "TALENTS"]
    assert found.referrals == ((referral.id, SCHOOL),)
    assert found.appointments == ()
