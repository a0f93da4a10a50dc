"""`leerwinkel device`: let a laptop and the office know each other, and see or stop who is known."""

from __future__ import annotations

from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import answer, everywhere, workspace
from leerwinkel_desktop.services import enrolment, exchange

FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def device() -> None:
    """Laptops en kantoor: aanmelden, verwelkomen, afmelden."""


@device.command()
@click.option("-o", "output", type=FILE, required=True, help="Kaart van deze laptop, voor het kantoor.")
@everywhere
def enrol(output: Path) -> None:
    """Op de laptop: schrijf de kaart waarmee hij zich op kantoor aanmeldt."""
    with workspace() as opened:
        fingerprint = enrolment.write_enrol_card(opened, output)
    answer({"file": str(output), "fingerprint": fingerprint}, f"Kaart: {output}\nTekens: {fingerprint}")


@device.command()
@click.argument("card", type=FILE)
@click.option("-o", "output", type=FILE, required=True, help="Welkomkaart, voor de laptop.")
@click.option("--yes", is_flag=True, help="De tekens zijn vergeleken.")
@everywhere
def welcome(card: Path, output: Path, yes: bool) -> None:
    """Op kantoor: laat een laptop toe, nadat de tekens op beide schermen vergeleken zijn."""
    with workspace() as opened:
        candidate = enrolment.read_enrol_card(card)
        question = f"{candidate.name}: {candidate.fingerprint}\nStaan dezelfde tekens op de laptop?"
        if not yes and not click.confirm(question, err=True):
            raise click.Abort
        laptop = enrolment.welcome(opened, candidate, output)
        fingerprint = enrolment.own_fingerprint(opened)
    data = {"file": str(output), "device": laptop.device_number, "fingerprint": fingerprint}
    answer(data, f"{laptop.name} is laptop {laptop.device_number}.\nTekens van het kantoor: {fingerprint}")


@device.command()
@click.argument("card", type=FILE)
@everywhere
def accept(card: Path) -> None:
    """Op de laptop: neem de welkomkaart van het kantoor aan."""
    with workspace() as opened:
        fingerprint = enrolment.accept(opened, card)
    answer(
        {"fingerprint": fingerprint},
        f"De laptop hoort nu bij het kantoor.\nVergelijk met de affiche op kantoor: {fingerprint}",
    )


@device.command(name="list")
@everywhere
def show() -> None:
    """Toon alle toestellen die deze kluis kent."""
    with workspace() as opened:
        known = enrolment.known_devices(opened)
    data = [
        {
            "name": one.name,
            "role": one.role,
            "number": one.device_number,
            "state": one.state,
            "upto": one.upto,
            "actor": one.actor,
        }
        for one in known
    ]
    roles = {"office": "kantoor", "laptop": "laptop"}
    states = {"ACTIVE": "actief", "REVOKED": "afgemeld"}
    lines = [
        f"{one.device_number if one.device_number is not None else '-':>3}  {one.name or '':<24} "
        f"{roles.get(one.role or '', ''):<8} {states.get(one.state, one.state):<9} tot nummer {one.upto}"
        for one in known
    ]
    answer(data, "\n".join(lines))


@device.command()
@click.argument("number", type=int)
@everywhere
def revoke(number: int) -> None:
    """Op kantoor: meld een laptop af; later werk van hem wordt geweigerd."""
    with workspace() as opened:
        enrolment.revoke(opened, exchange.laptop_actor(opened, number))
    answer({"revoked": number}, f"Laptop {number} is afgemeld; wat hier al is, blijft.")
