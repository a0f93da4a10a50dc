"""`leerwinkel demo`: the whole story without a screen."""

from __future__ import annotations

from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import FOLDER, everywhere, say


@click.command()
@click.argument("target", metavar="DIR", type=FOLDER)
@click.option("--seed", type=int, default=2022, show_default=True, help="Voor de verzonnen personen.")
@everywhere
def demo(target: Path, seed: int) -> None:
    """Een dag op een jobbeurs, een gesprek binnen, de overdracht en de cijfers, met verzonnen personen."""
    from leerwinkel_desktop.services.demo import story

    for step in story.tell(target, seed):
        say(f"{step.seconds:6.2f} s  {step.text}")
    say("")
    for path in story.left_behind(target):
        say(f"  {path}")
