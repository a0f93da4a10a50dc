"""`leerwinkel vault`: make and check a vault, and change a passphrase."""

from __future__ import annotations

from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import (
    answer,
    everywhere,
    first_line,
    folder,
    passphrase,
    say,
    typed,
    workspace,
)
from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.services.problems import ENVIRONMENT


@click.group()
def vault() -> None:
    """De kluis: maken, nakijken, wachtzin wijzigen."""


@vault.command()
@click.option("--role", type=click.Choice(["office", "laptop"]), default="office", show_default=True)
@click.option("--name", help="Naam van dit toestel.")
@click.option("--user", default="Begeleider", show_default=True, help="Wie de kluis opent.")
@everywhere
def create(role: str, name: str | None, user: str) -> None:
    """Maak een kluis. Een kantoor krijgt ook een herstelsleutel, die maar één keer getoond wordt."""
    word = passphrase("Nieuwe wachtzin", confirm=True)
    made = vaults.create(
        folder(), word, role="office" if role == "office" else "laptop", name=name, user=user
    )
    made.workspace.close()
    data = {
        "vault": str(folder()),
        "role": role,
        "recovery_identity": made.recovery_identity,
        "root_key": made.root_key,
    }
    text = f"De kluis staat in {folder()}."
    if made.recovery_identity:
        text += (
            "\n\nHerstelsleutel en wortelsleutel: druk af, steek in een gesloten omslag, bewaar buiten het kantoor."
            f"\nZe worden nergens anders bewaard.\n\n{made.recovery_identity}\n# {made.root_key}"
        )
    answer(data, text)


@vault.command()
@everywhere
def check() -> None:
    """Lees elke bladzijde van de databank en elke regel van het logboek na."""
    with workspace() as opened:
        health = vaults.check(opened)
    data = {"good": health.good, "damage": list(health.damage), "broken_audit": health.broken_audit}
    if health.good:
        answer(data, "De kluis is in orde.")
        return
    broken = (
        f"\nHet logboek klopt niet meer vanaf regel {health.broken_audit}." if health.broken_audit else ""
    )
    pages = f"\n{len(health.damage)} bladzijden zijn beschadigd." if health.damage else ""
    answer(
        data,
        f"De kluis is beschadigd. Bewaar de map zoals ze is en zet een reservekopie terug.{pages}{broken}",
    )
    raise click.exceptions.Exit(ENVIRONMENT)


@vault.command(name="passphrase")
@click.option(
    "--new-passphrase-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Bestand met de nieuwe wachtzin.",
)
@everywhere
def change(new_passphrase_file: Path | None) -> None:
    """Wijzig de wachtzin; dossiers en niet-overgedragen werk blijven zoals ze zijn."""
    with workspace() as opened:
        if new_passphrase_file:
            word = first_line(new_passphrase_file, "--new-passphrase-file")
        else:
            word = typed("Nieuwe wachtzin", confirm=True)
        vaults.change_passphrase(opened, word)
    say("De wachtzin is gewijzigd.")
