"""`leerwinkel vault access|profile|leaving`: the detention block's access list, and the prison profile."""

from __future__ import annotations

from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import FILE, answer, everywhere, passphrase, say, workspace
from leerwinkel_desktop.services import access_list, detention, profile, users
from leerwinkel_desktop.services import leaving as gate
from leerwinkel_desktop.store.files import write_durably

OUTPUT = click.option("-o", "output", type=FILE, help="Bewaar als PDF.")


@click.group()
def access() -> None:
    """De toegangslijst van het afgeschermde blok."""


@access.command(name="list")
@OUTPUT
@everywhere
def show(output: Path | None) -> None:
    """Toon wie het blok kan openen, sinds wanneer en hoe vaak dat gebeurde."""
    with workspace() as opened:
        found = access_list.report(opened)
    if output is not None:
        write_durably(output, access_list.as_pdf(found))
        say(f"De toegangslijst staat in {output}.")
        return
    answer(access_list.as_data(found), access_list.as_text(found))


@access.command()
@click.argument("user", metavar="GEBRUIKER")
@everywhere
def grant(user: str) -> None:
    """Geef een gebruiker van deze kluis toegang tot het blok."""
    with workspace() as opened:
        detention.grant(opened, users.find(opened, user).id)
    say(f"{user} kan het afgeschermde blok openen.")


@access.command()
@click.argument("user", metavar="GEBRUIKER")
@everywhere
def withdraw(user: str) -> None:
    """Neem de toegang van een gebruiker terug."""
    with workspace() as opened:
        detention.withdraw(opened, users.find(opened, user).id)
    say(f"{user} kan het afgeschermde blok niet meer openen.")


@click.command(name="profile")
@click.argument("code", metavar="[prison|office]", required=False, type=click.Choice(["prison", "office"]))
@everywhere
def choose(code: str | None) -> None:
    """Toon of kies het profiel: in de gevangenis minder velden, sneller op slot, geen links op papier."""
    with workspace() as opened:
        found = profile.current(opened) if code is None else profile.choose(opened, code, passphrase())
    data = {"profile": found.code, "idle_seconds": found.idle_seconds}
    answer(data, f"Profiel: {found.label}. De kluis gaat op slot na {found.idle_seconds} seconden.")


@click.command()
@click.option("-o", "output", type=FILE, required=True)
@click.option(
    "--stick", type=click.Path(file_okay=False, exists=True, path_type=Path), help="De map van de stick."
)
@everywhere
def leaving(output: Path, stick: Path | None) -> None:
    """Maak de lijst van wat er op de laptop en de stick staat, zonder namen."""
    with workspace() as opened:
        found = gate.collect(opened, stick)
        write_durably(output, gate.as_pdf(found))
    data = {"file": str(output), "dossiers": found.total, "bundles": len(found.bundles)}
    answer(data, f"{output}: {found.total} dossiers op de laptop, {len(found.bundles)} bundels op de stick.")
