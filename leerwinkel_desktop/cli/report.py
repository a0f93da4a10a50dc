"""`leerwinkel report`: figures over a period, as text, JSON, CSV, XLSX or PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from leerwinkel_desktop.cli.opening import FILE, asked, everywhere, say, workspace
from leerwinkel_desktop.services import reports

BINARY = ("xlsx", "pdf")


def _day(ctx: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """Read a day, or say in Dutch how to write it."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as error:
        hint = "is geen datum; schrijf jaar-maand-dag, zoals 2026-01-31."
        raise click.BadParameter(f"“{value}” {hint}", ctx, option) from error


class Reports(click.Group):
    """The reports that exist; another name is told which ones do."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the reports of this version when somebody asks for another one."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            known = ", ".join(self.commands)
            raise click.UsageError(
                f"het rapport “{args[0]}” is er niet in deze versie; kies uit: {known}.", ctx
            )
        return super().resolve_command(ctx, args)


@click.group(cls=Reports)
def report() -> None:
    """Cijfers over een periode."""


def _command(name: str, title: str) -> click.Command:
    @click.command(name, help=f"{title}: telt over een periode, op een peildatum.")
    @click.option(
        "--from", "start", metavar="DATE", callback=_day, required=True, help="Eerste dag (jjjj-mm-dd)."
    )
    @click.option("--to", "end", metavar="DATE", callback=_day, required=True, help="Laatste dag.")
    @click.option(
        "--as-of", metavar="DATE", callback=_day, help="Peildatum; de laatste dag als je niets zegt."
    )
    @click.option("--programme", metavar="CODE", help="Alleen trajecten van dit programma.")
    @click.option("--location", metavar="CODE", help="Alleen trajecten met een intake op deze plaats.")
    @click.option("--suppress-small", is_flag=True, help="Verberg aantallen van 1 tot 4 mensen.")
    @click.option("--format", "form", type=click.Choice(list(reports.FORMATS)), help="Standaard: text.")
    @click.option("-o", "output", type=FILE, help="Schrijf naar een bestand.")
    @everywhere
    def command(
        start: date,
        end: date,
        as_of: date | None,
        programme: str | None,
        location: str | None,
        suppress_small: bool,
        form: str | None,
        output: Path | None,
    ) -> None:
        form = form or ("json" if asked().json else "text")
        if form in BINARY and output is None:
            raise click.UsageError(f"Het formaat {form} vraagt een bestand: geef -o.")
        request = reports.ReportRequest(name, start, end, as_of or end, programme, location, suppress_small)
        with workspace() as opened:
            data = reports.export(reports.run(opened, request), form)
            reports.publish(opened, request)
        if output is None:
            click.echo(data.decode("utf-8-sig"), nl=False)
            return
        reports.write(data, output)
        say(f"Rapport: {output}")

    return command


for _name, _kind in reports.REPORTS.items():
    report.add_command(_command(_name, _kind.title))
