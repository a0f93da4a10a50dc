"""Gives people everything that is kept about them, on paper and as JSON (GDPR art. 15, 20).

It follows from the declared fields. Nothing about others: no name of a witness, no ids of other records. Of
the history only dates. What is shielded (the detention block, and fields that tell of detention) comes only
when it is asked for by who may open it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.codelists import CodeLists
from leerwinkel_desktop.domain.detention import BLOCK, NoAccess
from leerwinkel_desktop.domain.fields import Field, Privacy, Record, Wire, fields_of
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.domain.registry import RECORDS, is_judicial
from leerwinkel_desktop.domain.rights import Consent
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.documents import Paper, PaperSection, render_paper
from leerwinkel_desktop.services import access, detention, profile
from leerwinkel_desktop.services.rights import house
from leerwinkel_desktop.services.rights.consents import how_told
from leerwinkel_desktop.services.telling import text_of
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import erasing, people
from leerwinkel_desktop.store.database import Reader, Transaction
from leerwinkel_desktop.store.detention import children
from leerwinkel_desktop.store.files import write_durably
from leerwinkel_desktop.store.repository import repository, wire_of

OTHERS: Final = {(Consent.kind, "witness")}
"""Fields that name somebody else."""
ICONS: Final = {"client": "help", "trajectory": "steps", "session": "call", "learning_question": "dream"}


@dataclass(frozen=True, slots=True)
class Told:
    """One field that is filled in: its name, Dutch label, value as kept, and value in words."""

    name: str
    label: str
    value: Wire
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One record: what it is called, its fields, when it was written down first and last, and if removed."""

    kind: str
    label: str
    fields: tuple[Told, ...]
    first: date | None
    last: date | None
    removed: bool


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything about one person; `shielded`: a detention block was left out, if there is one."""

    number: str | None
    name: str
    day: date
    house: house.HouseFacts
    parts: tuple[Part, ...]
    shielded: bool


def collect(
    workspace: Workspace, client_id: str, *, judicial: bool = False, passphrase: str | None = None
) -> OwnData:
    """Everything about a person. `judicial` asks for what is shielded, too.

    The passphrase is asked again where the caller has it (prison profile). Raises NotFound, NoAccess for a
    block that is closed to this user, WrongPassphrase, or PassphraseNeeded where the profile wants it.
    """
    if passphrase is not None:
        access.confirm(workspace, passphrase)
    profile.require(workspace)
    with workspace.database.write() as transaction:
        client = transaction.get(Client, people.person_of(transaction.connection, client_id))
        found = erasing.person(transaction.connection, client_id)
        parts = tuple(_parts(workspace, transaction, found, judicial))
        if judicial:
            _note_opening(workspace, transaction, found)
        transaction.note("dossier.exported", client_id, workspace.user)
        return OwnData(
            number=client.client_no,
            name=" ".join(filter(None, (client.first_name, client.last_name))),
            day=workspace.today(),
            house=house.facts_of(transaction),
            parts=parts,
            shielded=not judicial,  # said of everybody, so that it tells of nobody
        )


def _note_opening(workspace: Workspace, transaction: Transaction, found: Mapping[str, set[str]]) -> None:
    for dossier_id in sorted(found.get("dossier", ())):
        if any(children(transaction, dossier_id)):
            detention.note_opening(transaction, workspace.user, dossier_id)


def _parts(
    workspace: Workspace, reader: Reader, found: Mapping[str, set[str]], judicial: bool
) -> Iterator[Part]:
    for record in RECORDS:
        if is_judicial(record):
            continue
        for record_id in sorted(found.get(record.kind, ())):
            wire = repository(record).stored(reader.connection, record_id)
            if wire is not None:
                yield _part(workspace, reader, record, record_id, wire, judicial)
    if judicial:
        yield from _block(workspace, reader, found)


def _block(workspace: Workspace, reader: Reader, found: Mapping[str, set[str]]) -> Iterator[Part]:
    if reader.block is None:
        raise NoAccess
    owners = {*found.get("dossier", ())}
    for record in BLOCK:
        owner = fields_of(record)[0].name
        for one in [each for owned in sorted(owners) for each in reader.find(record, **{owner: owned})]:
            owners.add(one.id)
            yield _part(workspace, reader, record, one.id, wire_of(one), judicial=True)


def _part(
    workspace: Workspace,
    reader: Reader,
    record: type[Record],
    record_id: str,
    wire: Mapping[str, Wire],
    judicial: bool,
) -> Part:
    saved = [one.at_ms for one in reader.history([record_id])]
    return Part(
        kind=record.kind,
        label=record.label,
        fields=tuple(_fields(workspace.codelists, record, wire, judicial)),
        first=_day(min(saved)) if saved else None,
        last=_day(max(saved)) if saved else None,
        removed=_is_removed(reader, record, record_id),
    )


def _is_removed(reader: Reader, record: type[Record], record_id: str) -> bool:
    if record in BLOCK:
        return False
    query = f"SELECT removed FROM {record.kind} WHERE id = ?"  # noqa: S608
    row = reader.connection.execute(query, (record_id,)).fetchone()
    return bool(row and row[0])


def _fields(
    codelists: CodeLists, record: type[Record], wire: Mapping[str, Wire], judicial: bool
) -> Iterator[Told]:
    for field in fields_of(record):
        value = wire.get(field.name)
        told_of_others = (record.kind, field.name) in OTHERS
        shielded = field.opaque or (field.privacy is Privacy.JUDICIAL and not judicial)
        if field.target is None and value not in (None, []) and not told_of_others and not shielded:
            yield Told(field.name, field.label, value, _words(codelists, record, field, wire))


def _words(codelists: CodeLists, record: type[Record], field: Field, wire: Mapping[str, Wire]) -> str:
    if (record, field.name) == (Consent, "how"):
        return how_told(codelists, str(wire["how"]), wire.get("witness"))
    return text_of(codelists, field, wire[field.name])


def _day(at_ms: int) -> date:
    return datetime.fromtimestamp(at_ms / 1000, UTC).date()


def as_json(data: OwnData) -> bytes:
    """The data for a program: each record with its fields, labels, values and words; UTF-8."""
    told: dict[str, Any] = {
        "name": data.name,
        "number": data.number,
        "made_on": data.day.isoformat(),
        "controller": data.house.controller or data.house.name,
        "dpo": data.house.dpo_contact,
        "shielded": data.shielded,
        "records": [
            {
                "kind": part.kind,
                "label": part.label,
                "first_saved": part.first and part.first.isoformat(),
                "last_saved": part.last and part.last.isoformat(),
                "removed": part.removed,
                "fields": [
                    {"name": one.name, "label": one.label, "value": one.value, "text": one.text}
                    for one in part.fields
                ],
            }
            for part in data.parts
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def as_paper(data: OwnData) -> Paper:
    """The data as a paper that can be read at the table."""
    closing = [_("Klopt er iets niet? Vraag ons om het te verbeteren of te wissen.")]
    if data.shielded:
        closing.append(_("Een afgeschermd deel, als dat er is, staat hier niet bij. Vraag er apart naar."))
    intro = _("Dit is alles wat {controller} over jou bewaart, op de dag hierboven.")
    return Paper(
        title=_("Mijn gegevens"),
        name=data.name,
        date=in_full(data.day),
        sections=(
            PaperSection(
                _("Wat is dit?"),
                "agreement",
                text=(intro.format(controller=data.house.controller or data.house.name), *closing),
            ),
            *_sections(data),
        ),
        house=data.house.name,
        dense=True,
    )


def _sections(data: OwnData) -> Iterator[PaperSection]:
    kinds = [part.kind for part in data.parts]
    seen: dict[str, int] = {}
    for part in data.parts:
        seen[part.kind] = seen.get(part.kind, 0) + 1
        several = kinds.count(part.kind) > 1
        heading = f"{part.label} {seen[part.kind]}" if several else part.label
        facts = [(one.label, one.text) for one in part.fields]
        if part.first:
            facts.append((_("Opgeschreven op"), in_full(part.first)))
        if part.last and part.last != part.first:
            facts.append((_("Laatst veranderd op"), in_full(part.last)))
        if part.removed:
            facts.append((_("Let op"), _("verborgen in het dossier, nog niet gewist")))
        yield PaperSection(heading, ICONS.get(part.kind, "choice"), facts=tuple(facts))


def as_pdf(data: OwnData, *, large_print: bool = False) -> bytes:
    """The paper as a PDF."""
    return render_paper(as_paper(data), large_print=large_print)


FORMATS: Final = {".pdf": as_pdf, ".json": as_json}


def write(data: OwnData, path: Path) -> None:
    """Write the data as a file, in the form that its name ends with.

    Raises KeyError for another ending, DiskFull or VaultUnreachable.
    """
    write_durably(path, FORMATS[path.suffix.lower()](data))
