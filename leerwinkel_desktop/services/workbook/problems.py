"""What can be wrong with a workbook: as a whole (typed errors), or cell by cell (problems with a place)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from leerwinkel_desktop.domain.errors import InputError


class Reason(StrEnum):
    """Why a sheet, column, row or cell does not fit."""

    UNKNOWN_SHEET = "unknown_sheet"
    MISSING_SHEET = "missing_sheet"
    REPEATED_SHEET = "repeated_sheet"
    UNKNOWN_COLUMN = "unknown_column"
    MISSING_COLUMN = "missing_column"
    REPEATED_COLUMN = "repeated_column"
    REQUIRED = "required"
    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    CODE = "code"
    DATE = "date"
    DATE_RANGE = "date_range"
    FUTURE = "future"
    NUMBER = "number"
    RANGE = "range"
    YES_NO = "yes_no"
    TEXT = "text"
    LENGTH = "length"
    CHARACTERS = "characters"
    DUPLICATE = "duplicate"
    NO_SUCH_NUMBER = "no_such_number"
    OTHER_OWNER = "other_owner"
    PARENT_REFUSED = "parent_refused"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not fit: sheet, row as Excel counts it (0: the sheet itself), column, and why.

    `found` is what stands there (shown to the user, kept out of logs); `options` are what would fit.
    """

    sheet: str
    row: int
    column: str
    reason: Reason
    found: str = field(default="", repr=False)
    options: tuple[str, ...] = ()


class UnreadableWorkbook(InputError):
    """The file as a whole cannot be read; nothing was imported."""


class NotAWorkbook(UnreadableWorkbook):
    """No .xlsx and no folder of .csv."""


class OldWorkbook(UnreadableWorkbook):
    """The old .xls format."""


class LockedWorkbook(UnreadableWorkbook):
    """The workbook is protected with a password."""


class DamagedWorkbook(UnreadableWorkbook):
    """A workbook whose inside is broken."""


class OversizedWorkbook(UnreadableWorkbook):
    """Unpacked, the workbook is larger than `limit` bytes, or packed in a way no spreadsheet does."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class NotUtf8(UnreadableWorkbook):
    """A .csv file (`name`) in another character set than UTF-8."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class MissingWorkbook(UnreadableWorkbook):
    """There is nothing at that place, or it may not be read."""


class RowsDoNotFit(InputError):
    """Nothing was imported: `problems` lists each sheet, column and cell that does not fit."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(len(problems))
        self.problems = tuple(problems)
