"""Keeps the exact file of each sheet that was made ready: for a copy, and for a day with a printer.

A sheet is a draft until a counsellor says that it is ready; then these very bytes are kept in the dossier
(docs/decisions/0017-sheet-files.md). The file of the sheet for inside is sealed under the detention key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from leerwinkel_desktop.domain.advice import Variant
from leerwinkel_desktop.domain.errors import NotFound
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.domain.sheet_files import ChangedSheet, SheetFile, fingerprint, packed, unpacked
from leerwinkel_desktop.domain.trajectories import AdviceSheet
from leerwinkel_desktop.i18n import SECOND_LANGUAGES, SOURCE_LANGUAGE, _
from leerwinkel_desktop.printing import marks
from leerwinkel_desktop.services import detention
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import sheets as store
from leerwinkel_desktop.store.database import Reader, Transaction

CONTENT = "content"


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """One version of a sheet whose file is kept: made ready by whom and when, printed when (or not yet).

    `beside` is what the language beside the Dutch is called, "" when there is none.
    """

    sheet_id: str
    version: int
    variant: str
    label: str
    large_print: bool
    confirmed_on: date | None
    confirmed_by: str
    printed_on: date | None
    to_print: bool
    sha256: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class WaitingSheet:
    """One sheet on the list "Nog af te drukken"."""

    sheet_id: str
    client_id: str
    name: str
    label: str
    confirmed_on: date | None
    confirmed_by: str


def confirm(
    workspace: Workspace,
    trajectory_id: str,
    variant: str,
    pdf: bytes,
    *,
    large_print: bool = False,
    language: str = SOURCE_LANGUAGE,
) -> AdviceSheet:
    """Keep these bytes as a new version that is ready to hand over; the same bytes twice are one version.

    Raises NoAccess for INSIDE when the user may not open the detention block.
    """
    with workspace.database.write() as transaction:
        return _confirmed(workspace, transaction, trajectory_id, variant, pdf, large_print, language)


def _confirmed(
    workspace: Workspace,
    transaction: Transaction,
    trajectory_id: str,
    variant: str,
    pdf: bytes,
    large_print: bool,
    language: str,
) -> AdviceSheet:
    if variant == Variant.INSIDE:
        detention.require(workspace)
    before = transaction.find(AdviceSheet, trajectory_id=trajectory_id)
    made = replace(
        before[-1] if before else AdviceSheet(id=""),
        id=new_id(),
        trajectory_id=trajectory_id,
        version=len(before) + 1,
        variant=variant,
        language=language,
        large_print=large_print,
        printed_at=None,
        handed_over=None,
        teach_back_done=None,
        sha256=fingerprint(pdf),
    )
    same = (made.variant, made.large_print, made.sha256)
    known = [one for one in before if (one.variant, one.large_print, one.sha256) == same]
    if known and _file(transaction, known[-1].id) is not None:
        return known[-1]
    transaction.save(made)
    transaction.save(_filed(workspace, transaction, made, pdf))
    transaction.note("sheet.confirmed", made.id, workspace.user)
    return made


def _filed(workspace: Workspace, transaction: Transaction, sheet: AdviceSheet, pdf: bytes) -> SheetFile:
    file_id, content = new_id(), packed(pdf)
    if sheet.variant == Variant.INSIDE and transaction.block is not None:
        content = transaction.block.seal(file_id, CONTENT, content)
    return SheetFile(
        id=file_id,
        sheet_id=sheet.id,
        confirmed_on=workspace.today(),
        confirmed_by=workspace.user,
        content=content,
    )


def mark_printed(
    workspace: Workspace,
    trajectory_id: str,
    variant: str,
    pdf: bytes,
    *,
    large_print: bool = False,
    language: str = SOURCE_LANGUAGE,
) -> AdviceSheet:
    """Keep these bytes, and that they were handed to a printer or kept as a file today."""
    with workspace.database.write() as transaction:
        sheet = _confirmed(workspace, transaction, trajectory_id, variant, pdf, large_print, language)
        return _printed(workspace, transaction, sheet)


def printed(workspace: Workspace, sheet_id: str) -> AdviceSheet:
    """Remember that a kept sheet was printed today; it leaves the list. Raises NotFound."""
    with workspace.database.write() as transaction:
        return _printed(workspace, transaction, transaction.get(AdviceSheet, sheet_id))


def _printed(workspace: Workspace, transaction: Transaction, sheet: AdviceSheet) -> AdviceSheet:
    done = replace(sheet, printed_at=workspace.today())
    transaction.save(done)
    _put_on_list(transaction, sheet.id, on=False)
    transaction.note("sheet.printed", sheet.id, workspace.user)
    return done


def note_copy(workspace: Workspace, sheet_id: str) -> None:
    """Put down in the audit trail that a copy of a kept sheet went to a printer."""
    with workspace.database.write() as transaction:
        transaction.note("sheet.copied", sheet_id, workspace.user)


def print_later(workspace: Workspace, sheet_id: str, *, on: bool = True) -> None:
    """Put a kept sheet on the list "Nog af te drukken", or take it off. Raises NotFound."""
    with workspace.database.write() as transaction:
        if _file(transaction, sheet_id) is None:
            raise NotFound(SheetFile.kind, sheet_id)
        _put_on_list(transaction, sheet_id, on=on)


def _put_on_list(transaction: Transaction, sheet_id: str, *, on: bool) -> None:
    file = _file(transaction, sheet_id)
    if file is not None and bool(file.to_print) is not on:
        transaction.save(replace(file, to_print=on))


def to_print(workspace: Workspace) -> tuple[WaitingSheet, ...]:
    """The sheets that wait for a printer; those for inside only for who may open the detention block."""
    with workspace.database.read() as reader:
        rows = store.waiting(reader.connection)
    return tuple(
        WaitingSheet(
            row.sheet_id,
            row.client_id,
            " ".join(filter(None, (row.first_name, row.last_name))) or _("(zonder naam)"),
            label_of(workspace, row.variant),
            date.fromisoformat(row.confirmed_on) if row.confirmed_on else None,
            row.confirmed_by or "",
        )
        for row in rows
        if row.variant != Variant.INSIDE or workspace.database.block is not None
    )


def label_of(workspace: Workspace, variant: str | None) -> str:
    """What a variant is called, in Dutch."""
    return workspace.codelists["sheet_variant"].label_of(variant or Variant.ORDINARY)


def _beside(workspace: Workspace, language: str | None) -> str:
    return workspace.codelists["language"].label_of(language) if language in SECOND_LANGUAGES else ""


def kept(workspace: Workspace, trajectory_id: str) -> tuple[KeptSheet, ...]:
    """The versions of a trajectory's sheet whose file is kept, newest first; INSIDE as in `to_print`."""
    names = ("confirmed_on", "confirmed_by", "to_print")
    with workspace.database.read() as reader:
        sheets = reader.find(AdviceSheet, trajectory_id=trajectory_id)
        files = {one.id: reader.rows(SheetFile, names, sheet_id=one.id) for one in sheets}
        closed = reader.block is None
    found = [
        KeptSheet(
            one.id,
            one.version or 0,
            one.variant or Variant.ORDINARY,
            label_of(workspace, one.variant),
            bool(one.large_print),
            files[one.id][-1][0],
            files[one.id][-1][1] or "",
            one.printed_at,
            bool(files[one.id][-1][2]),
            one.sha256 or "",
            _beside(workspace, one.language),
        )
        for one in sheets
        if files[one.id] and not (closed and one.variant == Variant.INSIDE)
    ]
    return tuple(reversed(found))


def same_file(found: Sequence[KeptSheet], pdf: bytes) -> KeptSheet | None:
    """The kept version that has these very bytes, or None: then what is in sight is a draft."""
    made = fingerprint(pdf)
    return next((one for one in found if one.sha256 == made), None)


def _file(reader: Reader, sheet_id: str) -> SheetFile | None:
    found = reader.find(SheetFile, sheet_id=sheet_id)
    return found[-1] if found else None


def read_back(workspace: Workspace, sheet_id: str) -> bytes:
    """The kept file, after a look at its hash.

    Raises NotFound, NoAccess for INSIDE, or ChangedSheet when it is not what was made ready.
    """
    with workspace.database.read() as reader:
        sheet, file = reader.get(AdviceSheet, sheet_id), _file(reader, sheet_id)
        if file is None or file.content is None:
            raise NotFound(SheetFile.kind, sheet_id)
        content = file.content
        if sheet.variant == Variant.INSIDE:
            content = _unsealed(workspace, reader, file.id, content)
    return unpacked(content, sheet.sha256)


def _unsealed(workspace: Workspace, reader: Reader, file_id: str, content: str) -> str:
    detention.require(workspace)
    readable, text = reader.block.open(file_id, CONTENT, content) if reader.block else (False, None)
    if not readable or not isinstance(text, str):
        raise ChangedSheet
    return text


def copy_of(workspace: Workspace, sheet: KeptSheet) -> bytes:
    """The pages of a kept sheet, marked as a copy of that date; the kept file stays as it is.

    Raises as `read_back` does.
    """
    pdf = read_back(workspace, sheet.sheet_id)
    day = sheet.printed_on or sheet.confirmed_on
    told = _("Kopie van {date}").format(date=in_full(day)) if day else _("Kopie")
    return marks.stamped(pdf, told)
