"""Reads a whole workbook into a draft: rows that fit, and everything that does not, with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

from leerwinkel_desktop.domain.codelists import CodeList, fold
from leerwinkel_desktop.domain.fields import Field, Value
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.workbook import files
from leerwinkel_desktop.services.workbook.cells import EMPTY, Cell, Unfit, judge
from leerwinkel_desktop.services.workbook.columns import BY_NAME, NOT_DATA, REASON, SHEETS, Column, Sheet
from leerwinkel_desktop.services.workbook.problems import Problem, Reason

STRIDE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One row that fits: its place as Excel counts, the values in the order of the sheet's columns."""

    row: int
    values: tuple[Value, ...]

    def text(self, at: int) -> str:
        """The number that stands in a required text column."""
        return str(self.values[at])


@dataclass(frozen=True, slots=True)
class Refused:
    """One row that does not fit, as it stood, with the reasons and the values of the cells that do fit."""

    row: int
    cells: tuple[object, ...]
    values: tuple[Value, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Draft:
    """What a workbook holds: lines and refused rows by sheet; `problems` are those of sheets and headings."""

    lines: dict[str, list[Line]] = field(default_factory=lambda: {sheet.name: [] for sheet in SHEETS})
    refused: dict[str, list[Refused]] = field(default_factory=lambda: {sheet.name: [] for sheet in SHEETS})
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_structural(self) -> bool:
        """Whether sheets or headings are wrong, so that not even the good rows can be trusted."""
        return bool(self.problems)

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Everything to mend, in order of place; a row that waits for another is no mistake of its own."""
        refused = chain.from_iterable(self.refused.values())
        of_rows = (p for row in refused for p in row.problems if p.reason is not Reason.PARENT_REFUSED)
        return (*self.problems, *of_rows)


def read(path: Path, lists: Mapping[str, CodeList], today: date, progress: Progress) -> Draft:
    """Read all sheets and judge each cell by itself; `references.check` judges numbers after that.

    Raises UnreadableWorkbook (its subclasses) and Cancelled.
    """
    draft = Draft()
    with files.opened(path) as book:
        found = _match_sheets(book.names, draft)
        for done, sheet in enumerate(SHEETS):
            if sheet.name in found:
                rows = book.rows(found[sheet.name])
                _Judge(sheet, lists, today, draft).read(rows, progress, done)
    return draft


def _match_sheets(names: tuple[str, ...], draft: Draft) -> dict[str, str]:
    wanted = {fold(name): name for name in BY_NAME}
    found: dict[str, str] = {}
    for name in names:
        if fold(name) in map(fold, NOT_DATA):
            continue
        sheet = wanted.get(fold(name))
        if sheet is None:
            draft.problems.append(Problem(name, 0, "", Reason.UNKNOWN_SHEET, options=tuple(BY_NAME)))
        elif sheet in found:
            draft.problems.append(Problem(name, 0, "", Reason.REPEATED_SHEET))
        else:
            found[sheet] = name
    missing = (name for name in BY_NAME if name not in found)
    draft.problems += [Problem(name, 0, "", Reason.MISSING_SHEET) for name in missing]
    return found


class _Judge:
    """Judges the rows of one sheet."""

    def __init__(self, sheet: Sheet, lists: Mapping[str, CodeList], today: date, draft: Draft) -> None:
        self.sheet = sheet
        self.lists = lists
        self.today = today
        self.draft = draft
        self.fields: list[Field] = [sheet.field(column) for column in sheet.columns]
        self.places: list[int | None] = []

    def read(self, rows: files.Rows, progress: Progress, done: int) -> None:
        if not self._read_heading(next(rows, [])):
            return
        for row, cells in enumerate(rows, start=2):
            if row % STRIDE == 0:
                progress(done, len(SHEETS), f"Blad {self.sheet.name} lezen: rij {row}")
            if not all(cell.is_empty and not cell.is_formula for cell in cells):
                self._read_row(row, cells)

    def _read_heading(self, cells: list[Cell]) -> bool:
        headings = [fold(str(cell.value)).rstrip(" *") if not cell.is_empty else "" for cell in cells]
        problems = [
            Problem(self.sheet.name, 1, heading, reason, options=tuple(c.name for c in self.sheet.columns))
            for heading, reason in self._heading_problems(headings)
        ]
        self.draft.problems += problems
        self.places = [headings.index(c.name) if c.name in headings else None for c in self.sheet.columns]
        return not problems

    def _heading_problems(self, headings: list[str]) -> list[tuple[str, Reason]]:
        names = {column.name for column in self.sheet.columns}
        found: list[tuple[str, Reason]] = []
        for at, heading in enumerate(headings):
            if heading and heading not in names | {REASON}:
                found.append((heading, Reason.UNKNOWN_COLUMN))
            elif heading and heading in headings[:at]:
                found.append((heading, Reason.REPEATED_COLUMN))
        found += [
            (column.name, Reason.MISSING_COLUMN)
            for column in self.sheet.columns
            if column.required and column.name not in headings
        ]
        return found

    def _read_row(self, row: int, cells: list[Cell]) -> None:
        own = [EMPTY if at is None or at >= len(cells) else cells[at] for at in self.places]
        values: list[Value] = []
        problems: list[Problem] = []
        for column, declared, cell in zip(self.sheet.columns, self.fields, own, strict=True):
            try:
                values.append(self._judge(column, declared, cell))
            except Unfit as unfit:
                values.append(None)
                place = (self.sheet.name, row, column.name)
                problems.append(Problem(*place, unfit.reason, cell.shown, unfit.options))
        if problems:
            raw = tuple(cell.value for cell in own)
            self.draft.refused[self.sheet.name].append(Refused(row, raw, tuple(values), tuple(problems)))
        else:
            self.draft.lines[self.sheet.name].append(Line(row, tuple(values)))

    def _judge(self, column: Column, declared: Field, cell: Cell) -> Value:
        value = judge(cell, declared, self.lists)
        if column.required and (value is None or value == ()):
            raise Unfit(Reason.REQUIRED)
        if column.past and isinstance(value, date) and value > self.today:
            raise Unfit(Reason.FUTURE)
        return value


def all_refused(draft: Draft) -> int:
    """How many rows were refused, over all sheets."""
    return sum(1 for _ in chain.from_iterable(draft.refused.values()))
