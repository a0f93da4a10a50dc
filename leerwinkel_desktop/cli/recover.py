"""`leerwinkel vault recover`: a new passphrase through the office, or with the printed sheet."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import (
    FILE,
    alone,
    answer,
    chosen,
    everywhere,
    folder,
    new_passphrase,
    say,
    workspace,
)
from leerwinkel_desktop.services import recovery

WHOSE = click.option("--user", help="Wie de wachtzin vergat (naam).")
SHEET = click.option("--sheet-file", type=FILE, help="Bestand met de herstelsleutel; anders typ je hem.")


@click.group()
def recover() -> None:
    """Een vergeten wachtzin: via het kantoor, of op kantoor met het herstelblad."""


@recover.command()
@click.argument("request_file", type=FILE)
@WHOSE
@new_passphrase
@everywhere
def request(request_file: Path, user: str | None, new_passphrase_file: Path | None) -> None:
    """Op de laptop: kies een nieuwe wachtzin en schrijf de vraag voor het kantoor."""
    alone()
    shown = recovery.request(folder(), _whose(user), chosen(new_passphrase_file), request_file)
    text = (
        f"De vraag staat in {request_file}. Breng ze naar het kantoor.\n"
        f"Beide schermen moeten deze tekens tonen:\n\n    {shown}\n\n"
        "Onthoud de nieuwe wachtzin: je typt haar nog eens als het antwoord er is."
    )
    answer({"request": str(request_file), "fingerprint": shown}, text)


@recover.command()
@click.argument("request_file", type=FILE)
@click.option("-o", "--output", type=FILE, required=True, help="Waar het antwoord komt.")
@click.option("--fingerprint", help="De tekens op het scherm van de laptop; anders typ je ze.")
@click.option("--sheet", is_flag=True, help="Met het herstelblad alleen, zonder de kluis van het kantoor.")
@SHEET
@everywhere
def reply(
    request_file: Path, output: Path, fingerprint: str | None, sheet: bool, sheet_file: Path | None
) -> None:
    """Op kantoor: vergelijk de tekens en schrijf het antwoord."""
    asked = recovery.read_request(request_file)
    name = None
    if sheet or sheet_file:
        text = _sheet(sheet_file)
        recovery.answer_with_sheet(asked, _signs(fingerprint), text, output)
    else:
        with workspace() as opened:
            name = recovery.laptop_name(opened, asked)
            recovery.answer(opened, asked, _signs(fingerprint), output)
    whose = f" voor {name}" if name else ""
    data = {"answer": str(output), "laptop": name}
    answer(data, f"Het antwoord{whose} staat in {output}. Breng het naar de laptop.")


@recover.command()
@click.argument("answer_file", type=FILE)
@new_passphrase
@everywhere
def accept(answer_file: Path, new_passphrase_file: Path | None) -> None:
    """Op de laptop: open de kluis met het antwoord en de wachtzin die je bij de vraag koos."""
    alone()
    recovery.accept(folder(), answer_file, chosen(new_passphrase_file)).close()
    say("De kluis is open geweest met het antwoord; de nieuwe wachtzin geldt.")


@recover.command()
@WHOSE
@SHEET
@new_passphrase
@everywhere
def sheet(user: str | None, sheet_file: Path | None, new_passphrase_file: Path | None) -> None:
    """Op kantoor: open de kluis van het kantoor zelf met de tekst van het herstelblad."""
    alone()
    text = _sheet(sheet_file)
    recovery.open_with_sheet(folder(), text, _whose(user), chosen(new_passphrase_file)).close()
    say("De kluis is open geweest met het herstelblad; de nieuwe wachtzin geldt. Berg het blad weer op.")


def _whose(user: str | None) -> str | None:
    """The user that was named, the only one there is, or None for a vault without users."""
    known = recovery.users_of(folder())
    if user is None and len(known) > 1:
        raise click.UsageError(
            "Zeg met --user wiens wachtzin vergeten is: " + ", ".join(one.name for one in known)
        )
    return user or (known[0].id if known else None)


def _sheet(file: Path | None) -> str:
    if file is None:
        return _asked("Herstelsleutel")
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise click.BadParameter("dit bestand is niet te lezen.", param_hint="--sheet-file") from error


def _signs(given: str | None) -> str:
    return _asked("Tekens op de laptop") if given is None else given


def _asked(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise click.UsageError(f"Er is geen terminal om te vragen: {prompt.lower()}.")
    text: str = click.prompt(prompt, err=True)
    return text
