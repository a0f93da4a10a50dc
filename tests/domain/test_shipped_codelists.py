"""Checks every code list that the program ships against DOMAIN.md §3, §4, §7 and §9."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from leerwinkel_desktop.domain import codelists
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.fields import fields_of
from leerwinkel_desktop.domain.registry import RECORDS

FOLDER = Path(__file__).parents[2] / "resources" / "codelists"
LISTS = CodeLists(lambda name: (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
TODAY = date(2026, 3, 2)
UNION = "BE AT BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
REFERENCE = {
    "gender": "M V X O",
    "residence_status": (
        "BELG EU VERBLIJF_ONB VERBLIJF_BEP VERZOEKER VLUCHTELING SUBSIDIAIR TIJD_BESCH GEEN ONB"
    ),
    "language": (
        "nl fr en de ar ary rif zgh tr ku fa prs ps ti am so sw ln uk ru pl ro bg sq es pt it hy ka "
        "sr hr bs rom ur hi pa bn ne zh vi th tl bo und"
    ),
    "statuses": (
        "WORK JOBSEEK SICK CHILDBEN NEET NOINC WAIT WORK_SELF WORK_PT WORK_NOTICE LIVWAGE DISAB "
        "STUDENT HOME PENSION ASYLUM CREDIT DETAINED UNK"
    ),
    "education_level": "00 10 20 21 22 25 26 27 30 31 32 33 34 35 36 40 50 60 61 70 80 90 99",
    "contact_mode": (
        "ZITDAG INLOOP AFSPRAAK ONLINE TELEFOON POPUP HUISBEZOEK OP_VERPLAATSING GEVANGENIS GROEP"
    ),
    "referral_source": (
        "EIGEN WERKSTATION VDAB OCMW WELZIJN LOOPBAAN ONDERWIJS GIGOS INBURG JEUGD MUTUALITEIT "
        "VAKBOND WERKGEVER JUSTITIE ONTHAAL ANDER ONB"
    ),
    "discovery_channel": "STADSCOMM BEURS_WORKSHOP MOND WEBSITE_SOCIAL FLYER GEDETINEERDE_MEDE ANDER ONB",
    "service_type": "INFO INFO_MEDIATION GUIDANCE",
    "training_category": "HIGHER ASSOC SEC_DIPLOMA VOCATIONAL NT2 BASIC OTHER",
    "training_status": "ENROLLED STARTED NO_SHOW ONGOING COMPLETED STOPPED",
    "dutch_level": "A0_ALFA A0 A1 A2 B1 B2 C1 C2 L1",
    "modality": "GEEN UV PV BD ET TRANSITIEHUIS DETENTIEHUIS VI VLV STRAFEINDE",
    "attendance": "J AFWEZIG GEANNULEERD GEPLAND",
    "follow_up_moment": "F1 F2 F3 F4 F5 F6 FD",
    "step": "1 2 3 4",
    "programme": "CITY VDAB_LWA LIO EDUSPRONG PLAN_SAMENLEVEN",
    "sheet_variant": "ORDINARY INSIDE PORTABLE",
    "event_audience": "CANDIDATES INTERMEDIARIES MIXED",
    "event_type": (
        "JOBBEURS AFSTUDEERBEURS OPLEIDINGSBEURS POPUP_PARTNER EXPERTTALK_ONLINE "
        "WORKSHOP_INTERMEDIAIR WORKSHOP_KANDIDAAT PROEFLES INFOMOMENT NETWERKMOMENT"
    ),
    "question_type": (
        "STUDIEKEUZE DIPLOMA_SO NEDERLANDS BASISVAARDIGHEID BEROEPSOPLEIDING HOGER GELIJKSCHAKELING "
        "EVC FINANCIEEL HERORIENTATIE PRAKTISCH LEREN_LEREN ANDER"
    ),
    "target_group": (
        "MECHELAAR JONGE_MOEDER MAATSCH_KWETSBAAR WERKZOEKENDE KWETSBARE_WERKNEMER GEDETINEERDE "
        "EX_GEDETINEERDE VASTGELOPEN_SCHOOL KORTGESCHOOLD ANDERSTALIG LAAGGELETTERD NEET 55PLUS "
        "ARBEIDSHANDICAP DAKLOOS"
    ),
    "barrier": (
        "GELD MOBILITEIT KINDEROPVANG GEZIN UREN WONEN GEZONDHEID VERBLIJF DIGITAAL SCHULDEN AANBOD "
        "TOELATING DIPLOMA_ERK WACHTTIJD UITKERING AFSTAND TAAL GELETTERD MOTIVATIE VERTROUWEN "
        "LEERMOEILIJKHEID ONZEKER_DOEL GEEN_INTERNET OVERPLAATSING ONZEKERE_DATUM GEEN_TOELATING "
        "CELREGIME STRAFREGISTER GEEN_ATTEST"
    ),
    "barrier_status": "OPEN IN_PROGRESS SOLVED ACCEPTED",
    "barrier_owner": "CLIENT COUNSELLOR PARTNER",
    "qualification_type": (
        "DEELCERT CERT GETUIGSCHRIFT DIPLOMA_SO GRADUAAT BACHELOR MASTER BK_BEWIJS ATTEST_VDAB "
        "ATTEST_NT2 VAK_EXAMENCOM"
    ),
    "provider_type": (
        "CBE CVO VDAB SYNTRA HOGESCHOOL UNIVERSITEIT EXAMENCOM SO_SCHOOL DKO SECTORFONDS SOCIOCULT "
        "OCMW_TEWERK PRIVAAT GEVANGENIS_GROEP"
    ),
    "support": (
        "FEE_EXEMPT FEE_TARIFF PREMIE_SO OPL_CHEQUE VOV OPL_KREDIET VDAB_VERGOED STUDIETOELAGE "
        "LEERKREDIET OCMW_STUDIE NARIC_FREE EVC EXAMENCOM KINDEROPVANG MOBILITEIT LAPTOP_LEEN "
        "TAALOEFEN SCHULDHULP UITPAS"
    ),
    "detention_status": "BEKLAAGDE VEROORDEELD GEINTERNEERD VRIJ_VOORWAARDEN EX ONB",
    "approval_by": "DIRECTIE ONDERWIJSCOORD PSD DDB SUR SURB JUSTITIEASSISTENT ONDERZOEKSRECHTER",
    "stop_reason": (
        "WERK TAAL_TE_MOEILIJK NIVEAU MOTIVATIE GEZIN GEZONDHEID GELD AFSTAND UREN VERKEERDE_KEUZE "
        "CURSUS_GESCHRAPT DETENTIE VRIJLATING OVERPLAATSING ONB"
    ),
    "close_reason": (
        "DOEL_BEREIKT OPLEIDING_GESTART INFO_VOLSTAAT DOORVERWEZEN WERK NIET_MEER_BEREIKBAAR "
        "OP_VRAAG VERHUISD ANDER"
    ),
    "confirmed_by": "CLIENT PROVIDER PARTNER REGISTER",
    "recognition": "NONE REQUESTED LEVEL SPECIFIC REFUSED",
    "reading_support": "NONE LARGE_PRINT READ_ALOUD INTERPRETER",
    "referral_type": "INFO_ONLY CLIENT_GOES_SELF WARM_HANDOVER",
    "trajectory_status": "OPEN CLOSED",
    "dossier_status": "ACTIVE DORMANT CLOSED ANONYMISED",
    "province": "10000 20001 30000 40000 70000",
    "territory": (
        "12002 12005 12007 12009 12014 12021 12025 12026 12029 12035 12040 12041 12030 12034 "
        "OTHER_ANTWERP OTHER_FLANDERS BRUSSELS WALLONIA ABROAD NO_ADDRESS"
    ),
}
"""The codes of DOMAIN.md, in its order."""


def codes_of(name: str) -> list[str]:
    return [code.code for code in LISTS[name].codes]


def test_the_folder_holds_exactly_the_lists_that_the_program_knows():
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(codelists.SHIPPED)
    assert [path.suffix for path in FOLDER.iterdir()] == [".toml"] * len(codelists.SHIPPED)


def test_every_field_that_names_a_list_names_a_shipped_one():
    named = {field.codelist for record in RECORDS for field in fields_of(record) if field.codelist}
    assert named
    assert named <= set(codelists.SHIPPED)


@pytest.mark.parametrize("name", codelists.SHIPPED)
def test_a_shipped_list_is_sound(name):
    shipped = LISTS[name]
    assert shipped.name == name
    assert shipped.label
    assert "§" in shipped.source or "SECURITY.md" in shipped.source
    assert len({code.code for code in shipped}) == len(shipped)
    for code in shipped:
        assert code.label.strip()
        assert shipped.get(code.code) is code
        assert shipped.find(code.code.lower()) is code
        found = shipped.find(code.label)
        assert found is code or (code.valid_to is not None and found.label == code.label)


@pytest.mark.parametrize("name", codelists.SHIPPED)
def test_codes_of_one_list_agree_on_the_kind_of_each_attribute(name):
    kinds: dict[str, set[type]] = {}
    for code in LISTS[name]:
        for key, value in code.extra.items():
            kinds.setdefault(key, set()).add(type(value))
    assert {key: found for key, found in kinds.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("name", "codes"), REFERENCE.items())
def test_codes_stand_as_in_the_reference_and_in_its_order(name, codes):
    assert codes_of(name) == codes.split()


def test_arrondissement_mechelen_has_twelve_municipalities_and_had_thirteen():
    def members(day: date) -> set[str]:
        return {c.label for c in LISTS["territory"].current(day) if c.text("arrondissement") == "12000"}

    assert len(members(TODAY)) == 12
    assert "Puurs-Sint-Amands" in members(date(2019, 1, 1))
    assert len(members(date(2018, 12, 31))) == 13
    assert {"Puurs", "Sint-Amands"} <= members(date(2018, 12, 31))


def test_closed_codes_still_resolve():
    territory = LISTS["territory"]
    assert territory.get("12030").label == "Puurs"
    assert territory.find("puurs").code == "12030"
    assert territory.get("12030") not in territory.current(TODAY)
    assert LISTS["programme"].find("lio").valid_to == date(2023, 12, 31)


def test_each_postcode_belongs_to_one_current_municipality():
    postcodes = [p for c in LISTS["territory"].current(TODAY) for p in c.texts("postcodes")]
    assert len(postcodes) == len(set(postcodes)) == 20
    assert all(len(p) == 4 and p.isdigit() for p in postcodes)


def test_provinces_and_successors_of_territory_exist():
    for code in LISTS["territory"]:
        assert (province := code.text("province")) is None or province in LISTS["province"]
        assert (successor := code.text("successor")) is None or successor in LISTS["territory"]


def test_the_union_has_27_states_of_which_belgium_is_one():
    nationality = LISTS["nationality"]
    union = {c.code for c in nationality if c.text("group") in {"BE", "EU27"}}
    assert union == set(UNION.split())
    assert len(union) == 27
    assert {c.code for c in nationality if c.text("group") == "EFTA"} == {"IS", "NO", "LI", "CH"}
    assert [c.code for c in nationality if c.text("group") == "UK"] == ["GB"]
    assert [c.code for c in nationality if c.text("group") == "UNKNOWN"] == ["XX"]


def test_all_countries_of_iso_3166_stand_in_nationality():
    codes = codes_of("nationality")
    assert codes[0] == "BE"
    assert codes[-3:] == ["XA", "XR", "XX"]
    assert len(codes) == 249 + 3
    assert LISTS["nationality"].find("belgie").code == "BE"
    assert LISTS["nationality"].find("oekraine").code == "UA"


def test_each_status_says_what_it_means_for_esf():
    known = set(codes_of("employment_esf")) | {"DERIVE"}
    assert {c.code: c.text("esf") for c in LISTS["statuses"] if c.text("esf") not in known} == {}


def test_genks_seven_statuses_stand_first():
    statuses = LISTS["statuses"].codes
    assert [c.flag("genk") for c in statuses] == [True] * 7 + [False] * (len(statuses) - 7)
    assert all(c.text("genk_row") == c.code for c in statuses[:7])


def test_each_education_code_has_all_four_classifications():
    for code in LISTS["education_level"]:
        assert code.text("genk") in {"LOW", "MID", "HIGH", "UNDET"}
        assert code.text("vdab") in {"KORT", "MIDDEN", "HOOG", "-"}
        assert code.text("isced") in {*"012345678", "-"}
        assert code.text("vks") in {*"12345678", "-"}


def test_training_categories_stand_in_order_of_the_final_goal():
    precedence = [c.number("precedence") for c in LISTS["training_category"]]
    assert precedence == list(range(1, 8))


def test_all_qualifications_count_but_the_vdab_attest():
    assert [c.code for c in LISTS["qualification_type"] if not c.flag("counts")] == ["ATTEST_VDAB"]


def test_starters_are_who_really_began():
    started = [c.code for c in LISTS["training_status"] if c.flag("started")]
    assert started == ["STARTED", "ONGOING", "COMPLETED", "STOPPED"]


def test_barriers_have_a_group():
    groups = [c.text("group") for c in LISTS["barrier"]]
    assert [groups.count(g) for g in ("S", "I", "D", "DETENTION")] == [10, 6, 6, 7]


def test_supports_promise_nothing():
    for code in LISTS["support"]:
        assert (code.text("ask") or "").startswith("Vraag na ")
        assert code.text("rule")


@pytest.mark.parametrize(
    ("day", "prices"),
    [
        (date(2025, 8, 31), {"STD_2024": "1.50", "NT2_2024": "0.60", "AAV_CBE_2024": "0.00"}),
        (
            date(2025, 9, 1),
            {
                "STD_2025": "2.25",
                "SHORTAGE_2025": "1.00",
                "GENERAL_2025": "0.03",
                "NT2_2025": "1.50",
                "LEISURE_2025": "4.00",
            },
        ),
    ],
)
def test_tariffs_change_with_the_school_year(day, prices):
    assert {c.code: str(c.extra["euro"]) for c in LISTS["fee_tariff"].current(day)} == prices


def test_consents_that_codes_ask_for_exist():
    for name in ("follow_up_moment", "referral_type"):
        asked = {c.text("consent") for c in LISTS[name]} - {None}
        assert asked
        assert asked <= set(codes_of("consent_purpose"))


def test_an_unreachable_person_is_reported_as_unknown():
    outcomes = {c.code: c.text("report") for c in LISTS["follow_up_outcome"]}
    assert outcomes.pop("UNREACHABLE") == "UNKNOWN"
    assert outcomes == {key: key for key in ("STARTED", "ORIENTING", "NOT_STARTED", "UNKNOWN")}
