"""Undoes and redoes, step by step, what was changed in a dossier since it was opened (docs/decisions/0018).

Steps hold numbers of changes and labels, no values: those are read from the log when they are needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from leerwinkel_desktop.domain.detention import BLOCK_BY_KIND, SealedRecord
from leerwinkel_desktop.domain.errors import InputError, NotFound
from leerwinkel_desktop.domain.fields import Kind, Record, Wire, field_of, fields_of, from_wire, owner_of
from leerwinkel_desktop.domain.registry import BY_KIND, children_of
from leerwinkel_desktop.domain.rights import Consent, Informing, RetentionDecision
from leerwinkel_desktop.domain.sheet_files import SheetFile
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.telling import text_of
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import effects, people
from leerwinkel_desktop.store.database import REMOVED, Act, Reader, Transaction
from leerwinkel_desktop.store.effects import Effect, Number, Said
from leerwinkel_desktop.store.owners import clients_of

PAUSE_MS: Final = 5_000
"""Who types on in a field within this time goes on with the same step."""
TYPED: Final = frozenset({Kind.TEXT, Kind.NOTE, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME})
OWN_WAY: Final = frozenset({Consent.kind, Informing.kind, RetentionDecision.kind, SheetFile.kind})
"""What was told, agreed, decided or printed is never undone in passing."""
MERGED: Final = "merged_into"
LABELS: Final = 3
LONGEST: Final = 40


class NotUndone(InputError):
    """A step is left as it is; the one before it comes next."""


class WrittenSince(NotUndone):
    """Somebody else, or another way of working here, wrote in the same place after the step."""


class WasUndecided(NotUndone):
    """The step wrote a field that waited for a decision, and so decided it."""


class ValuesGone(NotUndone):
    """The values were erased, or are not open to this user any more."""


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the user: the numbers of its changes, when the last was saved, and what it is called.

    `field`: the record and the field when it is nothing but typing in one.
    """

    numbers: tuple[Number, ...]
    at_ms: int
    what: str
    field: tuple[str, str] | None = None


@dataclass(slots=True)
class Steps:
    """What can be undone and redone in one dossier since it was opened, the next one last.

    `stands_for`: of what undoing or redoing wrote in a field of a record, the earlier change whose value
    stands there again; None for nothing.
    """

    client_id: str
    looked: int
    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)
    own: set[Number] = field(default_factory=set)
    stands_for: dict[tuple[str, str, Number], Number | None] = field(default_factory=dict)

    def origin(self, record_id: str, name: str, number: Number | None) -> Number | None:
        """The change whose value stands in a field."""
        return None if number is None else self.stands_for.get((record_id, name, number), number)


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, in words; `plain` without values. `names`: the fields where to look."""

    text: str
    plain: str
    kind: str
    record_id: str
    names: tuple[str, ...]


def begin(workspace: Workspace, client_id: str) -> Steps:
    """A dossier is opened: nothing can be undone yet."""
    return Steps(client_id, len(workspace.database.acts))


def look(workspace: Workspace, steps: Steps) -> None:
    """Take in what was saved here since the last look."""
    acts = workspace.database.acts[steps.looked :]
    if not acts:
        return
    with workspace.database.read() as reader:
        for act in acts:
            _take_in(reader, steps, act)
    steps.looked += len(acts)


def _take_in(reader: Reader, steps: Steps, act: Act) -> None:
    if act.numbers[0] in steps.own:
        return
    try:
        found = [one for one in effects.effects(reader, act.numbers) if not _came_to_nothing(one)]
        if not _is_of(reader, steps.client_id, found) or _goes_its_own_way(reader, act, found):
            return
        if all(_says_the_same(reader, one) for one in found):
            return
        step = Step(act.numbers, act.at_ms, _called(reader, found), _typed_field(reader, act, found))
    except effects.Lost:
        return
    before = steps.done[-1] if steps.done else None
    if before is not None and not steps.undone and _goes_on(before, step):
        step = replace(step, numbers=before.numbers + step.numbers, what=before.what)
        steps.done.pop()
    steps.done.append(step)
    steps.undone.clear()


def _came_to_nothing(effect: Effect) -> bool:
    return effect.made and effect.after.get(REMOVED, (None, False))[1] is True


def _says_the_same(reader: Reader, effect: Effect) -> bool:
    """Whether only the seal of a value is another, since the key was renewed."""
    return not effect.made and _open(reader, effect, effect.before) == _open(reader, effect, effect.after)


def _open(reader: Reader, effect: Effect, said: Said) -> tuple[str, dict[str, Wire]]:
    """The kind that a user knows, and the values by the names that are declared there."""
    values = {name: value for name, (_number, value) in said.items()}
    return effects.opened(reader, effect.kind, effect.record_id, values)


def _is_of(reader: Reader, client_id: str, found: Iterable[Effect]) -> bool:
    """Whether all of it is of the person of this dossier."""
    keys = {(one.kind, one.record_id) for one in found}
    persons = set(people.members_of(reader.connection, client_id))
    clients = clients_of(reader.connection, keys)
    return keys == clients.keys() and set(clients.values()) <= persons


def _goes_its_own_way(reader: Reader, act: Act, found: Iterable[Effect]) -> bool:
    """What is taken back elsewhere, on purpose: an answer, a print, a decision, a merge."""
    if any(one.kind in OWN_WAY or MERGED in one.after for one in found):
        return True
    return effects.is_decision(reader, act.numbers[0])


def _typed_field(reader: Reader, act: Act, found: list[Effect]) -> tuple[str, str] | None:
    """The record and the one field in which somebody typed; for a new record the first thing typed in it."""
    if len(found) != 1 or not (act.typed or found[0].made):
        return None
    (effect,) = found
    kind, names = _names(reader, effect)
    typed = [name for name in names if field_of(BY_KIND[kind], name).kind in TYPED]
    plain = len(typed) == 1 and REMOVED not in effect.after and (effect.made or len(names) == 1)
    return (effect.record_id, typed[0]) if plain else None


def _goes_on(before: Step, step: Step) -> bool:
    return step.field is not None and step.field == before.field and step.at_ms - before.at_ms <= PAUSE_MS


def _names(reader: Reader, effect: Effect) -> tuple[str, list[str]]:
    """The kind that a user knows, and the fields that were written, as they are declared."""
    kind, values = _open(reader, effect, effect.after)
    shown = (one for one in fields_of(BY_KIND[kind]) if one.name in values and not one.owner)
    return kind, [one.name for one in shown if not effect.made or values[one.name] not in (None, [])]


def _called(reader: Reader, found: list[Effect]) -> str:
    kinds = dict.fromkeys(_names(reader, one)[0] for one in found)
    if len(found) > 1:
        return ", ".join(BY_KIND[kind].label for kind in kinds)
    (effect,) = found
    kind, names = _names(reader, effect)
    label = BY_KIND[kind].label
    if effect.made:
        return _("{what} toevoegen").format(what=label)
    if REMOVED in effect.after:
        gone = effect.after[REMOVED][1] is True
        return (_("{what} weghalen") if gone else _("{what} terugzetten")).format(what=label)
    return ", ".join(field_of(BY_KIND[kind], name).label for name in names[:LABELS])


def undo(workspace: Workspace, steps: Steps) -> Told | None:
    """Put back what stood before the last step, as a new change; None when there is nothing to undo.

    Raises WrittenSince, WasUndecided or ValuesGone; the step is passed over from then on.
    """
    return _go(workspace, steps, back=True)


def redo(workspace: Workspace, steps: Steps) -> Told | None:
    """Do again what was undone last; None when there is nothing to redo. Raises as `undo` does."""
    return _go(workspace, steps, back=False)


def _go(workspace: Workspace, steps: Steps, *, back: bool) -> Told | None:
    look(workspace, steps)
    source, target = (steps.done, steps.undone) if back else (steps.undone, steps.done)
    if not source:
        return None
    step = source[-1]
    try:
        with workspace.database.write() as transaction:
            walk = _Walk(transaction, steps, step, back=back)
            walk.check()
            told = walk.write()
            transaction.note("dossier.undone" if back else "dossier.redone", steps.client_id, workspace.user)
            written = transaction.log.written
    except NotUndone:
        source.clear() if not back else source.pop()
        raise
    steps.own.update(written)
    steps.stands_for.update(walk.stands_for)
    source.pop()
    target.append(replace(step, field=None))
    return told


class _Walk:
    """One step, back or forth, within one transaction."""

    def __init__(self, transaction: Transaction, steps: Steps, step: Step, *, back: bool) -> None:
        self._transaction, self._steps, self._step, self._back = transaction, steps, step, back
        self.stands_for: dict[tuple[str, str, Number], Number | None] = {}
        try:
            found = effects.effects(transaction, step.numbers)
            found = [one for one in found if not _came_to_nothing(one)]
            self._effects = found[::-1] if back else found
            self._wanted = [self._opened(one) for one in self._effects]
        except effects.Lost as error:
            raise ValuesGone from error

    def _said(self, effect: Effect) -> dict[str, tuple[Number | None, Wire]]:
        """What is to stand in each field after this, and which change said it."""
        if effect.made:
            return {REMOVED: (None, self._back)}
        return dict(effect.before if self._back else effect.after)

    def _opened(self, effect: Effect) -> tuple[type[Record], dict[str, Wire]]:
        kind, values = _open(self._transaction, effect, self._said(effect))
        return BY_KIND[kind], values

    def check(self) -> None:
        """Nothing else was written there meanwhile. Raises WrittenSince or WasUndecided."""
        for effect, (record, wanted) in zip(self._effects, self._wanted, strict=True):
            if self._back and effect.decided:
                raise WasUndecided
            live = effects.standing(self._transaction, effect.kind, effect.record_id)
            if effect.made and self._back:
                own: set[Number | None] = {None, *(number for number, _value in effect.after.values())}
                fitting = all(self._origins(effect, name, live[name]) <= own for name in live)
            else:
                there = effect.after if self._back else effect.before
                fitting = all(
                    self._origins(effect, name, live.get(name, set()))
                    == {self._steps.origin(effect.record_id, name, there.get(name, (None, None))[0])}
                    for name in self._said(effect)
                )
            if not fitting or (REMOVED not in wanted and self._is_gone(record, effect.record_id)):
                raise WrittenSince

    def _origins(self, effect: Effect, name: str, numbers: Iterable[Number]) -> set[Number | None]:
        found = {self._steps.origin(effect.record_id, name, number) for number in numbers}
        return found or {None}

    def _is_gone(self, record: type[Record], record_id: str) -> bool:
        try:
            self._transaction.get(record, record_id)
        except NotFound:
            return True
        return False

    def write(self) -> Told:
        """Write it through the one write path. Raises WrittenSince or ValuesGone."""
        for effect, (record, wanted) in zip(self._effects, self._wanted, strict=True):
            self._put(record, effect.record_id, wanted, made=effect.made)
            live = effects.standing(self._transaction, effect.kind, effect.record_id)
            for name, (number, _value) in self._said(effect).items():
                origin = self._steps.origin(effect.record_id, name, number) if self._back else number
                self.stands_for.update({(effect.record_id, name, one): origin for one in live.get(name, ())})
        return self._told()

    def _put(self, record: type[Record], record_id: str, wanted: Mapping[str, Wire], *, made: bool) -> None:
        transaction = self._transaction
        try:
            stands = transaction.last(record, record_id)
        except NotFound as error:
            raise ValuesGone from error
        values: dict[str, Any] = {
            name: from_wire(field_of(record, name), value)
            for name, value in wanted.items()
            if name != REMOVED
        }
        if wanted.get(REMOVED) is True:
            if made and _has_children(transaction, record, record_id):
                raise WrittenSince
            transaction.remove(stands)
            return
        owner = owner_of(record)
        above = getattr(stands, owner.name) if owner is not None else None
        if owner is not None and owner.target and above and self._is_gone(BY_KIND[owner.target], above):
            raise WrittenSince
        transaction.save(replace(stands, **values))

    def _told(self) -> Told:
        back = self._back
        plain = _("Ongedaan gemaakt") if back else _("Opnieuw gedaan")
        effect, (record, wanted) = self._effects[0], self._wanted[0]
        names = [one.name for one in fields_of(record) if one.name in wanted and not one.owner]
        if effect.made:
            names = _names(self._transaction, effect)[1]
        gone = wanted.get(REMOVED) is True
        place = record.kind, effect.record_id, tuple(names)
        if len(self._effects) > 1 or (len(names) != 1 and REMOVED not in wanted):
            said = _("Ongedaan gemaakt: {what}") if back else _("Opnieuw gedaan: {what}")
            return Told(said.format(what=self._step.what), plain, *place)
        if REMOVED in wanted:
            said = _("{what} weer weggehaald") if gone else _("{what} weer teruggezet")
            return Told(said.format(what=record.label), plain, *place)
        return Told(self._told_of_field(record, names[0], wanted[names[0]]), plain, *place)

    def _told_of_field(self, record: type[Record], name: str, value: Wire) -> str:
        declared = field_of(record, name)
        if value in (None, []):
            return _("{field} is weer leeg").format(field=declared.label)
        text = " ".join(text_of(self._transaction.codelists, declared, value).split())
        shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        said = _("{field} teruggezet op ‘{value}’") if self._back else _("{field} opnieuw op ‘{value}’")
        return said.format(field=declared.label, value=shown)


def _has_children(reader: Reader, record: type[Record], record_id: str) -> bool:
    """Whether anything hangs under a record that is about to go."""
    below = [one for one in children_of(record) if one is not SealedRecord]
    if record.kind in BLOCK_BY_KIND:
        below = [one for one in BLOCK_BY_KIND.values() if (up := owner_of(one)) and up.target == record.kind]
    return any(reader.find(one, **{up.name: record_id}) for one in below if (up := owner_of(one)))
