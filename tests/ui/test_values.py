"""What people type becomes the value they mean, or an error; never another day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.ui.editors.values import (
    day_text,
    decimal_text,
    parse_clock,
    parse_day,
    parse_decimal,
    parse_integer,
)

TODAY = date(2026, 5, 12)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3/4/2025", date(2025, 4, 3)),
        ("03-04-2025", date(2025, 4, 3)),
        ("3.4.25", date(2025, 4, 3)),
        ("03042025", date(2025, 4, 3)),
        ("2025-04-03", date(2025, 4, 3)),
        (" 29/2/2024 ", date(2024, 2, 29)),
        ("1/1/36", date(2036, 1, 1)),
        ("1/1/37", date(1937, 1, 1)),
        ("", None),
        ("  ", None),
    ],
)
def test_days(typed, meant):
    assert parse_day("field", typed, TODAY) == meant


@pytest.mark.parametrize(
    "typed", ["31/02/2025", "29/2/2025", "13/13/2025", "morgen", "3/4", "3/4/205", "0/1/2025"]
)
def test_no_days(typed):
    with pytest.raises(InvalidValue) as error:
        parse_day("birth_date", typed, TODAY)
    assert error.value.field == "birth_date"


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_comes_back_from_its_own_text(day):
    assert parse_day("field", day_text(day), TODAY) == day


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9u30", "09:30"),
        ("930", "09:30"),
        ("9.30", "09:30"),
        ("9:30", "09:30"),
        ("09h30", "09:30"),
        ("9,30", "09:30"),
        ("1430", "14:30"),
        ("14", "14:00"),
        ("14u", "14:00"),
        (" 14 uur ", "14:00"),
        ("0", "00:00"),
        ("23:59", "23:59"),
        ("", None),
    ],
)
def test_times(typed, meant):
    assert parse_clock("field", typed) == meant


@pytest.mark.parametrize("typed", ["24", "9u60", "2400", "straks", "9:3", "12345", "-9", "9.5", "٩"])
def test_no_times(typed):
    with pytest.raises(InvalidValue) as error:
        parse_clock("starts_at", typed)
    assert error.value.field == "starts_at"


@pytest.mark.parametrize(("typed", "meant"), [("12", 12), (" 1 000 ", 1000), ("-3", -3), ("", None)])
def test_integers(typed, meant):
    assert parse_integer("field", typed) == meant


@pytest.mark.parametrize("typed", ["1,5", "een", "1e3", "٣", "--2", "9" * 17])
def test_no_integers(typed):
    with pytest.raises(InvalidValue):
        parse_integer("field", typed)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_comes_back_from_its_own_text(amount):
    assert parse_decimal("field", decimal_text(amount)) == amount


def test_no_amount():
    assert parse_decimal("field", "") is None
    assert decimal_text(Decimal("12.50")) == "12,50"
    with pytest.raises(InvalidValue):
        parse_decimal("field", "twaalf")
