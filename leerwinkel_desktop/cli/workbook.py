"""`leerwinkel workbook`: the empty registration workbook, and everything in and out of the vault with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from leerwinkel_desktop.cli.opening import FILE, answer, asked, everywhere, progress, workspace
from leerwinkel_desktop.services import workbook as workbooks
from leerwinkel_desktop.services.reference import codelists
from leerwinkel_desktop.services.workbook import wording

MOST_SHOWN = 200
PATH = click.Path(path_type=Path)


def _check_target(ctx: click.Context, option: click.Parameter, value: Path) -> Path:
    """Only .xlsx, or a folder for .csv files."""
    if value.suffix and value.suffix.lower() != ".xlsx" and not value.is_dir():
        raise click.BadParameter("geef een .xlsx-bestand, of een map voor .csv-bestanden.", ctx, option)
    return value


@click.group()
def workbook() -> None:
    """De registratiewerkmap (Excel of .csv): sjabloon, inlezen en uitschrijven."""


@workbook.command()
@click.argument("file", type=FILE, callback=_check_target)
@everywhere
def template(file: Path) -> None:
    """Schrijf de lege werkmap, met uitleg bij elke kolom en alle codes."""
    workbooks.template(file, codelists())
    answer({"file": str(file)}, f"Sjabloon: {file}")


@workbook.command("import")
@click.argument("file", type=PATH)
@click.option(
    "--skip-bad", is_flag=True, help="Lees de goede rijen in; de andere komen in een werkmap ernaast."
)
@everywhere
def import_(file: Path, skip_bad: bool) -> None:
    """Lees een werkmap (.xlsx) of een map met .csv-bestanden in: alles, of niets."""
    with workspace() as opened, progress() as show:
        try:
            done = workbooks.import_workbook(opened, file, skip_bad=skip_bad, progress=show)
        except workbooks.RowsDoNotFit as error:
            _list_problems(error.problems)
            raise
    if done.problems and not asked().json:
        _list_problems(done.problems)
    answer(_imported(done), _told(done))


def _list_problems(problems: tuple[workbooks.Problem, ...]) -> None:
    """Each bad cell: on standard error as text, or on standard output as JSON."""
    if asked().json:
        answer({"problems": [_problem(problem) for problem in problems]}, "")
        return
    for problem in problems[:MOST_SHOWN]:
        click.echo(f"{wording.place(problem)}: {wording.wrong(problem)}; {wording.right(problem)}.", err=True)
    if len(problems) > MOST_SHOWN:
        click.echo(f"… en nog {len(problems) - MOST_SHOWN} andere.", err=True)


def _problem(problem: workbooks.Problem) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row or None,
        "column": problem.column or None,
        "reason": problem.reason.value,
        "found": problem.found,
        "wrong": wording.wrong(problem),
        "right": wording.right(problem),
    }


def _imported(done: workbooks.Imported) -> dict[str, Any]:
    counts = {
        name: {"added": c.added, "changed": c.changed, "unchanged": c.unchanged, "refused": c.refused}
        for name, c in done.counts.items()
    }
    refused = None if done.refused_file is None else str(done.refused_file)
    return {"sheets": counts, "problems": [_problem(p) for p in done.problems], "refused_file": refused}


def _told(done: workbooks.Imported) -> str:
    told = [f"{'':<14}{'nieuw':>8}{'gewijzigd':>11}{'gelijk':>8}{'geweigerd':>11}"]
    told += [
        f"{name:<14}{c.added:>8}{c.changed:>11}{c.unchanged:>8}{c.refused:>11}"
        for name, c in done.counts.items()
    ]
    told += [f"Geweigerde rijen: {done.refused_file}"] if done.refused_file else []
    return "\n".join(told)


@workbook.command()
@click.argument("file", type=PATH, callback=_check_target)
@everywhere
def export(file: Path) -> None:
    """Schrijf alle dossiers naar een werkmap (.xlsx) of een map met .csv-bestanden."""
    with workspace() as opened, progress() as show:
        counts = workbooks.export_workbook(opened, file, progress=show)
    text = "\n".join([*(f"{name:<14}{rows:>8}" for name, rows in counts.items()), f"Geschreven: {file}"])
    answer({"file": str(file), "sheets": counts}, text)
