"""Brings a workbook into the vault: all of it in one transaction, or nothing (CLI.md).

Rows are matched on their numbers, or on their natural key where they have none. An empty cell leaves what
is there, and a row that is not in the workbook is left alone, so that nothing is lost by importing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from leerwinkel_desktop.domain.clients import Dossier
from leerwinkel_desktop.domain.fields import Record, Value
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workbook import references
from leerwinkel_desktop.services.workbook.columns import (
    CLIENTS,
    FOLLOW_UPS,
    QUALIFICATIONS,
    SESSIONS,
    SHEETS,
    STAFF,
    TRAININGS,
    TRAJECTORIES,
    Sheet,
)
from leerwinkel_desktop.services.workbook.numbering import known_numbers, numbers, person_dossiers
from leerwinkel_desktop.services.workbook.problems import Problem, RowsDoNotFit
from leerwinkel_desktop.services.workbook.reading import Draft, Line, all_refused, read
from leerwinkel_desktop.services.workbook.refused import refused_path, write_refused
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.database import Transaction

STRIDE = 200


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of one sheet."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0

    @property
    def kept(self) -> int:
        """The rows that were not refused."""
        return self.added + self.changed + self.unchanged


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: counts by sheet, the problems of refused rows, and where those rows stand now."""

    counts: dict[str, Counts]
    problems: tuple[Problem, ...] = ()
    refused_file: Path | None = None

    @property
    def clients(self) -> int:
        """How many clients of the workbook are in the vault now."""
        return self.counts[CLIENTS.name].kept

    @property
    def trajectories(self) -> int:
        """How many trajectories of the workbook are in the vault now."""
        return self.counts[TRAJECTORIES.name].kept


def import_workbook(
    workspace: Workspace, path: Path, *, skip_bad: bool = False, progress: Progress = silent
) -> Imported:
    """Import an .xlsx or a folder of .csv.

    Raises RowsDoNotFit with all problems when a row does not fit and `skip_bad` is off, or when sheets or
    headings are wrong; UnreadableWorkbook (its subclasses); Cancelled; DiskFull or VaultUnreachable when
    refused rows cannot be written beside the workbook. In all of these nothing is imported.
    """
    draft = read(path, workspace.codelists, workspace.today(), progress)
    if draft.is_structural:
        raise RowsDoNotFit(draft.all_problems)
    with workspace.database.read() as reader:
        references.check(draft, known_numbers(reader))
    problems = draft.all_problems
    if problems and not skip_bad:
        raise RowsDoNotFit(problems)
    refused_file = refused_path(path) if all_refused(draft) else None
    with workspace.database.write() as transaction:
        counts = _Import(transaction, workspace, draft, progress).run()
        transaction.note("workbook.imported", None, workspace.user)
        if refused_file is not None:
            write_refused(refused_file, draft)
    return Imported(counts, problems, refused_file)


class _Import:
    """One import within one transaction."""

    def __init__(
        self, transaction: Transaction, workspace: Workspace, draft: Draft, progress: Progress
    ) -> None:
        self.transaction = transaction
        self.workspace = workspace
        self.draft = draft
        self.progress = progress
        self.total = sum(len(lines) for lines in draft.lines.values())
        self.done = 0
        self.dossier_of: dict[str, str] = {}
        self.id_of: dict[str, dict[str, str]] = {sheet.name: {} for sheet in SHEETS}
        self.highest_seq: dict[str, int] = defaultdict(int)

    def run(self) -> dict[str, Counts]:
        """Save all lines, parents before children; counts by sheet."""
        counts = {
            CLIENTS.name: self._clients(),
            TRAJECTORIES.name: self._trajectories(),
            SESSIONS.name: self._keyed(SESSIONS),
            TRAININGS.name: self._numbered(TRAININGS),
            QUALIFICATIONS.name: self._keyed(QUALIFICATIONS),
            FOLLOW_UPS.name: self._keyed(FOLLOW_UPS),
            STAFF.name: self._keyed(STAFF),
        }
        return {name: replace(c, refused=len(self.draft.refused[name])) for name, c in counts.items()}

    def _lines(self, sheet: Sheet) -> Iterator[Line]:
        for line in self.draft.lines[sheet.name]:
            self.done += 1
            if self.done % STRIDE == 0:
                self.progress(self.done, self.total, f"Blad {sheet.name} bewaren")
            yield line

    def _clients(self) -> Counts:
        existing = self._by_number(CLIENTS)
        for dossier, client in self.transaction.rows(Dossier, ("id", "client_id")):
            self.dossier_of.setdefault(client, dossier)
        opened = self._first_intakes()
        tally = _Tally()
        for line in self._lines(CLIENTS):
            number = line.text(CLIENTS.place("client_no"))
            before = existing.get(number)
            client = self._merged(CLIENTS, line, before)
            tally.add(before, self.transaction.save(client))
            if client.id not in self.dossier_of:
                self._open_dossier(client.id, opened.get(number))
            existing[number] = client
        own = {number: self._dossier(client.id) for number, client in existing.items()}
        stands_for = person_dossiers(self.transaction)
        self.id_of[CLIENTS.name] = {number: stands_for[dossier] for number, dossier in own.items()}
        return tally.counts()

    def _dossier(self, client_id: str) -> str:
        if client_id not in self.dossier_of:
            self._open_dossier(client_id, None)
        return self.dossier_of[client_id]

    def _first_intakes(self) -> dict[str, date]:
        """The earliest intake in the workbook of each client number: the day on which its dossier opens."""
        earliest: dict[str, date] = {}
        for line in self.draft.lines[TRAJECTORIES.name]:
            number = line.text(TRAJECTORIES.place("dossier_id"))
            intake = line.values[TRAJECTORIES.place("intake_date")]
            if isinstance(intake, date):
                earliest[number] = min(intake, earliest.get(number, intake))
        return earliest

    def _open_dossier(self, client_id: str, opened_on: date | None) -> None:
        opened = opened_on or self.workspace.today()
        dossier = Dossier(id=new_id(), client_id=client_id, opened_on=opened, status="ACTIVE")
        self.transaction.save(dossier)
        self.dossier_of[client_id] = dossier.id

    def _trajectories(self) -> Counts:
        for dossier, seq in self.transaction.rows(Trajectory, ("dossier_id", "seq")):
            self.highest_seq[dossier] = max(self.highest_seq[dossier], seq or 0)
        return self._numbered(TRAJECTORIES)

    def _numbered(self, sheet: Sheet) -> Counts:
        """Sheets whose rows have their own number and belong to a row of another sheet."""
        number_field = str(sheet.number)
        existing = self._by_number(sheet)
        tally = _Tally()
        for line in self._lines(sheet):
            number = line.text(sheet.place(number_field))
            before = existing.get(number)
            record = self._merged(sheet, line, before)
            tally.add(before, self.transaction.save(record))
            existing[number] = record
        self.id_of[sheet.name] = {number: record.id for number, record in existing.items()}
        return tally.counts()

    def _by_number(self, sheet: Sheet) -> dict[str, Any]:
        records = {record.id: record for record in self.transaction.find(sheet.record)}
        own = ((key, getattr(record, str(sheet.number))) for key, record in records.items())
        return {number: records[key] for key, number in numbers(own).items()}

    def _keyed(self, sheet: Sheet) -> Counts:
        """Sheets without numbers: equal rows meet first, then rows with the same key in their order."""
        existing = self._by_key(sheet)
        tally = _Tally()
        left: list[Line] = []
        for line in self._lines(sheet):
            same = existing.get(self._key_of_line(sheet, line), [])
            twin = next((record for record in same if self._merged(sheet, line, record) == record), None)
            if twin is None:
                left.append(line)
            else:
                same.remove(twin)
                tally.add(twin, False)
        for line in left:
            same = existing.get(self._key_of_line(sheet, line), [])
            before = same.pop(0) if same else None
            tally.add(before, self.transaction.save(self._merged(sheet, line, before)))
        return tally.counts()

    def _by_key(self, sheet: Sheet) -> dict[tuple[object, ...], list[Any]]:
        parent = sheet.parent
        names = ((parent.field,) if parent else ()) + sheet.key
        grouped: dict[tuple[object, ...], list[Any]] = defaultdict(list)
        for record in self.transaction.find(sheet.record):
            grouped[tuple(getattr(record, name) for name in names)].append(record)
        return dict(grouped)

    def _key_of_line(self, sheet: Sheet, line: Line) -> tuple[object, ...]:
        own = tuple(line.values[sheet.place(name)] for name in sheet.key)
        parent = self._parent_id(sheet, line)
        return own if sheet.parent is None else (parent, *own)

    def _parent_id(self, sheet: Sheet, line: Line) -> str | None:
        parent = sheet.parent
        if parent is None or parent.refers is None:
            return None
        return self.id_of[parent.refers][line.text(sheet.place(parent.field))]

    def _merged(self, sheet: Sheet, line: Line, before: Any) -> Any:
        """The record as it stands with the filled cells of the line in it, or a new one."""
        values: dict[str, Value] = {
            column.field: value
            for column, value in zip(sheet.columns, line.values, strict=True)
            if not column.refers and value is not None and value != ()
        }
        if sheet is TRAJECTORIES and (values.get("closed_on") or values.get("close_reason")):
            values["status"] = "CLOSED"
        if before is not None:
            if sheet.number and values[sheet.number] == before.id:
                del values[sheet.number]
            return replace(before, **values)
        return sheet.record(**{"id": new_id(), **self._belonging(sheet, line), **values})

    def _belonging(self, sheet: Sheet, line: Line) -> dict[str, Any]:
        """What a new record needs beside its cells: what it belongs to; a trajectory also seq and status."""
        parent = sheet.parent
        if parent is None:
            return {}
        owner = str(self._parent_id(sheet, line))
        if sheet is not TRAJECTORIES:
            return {parent.field: owner}
        self.highest_seq[owner] += 1
        return {parent.field: owner, "seq": self.highest_seq[owner], "status": "OPEN"}


class _Tally:
    """Counts what became of rows."""

    def __init__(self) -> None:
        self.added = self.changed = self.unchanged = 0

    def add(self, before: Record | None, differed: bool) -> None:
        self.added += before is None
        self.changed += before is not None and differed
        self.unchanged += before is not None and not differed

    def counts(self) -> Counts:
        return Counts(self.added, self.changed, self.unchanged)
