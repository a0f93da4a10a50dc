"""`leerwinkel bundle preview|held`: what a bundle would bring, and what was held back of those read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from leerwinkel_desktop.cli.opening import FILE, answer, everywhere, progress, workspace
from leerwinkel_desktop.services import exchange
from leerwinkel_desktop.services.exchange import FieldDetail, PersonLine, Preview, RecordDetail

Told = Sequence[tuple[PersonLine, Sequence[RecordDetail]]]


def when(ms: int) -> str:
    """A moment as people read it."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().strftime("%d/%m/%Y %H:%M")


@click.command()
@click.argument("path", metavar="PATH", type=FILE)
@click.option("--details", is_flag=True, help="Toon ook per veld wat er verandert.")
@everywhere
def preview(path: Path, details: bool) -> None:
    """Toon per persoon wat een bundel zou brengen; er wordt niets geschreven."""
    with workspace() as opened, progress() as show:
        seen = exchange.preview(opened, path, show)
        persons = [*seen.persons, *([seen.shared] if seen.shared else [])]
        told = [(one, exchange.details(opened, one) if details else ()) for one in persons]
    if seen.already:
        at = f" op {when(seen.at_ms)}" if seen.at_ms else ""
        answer(_data(seen, told), f"Deze bundel is al ingelezen{at}, niets te doen.")
    else:
        answer(_data(seen, told), "\n".join(_lines(seen, told)))


def _data(seen: Preview, told: Told) -> dict[str, Any]:
    return {
        "sender": seen.sender,
        "already": seen.already,
        "read_at_ms": seen.at_ms,
        "new_changes": seen.new_changes,
        "totals": dict(seen.totals),
        "dropped": seen.dropped,
        "erased": seen.erased,
        "later": seen.later,
        "persons": [
            {
                "number": one.number,
                "name": one.name,
                "new": one.new,
                "most": one.most,
                "what": dict(one.what),
                "records": list(map(asdict, records)),
            }
            for one, records in told
        ],
    }


def _lines(seen: Preview, told: Told) -> Iterator[str]:
    yield f"Van {seen.sender}: {exchange.summary(seen)}."
    yield from exchange.beside(seen)
    for person, records in told:
        state = exchange.STATES[person.most]
        what = ", ".join(f"{count} × {label}" for label, count in person.what.items())
        yield f"  {state:<12} {person.number or '-':<18} {person.name:<32} {what}".rstrip()
        for record in records:
            yield f"      {record.label} ({exchange.STATES[record.what]})"
            yield from (f"        {_field(field)}" for field in record.fields)


def _field(field: FieldDetail) -> str:
    if field.sides:
        sides = " | ".join(f"{one.text or '(leeg)'} ({one.device}, {when(one.at_ms)})" for one in field.sides)
        return f"{field.label}: {sides}"
    if field.wrong:
        return f"{field.label}: {field.after} - {field.wrong}"
    return f"{field.label}: {field.before} → {field.after or '(leeg)'}".replace(":  →", ":")


@click.command()
@click.option("--retry", is_flag=True, help="Kijk opnieuw na, en lees in wat nu wel past.")
@click.option("--drop", metavar="ID", help="Gooi één wijziging weg (alleen voor een beheerder).")
@everywhere
def held(retry: bool, drop: str | None) -> None:
    """Toon welke wijzigingen apart gehouden zijn omdat een waarde niet past."""
    with workspace() as opened:
        if drop is not None:
            exchange.drop(opened, drop)
        let_go = exchange.retry(opened) if retry else 0
        found = exchange.held(opened)
    lines = [f"{let_go} ingelezen."] if retry else []
    lines += [
        f"{one.id}  {one.number or '-'}  {one.name or '-'}  {one.record}, {one.field}: "
        f"{' '.join(filter(None, (one.value, '-' if one.value else '', one.wrong)))} "
        f"({one.sender}, {when(one.at_ms)})"
        for one in found
    ]
    lines += [] if found else ["Er is niets apart gehouden."]
    answer({"let_go": let_go, "held": list(map(asdict, found))}, "\n".join(lines))
