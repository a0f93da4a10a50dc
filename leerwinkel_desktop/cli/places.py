"""`leerwinkel bundle places`: where bundles are laid down and fetched, besides a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from leerwinkel_desktop.cli.opening import FILE, answer, everywhere, first_line, progress, say, workspace
from leerwinkel_desktop.services import places as service
from leerwinkel_desktop.services import problems
from leerwinkel_desktop.services.places import Place
from leerwinkel_desktop.services.progress import Progress
from leerwinkel_desktop.services.workspace import Workspace

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)
KINDS = {"stick": "STICK", "folder": "FOLDER", "webdav": "WEBDAV", "sftp": "SFTP", "s3": "S3"}


@click.group(invoke_without_command=True)
@everywhere
@click.pass_context
def places(ctx: click.Context) -> None:
    """Plaatsen om bundels neer te leggen en op te halen; zonder meer: welke er zijn."""
    if ctx.invoked_subcommand is None:
        with workspace() as opened:
            found = service.places(opened)
        lines = [
            f"{place.name} ({place.kind.lower()}): {place.address} {place.folder}".rstrip() for place in found
        ]
        answer([_data(place) for place in found], "\n".join(lines))


def _data(place: Place) -> dict[str, Any]:
    return {"name": place.name, "kind": place.kind, "address": place.address, "folder": place.folder}


@places.command()
@click.argument("name")
@click.option("--kind", type=click.Choice(list(KINDS)), required=True, help="De soort plaats.")
@click.option("--address", required=True, help="Naam van de stick, pad van de map, of adres van de server.")
@click.option("--folder", "inside", default="", help="Map daarbinnen; bij s3 eerst de naam van de emmer.")
@click.option("--user", default="", help="Naam of sleutel-id waarmee je daar binnen mag.")
@click.option("--secret-file", type=FILE, help="Bestand met het wachtwoord of de geheime sleutel.")
@click.option("--region", default="", help="Bij s3: de regio.")
@click.option("--plain", is_flag=True, help="Ook zonder versleuteling (http): iedereen kan meelezen.")
@everywhere
def add(
    name: str,
    kind: str,
    address: str,
    inside: str,
    user: str,
    secret_file: Path | None,
    region: str,
    plain: bool,
) -> None:
    """Voeg een plaats toe; van een SFTP-server wordt de sleutel getoond om te vergelijken."""
    secret = _secret(secret_file) if secret_file else ""
    new = Place(
        name=name,
        kind=KINDS[kind],  # type: ignore[arg-type]
        address=address,
        folder=inside,
        user=user,
        secret=secret,
        region=region,
        plain=plain,
    )
    with workspace() as opened:
        kept = service.add(opened, new)
        shown = service.greet(opened, kept)[1] if kept.kind == "SFTP" else None
    told = f"\nSleutel van de server: {shown}. Vergelijk ze met wat IT zegt." if shown else ""
    answer({**_data(kept), "fingerprint": shown}, f"Plaats toegevoegd: {name}{told}")


def _secret(file: Path) -> str:
    """A password is the first line of its file, an OpenSSH private key the whole of it."""
    first = first_line(file, "--secret-file")
    return file.read_text(encoding="utf-8-sig") if first.startswith("-----BEGIN") else first


@places.command()
@click.argument("name")
@everywhere
def remove(name: str) -> None:
    """Vergeet een plaats; wat daar ligt, blijft daar liggen."""
    with workspace() as opened:
        service.remove(opened, service.find(opened, name))
    say(f"Plaats verwijderd: {name}")


@places.command()
@click.argument("name")
@everywhere
def check(name: str) -> None:
    """Ga kijken of een plaats werkt, en wat er klaarligt."""
    with workspace() as opened:
        place = service.find(opened, name)
        checked = service.check(place)
        waiting = service.waiting(opened, place)
    data = {
        "files": checked.files,
        "writable": not checked.unwritable,
        "waiting": [one.name for one in waiting],
    }
    lines = [f"{name} werkt: {checked.files} bundels en kaarten, {len(waiting)} nog niet gelezen."]
    if checked.unwritable:
        lines.append(problems.sentence(checked.unwritable) or "")
    answer(data, "\n".join(lines))


@click.command()
@click.argument("name")
@click.argument("folder", metavar="PATH", type=FOLDER)
@everywhere
def fetch(name: str, folder: Path) -> None:
    """Haal van een plaats op wat nog niet gelezen is; inlezen doe je daarna."""
    with workspace() as opened, progress() as show:
        place = service.find(opened, name)
        found = [
            service.fetch(opened, place, one.name, folder, show) for one in service.waiting(opened, place)
        ]
    text = "\n".join(f"Opgehaald: {path}" for path in found) or "Er ligt niets klaar."
    answer([{"file": str(path)} for path in found], text)


@contextmanager
def destination(opened: Workspace, folder: Path | None, to: str | None, show: Progress) -> Iterator[Path]:
    """The folder to write into; for a place an outbox, from where a bundle goes there behind the block."""
    if (folder is None) == (to is None):
        raise click.UsageError("Geef een map, of --to met de naam van een plaats.")
    if folder is not None:
        yield folder
        return
    place = service.find(opened, to or "")
    with service.outbox(opened) as out:
        yield out
        for path in out.iterdir():
            service.lay_down(opened, place, path, show)
