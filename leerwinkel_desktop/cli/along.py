"""`leerwinkel device take|release|laptops|index|here|let-go`: which dossiers go along, and which leave."""

from __future__ import annotations

from datetime import date, datetime

import click

from leerwinkel_desktop.cli.opening import answer, everywhere, workspace
from leerwinkel_desktop.i18n import counted
from leerwinkel_desktop.services import along, dossiers, exchange
from leerwinkel_desktop.services.workspace import Workspace

LAPTOP = click.argument("number", metavar="LAPTOP", type=int)
DOSSIERS = click.argument("numbers", metavar="DOSSIERNR…", nargs=-1, required=True)


def _day(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def _count(number: int) -> str:
    return counted("1 dossier", "{n} dossiers", number)


def _people(opened: Workspace, numbers: tuple[str, ...]) -> list[str]:
    return [dossiers.find_number(opened, number).client.id for number in numbers]


@click.command()
@LAPTOP
@DOSSIERS
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Dag van teruggave (JJJJ-MM-DD).")
@everywhere
def take(number: int, numbers: tuple[str, ...], until: datetime | None) -> None:
    """Op kantoor: geef dossiers mee met een laptop; ze gaan mee met zijn volgende bundel."""
    day = until.date() if until else None
    with workspace() as opened:
        count = along.take_along(opened, exchange.laptop_actor(opened, number), _people(opened, numbers), day)
    text = counted("1 dossier gaat mee", "{n} dossiers gaan mee", count) + f" met laptop {number}"
    text += f", tot {_day(day)}." if day else "."
    answer({"laptop": number, "taken": count, "until": day.isoformat() if day else None}, text)


@click.command()
@LAPTOP
@DOSSIERS
@everywhere
def release(number: int, numbers: tuple[str, ...]) -> None:
    """Op kantoor: vraag dossiers terug; ze verlaten de laptop zodra al zijn werk op kantoor is."""
    with workspace() as opened:
        count = along.let_go(opened, exchange.laptop_actor(opened, number), _people(opened, numbers))
    answer({"laptop": number, "released": count}, f"Teruggevraagd van laptop {number}: {_count(count)}.")


@click.command()
@everywhere
def laptops() -> None:
    """Op kantoor: toon hoeveel dossiers er op elke laptop staan, en sinds en tot wanneer."""
    with workspace() as opened:
        found = along.on_laptops(opened)
    data = [
        {
            "laptop": one.number,
            "name": one.name,
            "state": one.state,
            "dossiers": one.dossiers,
            "since_ms": one.since_ms,
            "until": one.until.isoformat() if one.until else None,
            "overdue": one.overdue,
            "leaving": one.leaving,
            "last_seen_ms": one.last_seen_ms,
            "people": one.people,
            "everything": one.everything,
        }
        for one in found
    ]
    lines = [
        f"{one.number if one.number is not None else '-':>3}  {one.name:<24} {_count(one.dossiers)}"
        + (f", tot {_day(one.until)}" if one.until else "")
        + (f", {one.overdue} over tijd" if one.overdue else "")
        + (", heeft altijd alles" if one.everything else "")
        + (", met de namenlijst" if one.people else "")
        for one in found
    ]
    answer(data, "\n".join(lines) or "Er zijn nog geen laptops.")


@click.command()
@LAPTOP
@click.argument("state", type=click.Choice(["on", "off"]))
@everywhere
def index(number: int, state: str) -> None:
    """Op kantoor: geef een laptop de lijst van namen mee om dubbels te herkennen, of neem ze terug."""
    with workspace() as opened:
        along.keep_index(opened, exchange.laptop_actor(opened, number), on=state == "on")
    told = "krijgt" if state == "on" else "verliest"
    answer({"laptop": number, "people": state == "on"}, f"Laptop {number} {told} de namenlijst.")


@click.command()
@everywhere
def here() -> None:
    """Op de laptop: toon welke dossiers erop staan, tot wanneer, en wat nog niet op kantoor is."""
    with workspace() as opened:
        found = along.here(opened)
    data = [
        {
            "number": one.number,
            "taken": one.taken,
            "until": one.until.isoformat() if one.until else None,
            "overdue": one.overdue,
            "unsent": one.unsent,
            "leaving": one.leaving,
        }
        for one in found
    ]
    lines = [
        f"{one.number or '-':<18} {one.name:<32} {_day(one.until):<11}"
        + ("over tijd " if one.overdue else "")
        + ("alleen hier " if one.unsent else "")
        + ("gaat weg na de overdracht" if one.leaving else "")
        for one in found
    ]
    lines.append(counted("1 dossier op deze laptop.", "{n} dossiers op deze laptop.", len(found)))
    answer(data, "\n".join(line.rstrip() for line in lines))


@click.command(name="let-go")
@DOSSIERS
@everywhere
def let_go(numbers: tuple[str, ...]) -> None:
    """Op de laptop: laat dossiers gaan die helemaal op kantoor zijn."""
    with workspace() as opened:
        count = along.let_go_here(opened, _people(opened, numbers))
    answer({"left": count}, f"Van deze laptop gehaald: {_count(count)}.")


COMMANDS = (take, release, laptops, index, here, let_go)
