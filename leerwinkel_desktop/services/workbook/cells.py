"""Judges one cell: turns what stands in it into the value of its field, or says why it does not fit."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from leerwinkel_desktop.domain.codelists import CodeList, UnknownCode, fold
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Field, Kind, Value, check
from leerwinkel_desktop.services.workbook.problems import Reason

FEW_CODES = 12
_YES = {"j", "ja", "true", "waar", "1"}
_NO = {"n", "nee", "neen", "false", "onwaar", "0"}
_REASONS = {
    "length": Reason.LENGTH,
    "characters": Reason.CHARACTERS,
    "range": Reason.RANGE,
    "date_range": Reason.DATE_RANGE,
}


class Cell(NamedTuple):
    """What stands in a cell: text, number, yes/no or date; or a formula or an error value of Excel."""

    value: object
    is_formula: bool = False
    is_error: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but spaces."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def shown(self) -> str:
        """What the user sees there, at most 60 characters."""
        if self.value is None:
            return ""
        text = self.value.isoformat() if isinstance(self.value, date) else str(self.value)
        return text if len(text) <= 60 else text[:59] + "…"


EMPTY = Cell(None)


class Unfit(Exception):
    """The cell does not fit: the reason, and what would."""

    def __init__(self, reason: Reason, options: tuple[str, ...] = ()) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.options = options


def judge(cell: Cell, field: Field, lists: Mapping[str, CodeList]) -> Value:
    """The value of the field that the cell holds; nothing for an empty cell. Raises Unfit."""
    if cell.is_formula:
        raise Unfit(Reason.FORMULA)
    if cell.is_error:
        raise Unfit(Reason.ERROR_VALUE)
    if cell.is_empty:
        return check(field, None)
    try:
        return check(field, _converted(cell.value, field, lists))
    except InvalidValue as error:
        options = tuple(str(o) for o in _limits(field, error.reason) if o is not None)
        raise Unfit(_REASONS.get(error.reason, Reason.TEXT), options) from error


def _limits(field: Field, reason: str) -> tuple[int | None, ...]:
    return (field.max_length,) if reason == "length" else (field.low, field.high)


def _converted(value: object, field: Field, lists: Mapping[str, CodeList]) -> Value:
    match field.kind:
        case Kind.DATE:
            return _day(value)
        case Kind.INTEGER:
            return _whole(value)
        case Kind.DECIMAL:
            return _decimal(value)
        case Kind.BOOLEAN:
            return _yes_no(value)
        case Kind.CODE:
            return _code(_text(value), lists[str(field.codelist)])
        case Kind.CODES:
            return _codes(_text(value), lists[str(field.codelist)])
        case _:
            return _text(value)


def _text(value: object) -> str:
    """Text as it stands; a whole number as its digits, since Excel makes numbers of codes and postcodes."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise Unfit(Reason.TEXT)


def _day(value: object) -> date:
    """A real Excel date, or ISO text; the hour of a moment is dropped."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value.strip()) != len("2026-01-31"):
        raise Unfit(Reason.DATE)
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise Unfit(Reason.DATE) from error


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise Unfit(Reason.NUMBER)
    try:
        return Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation as error:
        raise Unfit(Reason.NUMBER) from error


def _whole(value: object) -> int:
    number = _decimal(value)
    if not number.is_finite() or number != number.to_integral_value() or number.adjusted() > 20:
        raise Unfit(Reason.NUMBER)
    return int(number)


def _yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = fold(str(value)) if isinstance(value, str | int) else ""
    if word not in _YES | _NO:
        raise Unfit(Reason.YES_NO, ("J", "N"))
    return word in _YES


def _code(text: str, codelist: CodeList) -> str:
    try:
        return codelist.find(text.strip()).code
    except UnknownCode as error:
        raise Unfit(Reason.CODE, suggestions(text, codelist)) from error


def _codes(text: str, codelist: CodeList) -> tuple[str, ...]:
    """Codes with commas between; a label may hold commas itself, so the longest stretch that fits wins."""
    parts = text.replace(";", ",").split(",")
    found: list[str] = []
    while parts:
        for size in range(len(parts), 0, -1):
            stretch = ",".join(parts[:size]).strip()
            if not stretch or _fits(stretch, codelist):
                found += [codelist.find(stretch).code] if stretch else []
                del parts[:size]
                break
        else:
            raise Unfit(Reason.CODE, suggestions(parts[0], codelist))
    return tuple(dict.fromkeys(found))


def _fits(text: str, codelist: CodeList) -> bool:
    try:
        codelist.find(text)
    except UnknownCode:
        return False
    return True


def suggestions(text: str, codelist: CodeList) -> tuple[str, ...]:
    """All codes of a short list, or those that look most like what was typed."""
    if len(codelist) <= FEW_CODES:
        return tuple(code.code for code in codelist)
    words = {fold(word): code.code for code in codelist for word in (code.label, code.code)}
    close = difflib.get_close_matches(fold(text[:60]), words, n=3, cutoff=0.6)
    return tuple(dict.fromkeys(words[word] for word in close))
