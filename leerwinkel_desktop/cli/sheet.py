"""`leerwinkel sheet`: make an advice sheet as PDF."""

from __future__ import annotations

from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import FILE, answer, everywhere, workspace
from leerwinkel_desktop.i18n import SECOND_LANGUAGES, SOURCE_LANGUAGE
from leerwinkel_desktop.services import dossiers, sheets


@click.command()
@click.argument("number", metavar="DOSSIER_NO")
@click.option(
    "--variant", type=click.Choice(["ordinary", "inside", "portable"]), default="ordinary", show_default=True
)
@click.option(
    "--language",
    type=click.Choice([SOURCE_LANGUAGE, *SECOND_LANGUAGES]),
    help="Taal naast het Nederlands; anders die van de klant.",
)
@click.option("--large-print", is_flag=True, help="Grote letters (18 punt).")
@click.option("-o", "output", type=FILE, required=True)
@everywhere
def sheet(number: str, variant: str, language: str | None, large_print: bool, output: Path) -> None:
    """Maak het adviesblad van een dossier."""
    with workspace() as opened:
        view = dossiers.find_number(opened, number)
        made = sheets.for_dossier(opened, view, variant.upper(), large_print=large_print, language=language)
        sheets.write(made, output)
    warnings = [sheets.warning_text(warning) for warning in made.warnings]
    data = {"file": str(output), "pages": made.pages, "language": made.language, "warnings": warnings}
    answer(
        data, "\n".join([f"{output}: {made.pages} bladzijde(n)", *(f"  let op: {text}" for text in warnings)])
    )
