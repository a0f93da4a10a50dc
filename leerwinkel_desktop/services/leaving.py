"""The list of what is on the laptop and the stick when leaving: numbers, sizes and dates, never a name.

For the direction of a prison, which lets a laptop and a stick in and out (DOMAIN.md §6 B).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from leerwinkel_desktop.domain.clients import Client, Dossier
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.printing.report import (
    ReportColumn,
    ReportGroup,
    ReportRow,
    ReportTable,
    render_report,
)
from leerwinkel_desktop.services import exchange
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.connection import named


@dataclass(frozen=True, slots=True)
class StickFile:
    """A bundle on the stick: its file name, when it was written and its size in bytes."""

    name: str
    written: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """What is on this laptop and stick: dossier numbers only, never a name (DOMAIN.md §6 B)."""

    organisation: str
    device: int | None
    on: date
    dossiers: tuple[tuple[str, date | None], ...]
    only_here: int
    bundles: tuple[StickFile, ...]
    other_files: int
    taken: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """How many dossiers are on the laptop."""
        return len(self.dossiers)


def collect(workspace: Workspace, stick: Path | None = None) -> Leaving:
    """List what goes through the gate: the dossiers on this machine, and the bundles in a folder.

    Raises VaultUnreachable when the folder cannot be read.
    """
    device = workspace.device()
    with workspace.database.read() as reader:
        opened = {row[0]: row[1] for row in reader.rows(Dossier, ("client_id", "opened_on"))}
        clients = reader.rows(Client, ("client_no", "id"))
    bundles, others = _on_stick(stick)
    pending = exchange.pending(workspace)
    return Leaving(
        organisation=device.organisation_name or "Leerwinkel",
        device=device.number,
        on=workspace.today(),
        dossiers=tuple(sorted((number or "-", opened.get(record_id)) for number, record_id in clients)),
        only_here=pending.dossiers,
        bundles=bundles,
        other_files=others,
        taken=pending.taken,
        overdue=pending.overdue,
    )


def _on_stick(stick: Path | None) -> tuple[tuple[StickFile, ...], int]:
    if stick is None:
        return (), 0
    try:
        bundles = exchange.bundles_in(stick)
        made = tuple(_file(path) for path in bundles)
        return made, sum(path.is_file() for path in stick.rglob("*")) - len(bundles)
    except OSError as error:
        raise named(error) from error


def _file(path: Path) -> StickFile:
    about = path.stat()
    return StickFile(path.name, datetime.fromtimestamp(about.st_mtime), about.st_size)


def as_pdf(found: Leaving) -> bytes:
    """The list on A4, with room for a serial number and two signatures; the same list, the same bytes."""
    number = str(found.device) if found.device is not None else "-"
    table = ReportTable(
        title=_("Wat er op de laptop en de stick staat"),
        subtitles=(
            _("{house} · laptop {number} · {day}").format(
                house=found.organisation, number=number, day=found.on.strftime("%d/%m/%Y")
            ),
            _("Serienummer van het toestel: ____________________"),
            counted(
                "1 dossier op de laptop, waarvan {m} nog niet op kantoor.",
                "{n} dossiers op de laptop, waarvan {m} nog niet op kantoor.",
                found.total,
            ).format(m=found.only_here),
            *_taken(found),
        ),
        columns=(
            ReportColumn(_("Wat"), 62),
            ReportColumn(_("Datum"), 24),
            ReportColumn(_("Grootte"), 14, right=True),
        ),
        groups=(_bundle_rows(found), _dossier_rows(found)),
        footnotes=(
            _("Alles is versleuteld. Op dit blad staan nummers en geen namen."),
            _("Handtekening begeleider: ____________________   gezien door: ____________________"),
        ),
    )
    return render_report(table)


def _taken(found: Leaving) -> tuple[str, ...]:
    """How many came along from the office, and whose return date has passed."""
    if not found.taken:
        return ()
    told = counted("1 dossier ging mee van kantoor", "{n} dossiers gingen mee van kantoor", found.taken)
    late = _("; van {m} is de dag van teruggave voorbij.").format(m=found.overdue) if found.overdue else "."
    return (told + late,)


def _bundle_rows(found: Leaving) -> ReportGroup:
    rows = [
        ReportRow((one.name, one.written.strftime("%d/%m/%Y %H:%M"), f"{-(-one.size // 1024)} kB"))
        for one in found.bundles
    ]
    if found.other_files:
        rows.append(ReportRow((_("andere bestanden: {n}").format(n=found.other_files), "", "")))
    return ReportGroup(_("Op de stick"), tuple(rows) or (ReportRow((_("niets"), "", "")),))


def _dossier_rows(found: Leaving) -> ReportGroup:
    rows = tuple(
        ReportRow((number, day.strftime("%d/%m/%Y") if day else "", "")) for number, day in found.dossiers
    )
    return ReportGroup(_("Op de laptop"), rows or (ReportRow((_("niets"), "", "")),))
