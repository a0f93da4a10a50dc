"""`leerwinkel vault paper` and `vault audit`: what an organisation must be able to show about its vault."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import DAY, FILE, answer, everywhere, say, workspace
from leerwinkel_desktop.services import auditing
from leerwinkel_desktop.services.rights import breach, informing, papers
from leerwinkel_desktop.store.files import write_durably


@click.group()
def paper() -> None:
    """Papieren: uitleg voor mensen, het register van verwerking, een laptop die kwijt is."""


@paper.command(name="informing")
@click.option("--large", is_flag=True, help="Grote letters.")
@click.option("-o", "--output", type=FILE, required=True)
@everywhere
def tell(large: bool, output: Path) -> None:
    """Het blad dat uitlegt wat er met iemands gegevens gebeurt."""
    with workspace() as opened:
        _write(informing.render(opened, large_print=large), output)


@paper.command()
@click.option("-o", "--output", type=FILE, required=True)
@everywhere
def processing(output: Path) -> None:
    """Het register van verwerking."""
    with workspace() as opened:
        _write(papers.render_register(opened), output)


@paper.command(name="breach")
@click.argument("laptop")
@click.option("-o", "--output", type=FILE, required=True)
@everywhere
def lost(laptop: str, output: Path) -> None:
    """Het blad voor een laptop die kwijt is (72 uur)."""
    with workspace() as opened:
        _write(breach.render(opened, breach.find(opened, laptop)), output)


def _write(pdf: bytes, output: Path) -> None:
    write_durably(output, pdf)
    say(f"Blad: {output}")


@click.command()
@click.option("--user", help="Alleen van deze gebruiker.")
@click.option("--action", help="Alleen deze handeling, of alles wat zo begint (dossier, bundle …).")
@click.option("--subject", help="Alleen over dit id.")
@click.option("--from", "start", type=DAY)
@click.option("--to", "end", type=DAY)
@click.option("-o", "--output", type=FILE, help="Als CSV, zonder namen.")
@everywhere
def audit(
    user: str | None,
    action: str | None,
    subject: str | None,
    start: datetime | None,
    end: datetime | None,
    output: Path | None,
) -> None:
    """Lees het logboek (alleen de beheerder)."""
    days = (start.date() if start else None, end.date() if end else None)
    with workspace() as opened:
        wanted = auditing.Filter(user, action, subject, *days)
        found = auditing.entries(opened, wanted)
        if output is not None:
            auditing.export(opened, output, wanted)
    if output is not None:
        say(f"Logboek: {output}")
        return
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
    answer(data, "\n".join(lines) or "Er zijn geen regels die hierbij passen.")
