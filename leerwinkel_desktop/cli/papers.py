"""`leerwinkel vault paper`: what an organisation must be able to show about its vault."""

from __future__ import annotations

from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import FILE, everywhere, say, workspace
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
