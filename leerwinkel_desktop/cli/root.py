"""The command `leerwinkel`: its groups, and errors as one sentence and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from leerwinkel_desktop import __version__, logs
from leerwinkel_desktop.cli import (
    block,
    bundle,
    decide,
    demo,
    device,
    doctor,
    dossier,
    dutch,
    papers,
    report,
    sheet,
    trail,
    vault,
    workbook,
)
from leerwinkel_desktop.cli.opening import FOLDER, Asked, everywhere, folder
from leerwinkel_desktop.services import problems


class Speaking(click.Group):
    """A group that ends with a Dutch sentence on standard error and the exit status of CLI.md."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; never show a traceback with values in it."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 (the last door: nothing passes it unsaid)
            click.echo(problems.sentence(error) or _bug(error), err=True)
            ctx.exit(problems.exit_status(error))


def _bug(error: Exception) -> str:
    head = "Dit is een fout in het programma. Je gegevens zijn zoals ze waren; meld dit met deze regels:"
    return f"{head}\n{logs.details(error)}"


def build(open_window: Callable[[Path], int], take_screenshots: Callable[[Path], None]) -> click.Group:
    """The whole command tree; the window and the screenshots are handed in, so that this room knows no Qt."""
    dutch.speak()

    @click.group(
        cls=Speaking,
        invoke_without_command=True,
        context_settings={"obj": Asked(), "help_option_names": ["-h", "--help"]},
    )
    @click.version_option(__version__, prog_name="leerwinkel")
    @everywhere
    @click.pass_context
    def leerwinkel(ctx: click.Context) -> None:
        """Leerwinkel: dossiers, adviesbladen, overdracht en cijfers, zonder netwerk.

        Zonder opdracht gaat het venster open.
        """
        if ctx.invoked_subcommand is None:
            sys.exit(open_window(folder()))

    @leerwinkel.command()
    @click.argument("target", metavar="DIR", type=FOLDER)
    @everywhere
    def screenshots(target: Path) -> None:
        """Teken elke bladzijde en elk venster als PNG, zonder scherm."""
        take_screenshots(target)

    for command in (block.access, block.choose, block.leaving):
        vault.vault.add_command(command)
    vault.vault.add_command(papers.paper)
    vault.vault.add_command(trail.audit)
    device.device.add_command(trail.of_laptop)
    for command in (
        demo.demo,
        vault.vault,
        device.device,
        dossier.dossier,
        workbook.workbook,
        sheet.sheet,
        bundle.bundle,
        decide.decide,
        report.report,
        doctor.doctor,
    ):
        leerwinkel.add_command(command)
    return leerwinkel
