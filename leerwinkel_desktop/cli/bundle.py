"""`leerwinkel bundle`: write, inspect and import sealed bundles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from leerwinkel_desktop.cli.incoming import held, preview, when
from leerwinkel_desktop.cli.opening import FILE, answer, everywhere, progress, workspace
from leerwinkel_desktop.cli.places import destination, fetch, places
from leerwinkel_desktop.cli.trail import warning
from leerwinkel_desktop.services import exchange

FOLDER = click.Path(file_okay=False, exists=True, path_type=Path)


@click.group()
def bundle() -> None:
    """Overdracht: bundels schrijven, bekijken en inlezen."""


bundle.add_command(preview)
bundle.add_command(held)
bundle.add_command(places)
bundle.add_command(fetch)


@bundle.command()
@click.argument("folder", metavar="[PATH]", type=FOLDER, required=False)
@click.option("--to", help="De naam van een plaats, in plaats van een map.")
@click.option("--laptop", type=int, help="Op kantoor: schrijf wat er voor deze laptop is, met bewijs.")
@click.option("--snapshot", is_flag=True, help="Met --laptop: alles opnieuw, ook wat al gegeven werd.")
@everywhere
def write(folder: Path | None, to: str | None, laptop: int | None, snapshot: bool) -> None:
    """Schrijf wat sinds het laatste ontvangstbewijs kwam, verzegeld in een map of op een plaats."""
    with workspace() as opened, progress() as show, destination(opened, folder, to, show) as target:
        if laptop is not None:
            path = exchange.write_for_laptop(
                opened, exchange.laptop_actor(opened, laptop), target, anew=snapshot
            )
        else:
            written = exchange.write_bundle(opened, target, show)
            path = written.path
    where = f"{to}: {path.name}" if to else str(path)
    if laptop is not None:
        answer({"file": where}, f"Geschreven voor laptop {laptop}, met ontvangstbewijs: {where}")
        return
    data = {"file": where, "changes": written.changes, "dossiers": written.dossiers}
    text = f"{written.changes} wijzigingen in {written.dossiers} dossiers: {where}"
    answer(data, text)


@bundle.command()
@click.argument("path", metavar="PATH", type=FILE)
@everywhere
def inspect(path: Path) -> None:
    """Toon van wie een bundel komt en wat hij draagt, zonder hem in te lezen."""
    with workspace() as opened:
        told = exchange.inspect(opened, path)
    data = {
        "bundle": told.bundle,
        "kind": told.kind,
        "sender": told.sender,
        "created_ms": told.created_ms,
        "first": told.first,
        "last": told.last,
        "lines": told.lines,
        "recipients": told.recipients,
        "schema": told.schema,
        "organisation": told.organisation,
    }
    answer(
        data,
        f"Van {told.sender}, {when(told.created_ms)}\n"
        f"Nummers {told.first} tot {told.last}, {told.lines} regels, {told.recipients} ontvangers",
    )


@bundle.command(name="import")
@click.argument("bundles", metavar="PATH…", nargs=-1, required=True, type=FILE)
@everywhere
def read(bundles: tuple[Path, ...]) -> None:
    """Lees bundels in: elke bundel helemaal, of niet."""
    data: list[dict[str, Any]] = []
    lines: list[str] = []
    with _told_anyway(data, lines), workspace() as opened, progress() as show:
        for path in bundles:
            done = exchange.import_bundle(opened, path, show)
            data.append(
                {
                    "file": str(path),
                    "sender": done.sender,
                    "already": done.already,
                    "created": done.created,
                    "changed": done.changed,
                    "conflicts": done.conflicts,
                    "held": len(done.held),
                    "confirmed": done.confirmed,
                    "audit_broken": done.audit_broken,
                }
            )
            lines.append(_told(path, done))


@contextmanager
def _told_anyway(data: list[dict[str, Any]], lines: list[str]) -> Iterator[None]:
    """Tell of the bundles that were read, also when a later one is refused."""
    try:
        yield
    finally:
        if data:
            answer(data, "\n".join(lines))


def _told(path: Path, done: exchange.Imported) -> str:
    if done.already:
        at = f" op {when(done.at_ms)}" if done.at_ms else ""
        return f"{path.name}: al ingelezen{at}, niets te doen."
    parts = [f"{done.created} nieuw", f"{done.changed} gewijzigd"]
    if done.confirmed:
        parts = [f"{done.confirmed} wijzigingen veilig op kantoor"]
    if done.conflicts:
        parts.append(f"{done.conflicts} te beslissen")
    if done.held:
        parts.append(f"{len(done.held)} apart gehouden")
    told = f"{path.name}, van {done.sender}: {', '.join(parts)}."
    if done.audit_broken is not None:
        told += f"\n{warning(done.sender, done.audit_broken)}"
    return told
