"""Checks the reader of code lists: kinds, dates, forgiving lookup, and clear refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerwinkel_desktop.domain import codelists
from leerwinkel_desktop.domain.codelists import CodeList, CodeLists, MalformedCodeList, UnknownCode

FOLDER = Path(__file__).parents[2] / "resources" / "codelists"
HEAD = 'name = "fruit"\nlabel = "Fruit"\n'
FRUIT = (
    HEAD
    + """
[[code]]
code = "APPEL"
label = "Rode  appel"
aliases = ["Pomme"]
price = 1.50
count = 3
sweet = true
kinds = ["Elstar", "Jonagold"]

[[code]]
code = "CREME"
label = "Crème brûlée – ’s avonds"
valid_from = 2020-01-01
valid_to = 2020-12-31

[[code]]
code = "CREME2"
label = "Crème brûlée – ’s avonds"
valid_from = 2021-01-01
"""
)


def read(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


LISTS = CodeLists(read)


@pytest.fixture(scope="module")
def fruit() -> CodeList:
    return codelists.parse(FRUIT)


def test_a_list_keeps_order_label_dates_and_extra_attributes(fruit):
    assert (fruit.name, fruit.label, fruit.source) == ("fruit", "Fruit", "")
    assert [code.code for code in fruit] == ["APPEL", "CREME", "CREME2"]
    apple, creme, _ = fruit.codes
    assert dict(apple.extra) == {
        "price": Decimal("1.50"),
        "count": 3,
        "sweet": True,
        "kinds": ("Elstar", "Jonagold"),
    }
    assert (creme.valid_from, creme.valid_to) == (date(2020, 1, 1), date(2020, 12, 31))


def test_extra_attributes_are_read_by_kind(fruit):
    apple = fruit.get("APPEL")
    assert (apple.number("count"), apple.flag("sweet"), apple.texts("kinds")) == (
        3,
        True,
        ("Elstar", "Jonagold"),
    )
    assert (apple.text("none"), apple.number("none"), apple.flag("none"), apple.texts("none")) == (
        None,
        None,
        False,
        (),
    )


@pytest.mark.parametrize(
    ("reader", "name"),
    [("text", "count"), ("number", "sweet"), ("number", "price"), ("flag", "count"), ("texts", "price")],
)
def test_an_extra_attribute_of_another_kind_is_refused(fruit, reader, name):
    with pytest.raises(TypeError, match=name):
        getattr(fruit.get("APPEL"), reader)(name)


def test_a_code_can_be_hashed_and_not_changed(fruit):
    apple = fruit.get("APPEL")
    assert apple in {apple}
    with pytest.raises(TypeError):
        apple.extra["price"] = 2


@pytest.mark.parametrize(
    "text", ["APPEL", "appel", " Appel ", "RODE APPEL", "rode\tappel\n", "röde appel", "pomme"]
)
def test_find_forgives_case_accents_and_spaces(fruit, text):
    assert fruit.find(text).code == "APPEL"


def test_of_two_codes_with_one_label_the_open_one_is_meant(fruit):
    assert fruit.find("creme brulee - 's avonds").code == "CREME2"
    assert fruit.find("creme").code == "CREME"


def test_a_code_goes_before_a_label():
    parsed = codelists.parse(HEAD + '[[code]]\ncode="A"\nlabel="b"\n[[code]]\ncode="B"\nlabel="x"\n')
    assert parsed.find("b").code == "B"


@pytest.mark.parametrize("lookup", ["get", "find"])
def test_an_unknown_code_keeps_its_value_out_of_the_text(fruit, lookup):
    with pytest.raises(UnknownCode) as caught:
        getattr(fruit, lookup)("Jan Peeters")
    assert (caught.value.list_name, caught.value.value) == ("fruit", "Jan Peeters")
    assert "Peeters" not in str(caught.value)
    assert "fruit" in str(caught.value)


def test_get_is_exact(fruit):
    assert "APPEL" in fruit
    assert "appel" not in fruit
    with pytest.raises(UnknownCode):
        fruit.get("appel")


def test_a_value_that_no_list_knows_is_shown_as_it_stands(fruit):
    assert fruit.label_of("CREME") == "Crème brûlée – ’s avonds"
    assert fruit.label_of("appel") == "appel"


@pytest.mark.parametrize(
    ("day", "current"),
    [
        (date(2019, 12, 31), ["APPEL"]),
        (date(2020, 1, 1), ["APPEL", "CREME"]),
        (date(2020, 12, 31), ["APPEL", "CREME"]),
        (date(2021, 1, 1), ["APPEL", "CREME2"]),
    ],
)
def test_both_ends_of_the_validity_are_included(fruit, day, current):
    assert [code.code for code in fruit.current(day)] == current


@pytest.mark.parametrize(
    ("text", "entry", "reason"),
    [
        ("name = ", "", "no valid TOML"),
        ('label = "x"', "", "name"),
        ('name = "fruit"\nlabel = " "', "", "label"),
        (HEAD, "", "no \\[\\[code\\]\\]"),
        (HEAD + "code = 3", "", "no \\[\\[code\\]\\]"),
        (HEAD + "code = [3]", "number 1", "not a"),
        (HEAD + 'colour = "x"\n[[code]]\ncode="A"\nlabel="a"', "", "colour"),
        (HEAD + 'source = 1\n[[code]]\ncode="A"\nlabel="a"', "", "source"),
        (HEAD + '[[code]]\ncode="A"\nlabel="a"\n[[code]]\nlabel="b"', "number 2", "code is missing"),
        (HEAD + '[[code]]\ncode=1\nlabel="a"', "number 1", "no text"),
        (HEAD + '[[code]]\ncode="A "\nlabel="a"', "number 1", "space"),
        (HEAD + '[[code]]\ncode="A"\nlabel=""', "A", "label is missing"),
        (HEAD + '[[code]]\ncode="A"\nlabel="a"\n[[code]]\ncode="A"\nlabel="b"', "A", "twice"),
        (HEAD + '[[code]]\ncode="A"\nlabel="x"\n[[code]]\ncode="a"\nlabel="b"', "a", "twice"),
        (HEAD + '[[code]]\ncode="A"\nlabel="é"\n[[code]]\ncode="B"\nlabel="E"', "B", "also of A"),
        (
            HEAD + '[[code]]\ncode="A"\nlabel="x"\n[[code]]\ncode="B"\nlabel="y"\naliases=["X"]',
            "B",
            "also of A",
        ),
        (HEAD + '[[code]]\ncode="A"\nlabel="a"\nvalid_to="2020-01-01"', "A", "valid_to is no date"),
        (
            HEAD + '[[code]]\ncode="A"\nlabel="a"\nvalid_from=2020-01-01T00:00:00',
            "A",
            "valid_from is no date",
        ),
        (HEAD + '[[code]]\ncode="A"\nlabel="a"\nvalid_from=2020-01-02\nvalid_to=2020-01-01', "A", "before"),
        (HEAD + '[[code]]\ncode="A"\nlabel="a"\nx={y=1}', "A", "x is no text"),
        (HEAD + '[[code]]\ncode="A"\nlabel="a"\nx=[1]', "A", "x is no text"),
        (HEAD + '[[code]]\ncode="A"\nlabel="a"\nx=2020-01-01T00:00:00', "A", "x is no text"),
        (HEAD + '[[code]]\ncode="A"\nlabel="a"\naliases="b"', "A", "aliases"),
    ],
)
def test_a_malformed_list_names_list_and_entry(text, entry, reason):
    with pytest.raises(ValueError, match=reason) as caught:
        codelists.parse(text)
    assert isinstance(caught.value, MalformedCodeList)
    assert caught.value.entry == entry
    assert entry in str(caught.value)
    assert caught.value.list_name == ("fruit" if text.startswith('name = "') else "?")


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_and_spaces_do_not_count(text):
    folded = codelists.fold(text)
    assert codelists.fold(f"  {folded} ") == folded


def test_lists_are_loaded_at_first_use_and_once():
    asked: list[str] = []

    def load(name: str) -> str:
        asked.append(name)
        return read(name)

    lists = CodeLists(load)
    assert len(lists) == len(codelists.SHIPPED)
    assert "gender" in list(lists)
    assert asked == []
    assert lists["gender"] is lists["gender"]
    assert asked == ["gender"]


def test_a_list_that_nobody_knows_is_a_key_error():
    with pytest.raises(KeyError, match="shoe_size") as caught:
        LISTS["shoe_size"]
    assert isinstance(caught.value, codelists.UnknownCodeList)
    assert "shoe_size" not in LISTS


def test_a_text_under_a_wrong_name_is_refused():
    with pytest.raises(MalformedCodeList, match="gender"):
        CodeLists(lambda name: read("gender"))["step"]
