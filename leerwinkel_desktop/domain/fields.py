"""Declares what a field of a record is: its label, kind of value, code list and privacy class.

A field is declared once, in its record; forms, tables, the workbook, search, printing, the person's own
data export, statistics and erasure all read this declaration (ARCHITECTURE.md "Declare once").
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, ClassVar

from leerwinkel_desktop.domain.errors import InvalidValue

Value = None | bool | int | str | Decimal | date | tuple[str, ...]
Wire = None | bool | int | str | list[str]

LARGEST_INTEGER = 2**53
MOST_ITEMS = 100
DECIMAL_PLACES = 30
EARLIEST_DATE = date(1900, 1, 1)
LATEST_DATE = date(2199, 12, 31)


class Kind(StrEnum):
    """The kinds of value a field can hold, and so how it is drawn, stored and checked."""

    TEXT = "text"
    NOTE = "note"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    CODE = "code"
    CODES = "codes"
    REF = "ref"
    REFS = "refs"


class Privacy(StrEnum):
    """How much harm a field can do in the wrong hands (DOMAIN.md §9)."""

    IDENTIFYING = "identifying"
    SENSITIVE = "sensitive"
    JUDICIAL = "judicial"
    ORDINARY = "ordinary"
    STATISTICAL = "statistical"


@dataclass(frozen=True, slots=True)
class Field:
    """One declared attribute of a record.

    `codelist` names a file of `resources/codelists/` (CODE, CODES); `target` is the kind of record that a
    REF or REFS points to; `owner` marks the REF that leads up to the person; `needed` means an indicator
    needs it (DOMAIN.md §3, `*`), never that it blocks saving; `opaque` that only the program reads it: it
    is stored and carried as any other, and never shown as words. `usual` are the numbers that are offered;
    `in_sight`: all codes stand beside each other, however long.
    """

    name: str
    label: str
    kind: Kind
    privacy: Privacy
    codelist: str | None = None
    target: str | None = None
    owner: bool = False
    needed: bool = False
    max_length: int = 300
    low: int | None = None
    high: int | None = None
    opaque: bool = False
    usual: tuple[int, ...] = ()
    in_sight: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: an identifier (UUIDv7 as text) that never changes and carries no meaning."""

    kind: ClassVar[str]
    label: ClassVar[str]

    id: str


def _declared(label: str, kind: Kind, privacy: Privacy, default: Value = None, **more: Any) -> Any:
    metadata = {"label": label, "kind": kind, "privacy": privacy, **more}
    return dataclasses.field(default=default, metadata=metadata)


def text(label: str, privacy: Privacy = Privacy.ORDINARY, **more: Any) -> Any:
    """Declare one line of text, at most `max_length` (300) characters."""
    return _declared(label, Kind.TEXT, privacy, **more)


def note(label: str, privacy: Privacy = Privacy.ORDINARY, **more: Any) -> Any:
    """Declare text of several lines, at most `max_length` (4,000) characters."""
    return _declared(label, Kind.NOTE, privacy, **{"max_length": 4000, **more})


def integer(label: str, privacy: Privacy = Privacy.ORDINARY, **more: Any) -> Any:
    """Declare a whole number between `low` and `high`, both included."""
    return _declared(label, Kind.INTEGER, privacy, **more)


def decimal(label: str, privacy: Privacy = Privacy.ORDINARY, **more: Any) -> Any:
    """Declare an exact decimal number."""
    return _declared(label, Kind.DECIMAL, privacy, **more)


def yes_no(label: str, privacy: Privacy = Privacy.ORDINARY, **more: Any) -> Any:
    """Declare yes, no or not asked (None)."""
    return _declared(label, Kind.BOOLEAN, privacy, **more)


def day(label: str, privacy: Privacy = Privacy.ORDINARY, **more: Any) -> Any:
    """Declare a calendar date."""
    return _declared(label, Kind.DATE, privacy, **more)


def clock(label: str, privacy: Privacy = Privacy.ORDINARY, **more: Any) -> Any:
    """Declare a time of day on the clock of Brussels, as text "HH:MM" from "00:00" to "23:59"."""
    return _declared(label, Kind.TIME, privacy, **more)


def choice(label: str, codelist: str, privacy: Privacy = Privacy.STATISTICAL, **more: Any) -> Any:
    """Declare one code of the named code list."""
    return _declared(label, Kind.CODE, privacy, codelist=codelist, **more)


def choices(label: str, codelist: str, privacy: Privacy = Privacy.STATISTICAL, **more: Any) -> Any:
    """Declare a set of codes of the named code list, kept in the order of choice."""
    return _declared(label, Kind.CODES, privacy, default=(), codelist=codelist, **more)


def ref(label: str, target: str, privacy: Privacy = Privacy.ORDINARY, **more: Any) -> Any:
    """Declare the id of one other record of kind `target`."""
    return _declared(label, Kind.REF, privacy, target=target, **more)


def refs(label: str, target: str, privacy: Privacy = Privacy.ORDINARY, **more: Any) -> Any:
    """Declare the ids of several other records of kind `target`."""
    return _declared(label, Kind.REFS, privacy, default=(), target=target, **more)


_FIELDS: dict[type[Record], tuple[Field, ...]] = {}


def fields_of(record: type[Record]) -> tuple[Field, ...]:
    """All declared fields of a record class, without its id, in the order of declaration."""
    if record not in _FIELDS:
        own = (f for f in dataclasses.fields(record) if f.name != "id")
        _FIELDS[record] = tuple(Field(name=f.name, **f.metadata) for f in own)
    return _FIELDS[record]


def field_of(record: type[Record], name: str) -> Field:
    """The declared field of that name. Raises KeyError for a name that is not declared."""
    return {f.name: f for f in fields_of(record)}[name]


def owner_of(record: type[Record]) -> Field | None:
    """The REF that leads one step up to the person, or None for a record that belongs to nobody."""
    return next((f for f in fields_of(record) if f.owner), None)


def to_wire(value: Value) -> Wire:
    """The form in which a value stands in a bundle or a table: null, bool, int, text or a list of text."""
    match value:
        case tuple():
            return list(value)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return value


def from_wire(field: Field, value: Wire) -> Value:
    """The value behind its wire form, checked against the declaration.

    Raises InvalidValue when the wire value is not of the field's kind or breaks its limits. Codes are not
    looked up here: a list may be newer on the other side (SECURITY.md §4 "Versions").
    """
    return check(field, _from_wire(field, value))


def _from_wire(field: Field, value: Wire) -> Value:
    if value is None:
        return () if field.kind in (Kind.CODES, Kind.REFS) else None
    try:
        match field.kind:
            case Kind.DATE if isinstance(value, str):
                return date.fromisoformat(value)
            case Kind.DECIMAL if isinstance(value, str):
                return Decimal(value)
            case Kind.CODES | Kind.REFS if isinstance(value, list):
                return tuple(value)
    except (ValueError, InvalidOperation) as error:
        raise InvalidValue(field.name, "kind") from error
    if isinstance(value, list):
        raise InvalidValue(field.name, "kind")
    return value


_TYPES: dict[Kind, type[Any]] = {
    Kind.TEXT: str,
    Kind.NOTE: str,
    Kind.INTEGER: int,
    Kind.DECIMAL: Decimal,
    Kind.BOOLEAN: bool,
    Kind.DATE: date,
    Kind.TIME: str,
    Kind.CODE: str,
    Kind.CODES: tuple,
    Kind.REF: str,
    Kind.REFS: tuple,
}


def check(field: Field, value: Value) -> Value:
    """Return the value in its normal form (NFC text, nothing for empty text). Raises InvalidValue."""
    if value is None:
        return () if field.kind in (Kind.CODES, Kind.REFS) else None
    if type(value) is not _TYPES[field.kind]:
        raise InvalidValue(field.name, "kind")
    match value:
        case str() if field.kind is Kind.TIME:
            return _checked_clock(field, value)
        case str():
            return _checked_text(field, value)
        case tuple():
            _require(len(value) <= MOST_ITEMS, field, "length")
            return tuple(filter(None, (_checked_text(field, item) for item in value)))
        case date():
            _require(EARLIEST_DATE <= value <= LATEST_DATE, field, "date_range")
        case Decimal():
            _require(_is_plain(value), field, "range")
        case int() if not isinstance(value, bool):
            low = -LARGEST_INTEGER if field.low is None else field.low
            high = LARGEST_INTEGER if field.high is None else field.high
            _require(low <= value <= high, field, "range")
    return value


_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def _checked_clock(field: Field, value: str) -> str | None:
    told = _checked_text(field, value)
    _require(told is None or _CLOCK.fullmatch(told) is not None, field, "kind")
    return told


def _is_plain(value: Decimal) -> bool:
    """Whether a number can be written out in full without becoming a text of any length."""
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and abs(exponent) <= DECIMAL_PLACES and abs(value) < 10**12


def _checked_text(field: Field, value: str) -> str | None:
    if not isinstance(value, str):
        raise InvalidValue(field.name, "kind")
    _require("\0" not in value and not any("\ud800" <= c <= "\udfff" for c in value), field, "characters")
    value = normal_text(value)
    _require(len(value) <= field.max_length, field, "length")
    return value or None


_BREAKS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def normal_text(text: str) -> str:
    """Text in NFC, with line feeds for breaks, without control characters and without space around it."""
    if not text.isprintable():
        text = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()


def _require(holds: bool, field: Field, reason: str) -> None:
    if not holds:
        raise InvalidValue(field.name, reason)
