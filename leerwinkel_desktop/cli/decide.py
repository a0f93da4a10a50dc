"""`leerwinkel decide`: what two people wrote differently, and who may be there twice: list, decide, undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import click

from leerwinkel_desktop.cli.opening import answer, everywhere, progress, say, workspace
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Value
from leerwinkel_desktop.services import access, decisions, doubles
from leerwinkel_desktop.services.decisions import Conflict, Decided, PersonConflicts
from leerwinkel_desktop.services.doubles import Facts, Pair
from leerwinkel_desktop.services.workbook.cells import Cell, Unfit, judge
from leerwinkel_desktop.services.workbook.problems import Reason
from leerwinkel_desktop.services.workspace import Workspace

_REASONS: Final = {Reason.LENGTH: "length", Reason.CODE: "code", Reason.RANGE: "range"}
_HOW: Final = {"CHOSEN": "gekozen", "OWN": "zelf ingevuld", "KEPT": "gehouden"}


@click.group()
def decide() -> None:
    """Beslis waar twee mensen iets anders schreven."""


@decide.command(name="list")
@click.option("--decided", is_flag=True, help="Toon wat op dit toestel al beslist is.")
@everywhere
def show(decided: bool) -> None:
    """Toon wat op een beslissing wacht, met wie, waar en wanneer."""
    with workspace() as opened:
        if decided:
            made = decisions.decided(opened)
            answer(
                [_decided(one) for one in made], "\n".join(map(_decided_line, made)) or "Nog niets beslist."
            )
            return
        found, pairs = decisions.open_conflicts(opened), _pairs(opened)
    data = {
        "conflicts": [_data(person, one) for person in found for one in person.conflicts],
        "doubles": [_pair_data(pair) for pair in pairs],
    }
    text = [*map(_person, found), *map(_pair, pairs)]
    answer(data, "\n\n".join(text) or "Er is niets te beslissen.")


def _pairs(opened: Workspace) -> list[Pair]:
    """Who may be there twice; only the office decides about that."""
    if opened.device().role != "office" or not access.allowed(opened, "OFFICE"):
        return []
    with progress() as show:
        doubles.catch_up(opened, show)
    return doubles.found(opened)


def _pair_data(pair: Pair) -> dict[str, Any]:
    sides = [{"numbers": list(one.numbers), "name": _name(one)} for one in (pair.one, pair.other)]
    return {"persons": sides, "score": pair.score, "reasons": list(pair.reasons)}


def _name(facts: Facts) -> str:
    return " ".join(filter(None, (facts.first_name, facts.last_name)))


def _pair(pair: Pair) -> str:
    lines = ["Misschien dezelfde persoon"]
    for one in (pair.one, pair.other):
        born = f", {one.birth_date.strftime('%d/%m/%Y')}" if one.birth_date else ""
        lines.append(f"  {', '.join(one.numbers) or '-'}  {_name(one)}{born}")
    return "\n".join([*lines, f"  {', '.join(pair.reasons)}"])


def _data(person: PersonConflicts, conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "number": person.number,
        "name": person.name,
        "kind": conflict.kind,
        "field": conflict.declared.name if conflict.declared else conflict.place.field,
        "label": conflict.field_label,
        "about": conflict.about,
        "since_ms": conflict.since_ms,
        "versions": [
            {"value": one.value, "text": one.text, "user": one.user, "device": one.device, "at_ms": one.at_ms}
            for one in conflict.versions
        ],
        "suggestion": conflict.suggestion,
    }


def _person(person: PersonConflicts) -> str:
    number = f" ({person.number})" if person.number else ""
    return "\n".join([f"{person.name}{number}", *map(_conflict, person.conflicts)])


def _conflict(conflict: Conflict) -> str:
    about = f" ({conflict.about})" if conflict.about else ""
    lines = [f"  {conflict.kind_label}{about}, {conflict.field_label}, sinds {_when(conflict.since_ms)}"]
    lines.append(f"  {conflict.id}")
    for number, one in enumerate(conflict.versions, 1):
        text = (one.text or "(leeg)").replace("\n", "\n       ")
        who = f"{one.user}, {one.device}" if one.user else one.device
        lines.append(f"    {number}  {text}  [{who}, {_when(one.at_ms)}]")
    return "\n".join(lines)


def _decided(one: Decided) -> dict[str, Any]:
    return {
        "id": one.id,
        "at_ms": one.at_ms,
        "user": one.user,
        "how": one.how,
        "kind": one.kind_label,
        "field": one.field_label,
        "text": one.text,
        "undoable": one.undoable,
        "undo_user": one.undo_user,
        "undo_at_ms": one.undo_at_ms,
    }


def _decided_line(one: Decided) -> str:
    undone = f", ongedaan door {one.undo_user}" if one.undo_user else ""
    said = f"{one.kind_label}, {one.field_label}: {one.text or '(leeg)'}"
    return f"{one.id}  {_when(one.at_ms)}  {one.user}  {said} ({_HOW[one.how]}{undone})"


def _when(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000).strftime("%d/%m/%Y %H:%M")


@decide.command()
@click.argument("conflict", metavar="ID")
@click.option("--version", type=click.IntRange(1), help="Neem deze versie uit de lijst.")
@click.option("--value", help="Neem een eigen waarde, zoals in de werkmap.")
@click.option("--keep", is_flag=True, help="Laat staan wat er nu staat.")
@everywhere
def choose(conflict: str, version: int | None, value: str | None, keep: bool) -> None:
    """Beslis over één veld: een versie, een eigen waarde, of wat er nu staat."""
    if (version is not None) + (value is not None) + keep != 1:
        raise click.UsageError("Geef één van --version, --value of --keep.")
    with workspace() as opened:
        found = decisions.find(opened, conflict)
        if version is not None:
            decision = decisions.choose(opened, found, _version(found, version))
        elif value is not None:
            decision = decisions.combine(opened, found, _typed(opened, found, value))
        else:
            decision = decisions.keep(opened, found)
    answer({"decision": decision}, f"Beslist: {decision}")


def _version(conflict: Conflict, number: int) -> decisions.Version:
    if number > len(conflict.versions):
        raise click.BadParameter(f"er zijn {len(conflict.versions)} versies.", param_hint="--version")
    return conflict.versions[number - 1]


def _typed(opened: Workspace, conflict: Conflict, text: str) -> Value:
    """What was typed as a value of the field; whether a removed record stays is chosen, never typed."""
    if conflict.declared is None:
        raise click.UsageError("Of iets verwijderd blijft, kies je met --version of --keep.")
    try:
        return judge(Cell(text), conflict.declared, opened.codelists)
    except Unfit as error:
        raise InvalidValue(conflict.declared.name, _REASONS.get(error.reason, "kind")) from error


@decide.command()
@click.argument("decision", metavar="ID")
@everywhere
def undo(decision: str) -> None:
    """Maak een beslissing ongedaan: het veld wacht weer, met dezelfde versies."""
    with workspace() as opened:
        decisions.undo(opened, decision)
    say("Ongedaan gemaakt: het veld wacht weer op een beslissing.")


@decide.command()
@click.argument("one", metavar="DOSSIER_NO")
@click.argument("other", metavar="DOSSIER_NO")
@click.option("--undo", is_flag=True, help="Toch niet: laat hen weer vergelijken.")
@everywhere
def different(one: str, other: str, undo: bool) -> None:
    """Zeg dat twee dossiers van verschillende personen zijn; samenvoegen doet `dossier merge`."""
    act = doubles.undo_different if undo else doubles.different
    with workspace() as opened:
        act(opened, doubles.client_with(opened, one), doubles.client_with(opened, other))
    say(f"{one} en {other} worden weer vergeleken." if undo else f"{one} en {other} blijven apart.")
