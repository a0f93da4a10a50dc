"""`leerwinkel dossier`: list dossiers and show one."""

from __future__ import annotations

from typing import Any

import click

from leerwinkel_desktop.cli import rights
from leerwinkel_desktop.cli.opening import answer, everywhere, workspace
from leerwinkel_desktop.domain.fields import Field, Privacy, Record, fields_of, to_wire
from leerwinkel_desktop.domain.registry import BY_KIND, is_judicial
from leerwinkel_desktop.services import dossiers, doubles
from leerwinkel_desktop.services.workspace import Workspace


@click.group()
def dossier() -> None:
    """Dossiers: zoeken, tonen, en wat iemand over zijn gegevens mag vragen."""


for _command in rights.COMMANDS:
    dossier.add_command(_command)


@dossier.command(name="list")
@click.argument("text", required=False, default="")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True)
@everywhere
def find(text: str, limit: int) -> None:
    """Toon de dossiers die passen bij de getypte tekst (naam, nummer, geboortedatum, telefoon, gemeente)."""
    with workspace() as opened:
        hits = dossiers.search(opened, text, limit)
    data = [
        {
            "number": hit.client_no,
            "first_name": hit.first_name,
            "last_name": hit.last_name,
            "birth_date": hit.birth_date,
            "place": hit.place,
        }
        for hit in hits
    ]
    lines = [
        f"{hit.client_no or '-':<18} {' '.join(filter(None, (hit.first_name, hit.last_name))):<32} "
        f"{hit.birth_date.strftime('%d/%m/%Y') if hit.birth_date else '':<11} {hit.place or ''}".rstrip()
        for hit in hits
    ]
    answer(data, "\n".join(lines) or "Er zijn geen dossiers die hierbij passen.")


@dossier.command()
@click.argument("number", metavar="DOSSIER_NO")
@everywhere
def show(number: str) -> None:
    """Toon één dossier, zonder het afgeschermde blok."""
    with workspace() as opened:
        found_client = dossiers.find_number(opened, number).client
        view = dossiers.load(opened, found_client.id, block=False)
        records: list[Record] = [view.client, view.dossier, *(one for pair in view.merged for one in pair)]
        records += [record for found in view.parts.values() for record in found]
        open_records = [record for record in records if not is_judicial(type(record))]
        data = [
            {
                "kind": record.kind,
                **{f.name: to_wire(getattr(record, f.name)) for f in _open_fields(record)},
            }
            for record in open_records
        ]
        text = "\n\n".join(_told(opened, record) for record in open_records)
    answer(data, text)


@dossier.command()
@click.argument("keep", metavar="[KEEP]", required=False)
@click.argument("double", metavar="[DOUBLE]", required=False)
@click.option("--undo", metavar="DOUBLE", help="Maak ongedaan dat dit dossier samengevoegd is.")
@everywhere
def merge(keep: str | None, double: str | None, undo: str | None) -> None:
    """Voeg DOUBLE samen met KEEP: het is dezelfde persoon. Beide nummers blijven die persoon vinden."""
    numbers = [number for number in (keep, double) if number is not None]
    if len(numbers) != (0 if undo is not None else 2):
        raise click.UsageError("Geef KEEP en DOUBLE, of alleen --undo DOUBLE.")
    with workspace() as opened:
        if undo is not None:
            doubles.unmerge(opened, doubles.client_with(opened, undo))
            answer({"unmerged": undo}, f"Dossier {undo} staat weer op zichzelf. Er is niets verloren.")
            return
        kept, merged = numbers
        doubles.merge(opened, doubles.client_with(opened, kept), doubles.client_with(opened, merged))
        number = dossiers.find_number(opened, kept).client.client_no
    answer(
        {"kept": number, "merged": merged},
        f"Dossier {merged} is samengevoegd met {number}. Beide nummers vinden nu dezelfde persoon; "
        f"ongedaan maken kan met: leerwinkel dossier merge --undo {merged}",
    )


def _open_fields(record: Record) -> list[Field]:
    """The fields that tell nothing about detention."""
    fields = fields_of(type(record))
    return [field for field in fields if field.privacy is not Privacy.JUDICIAL and not field.opaque]


def _told(workspace: Workspace, record: Record) -> str:
    lines = [BY_KIND[record.kind].label]
    for field in _open_fields(record):
        value = getattr(record, field.name)
        if value not in (None, ()) and field.target is None:
            lines.append(f"  {field.label}: {_value(workspace, field.codelist, value)}")
    return "\n".join(lines)


def _value(workspace: Workspace, codelist: str | None, value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_value(workspace, codelist, item) for item in value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if codelist is not None:
        return workspace.codelists[codelist].label_of(value)
    return str(value)
