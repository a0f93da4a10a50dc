"""How alike two people are: each slip of a desk is known, and different people stay different."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from leerwinkel_desktop.domain.names import likeness, name_of, skeleton
from leerwinkel_desktop.domain.same_person import DECIDE, HINT, Person, Reason, asked_keys, compare, keys
from tests.domain.invented import crowd, measure

BORN = date(1991, 4, 7)
ONE = Person(first_name="Youssef", last_name="El Verzonnen", birth_date=BORN, gender="M", nis_code="12025")
SAME_NAMES = (
    ("Mohamed", "Mohammed"),
    ("Mohamed", "Muhammad"),
    ("Mohamed", "محمد"),
    ("Youssef", "Yusuf"),
    ("Youssef", "Юсуф"),
    ("Youssef", "يوسف"),
    ("Giorgi", "გიორგი"),
    ("Giorgos", "Γιώργος"),
    ("Ibrahim", "Ибрагим"),
    ("Çağlar", "Caglar"),
    ("Chadi", "Shadi"),
    ("Yasmine", "Jasmine"),
    ("Aïcha", "Ayesha"),
    ("Nour Eddine", "Noureddine"),
    ("Marie-Louise", "Marie"),
    ("Van den Verzonnen", "Vandenverzonnen"),
    ("El Verzonnen", "Verzonnen"),
    ("Al-Verzonnen", "al verzonnen"),
    ("Verzonnen", "Verzonne"),
)
OTHER_NAMES = (
    ("Mohamed", "Mahmoud Ali"),
    ("Femke", "Chantal"),
    ("Van den Bagovel", "Van den Sarapen"),
    ("Vandenbagovel", "Van den Sarapen"),
    ("Emine", "Nina"),
    ("Roos", "Iris"),
)


@pytest.mark.parametrize(("one", "other"), SAME_NAMES)
def test_spellings_of_one_name(one: str, other: str) -> None:
    found = likeness(name_of(one), name_of(other))
    assert found is not None
    assert found >= 0.92
    assert found == likeness(name_of(other), name_of(one))


@pytest.mark.parametrize(("one", "other"), OTHER_NAMES)
def test_other_names(one: str, other: str) -> None:
    assert (likeness(name_of(one), name_of(other)) or 0) < 0.92


def test_a_name_that_is_not_known_says_nothing() -> None:
    assert likeness(name_of(None), name_of("Verzonnen")) is None
    assert likeness(name_of("…"), name_of("Verzonnen")) is None
    assert name_of("Van den").words == ("van", "den"), "a name of particles alone is a name"
    assert skeleton("aya") == "a"


CASES = {
    "the same": (ONE, (Reason.NAME_EQUAL, Reason.BIRTH_EQUAL, Reason.SEX_EQUAL, Reason.PLACE_EQUAL)),
    "day and month changed round": (replace(ONE, birth_date=date(1991, 7, 4)), Reason.BIRTH_SWAPPED),
    "one digit": (replace(ONE, birth_date=date(1991, 4, 1)), Reason.BIRTH_DIGIT),
    "two neighbouring digits": (replace(ONE, birth_date=date(1919, 4, 7)), Reason.BIRTH_DIGIT),
    "another day": (replace(ONE, birth_date=date(1960, 12, 24)), Reason.BIRTH_OTHER),
    "1 January of that year": (replace(ONE, birth_date=date(1991, 1, 1)), Reason.BIRTH_YEAR),
    "the year alone": (replace(ONE, birth_date=None, birth_year=1991), Reason.BIRTH_YEAR),
    "another year alone": (replace(ONE, birth_date=None, birth_year=1960), Reason.BIRTH_OTHER),
    "names changed round": (
        replace(ONE, first_name="El Verzonnen", last_name="Yusuf"),
        (Reason.NAME_STRONG, Reason.NAME_CROSSED),
    ),
    "a brother": (replace(ONE, first_name="Chantal"), Reason.NAME_LAST),
    "a sister whose name has the same consonants": (
        replace(ONE, first_name="Safia"),
        (Reason.NAME_LAST, Reason.BIRTH_EQUAL),
    ),
    "another last name": (replace(ONE, last_name="Bagovel"), Reason.NAME_FIRST),
    "somebody else": (replace(ONE, first_name="Chantal", last_name="Bagovel"), Reason.NAME_OTHER),
    "the other sex": (replace(ONE, gender="V"), Reason.SEX_OTHER),
    "another place": (replace(ONE, nis_code="71016"), Reason.PLACE_OTHER),
}


@pytest.mark.parametrize("name", CASES)
def test_reasons(name: str) -> None:
    other, expected = CASES[name]
    found = compare(ONE, other)
    assert set(expected if isinstance(expected, tuple) else (expected,)) <= set(found.reasons)
    assert found.score == sum(reason.weight for reason in found.reasons)
    assert found == compare(other, ONE)


def test_what_is_not_known_speaks_neither_for_nor_against() -> None:
    bare = Person(first_name="Youssef", last_name="El Verzonnen")
    assert compare(ONE, bare).reasons == (Reason.NAME_EQUAL,)
    assert compare(Person(), Person()).reasons == ()
    assert compare(replace(ONE, gender="X"), ONE).score == compare(replace(ONE, gender=None), ONE).score


def test_a_phone_is_the_same_with_a_country_in_front() -> None:
    one, other = Person(phone="0470 12 34 56"), Person(phone="+32 470/12.34.56")
    assert compare(one, other).reasons == (Reason.PHONE_EQUAL,)
    assert asked_keys(one) & keys(other)
    assert compare(Person(phone="12"), Person(phone="12")).reasons == ()
    assert compare(Person(email=" A@example.org"), Person(email="a@example.org")).reasons == (
        Reason.EMAIL_EQUAL,
    )


def test_keys_bring_together_who_differs_in_one_thing() -> None:
    for name in ("day and month changed round", "1 January of that year", "the year alone", "another day"):
        other, _ = CASES[name]
        assert asked_keys(ONE) & keys(other), name
    assert asked_keys(Person(birth_date=BORN)) & keys(Person(birth_date=date(1991, 7, 4)))
    assert not asked_keys(ONE) & keys(Person(first_name="Chantal", last_name="Bagovel", nis_code="12025"))
    assert keys(Person(birth_date=date(1991, 1, 1))) == set(), "thousands share a first of January"


@pytest.mark.parametrize("seed", [2, 3])
def test_what_the_decision_promises(seed: int) -> None:
    """The figures of docs/decisions/0014-doubles.md, on a smaller crowd."""
    found = crowd(seed, people=1000)
    listed, hinted = measure(found, DECIDE), measure(found, HINT)
    assert listed.met >= 0.97 * listed.true
    assert listed.precision >= 0.95
    assert listed.recall >= 0.95
    assert hinted.recall >= listed.recall
