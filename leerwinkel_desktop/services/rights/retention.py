"""The yearly list to decide on: which dossiers were kept long enough, and what is done (DOMAIN.md §9)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from leerwinkel_desktop.domain import retention
from leerwinkel_desktop.domain.aliases import ends
from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Record
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.organisation import Programme
from leerwinkel_desktop.domain.registry import RECORDS, is_judicial
from leerwinkel_desktop.domain.retention import Rules, Term
from leerwinkel_desktop.domain.rights import Consent, Informing, RetentionDecision
from leerwinkel_desktop.domain.training import FollowUp
from leerwinkel_desktop.domain.trajectories import Session, Trajectory
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.rights import texts
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.database import Reader

NAME = "retention"
KEEP = "KEEP"


@dataclass(frozen=True, slots=True)
class Kept:
    """How one dossier stands.

    `until` is the last day on which it is kept (None: no contact is dated, so nothing says how long);
    `why` the rule, `decided` the latest decision to keep it longer. `block_until` is the same for the
    detention block, None when there is none.
    """

    client_id: str
    dossier_id: str
    number: str | None
    name: str
    last_contact: date | None
    until: date | None
    why: str
    decided: RetentionDecision | None
    block_until: date | None

    def due(self, on: date) -> bool:
        """Whether somebody must decide about the whole dossier."""
        return self.until is None or self.until < on

    def block_due(self, on: date) -> bool:
        """Whether the detention block was kept long enough, though the dossier may stay."""
        return self.block_until is not None and self.block_until < on


def rules(on: date) -> Rules:
    """The rules in force on a day."""
    return retention.rules_of(texts.document(NAME, on).body)


def due(workspace: Workspace, on: date | None = None) -> list[Kept]:
    """The list to decide on: dossiers and detention blocks whose time is over, longest over first.

    Raises NotAllowed.
    """
    access.require(workspace, "OFFICE")
    day = on or workspace.today()
    found = [kept for kept in standing(workspace, day) if kept.due(day) or kept.block_due(day)]
    return sorted(found, key=lambda kept: (kept.until or date.min, kept.number or ""))


def standing(workspace: Workspace, on: date) -> list[Kept]:
    """How every dossier stands, in the order of making."""
    with workspace.database.read() as reader:
        return list(_Book(workspace, reader, rules(on)).all())


def of(workspace: Workspace, dossier_id: str) -> Kept | None:
    """How one dossier stands."""
    return next(
        (kept for kept in standing(workspace, workspace.today()) if kept.dossier_id == dossier_id), None
    )


def keep(workspace: Workspace, dossier_id: str, until: date, reason: str) -> RetentionDecision:
    """Decide to keep a dossier until a day to come, and why. Raises NotAllowed, NotFound or InvalidValue."""
    access.require(workspace, "OFFICE")
    if not reason.strip():
        raise InvalidValue("reason", "required")
    if until <= workspace.today():
        raise InvalidValue("until", "range")
    made = RetentionDecision(
        id=new_id(),
        dossier_id=dossier_id,
        date=workspace.today(),
        decision=KEEP,
        until=until,
        reason=reason,
    )
    with workspace.database.write() as transaction:
        dossier = transaction.get(Dossier, dossier_id)
        transaction.save_all((made, replace(dossier, retention_until=until)))
        transaction.note("retention.kept", dossier_id, workspace.user)
    return made


class _Book:
    """Everything that says how long dossiers are kept, read once for all of them."""

    def __init__(self, workspace: Workspace, reader: Reader, rules: Rules) -> None:
        self._rules = rules
        self._reader = reader
        today = workspace.today()
        self._ends = _ends(workspace, reader)
        self._programmes: defaultdict[str, list[tuple[str | None, date | None]]] = defaultdict(list)
        self._last: dict[str, date] = {}
        dossier_of: dict[str, str] = {}
        counted = {code.code for code in workspace.codelists["attendance"] if code.flag("counts")}
        for key, dossier, programme, intake in reader.rows(
            Trajectory, ("id", "dossier_id", "programme", "intake_date")
        ):
            dossier_of[key] = dossier
            self._programmes[dossier].append((programme, self._ends.get(programme)))
            self._contact(dossier, intake, today)
        for trajectory, day, attended in reader.rows(Session, ("trajectory_id", "date", "attended")):
            if attended in counted:
                self._contact(dossier_of.get(trajectory), day, today)
        for trajectory, day, reached in reader.rows(FollowUp, ("trajectory_id", "done_on", "reached")):
            if reached is not False:
                self._contact(dossier_of.get(trajectory), day, today)
        for record in (Consent, Informing):
            for dossier, day in reader.rows(record, ("dossier_id", "date")):
                self._contact(dossier, day, today)
        self._decisions = {
            one.dossier_id: one
            for one in sorted(reader.find(RetentionDecision), key=lambda one: (one.date or date.min, one.id))
        }
        self._blocks = _with_block(reader)

    def _contact(self, dossier: str | None, day: date | None, today: date) -> None:
        if dossier and day and day <= today and day > self._last.get(dossier, date.min):
            self._last[dossier] = day

    def all(self) -> Iterator[Kept]:
        people = {
            key: (number, " ".join(filter(None, (first, last))))
            for key, number, first, last in self._reader.rows(
                Client, ("id", "client_no", "first_name", "last_name")
            )
        }
        dossiers = self._reader.rows(Dossier, ("id", "client_id", "opened_on", "merged_into"))
        stands_for = ends({key: into for key, _, _, into in dossiers})
        own: defaultdict[str, list[str]] = defaultdict(list)
        for key, end in stands_for.items():
            own[end].append(key)
        for key, client, opened, _ in dossiers:
            if key in own and client in people:
                yield self._kept(key, client, opened, people[client], own[key])

    def _kept(
        self, key: str, client: str, opened: date | None, who: tuple[str | None, str], own: Sequence[str]
    ) -> Kept:
        last = max(filter(None, (opened, *(self._last.get(each) for each in own))), default=None)
        decisions = (self._decisions[each] for each in own if each in self._decisions)
        decided = max(decisions, key=lambda one: (one.date or date.min, one.id), default=None)
        found = self._term(last, (each for dossier in own for each in self._programmes[dossier]))
        until = found.until if found else None
        if decided and decided.until and (until is None or decided.until > until):
            until = decided.until
        block = last and any(each in self._blocks for each in own)
        return Kept(
            client_id=client,
            dossier_id=key,
            number=who[0],
            name=who[1],
            last_contact=last,
            until=until,
            why=found.rule.why if found else "",
            decided=decided,
            block_until=self._rules.detention.until(last, None) if block and last else None,
        )

    def _term(self, last: date | None, programmes: Iterable[tuple[str | None, date | None]]) -> Term | None:
        return retention.term(self._rules, last, programmes) if last else None


def _ends(workspace: Workspace, reader: Reader) -> dict[str | None, date | None]:
    """When each programme ended: what the office filled in, else what the code list says."""
    ends: dict[str | None, date | None] = {
        code.code: code.valid_to for code in workspace.codelists["programme"]
    }
    ends.update({one.code: one.valid_to for one in reader.find(Programme) if one.valid_to})
    return ends


def _with_block(reader: Reader) -> set[str]:
    """The dossiers that have a detention block, without opening it."""
    found: set[str] = set()
    for record in _judicial():
        rows = reader.connection.execute(f"SELECT dossier_id FROM {record.kind} WHERE removed = 0")  # noqa: S608
        found |= {row[0] for row in rows}
    return found


def _judicial() -> Iterator[type[Record]]:
    for record in RECORDS:
        if is_judicial(record) and any(name == "dossier_id" for name in record.__dataclass_fields__):
            yield record
