"""Shows what a bundle would bring, person by person, before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leerwinkel_desktop.domain.registry import STORED
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.services.exchange import desk, erasures, inbox, placing
from leerwinkel_desktop.services.exchange.foretelling import ORDER, Foreteller, Foretold, What
from leerwinkel_desktop.services.exchange.lines import batches
from leerwinkel_desktop.services.progress import Progress, silent
from leerwinkel_desktop.services.workspace import Workspace
from sync import Change, Line, Receipt, Unknown, read_lines
from sync.clock import ms_of
from sync.errors import AlreadyImported


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in a bundle, and what would become of their records.

    `new`: this vault does not have the person. `what` counts by kind the records that would be written, in
    Dutch; `counts` all of them by what becomes of them; `most` is the most pressing of those, where a new
    record of somebody who is here already is a change. `records` are to be told by `details`; they are
    personal data.
    """

    client_id: str | None
    name: str
    number: str | None
    new: bool
    most: What
    what: Mapping[str, int]
    counts: Mapping[What, int]
    records: tuple[Foretold, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """What reading the bundle would bring; `already` when all of it is here, read at `at_ms`.

    `persons` come with the most pressing first; `shared` is what belongs to nobody (offers, partners …), with
    no client; `totals` counts persons by what is most pressing about them. `dropped` counts changes that are
    left out because they are about somebody who was erased, `erased` the records that are to be erased here,
    `later` the lines that only a newer program understands.
    """

    sender: str
    created_ms: int
    first: int
    last: int
    new_changes: int = 0
    persons: tuple[PersonLine, ...] = ()
    shared: PersonLine | None = None
    totals: Mapping[What, int] = field(default_factory=dict)
    receipts: int = 0
    dropped: int = 0
    erased: int = 0
    later: int = 0
    already: bool = False
    at_ms: int | None = None


def preview(
    workspace: Workspace, path: Path, progress: Progress = silent, *, stopped: bool = False
) -> Preview:
    """Check a bundle whole and tell what reading it would do; nothing is written.

    `stopped`: also beyond the cut of a stopped laptop, as `release` lets it in. Raises the errors of
    FORMAT.md §12 as reading it would, or Cancelled.
    """
    with workspace.database.read() as reader, inbox.opened(path) as source:
        connection, file = reader.connection, inbox.watched(source, progress)
        us = desk.desk_for(connection, stopped)
        header = desk.read_header(us, file)
        told = (header.sender.name, ms_of(header.created), header.stream.first, header.stream.last)
        known = placing.read_before(connection, header)
        if known is not None:
            return Preview(*told, already=True, at_ms=known.at_ms)
        checked = desk.verified(us, lambda header: placing.position(connection, header), file)
        have = placing.position(connection, header)
        try:
            placing.check_place(connection, checked, have)
        except AlreadyImported:
            return Preview(*told, already=True, at_ms=placing.covered_at(connection, header))
        reading = _Reading(Foreteller(connection, workspace.codelists), given=not header.own)
        for lines in batches(read_lines(source, checked, have)):
            progress(reading.count, header.body.lines, _("Personen zoeken"))
            reading.take(lines)
        return reading.preview(told, progress)


class _Reading:
    """Takes the lines of one bundle and gathers what would become of them, by person."""

    def __init__(self, foreteller: Foreteller, *, given: bool) -> None:
        self._foreteller = foreteller
        self._given = given
        self.count = self._receipts = self._erased = self._later = 0

    def take(self, lines: Iterable[Line]) -> None:
        """In the order of reading: the changes of some lines, and then the others."""
        lines = tuple(lines)
        changes = [line for line in lines if isinstance(line, Change)]
        if changes:
            self._foreteller.take(changes)
        self.count += len(changes)
        self._later += sum(change.kind not in STORED for change in changes)
        for line in lines:
            self._receipts += isinstance(line, Receipt)
            if isinstance(line, Unknown) and line.type == erasures.TYPE and self._given:
                ids = erasures.told(line.raw)
                self._erased += len(ids)
                self._foreteller.erase(ids)
            elif isinstance(line, Unknown):
                self._later += 1

    def preview(self, told: tuple[str, int, int, int], progress: Progress) -> Preview:
        records: defaultdict[str | None, list[Foretold]] = defaultdict(list)
        for each in self._foreteller.records(progress):
            records[self._foreteller.owners.client_of(each.kind, each.record_id)].append(each)
        shared = records.pop(None, None)
        persons = [self._line(client_id, found) for client_id, found in records.items()]
        persons.sort(key=lambda line: (ORDER.index(line.most), line.name.casefold(), line.number or ""))
        return Preview(
            *told,
            new_changes=self.count,
            persons=tuple(persons),
            shared=self._line(None, shared) if shared else None,
            totals=Counter(line.most for line in persons),
            receipts=self._receipts,
            dropped=self._foreteller.dropped,
            erased=self._erased,
            later=self._later,
        )

    def _line(self, client_id: str | None, records: list[Foretold]) -> PersonLine:
        written = [each for each in records if each.what != "identical"]
        new = client_id is not None and not self._foreteller.knows(client_id)
        most = min((each.what for each in records), key=ORDER.index)
        if client_id is None:
            name, number = _("Wat iedereen deelt"), None
        else:
            name, number = self._foreteller.named(client_id)
        return PersonLine(
            client_id=client_id,
            name=name,
            number=number,
            new=new,
            most="changed" if most == "new" and not new else most,
            what=Counter(STORED[each.kind].label for each in written),
            counts=Counter(each.what for each in records),
            records=tuple(written),
        )


_WORDS: Mapping[What, tuple[str, str]] = {
    "new": ("1 nieuw", "{n} nieuw"),
    "changed": ("1 gewijzigd", "{n} gewijzigd"),
    "decide": ("1 te beslissen", "{n} te beslissen"),
    "refused": ("1 geweigerd", "{n} geweigerd"),
}


def summary(told: Preview) -> str:
    """The whole preview in one line: "12 personen: 3 nieuw, 7 gewijzigd, 1 te beslissen; 4 ongewijzigd"."""
    same = told.totals.get("identical", 0)
    touched = len(told.persons) - same
    parts = [counted(*words, n) for what, words in _WORDS.items() if (n := told.totals.get(what, 0))]
    line = counted("1 persoon", "{n} personen", touched)
    if parts:
        line += f": {', '.join(parts)}"
    if same:
        line += "; " + counted("1 ongewijzigd", "{n} ongewijzigd", same)
    return line


def beside(told: Preview) -> list[str]:
    """What else is to be said of a bundle, each in one sentence."""
    said = []
    if told.shared is not None:
        n = sum(told.shared.what.values())
        said.append(counted("1 gedeeld gegeven.", "{n} gedeelde gegevens.", n) if n else "")
    if told.dropped:
        one = "1 wijziging over een gewiste persoon wordt weggelaten."
        said.append(counted(one, "{n} wijzigingen over gewiste personen worden weggelaten.", told.dropped))
    if told.erased:
        one = "1 stuk wordt hier gewist, zoals op kantoor."
        said.append(counted(one, "{n} stukken worden hier gewist, zoals op kantoor.", told.erased))
    if told.later:
        one = "1 regel begrijpt dit programma nog niet; die wordt bewaard voor een nieuwere versie."
        many = "{n} regels begrijpt dit programma nog niet; die worden bewaard voor een nieuwere versie."
        said.append(counted(one, many, told.later))
    return [each for each in said if each]
