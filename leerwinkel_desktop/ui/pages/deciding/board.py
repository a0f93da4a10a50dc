"""Gathers what waits for a decision and what was decided, as far as this user decides about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services import access, decisions, doubles
from leerwinkel_desktop.services.decisions import Conflict, Decided, PersonConflicts
from leerwinkel_desktop.services.doubles import Facts, Merged, Pair
from leerwinkel_desktop.services.undecided import of_office
from leerwinkel_desktop.services.workspace import Workspace

MOST_PAIRS: Final = 200
MOST_PAST: Final = 100
HOW: Final = {"CHOSEN": _("gekozen"), "OWN": _("zelf geschreven"), "KEPT": _("gelaten")}


@dataclass(frozen=True, slots=True)
class Question:
    """One field that waits, and whose it is."""

    person: PersonConflicts
    conflict: Conflict

    @property
    def key(self) -> str:
        """Finds the same question again after reading anew."""
        return self.conflict.id


@dataclass(frozen=True, slots=True)
class Double:
    """Two people who may be one."""

    pair: Pair

    @property
    def key(self) -> str:
        """Finds the same pair again after reading anew."""
        return "+".join(sorted((self.pair.one.client_id, self.pair.other.client_id)))


Item = Question | Double


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that was decided: when, about what, what was said, by whom; `undo` takes it back."""

    at_ms: int | None
    what: str
    said: str
    who: str
    undo: Callable[[], None] | None


@dataclass(frozen=True, slots=True)
class Board:
    """What waits, and what was decided, the newest first."""

    items: tuple[Item, ...] = ()
    past: tuple[Past, ...] = ()


def may_decide(workspace: Workspace) -> bool:
    """At the office its people decide; on a laptop whoever works there does, about what is there."""
    return workspace.device().role != "office" or access.allowed(workspace, "OFFICE")


def read(workspace: Workspace) -> Board:
    """Read everything anew."""
    office = of_office(workspace)
    found = decisions.open_conflicts(workspace) if may_decide(workspace) else []
    questions = [Question(person, conflict) for person in found for conflict in person.conflicts]
    pairs = doubles.found(workspace, MOST_PAIRS) if office else []
    past = [_decided(workspace, one) for one in decisions.decided(workspace, MOST_PAST)]
    if office:
        past += [*_apart(workspace), *_merged(workspace)]
    past.sort(key=lambda one: one.at_ms or 0, reverse=True)
    return Board((*questions, *map(Double, pairs)), tuple(past))


def _decided(workspace: Workspace, one: Decided) -> Past:
    told = HOW[one.how]
    if one.undo_user is not None:
        told = _("ongedaan door {user}").format(user=one.undo_user)
    said = _("{text} ({how})").format(text=one.text or _("(leeg)"), how=told)
    undo = partial(decisions.undo, workspace, one.id) if one.undoable else None
    return Past(one.at_ms, f"{one.kind_label}: {one.field_label}", said, one.user, undo)


def _apart(workspace: Workspace) -> Iterator[Past]:
    for pair in doubles.kept_apart(workspace)[:MOST_PAST]:
        undo = partial(doubles.undo_different, workspace, pair.one.client_id, pair.other.client_id)
        said = _("{one} en {other}").format(one=named(pair.one), other=named(pair.other))
        yield Past(pair.different_at_ms, _("Niet dezelfde persoon"), said, pair.different_by or "", undo)


def _merged(workspace: Workspace) -> Iterator[Past]:
    for one in doubles.merged(workspace)[:MOST_PAST]:
        undo = partial(doubles.unmerge, workspace, one.double.client_id)
        yield Past(one.at_ms, _("Dezelfde persoon"), _became(one), one.by or "", undo)


def _became(one: Merged) -> str:
    return _("{double} hoort bij {keep}").format(double=named(one.double), keep=named(one.keep))


def named(facts: Facts) -> str:
    """A person in a few words."""
    name = " ".join(filter(None, (facts.first_name, facts.last_name))) or _("(zonder naam)")
    return f"{name} ({facts.numbers[0]})" if facts.numbers else name
