"""Judges the numbers in a workbook: those that occur twice, belong elsewhere, or refer to nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from leerwinkel_desktop.domain.fields import Value
from leerwinkel_desktop.services.workbook.columns import SHEETS, Sheet
from leerwinkel_desktop.services.workbook.problems import Problem, Reason
from leerwinkel_desktop.services.workbook.reading import Draft, Line, Refused


@dataclass(frozen=True, slots=True)
class Known:
    """The numbers that the vault has already, by sheet.

    `ids` gives the id behind a number (of a client: the person's dossier after merges), `owners` the id of
    what that belongs to.
    """

    ids: Mapping[str, Mapping[str, str]]
    owners: Mapping[str, Mapping[str, str]]


def check(draft: Draft, known: Known) -> None:
    """Refuse the lines whose numbers do not fit, and name such numbers in rows that are refused already.

    What hangs under a refused row is refused with it.
    """
    _Check(draft, known).run()


class _Check:
    """The numbers met so far: `kept` came in, `lost` were refused, `met` is both."""

    def __init__(self, draft: Draft, known: Known) -> None:
        self.draft = draft
        self.known = known
        self.kept: dict[str, set[Value]] = defaultdict(set)
        self.lost: dict[str, set[Value]] = defaultdict(set)
        self.met: dict[str, set[Value]] = defaultdict(set)

    def run(self) -> None:
        for sheet in SHEETS:
            rows: list[Line | Refused] = [*self.draft.lines[sheet.name], *self.draft.refused[sheet.name]]
            rows.sort(key=lambda row: row.row)
            judged = [self._judged(sheet, row) for row in rows]
            self.draft.lines[sheet.name] = [row for row in judged if isinstance(row, Line)]
            self.draft.refused[sheet.name] = [row for row in judged if isinstance(row, Refused)]

    def _judged(self, sheet: Sheet, row: Line | Refused) -> Line | Refused:
        problems = tuple(self._problems(sheet, row))
        if isinstance(row, Refused):
            row = replace(row, problems=row.problems + problems)
        elif problems:
            row = Refused(row.row, row.values, row.values, problems)
        if sheet.number:
            number = row.values[sheet.place(sheet.number)]
            (self.kept if isinstance(row, Line) else self.lost)[sheet.name].add(number)
            self.met[sheet.name].add(number)
        return row

    def _problems(self, sheet: Sheet, row: Line | Refused) -> Iterator[Problem]:
        own, parent = sheet.number_column, sheet.parent
        number = None if own is None else row.values[sheet.place(own.field)]
        if own is not None and number is not None and number in self.met[sheet.name]:
            yield Problem(sheet.name, row.row, own.name, Reason.DUPLICATE, str(number))
            return
        wanted = None if parent is None else row.values[sheet.place(parent.field)]
        if parent is None or parent.refers is None or wanted is None:
            return
        reason = self._reference(sheet, parent.refers, str(wanted), number)
        if reason is not None:
            options = (parent.refers,) if reason is Reason.NO_SUCH_NUMBER else ()
            yield Problem(sheet.name, row.row, parent.name, reason, str(wanted), options)

    def _reference(self, sheet: Sheet, target: str, wanted: str, number: Value) -> Reason | None:
        """What is wrong with a number that refers to another sheet."""
        there = self.known.ids.get(target, {})
        if wanted not in self.kept[target]:
            if wanted in self.lost[target]:
                return Reason.PARENT_REFUSED
            if wanted not in there:
                return Reason.NO_SUCH_NUMBER
        owner = self.known.owners.get(sheet.name, {}).get(str(number)) if number is not None else None
        return Reason.OTHER_OWNER if owner is not None and owner != there.get(wanted) else None
