"""People are told in plain words, asked for each purpose apart, and may change their mind (DOMAIN.md §9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pypdfium2
import pypdfium2.raw as raw
import pytest

from leerwinkel_desktop.domain.errors import InvalidValue, NotFound
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.printing.pages import extract_text, page_count
from leerwinkel_desktop.printing.words import plain_rules
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.rights import consents, house, informing, texts
from leerwinkel_desktop.store.devices import write_device

PURPOSE = "CONTACT_LATER"


def test_the_page_says_all_that_it_must(office):
    house.set_facts(office, controller="Stad Demostad", dpo="An Voorbeeld", dpo_contact="dpo@voorbeeld.test")
    text = extract_text(informing.render(office)).replace("\r\n", " ").replace("\n", " ")
    for words in (
        "Stad Demostad",
        "An Voorbeeld, dpo@voorbeeld.test",
        "Waarom schrijven wij",
        "Wie ziet het?",
        "Hoe lang",
        "tot 5 jaar na ons laatste contact",
        "Wat mag jij?",
        "Je mag nee zeggen",
        "Gegevensbeschermingsautoriteit",
        "Versie 2026-1",
    ):
        assert words in text, words
    assert informing.render(office) == informing.render(office)


@pytest.mark.parametrize("signs", [12, 200])
def test_the_page_is_one_side_in_letters_of_12_points_however_the_house_is_called(office, signs):
    name = ("Vereniging voor Leren en Opleiding van de Regio Demostad " * 4)[:signs].strip()
    device = replace(office.device(), organisation_name=name)
    with office.database.write() as transaction:
        write_device(transaction.connection, device)
    house.set_facts(
        office,
        controller=name,
        controller_address="Stationsstraat van Voorbeeldgem 123 bus 45, 9999 Demostad",
        dpo="An Voorbeeld-Verzonnen",
        dpo_contact="gegevensbescherming@demostad.test",
    )
    pdf = informing.render(replace(office, today=lambda: date(2026, 11, 21)))
    assert page_count(pdf) == 1
    text = " ".join(extract_text(pdf).split())
    assert name in text
    assert "gegevensbescherming@demostad.test" in text
    assert letters(pdf) >= 12


def letters(pdf: bytes) -> float:
    """The smallest letter on the page, in points, the version at its end left out."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        end = page.get_text_range().index("Versie 20")
        sizes = [raw.FPDFText_GetFontSize(page.raw, place) for place in range(end)]
    return min(float(size) for size in sizes if size > 1)


def test_facts_too_long_for_one_side_take_more_and_lose_nothing(office):
    house.set_facts(office, controller="Verzonnen Huis " * 150 + "Einde")
    pdf = informing.render(office)
    assert page_count(pdf) > 1
    assert "Einde is verantwoordelijk" in " ".join(extract_text(pdf).split())


def test_the_words_are_plain():
    rules = plain_rules()
    for body in (each.body for each in texts.documents() if each.name in ("informing", "consent")):
        told = [text for part in body.get("section", []) for text in part.get("text", [])]
        told += [*body.get("purposes", {}).values(), *body["lead"].split(". ")]
        for text in told:
            assert list(rules.check(body["name"], text)) == [], text


def test_facts_that_miss_are_named_and_never_left_as_a_gap(office):
    assert len(house.facts(office).missing) == 4
    assert "Vraag het aan je begeleider." in extract_text(informing.render(office))
    house.set_facts(office, controller="  ", dpo="An Voorbeeld")
    assert "Functionaris voor gegevensbescherming (DPO)" not in house.facts(office).missing
    with pytest.raises(access.NotAllowed):
        house.set_facts(replace(office, opened=replace(office.opened, role="COUNSELLOR")), dpo="Ander")


def test_the_version_that_was_handed_over_is_remembered(office, bureau):
    who = bureau.someone(office)
    assert informing.is_due(office, who.dossier.id)
    informing.handed_over(office, who.dossier.id, "READ_ALOUD")
    (given,) = informing.given(office, who.dossier.id)
    assert (given.text_version, given.how, given.date) == ("2026-1", "READ_ALOUD", bureau.TODAY)
    assert not informing.is_due(office, who.dossier.id)


def test_a_version_is_chosen_by_its_date(monkeypatch):
    later = texts.Document("informing", "2027-1", date(2027, 1, 1), {})
    known = texts.documents()
    monkeypatch.setattr(texts, "documents", lambda: (*known, later))
    assert texts.document("informing", date(2026, 11, 20)).version == "2026-1"
    assert texts.document("informing", date(2026, 12, 31)).version == "2026-2"
    assert texts.document("informing", date(2027, 1, 1)).version == "2027-1"
    assert texts.document("informing", date(2020, 1, 1)).version == "2026-1"
    assert texts.document("informing", date(2027, 1, 1), "2026-1").version == "2026-1"
    with pytest.raises(KeyError):
        texts.document("informing", date(2027, 1, 1), "1999")


def test_every_purpose_has_its_words(office):
    told = texts.document("consent", office.today()).body["purposes"]
    assert set(told) == {code.code for code in office.codelists["consent_purpose"]}


def test_no_answer_is_no_consent(office, bureau):
    who = bureau.someone(office)
    assert not consents.allows(office, who.dossier.id, PURPOSE)
    assert not any(one.allowed for one in consents.ask(office, who.dossier.id))


def test_given_refused_withdrawn_and_the_history_stays(office, bureau):
    who = bureau.someone(office)
    key = who.dossier.id
    consents.answer(office, key, PURPOSE, "REFUSED")
    assert not consents.allows(office, key, PURPOSE)
    consents.answer(office, key, PURPOSE, "GIVEN")
    assert consents.allows(office, key, PURPOSE)
    assert not consents.allows(office, key, "TRACE_REGISTERS")
    consents.withdraw(office, key, PURPOSE)
    assert not consents.allows(office, key, PURPOSE)
    assert [one.state for one in consents.history(office, key, PURPOSE)] == ["REFUSED", "GIVEN", "WITHDRAWN"]
    assert {one.text_version for one in consents.history(office, key, PURPOSE)} == {"2026-1"}
    assert consents.current(office, key)[PURPOSE].state == "WITHDRAWN"


def test_the_latest_day_decides_not_the_order_of_typing(office, bureau):
    key = bureau.someone(office).dossier.id
    consents.answer(office, key, PURPOSE, "WITHDRAWN", on=date(2026, 5, 1))
    consents.answer(office, key, PURPOSE, "GIVEN", on=date(2026, 3, 1))
    assert not consents.allows(office, key, PURPOSE)


def test_a_spoken_yes_needs_a_witness_and_a_no_needs_nothing(office, bureau):
    key = bureau.someone(office).dossier.id
    for witness in (None, "  "):
        with pytest.raises(InvalidValue) as found:
            consents.answer(office, key, PURPOSE, "GIVEN", how="ORAL_WITNESS", witness=witness)
        assert (found.value.field, found.value.reason) == ("witness", "required")
    assert consents.current(office, key) == {}
    given = consents.answer(office, key, PURPOSE, "GIVEN", how="ORAL_WITNESS", witness="An Getuige")
    assert given.witness == "An Getuige"
    for how, state in (("ORAL", "GIVEN"), ("ORAL_WITNESS", "REFUSED"), ("ORAL_WITNESS", "WITHDRAWN")):
        with pytest.raises(InvalidValue):
            consents.answer(office, key, PURPOSE, state, how=how)
    assert consents.answer(office, key, PURPOSE, "REFUSED", how="ORAL").how == "ORAL"
    assert consents.withdraw(office, key, PURPOSE).how == "ORAL"
    with pytest.raises(InvalidValue):
        consents.answer(office, key, PURPOSE, "GIVEN", how="BRIEF")
    with pytest.raises(InvalidValue):
        consents.answer(office, key, "ANDER_DOEL", "GIVEN")
    with pytest.raises(NotFound):
        consents.answer(office, new_id(), PURPOSE, "GIVEN")


def test_sharing_names_the_partner(office, bureau):
    key = bureau.someone(office).dossier.id
    with pytest.raises(InvalidValue) as found:
        consents.answer(office, key, "SHARE_PARTNER", "GIVEN", partner=" ")
    assert (found.value.field, found.value.reason) == ("partner", "required")
    assert "Met wie ...." in extract_text(consents.render(office, key))
    consents.answer(office, key, "SHARE_PARTNER", "GIVEN", partner=" Verzonnen VZW ")
    assert consents.current(office, key)["SHARE_PARTNER"].partner == "Verzonnen VZW"
    assert "Met wie Verzonnen VZW" in extract_text(consents.render(office, key))
    assert consents.withdraw(office, key, "SHARE_PARTNER").partner == "Verzonnen VZW"
    assert consents.withdraw(office, key, PURPOSE).partner is None


def test_an_older_answer_without_a_witness_does_not_tell_of_one(office):
    lists = office.codelists
    assert consents.how_told(lists, "ORAL_WITNESS", None) == "Mondeling"
    assert consents.how_told(lists, "ORAL_WITNESS", "An Getuige") == "Mondeling, met getuige"


def test_a_yes_to_an_older_text_is_seen(office, bureau, monkeypatch):
    key = bureau.someone(office).dossier.id
    consents.answer(office, key, PURPOSE, "GIVEN")
    found = texts.document("consent", office.today())
    newer = replace(found, version="2026-2")
    monkeypatch.setattr(texts, "document", lambda *_: newer)
    assert [one.purpose for one in consents.ask(office, key) if one.outdated] == [PURPOSE]


def test_the_paper_tells_answers_and_nothing_of_detention(office, bureau):
    key = bureau.someone(office).dossier.id
    consents.answer(office, key, PURPOSE, "GIVEN")
    text = extract_text(consents.render(office, key))
    assert "Gegeven, dinsdag 12 mei 2026" in text
    assert "ja / nee" in text
    assert "vrijlating" not in text
    assert "ander adres" not in text
