"""Judges wire values against their declared fields, fast enough for an import of many (FORMAT.md §7)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import LARGEST_INTEGER, Field, Kind, Wire, from_wire, to_wire

Fits = Callable[[Wire], bool]
_KEPT = 4096  # judgements of one field


def fits(field: Field, value: Wire) -> bool:
    """Whether a value is of the field's kind, within its limits and in its normal form: the definition."""
    try:
        return to_wire(from_wire(field, value)) == value
    except InvalidValue:
        return False


def fits_of(field: Field) -> Fits:
    """The judgement of `fits` made ready for one field, for values that are not null.

    It answers by itself what is common, and asks `fits` about everything else.
    """
    match field.kind:
        case Kind.TEXT | Kind.NOTE | Kind.REF:
            return _text(field)
        case Kind.CODES | Kind.REFS:
            return _texts(field)
        case Kind.BOOLEAN:
            return lambda value: type(value) is bool
        case Kind.INTEGER:
            return _integer(field)
        case Kind.CODE | Kind.DATE | Kind.TIME | Kind.DECIMAL:
            return _remembered(field)


def _text(field: Field) -> Fits:
    longest = field.max_length

    def text(value: Wire) -> bool:
        plain = (
            type(value) is str
            and value.isascii()
            and value.isprintable()
            and 0 < len(value) <= longest
            and value == value.strip()
        )
        return plain or fits(field, value)

    return text


def _texts(field: Field) -> Fits:
    known = lru_cache(maxsize=_KEPT)(lambda values: fits(field, list(values)))
    return lambda value: type(value) is list and known(tuple(value))


def _integer(field: Field) -> Fits:
    low = -LARGEST_INTEGER if field.low is None else field.low
    high = LARGEST_INTEGER if field.high is None else field.high
    return lambda value: type(value) is int and low <= value <= high


def _remembered(field: Field) -> Fits:
    known = lru_cache(maxsize=_KEPT)(lambda value: fits(field, value))
    return lambda value: type(value) is str and known(value)
