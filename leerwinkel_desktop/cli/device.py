"""`leerwinkel device`: let a laptop and the office know each other, and see, stop or renew who is known."""

from __future__ import annotations

from pathlib import Path

import click

from leerwinkel_desktop.cli import along
from leerwinkel_desktop.cli.opening import FILE, answer, everywhere, first_line, workspace
from leerwinkel_desktop.cli.trail import warning
from leerwinkel_desktop.services import auditing, enrolment, exchange

ROLES = {"office": "kantoor", "laptop": "laptop"}
STATES = {"ACTIVE": "actief", "REVOKED": "afgemeld", "LOST": "verloren"}
WHY = {"fork": "twee versies van één laptop", "revoked": "van na het afmelden"}
UPTO = click.option(
    "--upto", type=int, help="Tot welk nummer werk nog aanvaard wordt (gewoon: wat er nu is)."
)
TYPED = click.option(
    "--fingerprint", "typed", help="De tekens, zoals ze op het andere scherm of de affiche staan."
)
YES = click.option("--yes", is_flag=True, help="De tekens zijn vergeleken.")


@click.group()
def device() -> None:
    """Laptops en kantoor: aanmelden, verwelkomen, afmelden."""


def _compare(question: str, *, yes: bool) -> None:
    if not yes and not click.confirm(question, err=True):
        raise click.Abort


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
@TYPED
@YES
@click.option("--whole", is_flag=True, help="Een werkplek van het kantoor: ze krijgt altijd alle dossiers.")
@everywhere
def welcome(card: Path, output: Path, typed: str | None, yes: bool, whole: bool) -> None:
    """Op kantoor: laat een laptop toe, nadat de tekens op beide schermen vergeleken zijn."""
    with workspace() as opened:
        candidate = enrolment.read_enrol_card(card)
        if typed is not None:
            enrolment.check_fingerprint(candidate, typed)
        else:
            question = f"{candidate.name}: {candidate.fingerprint}\nStaan dezelfde tekens op de laptop?"
            _compare(question, yes=yes)
        laptop = enrolment.welcome(opened, candidate, output, whole=whole)
        fingerprint = enrolment.own_fingerprint(opened)
    data = {"file": str(output), "device": laptop.device_number, "fingerprint": fingerprint}
    answer(data, f"{laptop.name} is laptop {laptop.device_number}.\nTekens op de affiche: {fingerprint}")


@device.command()
@click.argument("card", type=FILE)
@TYPED
@YES
@everywhere
def accept(card: Path, typed: str | None, yes: bool) -> None:
    """Op de laptop: neem de welkomkaart aan, nadat de tekens met de affiche op kantoor vergeleken zijn."""
    with workspace() as opened:
        invitation = enrolment.read_welcome_card(opened, card)
        if typed is None and not invitation.pinned:
            question = (
                f"{invitation.organisation}: {invitation.root_fingerprint}\n"
                "Staan dezelfde tekens op de affiche in het kantoor?"
            )
            _compare(question, yes=yes)
        fingerprint = enrolment.accept(opened, card, typed)
    answer({"fingerprint": fingerprint}, f"De laptop hoort nu bij het kantoor.\nTekens: {fingerprint}")


@device.command(name="list")
@everywhere
def show() -> None:
    """Toon alle toestellen die deze kluis kent."""
    with workspace() as opened:
        known = enrolment.known_devices(opened)
        due = enrolment.rotation_due(opened)
        moved = enrolment.moved(opened)
        broken = {actor: one.number for actor, one in auditing.laptop_breaks(opened).items()}
    data = [
        {
            "name": one.name,
            "role": one.role,
            "number": one.device_number,
            "state": one.state,
            "upto": one.upto,
            "actor": one.actor,
            "audit_broken": broken.get(one.actor),
        }
        for one in known
    ]
    lines = [
        f"{one.device_number if one.device_number is not None else '-':>3}  {one.name or '':<24} "
        f"{ROLES.get(one.role or '', ''):<8} {STATES.get(one.state, one.state):<9} tot nummer {one.upto}"
        for one in known
    ]
    lines += [warning(one.name or "", broken[one.actor]) for one in known if one.actor in broken]
    if due:
        lines.append(
            "De sleutels van het kantoor zijn meer dan een jaar oud: vernieuw ze met “device rotate”."
        )
    if moved == "MACHINE":
        lines.append("Deze kluis staat op een andere computer dan vroeger: “device stay” of “device renew”.")
    answer(data, "\n".join(lines))


@device.command()
@click.argument("number", type=int)
@UPTO
@everywhere
def revoke(number: int, upto: int | None) -> None:
    """Op kantoor: meld een laptop af; later werk van hem gaat naar de quarantaine."""
    with workspace() as opened:
        enrolment.revoke(opened, exchange.laptop_actor(opened, number), upto)
    answer({"revoked": number}, f"Laptop {number} is afgemeld; wat hier al is, blijft.")


@device.command()
@click.argument("number", type=int)
@UPTO
@everywhere
def lost(number: int, upto: int | None) -> None:
    """Op kantoor: meld dat een laptop verloren of gestolen is."""
    with workspace() as opened:
        enrolment.lost(opened, exchange.laptop_actor(opened, number), upto)
    answer({"lost": number}, f"Laptop {number} staat als verloren op de lijst; wat hier al is, blijft.")


@device.command()
@click.option(
    "--root-file", type=FILE, required=True, help="Bestand met de wortelsleutel van het herstelblad."
)
@everywhere
def rotate(root_file: Path) -> None:
    """Op kantoor: maak nieuwe sleutels voor het kantoor, ongeveer één keer per jaar."""
    root = first_line(root_file, "--root-file").removeprefix("#").strip()
    with workspace() as opened:
        enrolment.rotate(opened, root)
    answer(
        {"rotated": True}, "Het kantoor heeft nieuwe sleutels; elke laptop krijgt ze met zijn bevestiging."
    )


@device.command()
@click.option("--printed", is_flag=True, help="De wortelsleutel staat op papier: bewaar ze hier niet langer.")
@everywhere
def root(printed: bool) -> None:
    """Op kantoor: toon de wortelsleutel die nog op het herstelblad moet (een kluis van vroeger)."""
    with workspace() as opened:
        if printed:
            enrolment.forget_root(opened)
            answer({"printed": True}, "De wortelsleutel staat nu alleen nog op papier.")
            return
        text = enrolment.show_root(opened)
    answer({"root_key": text}, f"Schrijf op het herstelblad, en doe daarna “device root --printed”:\n{text}")


@device.command()
@everywhere
def stay() -> None:
    """Deze kluis is verhuisd, en er is geen andere kopie in gebruik: alles blijft zoals het is."""
    with workspace() as opened:
        enrolment.stay(opened)
    answer({"stayed": True}, "Deze kluis hoort nu op deze computer.")


@device.command()
@everywhere
def renew() -> None:
    """Op een gekopieerde of teruggezette laptop: begin met een nieuw nummer; niets gaat verloren."""
    with workspace() as opened:
        renewed = enrolment.renew_actor(opened)
    data = {"actor": renewed.actor, "previous": renewed.previous, "renumbered": renewed.renumbered}
    answer(data, f"{renewed.renumbered} wijzigingen meegenomen. Meld de laptop nu opnieuw aan op kantoor.")


for _command in along.COMMANDS:
    device.add_command(_command)


@device.group()
def quarantine() -> None:
    """Op kantoor: bundels die apart staan, en wat ermee gebeurt."""


@quarantine.command(name="list")
@everywhere
def aside() -> None:
    """Toon wat apart staat, en waarom."""
    with workspace() as opened:
        found = exchange.quarantined(opened)
    data = [
        {"name": one.name, "reason": one.reason, "sender": one.sender, "first": one.first, "last": one.last}
        for one in found
    ]
    lines = [f"{one.name}  {one.sender or '?'}  {one.first}-{one.last}  {WHY[one.reason]}" for one in found]
    answer(data, "\n".join(lines) or "Er staat niets in quarantaine.")


@quarantine.command()
@click.argument("name")
@everywhere
def release(name: str) -> None:
    """Lees een bundel toch in."""
    with workspace() as opened:
        done = exchange.release(opened, name)
    data = {"created": done.created, "changed": done.changed}
    answer(data, f"Ingelezen: {done.created} nieuw, {done.changed} gewijzigd.")


@quarantine.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Niet vragen.")
@everywhere
def discard(name: str, yes: bool) -> None:
    """Gooi een bundel weg."""
    with workspace() as opened:
        _compare(f"{name} voorgoed weggooien?", yes=yes)
        exchange.discard(opened, name)
    answer({"discarded": name}, f"{name} is weggegooid.")
