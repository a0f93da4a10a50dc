"""Turns what people type into values and back: dates, times, numbers and amounts, the Flemish way."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from leerwinkel_desktop.domain.errors import InvalidValue

YOUNGEST: Final = 10
_DAY = re.compile(r"(\d{1,2})[\s/.-]+(\d{1,2})[\s/.-]+(\d{4}|\d{2})")
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def parse_day(field: str, text: str, today: date) -> date | None:
    """The day that was typed: 3/4/2025, 03042025, 3.4.25 or 2025-04-03; None for nothing.

    A year of two digits is the last such year that is not more than ten years ahead. Raises InvalidValue.
    """
    text = text.strip()
    if not text:
        return None
    if found := _ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := _DAY.fullmatch(text) or _PACKED.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise InvalidValue(field, "kind")
    number = int(year)
    if len(year) == 2:
        number += 2000 if 2000 + number <= today.year + 10 else 1900
    try:
        return date(number, int(month), int(day))
    except ValueError as error:
        raise InvalidValue(field, "kind") from error


def parse_birth(field: str, text: str, today: date) -> int | date | None:
    """The year or the day of birth that was typed: 98, 1998 or 14/3/1998; None for nothing.

    A year of two digits is the last such year in which somebody was born who is ten by now. Raises
    InvalidValue.
    """
    text = text.strip()
    if not text.isdecimal() or len(text) not in (2, 4):
        return parse_day(field, text, today)
    number = int(text)
    if len(text) == 4:
        return number
    return number + (2000 if 2000 + number <= today.year - YOUNGEST else 1900)


def day_text(value: date | None) -> str:
    """A day as it is typed here: 03/04/2025."""
    return f"{value.day:02}/{value.month:02}/{value.year:04}" if value else ""


_CLOCK = re.compile(r"(\d{1,2})(?:\s*(?:[:.,hu]|uur)\s*(\d{2})?)?", re.ASCII | re.IGNORECASE)
_PACKED_CLOCK = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)


def parse_clock(field: str, text: str) -> str | None:
    """The time of day that was typed as "HH:MM": 9u30, 930, 9.30, 14, 14 uur; None for nothing.

    Raises InvalidValue.
    """
    text = text.strip()
    if not text:
        return None
    found = _CLOCK.fullmatch(text) or _PACKED_CLOCK.fullmatch(text)
    if found is None:
        raise InvalidValue(field, "kind")
    hour, minute = int(found[1]), int(found[2] or 0)
    if hour > 23 or minute > 59:
        raise InvalidValue(field, "kind")
    return f"{hour:02}:{minute:02}"


def parse_integer(field: str, text: str) -> int | None:
    """The whole number that was typed; None for nothing. Raises InvalidValue."""
    text = text.replace("\u00a0", "").replace(" ", "")
    if not text:
        return None
    if not re.fullmatch(r"[+-]?\d{1,16}", text, re.ASCII):
        raise InvalidValue(field, "kind")
    return int(text)


def parse_decimal(field: str, text: str) -> Decimal | None:
    """The number that was typed, with a comma or a point; None for nothing. Raises InvalidValue."""
    text = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise InvalidValue(field, "kind") from error


def decimal_text(value: Decimal | None) -> str:
    """A number with a comma."""
    return "" if value is None else format(value, "f").replace(".", ",")


def parse_names(text: str) -> dict[str, str]:
    """A first and a last name from what was searched in vain, unless there is a digit in it."""
    first, _space, last = text.strip().partition(" ")
    if not first or any(sign.isdigit() for sign in text):
        return {}
    return {"first_name": first} | ({"last_name": last.strip()} if last.strip() else {})
