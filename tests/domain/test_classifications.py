"""Checks what is derived from codes and dates: levels, labour status, origin, age and place."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerwinkel_desktop.domain import classifications as c
from leerwinkel_desktop.domain.codelists import CodeLists, UnknownCode, parse

FOLDER = Path(__file__).parents[2] / "resources" / "codelists"
LISTS = CodeLists(lambda name: (FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
LEVELS, STATUSES, EMPLOYMENT = LISTS["education_level"], LISTS["statuses"], LISTS["employment_esf"]
NATIONALITY, TERRITORY = LISTS["nationality"], LISTS["territory"]

level_codes = st.sampled_from([code.code for code in LEVELS])
status_sets = st.sets(st.sampled_from([code.code for code in STATUSES]))
nationalities = st.lists(st.sampled_from(["BE", "NL", "CH", "GB", "MA", "XA", "XX"]), max_size=3).map(tuple)
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


# --- level ---


@pytest.mark.parametrize(
    ("level", "genk", "isced", "vks", "vdab"),
    [
        ("00", "LOW", 0, None, "KORT"),
        ("10", "LOW", 1, 1, "KORT"),
        ("21", "LOW", 2, None, "KORT"),
        ("27", "LOW", 2, 2, "KORT"),
        ("30", "LOW", 3, 3, "MIDDEN"),
        ("34", "MID", 3, 4, "MIDDEN"),
        ("36", "MID", 3, 4, "MIDDEN"),
        ("40", "MID", 4, 4, "MIDDEN"),
        ("50", "HIGH", 5, 5, "HOOG"),
        ("61", "HIGH", 6, 6, "HOOG"),
        ("70", "HIGH", 7, 7, "HOOG"),
        ("80", "HIGH", 8, 8, "HOOG"),
        ("90", "UNDET", None, None, None),
        ("99", "UNDET", None, None, None),
        (None, "UNDET", None, None, None),
    ],
)
def test_one_code_gives_four_levels(level, genk, isced, vks, vdab):
    assert c.genk_level(level, None, LEVELS) == genk
    assert c.isced(level, None, LEVELS) == isced
    assert c.vks(level, None, LEVELS) == vks
    assert c.vdab_level(level, None, LEVELS) == vdab


def test_six_years_bso_is_low_at_genk_and_midden_at_vdab():
    assert c.genk_level("30", None, LEVELS) is c.GenkLevel.LOW
    assert c.vdab_level("30", None, LEVELS) is c.VdabLevel.MIDDEN


@given(level_codes)
def test_a_recognised_foreign_diploma_takes_the_level_of_the_recognition(recognised):
    for level_of in (c.genk_level, c.isced, c.vks, c.vdab_level):
        assert level_of("90", recognised, LEVELS) == level_of(recognised, None, LEVELS)


@given(level_codes.filter(lambda code: code != "90"), level_codes)
def test_a_recognition_does_not_touch_a_diploma_from_here(level, recognised):
    assert c.genk_level(level, recognised, LEVELS) == c.genk_level(level, None, LEVELS)


def test_an_unknown_level_is_an_error():
    with pytest.raises(UnknownCode):
        c.genk_level("55", None, LEVELS)
    with pytest.raises(UnknownCode):
        c.isced("90", "55", LEVELS)


# --- labour status ---


@pytest.mark.parametrize(
    ("statuses", "esf"),
    [
        ([], "MISSING"),
        (["UNK"], "MISSING"),
        (["LIVWAGE"], "MISSING"),
        (["LIVWAGE", "JOBSEEK"], "UNEMPLOYED"),
        (["LIVWAGE", "HOME"], "INACTIVE"),
        (["CHILDBEN"], "MISSING"),
        (["CHILDBEN", "STUDENT"], "INACTIVE_EDU"),
        (["STUDENT", "SICK"], "INACTIVE_EDU"),
        (["NEET", "NOINC"], "INACTIVE_NOT_EDU"),
        (["WAIT"], "UNEMPLOYED"),
        (["JOBSEEK", "STUDENT", "UNK"], "UNEMPLOYED"),
        (["JOBSEEK", "WORK_PT"], "EMPLOYED"),
        (["CREDIT"], "EMPLOYED"),
        (["WORK_NOTICE", "SICK"], "EMPLOYED"),
        (["DETAINED"], "INACTIVE"),
    ],
)
def test_labour_status_follows_from_the_statuses(statuses, esf):
    assert c.labour_status_esf(statuses, STATUSES, EMPLOYMENT) == esf


@given(status_sets, st.sampled_from([code.code for code in STATUSES]))
def test_one_status_more_never_moves_somebody_away_from_work(statuses, extra):
    def rank(chosen: set[str]) -> int:
        found = EMPLOYMENT.get(c.labour_status_esf(chosen, STATUSES, EMPLOYMENT)).number("rank")
        assert found is not None
        return found

    assert rank(statuses | {extra}) <= rank(statuses)


def test_genk_counts_each_kind_of_work_in_one_row():
    assert c.genk_status_rows(["SICK", "WORK_SELF", "WORK_PT", "LIVWAGE"], STATUSES) == ("WORK", "SICK")
    assert c.genk_status_rows([], STATUSES) == ()


@pytest.mark.parametrize(
    ("since", "day", "long"),
    [
        (None, date(2025, 1, 1), None),
        (date(2024, 1, 31), date(2025, 1, 31), False),
        (date(2024, 1, 31), date(2025, 2, 1), True),
        (date(2024, 2, 29), date(2025, 2, 28), False),
        (date(2024, 2, 29), date(2025, 3, 1), True),
        (date(2025, 1, 1), date(2025, 1, 1), False),
    ],
)
def test_long_term_means_more_than_twelve_months(since, day, long):
    assert c.is_long_term_unemployed(since, day) is long


def test_nobody_is_unemployed_from_tomorrow():
    with pytest.raises(ValueError, match="unemployed_since"):
        c.is_long_term_unemployed(date(2025, 1, 2), date(2025, 1, 1))


# --- nationality and origin ---


@pytest.mark.parametrize(
    ("nationality", "group"),
    [
        ("BE", "BE"),
        (("MA", "BE"), "BE"),
        (("MA", "FR"), "EU27"),
        (("GB",), "UK"),
        (("NO",), "EFTA"),
        (("XA",), "NON_EU"),
        (("XR",), "NON_EU"),
        (("XX",), "UNKNOWN"),
        (("XX", "TR"), "NON_EU"),
        ((), "UNKNOWN"),
        (None, "UNKNOWN"),
        ("", "UNKNOWN"),
    ],
)
def test_the_group_of_a_nationality(nationality, group):
    assert c.nationality_group(nationality, NATIONALITY) == group


def test_an_unknown_nationality_code_is_an_error():
    with pytest.raises(UnknownCode):
        c.nationality_group(("BE", "ZZ"), NATIONALITY)


BE, MA, NL = ("BE",), ("MA",), ("NL",)


@pytest.mark.parametrize(
    ("now", "first", "father", "mother", "foreign", "statbel", "country"),
    [
        (BE, "BE", "BE", "BE", False, "BB", None),
        (BE, "BE", "BE", "MA", True, "BF", "MA"),
        (BE, "BE", "TR", "MA", True, "BF", "TR"),
        (BE, "MA", "BE", "BE", True, "BF", "MA"),
        (BE, "MA", None, "NL", True, "BF", "NL"),
        (MA, None, None, None, True, "NB", "MA"),
        (NL, "NL", "BE", "BE", True, "NB", "NL"),
        (MA, "BE", "BE", "BE", True, "NB", "MA"),
        (("BE", "MA"), "BE", "BE", "BE", False, "BB", None),
        (BE, "BE", "BE", None, None, "ORIGIN_UNKNOWN", None),
        (BE, "BE", "BE", "XX", None, "ORIGIN_UNKNOWN", None),
        (BE, None, None, None, None, "ORIGIN_UNKNOWN", None),
        ((), None, None, "MA", True, "ORIGIN_UNKNOWN", "MA"),
        ((), None, None, None, None, "ORIGIN_UNKNOWN", None),
        (BE, "BE", "XA", "BE", True, "BF", "XA"),
    ],
)
def test_origin(now, first, father, mother, foreign, statbel, country):
    assert c.foreign_origin_flemish(now, first, father, mother, NATIONALITY) is foreign
    assert c.origin_statbel(now, first, father, mother, NATIONALITY) == statbel
    assert c.origin_country(now, first, father, mother, NATIONALITY) == country


def test_what_a_person_declares_fills_the_gap_and_never_overrules_a_fact():
    assert c.foreign_origin_flemish(BE, None, None, None, NATIONALITY, declared=True) is True
    assert c.foreign_origin_flemish(BE, None, None, None, NATIONALITY, declared=False) is False
    assert c.foreign_origin_flemish(BE, "BE", "BE", "BE", NATIONALITY, declared=True) is False
    assert c.foreign_origin_flemish(MA, None, None, None, NATIONALITY, declared=False) is True
    assert c.origin_statbel(BE, None, None, None, NATIONALITY, declared=True) is c.Origin.BF


@given(nationalities, nationalities, nationalities, nationalities)
def test_the_two_definitions_of_origin_agree(now, first, father, mother):
    foreign = c.foreign_origin_flemish(now, first, father, mother, NATIONALITY)
    statbel = c.origin_statbel(now, first, father, mother, NATIONALITY)
    country = c.origin_country(now, first, father, mother, NATIONALITY)
    assert (foreign is True) == (country is not None)
    assert (statbel is c.Origin.BB) == (foreign is False)
    assert (statbel is c.Origin.NB) == (c.is_belgian(now, NATIONALITY) is False)
    assert statbel is not c.Origin.BF or "BE" in now


@given(nationalities, nationalities, nationalities, nationalities)
def test_forgetting_a_parent_never_makes_somebody_belgian(now, first, father, mother):
    known = c.foreign_origin_flemish(now, first, father, mother, NATIONALITY)
    forgotten = c.foreign_origin_flemish(now, first, father, None, NATIONALITY)
    assert forgotten is not False
    assert forgotten is None or forgotten == known


@pytest.mark.parametrize(
    ("now", "history", "counts"),
    [
        (BE, ("BE",), False),
        (BE, ("MA",), True),
        (BE, ("NL", "FR", "MA"), True),
        (BE, ("NL", "FR", "IT", "MA"), False),
        (MA, (), True),
        (("GB",), ("GB",), True),
        (("CH",), ("CH",), False),
        (("IS",), ("NO",), False),
        (BE, (), None),
        ((), ("BE",), None),
        (BE, ("XX",), None),
        ((), ("MA",), True),
    ],
)
def test_vdab_looks_at_three_own_nationalities_back(now, history, counts):
    assert c.vdab_kansengroep_origin(now, history, NATIONALITY) is counts


# --- age ---


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 5, 17), date(2025, 5, 16), 24),
        (date(2000, 5, 17), date(2025, 5, 17), 25),
        (date(2004, 2, 29), date(2025, 2, 28), 20),
        (date(2004, 2, 29), date(2025, 3, 1), 21),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2004, 3, 1), date(2024, 2, 29), 19),
        (date(2000, 1, 1), date(2000, 1, 1), 0),
        (date(1999, 12, 31), date(2025, 1, 1), 25),
    ],
)
def test_age_in_whole_years(born, day, age):
    assert c.age_on(born, day) == age


@given(days, days)
def test_age_rises_by_one_on_a_birthday_and_never_falls(one, other):
    born, day = sorted((one, other))
    age, tomorrow = c.age_on(born, day), c.age_on(born, day + timedelta(days=1))
    assert tomorrow - age in (0, 1)
    assert age >= 0
    assert c.age_from_year(born.year, day) - age in (0, 1)
    if (born.month, born.day) != (2, 29):
        birthday = born.replace(year=day.year)
        assert c.age_on(born, birthday) == day.year - born.year


@pytest.mark.parametrize(
    ("age_of", "born"),
    [(c.age_on, date(2025, 1, 2)), (lambda born, day: c.age_from_year(born.year, day), date(2026, 1, 1))],
)
def test_nobody_is_born_after_the_day_of_reckoning(age_of, born):
    with pytest.raises(ValueError, match="birth_"):
        age_of(born, date(2025, 1, 1))


@pytest.mark.parametrize(
    ("age", "genk", "esf"),
    [
        (0, "U18", "EECO06"),
        (17, "U18", "EECO06"),
        (18, "18_25", "EECO07"),
        (25, "18_25", "EECO07"),
        (26, "26_34", "EECO07"),
        (29, "26_34", "EECO07"),
        (30, "26_34", "30_54"),
        (34, "26_34", "30_54"),
        (35, "35_44", "30_54"),
        (44, "35_44", "30_54"),
        (45, "45_54", "30_54"),
        (54, "45_54", "30_54"),
        (55, "55_PLUS", "EECO08"),
        (104, "55_PLUS", "EECO08"),
        (None, "ONB", "ONB"),
    ],
)
def test_age_bands_include_both_ends(age, genk, esf):
    assert c.age_band(age, LISTS["report_band"]) == genk
    assert c.age_band(age, LISTS["esf_age_band"]) == esf


def test_a_gap_between_bands_is_an_error():
    bands = parse('name = "b"\nlabel = "b"\n[[code]]\ncode = "A"\nlabel = "a"\nfrom_age = 18\nto_age = 25\n')
    with pytest.raises(LookupError, match="no band"):
        c.age_band(26, bands)
    with pytest.raises(LookupError, match="no band"):
        c.age_band(None, bands)


# --- place ---


@pytest.mark.parametrize(
    ("postcode", "day", "nis"),
    [
        ("2800", date(2025, 1, 1), "12025"),
        (" 28 12 ", date(2025, 1, 1), "12025"),
        ("2223", date(2025, 1, 1), "12014"),
        ("2890", date(2019, 1, 1), "12041"),
        ("2890", date(2018, 12, 31), "12034"),
        ("1000", date(2025, 1, 1), None),
        ("", date(2025, 1, 1), None),
    ],
)
def test_a_postcode_leads_to_its_municipality_of_that_day(postcode, day, nis):
    found = c.municipality_of(postcode, TERRITORY, day)
    assert (found.code if found else None) == nis


def test_the_arrondissement_has_twelve_municipalities():
    assert len(c.municipalities_of("12000", TERRITORY, date(2026, 1, 1))) == 12
    assert c.municipalities_of("13000", TERRITORY, date(2026, 1, 1)) == ()
