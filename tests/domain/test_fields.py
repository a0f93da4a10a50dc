"""Fields are declared once; values come back from their wire form unharmed, or are refused by name."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import (
    Field,
    Kind,
    Privacy,
    check,
    field_of,
    fields_of,
    from_wire,
    normal_text,
    owner_of,
    to_wire,
)

FIELDS = {
    kind: Field("probe", "Proef", kind, Privacy.ORDINARY, max_length=40, low=-5, high=50) for kind in Kind
}
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)  # NFC may lengthen
GOOD = {
    Kind.TEXT: TEXTS,
    Kind.NOTE: TEXTS,
    Kind.INTEGER: st.integers(-5, 50),
    Kind.DECIMAL: st.decimals(-(10**11), 10**11, places=4),
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    Kind.TIME: st.times().map(lambda time: f"{time:%H:%M}"),
    Kind.CODE: st.sampled_from("ABC"),
    Kind.CODES: st.lists(st.sampled_from("ABC")).map(tuple),
    Kind.REF: st.uuids().map(str),
    Kind.REFS: st.lists(st.uuids().map(str)).map(tuple),
}


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
def test_there_and_back(kind, data):
    field = FIELDS[kind]
    value = check(field, data.draw(st.none() | GOOD[kind]))
    wire = to_wire(value)
    assert wire is None or isinstance(wire, (bool, int, str, list))
    assert from_wire(field, wire) == value
    assert check(field, value) == value, "the normal form is its own normal form"


WIRES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.floats(),
    lambda inner: st.lists(inner, max_size=3),
)


@pytest.mark.parametrize("kind", Kind)
@given(wire=WIRES)
def test_whatever_comes_in_is_a_value_or_an_invalid_value(kind, wire):
    with suppress(InvalidValue):
        value = from_wire(FIELDS[kind], wire)
        assert check(FIELDS[kind], value) == value


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        (Kind.TEXT, "a" * 41, "length"),
        (Kind.TEXT, "a\0", "characters"),
        (Kind.TEXT, "é\udc80", "characters"),
        (Kind.TEXT, 1, "kind"),
        (Kind.INTEGER, 51, "range"),
        (Kind.INTEGER, -6, "range"),
        (Kind.INTEGER, True, "kind"),
        (Kind.INTEGER, 1.0, "kind"),
        (Kind.BOOLEAN, 1, "kind"),
        (Kind.DATE, date(1899, 12, 31), "date_range"),
        (Kind.DATE, date(2200, 1, 1), "date_range"),
        (Kind.DATE, "2026-01-01", "kind"),
        (Kind.TIME, "24:00", "kind"),
        (Kind.TIME, "9:30", "kind"),
        (Kind.TIME, "12:60", "kind"),
        (Kind.TIME, "١٢:٣٠", "kind"),
        (Kind.TIME, 930, "kind"),
        (Kind.DECIMAL, Decimal("Infinity"), "range"),
        (Kind.DECIMAL, Decimal("sNaN"), "range"),
        (Kind.DECIMAL, Decimal(10**12), "range"),
        (Kind.DECIMAL, Decimal("1e-31"), "range"),
        (Kind.DECIMAL, 1, "kind"),
        (Kind.CODES, ["A"], "kind"),
        (Kind.CODES, ("A", 1), "kind"),
        (Kind.REFS, ("a" * 41,), "length"),
    ],
)
def test_what_does_not_fit_is_refused(kind, value, reason):
    with pytest.raises(InvalidValue) as caught:
        check(FIELDS[kind], value)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    "wire", ["1E-999999999", "1E+999999999", "-1e-99999999999", "0E-999999999", "0E+999999999"]
)
def test_a_small_text_cannot_become_a_huge_number(wire):
    with pytest.raises(InvalidValue):
        from_wire(FIELDS[Kind.DECIMAL], wire)


@pytest.mark.parametrize(("given_text", "kept"), [("  a ", "a"), ("", None), (" \n", None), ("e\u0301", "é")])
def test_texts_have_one_form(given_text, kept):
    assert check(FIELDS[Kind.TEXT], given_text) == kept


def test_nothing_chosen_is_an_empty_tuple():
    for kind in (Kind.CODES, Kind.REFS):
        assert check(FIELDS[kind], None) == ()
        assert from_wire(FIELDS[kind], None) == ()
        assert check(FIELDS[kind], ("", " ", "A")) == ("A",)


def test_declarations_are_read_from_the_record():
    names = [field.name for field in fields_of(Client)]
    assert names[:3] == ["client_no", "first_name", "last_name"]
    assert "id" not in names
    gender = field_of(Client, "gender")
    assert (gender.label, gender.kind, gender.codelist) == ("Geslacht", Kind.CODE, "gender")
    assert (gender.privacy, gender.needed) == (Privacy.STATISTICAL, True)
    with pytest.raises(KeyError):
        field_of(Client, "rijksregisternummer")
    owner = owner_of(Dossier)
    assert owner is not None
    assert (owner.name, owner.target) == ("client_id", "client")
    assert owner_of(Client) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x07b\x7f", "ab"),
        ("\u2028regel\u2029", "regel"),
        ("e\u0301\x01", "é"),
        ("tab\tblijft\nook", "tab\tblijft\nook"),
        ("\x01 \x02", ""),
    ],
)
def test_pasted_text_loses_what_nobody_sees(typed, kept):
    assert normal_text(typed) == kept
    assert check(FIELDS[Kind.NOTE], typed) == (kept or None)


@pytest.mark.parametrize("kind", [Kind.CODES, Kind.REFS])
def test_a_list_has_its_limit(kind):
    assert check(FIELDS[kind], ("A",) * 100) == ("A",) * 100
    with pytest.raises(InvalidValue):
        check(FIELDS[kind], ("A",) * 101)
