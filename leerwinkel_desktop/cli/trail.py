"""`leerwinkel vault audit` and `device audit`: who did what, here and on a laptop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Final

import click

from leerwinkel_desktop.cli.opening import DAY, FILE, answer, everywhere, say, workspace
from leerwinkel_desktop.domain.rights import AuditEntry
from leerwinkel_desktop.services import auditing, exchange
from leerwinkel_desktop.services.auditing import Filter

_FILTERS: Final = (
    click.option("--user", help="Alleen van deze gebruiker."),
    click.option("--action", help="Alleen deze handeling, of alles wat zo begint (dossier, bundle …)."),
    click.option("--subject", help="Alleen over dit id."),
    click.option("--from", "start", type=DAY),
    click.option("--to", "end", type=DAY),
)


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a filter, and hand it the filter as `wanted`."""

    @wraps(command)
    def run(
        *,
        user: str | None,
        action: str | None,
        subject: str | None,
        start: datetime | None,
        end: datetime | None,
        **more: Any,
    ) -> None:
        days = (start.date() if start else None, end.date() if end else None)
        command(wanted=Filter(user, action, subject, *days), **more)

    for option in reversed(_FILTERS):
        run = option(run)
    return run


OUTPUT: Final = click.option("-o", "--output", type=FILE, help="Als CSV, zonder namen.")


@click.command()
@filtered
@OUTPUT
@everywhere
def audit(wanted: Filter, output: Path | None) -> None:
    """Lees het logboek (alleen de beheerder)."""
    with workspace() as opened:
        found = auditing.entries(opened, wanted)
        if output is not None:
            auditing.export(opened, output, wanted)
    if output is not None:
        say(f"Logboek: {output}")
        return
    show(found)


@click.command(name="audit")
@click.argument("number", type=int)
@filtered
@click.option("--acknowledge", is_flag=True, help="Wat niet klopte, is gezien: meld het niet langer.")
@OUTPUT
@everywhere
def of_laptop(number: int, wanted: Filter, acknowledge: bool, output: Path | None) -> None:
    """Op kantoor: lees het logboek dat een laptop meegaf (alleen de beheerder)."""
    with workspace() as opened:
        actor = exchange.laptop_actor(opened, number)
        if acknowledge:
            auditing.acknowledge(opened, actor)
        found = auditing.laptop_entries(opened, actor, wanted)
        broken = auditing.laptop_breaks(opened).get(actor)
        if output is not None:
            auditing.export(opened, output, wanted, actor)
    above = [warning(f"laptop {number}", broken.number)] if broken else []
    if output is not None:
        say("\n".join([*above, f"Logboek: {output}"]))
        return
    show(found, *above)


def warning(name: str, number: int) -> str:
    """What it means that a laptop's trail does not fit."""
    return (
        f"Let op: het logboek van {name} klopt niet vanaf regel {number}: er is iets geschrapt of gewijzigd. "
        "Het werk zelf is ingelezen; ga na wat er gebeurde."
    )


def show(found: list[AuditEntry], *above: str) -> None:
    """Answer with these entries, in words below what must be said first."""
    data = [
        {
            "number": e.number,
            "at_ms": e.at_ms,
            "user": e.user,
            "action": e.action,
            "subject": e.subject,
            "device": e.device,
        }
        for e in found
    ]
    lines = [
        f"{e.number:>6}  {datetime.fromtimestamp((e.at_ms or 0) / 1000, UTC).astimezone():%d/%m/%Y %H:%M:%S}"
        f"  {e.user or '-':<16} {e.action or '':<24} {e.subject or ''}".rstrip()
        for e in found
    ]
    answer(data, "\n".join([*above, *(lines or ["Er zijn geen regels die hierbij passen."])]))
