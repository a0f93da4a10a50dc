"""Lists what waits, takes decisions, and undoes them; each is an ordinary change that covers every version.

SECURITY.md §4, FORMAT.md §7.4: so a decision travels as all work does. At the office it takes somebody of the
office; on a laptop its counsellor decides about what is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from leerwinkel_desktop.domain.detention import SealedRecord
from leerwinkel_desktop.domain.errors import InputError, InvalidValue
from leerwinkel_desktop.domain.fields import Value, Wire
from leerwinkel_desktop.domain.registry import BY_KIND, STORED
from leerwinkel_desktop.services import access, detention, profile
from leerwinkel_desktop.services.decisions.seeing import Conflict, PersonConflicts, Sight, Version
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import decisions
from leerwinkel_desktop.store.database import REMOVED, Reader, Transaction
from leerwinkel_desktop.store.decisions import Decision, How, Standing


class NothingToDecide(InputError):
    """This field does not wait for a decision, or not any more."""


class ChangedMeanwhile(InputError):
    """Another version came since the versions were shown, or one went; nothing was decided."""


class UnknownDecision(InputError):
    """There is no decision with that id that this user may see.

    `name` is what was asked for.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotUndoable(InputError):
    """The decision was undone already, or the field was written again or the record removed after it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision that was made here: by whom, when, and what the field said then.

    `undo_user` and `undo_at_ms` are filled in when it was undone; `undoable`: nothing was written after it.
    """

    id: str
    at_ms: int
    user: str
    how: How
    client_id: str | None
    kind_label: str
    field_label: str
    text: str
    undoable: bool
    undo_user: str | None
    undo_at_ms: int | None


def count(workspace: Workspace) -> int:
    """How many fields wait for this user."""
    used = profile.current(workspace)
    with workspace.database.read() as reader:
        return len(Sight(reader, used).places())


def waiting(workspace: Workspace, record_ids: Collection[str]) -> dict[str, set[str]]:
    """Which fields of these records wait, as far as this user may see it: record id -> names of fields."""
    used = profile.current(workspace)
    found: defaultdict[str, set[str]] = defaultdict(set)
    with workspace.database.read() as reader:
        sight = Sight(reader, used)
        for place in sight.places(record_ids):
            subject = sight.subject(place)
            if subject is not None:
                found[place.record_id].add(subject.name)
    return dict(found)


def open_conflicts(workspace: Workspace) -> list[PersonConflicts]:
    """Everything that waits, by person, the longest waiting first; what belongs to nobody comes last.

    That a detention block was opened for this is put down in the audit trail.
    """
    used = profile.current(workspace)
    groups: defaultdict[str | None, list[Conflict]] = defaultdict(list)
    with workspace.database.read() as reader:
        sight = Sight(reader, used)
        for place in sight.places():
            subject = sight.subject(place)
            if subject is not None:
                groups[sight.client_of(place)].append(sight.conflict(place, subject))
        found = [sight.person(client_id, conflicts) for client_id, conflicts in groups.items()]
    _note_openings(workspace, sight.opened)
    return sorted(found, key=lambda one: (one.client_id is None, one.conflicts[0].since_ms))


def _note_openings(workspace: Workspace, dossier_ids: Iterable[str]) -> None:
    fresh = [each for each in sorted(dossier_ids) if detention.is_first_look(workspace, each)]
    if fresh:
        with workspace.database.write() as transaction:
            for dossier_id in fresh:
                detention.note_opening(transaction, workspace.user, dossier_id)


def find(workspace: Workspace, conflict_id: str) -> Conflict:
    """One open conflict. Raises NothingToDecide."""
    for person in open_conflicts(workspace):
        for conflict in person.conflicts:
            if conflict.id == conflict_id:
                return conflict
    raise NothingToDecide


def choose(workspace: Workspace, conflict: Conflict, version: Version) -> str:
    """Take one of the versions; gives the id of the decision.

    Raises NotAllowed, NothingToDecide or ChangedMeanwhile.
    """

    def pick(_transaction: Transaction, standing: Standing) -> Wire:
        return next(one.value for one in standing.candidates if one.number == version.number)

    return _decide(workspace, conflict, "CHOSEN", pick)


def keep(workspace: Workspace, conflict: Conflict) -> str:
    """Let what shows now stay; gives the id of the decision. Raises as `choose` does."""
    return _decide(workspace, conflict, "KEPT", lambda _transaction, standing: standing.shown)


def combine(workspace: Workspace, conflict: Conflict, value: Value) -> str:
    """Take a value of one's own; gives the id of the decision.

    Raises as `choose` does, and InvalidValue: also for a removed record, which is chosen about or kept.
    """
    declared = conflict.declared
    if declared is None:
        raise InvalidValue(REMOVED, "kind")

    def pick(transaction: Transaction, _standing: Standing) -> Wire:
        return transaction.as_stored(BY_KIND[conflict.kind], conflict.record_id, declared.name, value)

    return _decide(workspace, conflict, "OWN", pick)


def _decide(
    workspace: Workspace, conflict: Conflict, how: How, pick: Callable[[Transaction, Standing], Wire]
) -> str:
    place = conflict.place
    _require(workspace, place.kind)
    with workspace.database.write() as transaction:
        standing = decisions.standing(transaction.connection, place)
        if not standing.is_open:
            raise NothingToDecide
        if standing.numbers != {version.number for version in conflict.versions}:
            raise ChangedMeanwhile
        value = pick(transaction, standing)
        change = transaction.decide(STORED[place.kind], place.record_id, place.field, value)
        transaction.note("conflict.decided", place.record_id, workspace.user)
        return decisions.keep(
            transaction.connection, transaction.now_ms, workspace.user, how, standing, change
        )


def _require(workspace: Workspace, kind: str) -> None:
    if workspace.device().role == "office":
        access.require(workspace, "OFFICE")
    if kind == SealedRecord.kind:
        detention.require(workspace)


def undo(workspace: Workspace, decision_id: str) -> None:
    """Open again what was decided, between the same versions; what showed before shows again.

    Raises NotAllowed, UnknownDecision or NotUndoable.
    """
    used = profile.current(workspace)
    with workspace.database.read() as reader:
        found = decisions.find(reader.connection, decision_id)
        if found is None or Sight(reader, used).subject(found.place) is None:
            raise UnknownDecision(decision_id)
    place = found.place
    _require(workspace, place.kind)
    with workspace.database.write() as transaction:
        connection = transaction.connection
        if not _is_last_word(decisions.standing(connection, place), found):
            raise NotUndoable
        value = decisions.before(connection, found)
        change = transaction.decide(STORED[place.kind], place.record_id, place.field, value)
        decisions.undone(connection, decision_id, transaction.now_ms, workspace.user, change)
        transaction.note("conflict.reopened", place.record_id, workspace.user)


def _is_last_word(standing: Standing, decision: Decision) -> bool:
    return standing.newest == {decision.change} and not standing.is_gone


def decided(workspace: Workspace, limit: int = 100) -> list[Decided]:
    """What was decided on this device, newest first, as far as this user may see it."""
    used = profile.current(workspace)
    with workspace.database.read() as reader:
        sight = Sight(reader, used)
        told = [_told(sight, reader, one) for one in decisions.newest(reader.connection, limit)]
    _note_openings(workspace, sight.opened)
    return [one for one in told if one is not None]


def _told(sight: Sight, reader: Reader, one: Decision) -> Decided | None:
    subject = sight.subject(one.place)
    if subject is None:
        return None
    sight.note(one.place)
    return Decided(
        id=one.id,
        at_ms=one.at_ms,
        user=one.user,
        how=one.how,
        client_id=sight.client_of(one.place),
        kind_label=subject.record.label,
        field_label=subject.field_label,
        text=sight.told(one.place, subject, decisions.said(reader.connection, one))[1],
        undoable=_is_last_word(decisions.standing(reader.connection, one.place), one),
        undo_user=one.undo_user,
        undo_at_ms=one.undo_at_ms,
    )
