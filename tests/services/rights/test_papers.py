"""The papers that an organisation shows: its register of processing, and the sheet for a lost laptop."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leerwinkel_desktop.domain.detention import BLOCK
from leerwinkel_desktop.domain.fields import fields_of, owner_of
from leerwinkel_desktop.domain.registry import RECORDS, is_judicial
from leerwinkel_desktop.printing.pages import extract_text
from leerwinkel_desktop.services import dossiers, enrolment, exchange
from leerwinkel_desktop.services.access import NotAllowed
from leerwinkel_desktop.services.exchange.overview import UnknownLaptop
from leerwinkel_desktop.services.rights import breach, erasure, house, papers


def flat(text):
    return " ".join(text.split())


def test_the_register_names_every_field_of_a_person_under_its_class(office):
    register = papers.register(office)
    told = " ".join(text for section in register.sections for _, text in section.facts)
    for record in (*(each for each in RECORDS if not is_judicial(each)), *BLOCK):
        if record.kind == "client" or owner_of(record) is not None:
            for field in fields_of(record):
                assert field.target is not None or field.label in told, field.name
    sensitive = next(section for section in register.sections if section.heading.startswith("Gevoelig"))
    assert "Statuut" in dict(sensitive.facts)["Traject"]


def test_the_register_says_who_how_long_and_how_safe(office):
    house.set_facts(office, controller="Stad Demostad")
    text = flat(extract_text(papers.render_register(office)))
    for words in ("Stad Demostad", "(nog in te vullen in Beheer)", "10 jaar na 31 december", "SQLCipher"):
        assert words in text, words
    assert "Leerwegadvies (VDAB)" in text


def test_the_sheet_for_a_lost_laptop(team):
    actor = team.laptop.device().actor
    house.set_facts(team.office, dpo_contact="dpo@voorbeeld.test")
    assert breach.look(team.office, actor).last_seen is None
    assert "droeg nog nooit over" in flat(extract_text(breach.render(team.office, actor)))
    views = [dossiers.create(team.laptop, first_name="Verzonnen", last_name=f"Nummer{n}") for n in range(3)]
    at_office = dossiers.create(team.office, first_name="Anders")
    exchange.import_bundle(team.office, team.hand_over())
    dossiers.create(team.laptop, first_name="Nog niet overgedragen")
    erasure.erase(team.office, views[2].client.id)
    lost = breach.look(team.office, breach.find(team.office, "laptop 0"))
    assert lost.numbers == tuple(sorted(str(view.client.client_no) for view in views[:2]))
    assert (lost.state, lost.without_number) == ("ACTIVE", 0)
    text = flat(extract_text(breach.render(team.office, actor)))
    for view in views[:2]:
        assert view.client.client_no in text
        assert view.client.last_name not in text
    for words in ("2 dossiers", "72 uur", "AES-256", "Argon2id", "dpo@voorbeeld.test", "Laatste overdracht"):
        assert words in text, words
    assert at_office.client.client_no not in text
    assert "Stand op kantoor in gebruik" in text
    enrolment.lost(team.office, actor)
    assert "Stand op kantoor verloren gemeld" in flat(extract_text(breach.render(team.office, actor)))


def test_which_laptop_must_be_clear(team):
    for name in ("Laptop", "", "Kantoor", team.office.device().actor):
        with pytest.raises(UnknownLaptop):
            breach.find(team.office, name)
    with pytest.raises(UnknownLaptop):
        breach.look(team.office, team.office.device().actor)
    assert breach.find(team.office, team.laptop.device().actor[:12]) == team.laptop.device().actor
    counsellor = replace(team.office, opened=replace(team.office.opened, role="COUNSELLOR"))
    with pytest.raises(NotAllowed):
        breach.look(counsellor, team.laptop.device().actor)
