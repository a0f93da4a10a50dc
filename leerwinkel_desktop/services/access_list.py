"""The access list of the detention block as a report: who may open it, since when, and how often they did.

The Belgian Act of 30-7-2018, art. 10, asks for a list of the categories of persons with access and binds them
to confidentiality (DOMAIN.md §9).
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from leerwinkel_desktop.domain.rights import AuditEntry
from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.printing.report import (
    ReportColumn,
    ReportGroup,
    ReportRow,
    ReportTable,
    render_report,
)
from leerwinkel_desktop.services import access, detention
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import audit, slots
from leerwinkel_desktop.store.block import Access

CATEGORIES = {
    "COUNSELLOR": _("Begeleiders"),
    "OFFICE": _("Kantoor"),
    "ADMINISTRATOR": _("Beheerders"),
    "": _("Niet meer op dit toestel"),
}
DUTY = _(
    "Wie hier staat, kent het beroepsgeheim en is tot geheimhouding gehouden. "
    "Deze lijst van categorieën van personen met toegang hoort bij het register "
    "(wet van 30 juli 2018, art. 10)."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One person: category (role now), from and until when, by whom, how often they opened a block."""

    category: str
    user: str
    since: date
    granted_by: str
    until: date | None
    withdrawn_by: str | None
    openings: int


@dataclass(frozen=True, slots=True)
class AccessReport:
    """The whole list of one vault on one day."""

    organisation: str
    device: str
    on: date
    lines: tuple[Line, ...]


def report(workspace: Workspace) -> AccessReport:
    """Make the list; only an administrator may see it. Raises NotAllowed."""
    access.require(workspace, "ADMINISTRATOR")
    known = {user.id: user for user in slots.users(workspace.folder)}
    entries = detention.access_list(workspace)
    names = {entry.user_id: entry.user for entry in entries} | {one.id: one.name for one in known.values()}
    names[detention.PAPER] = _("herstelblad")
    with workspace.database.read() as reader:
        opened = [one for one in audit.entries(reader.connection) if one.action == "detention.opened"]
    device = workspace.device()
    return AccessReport(
        device.organisation_name or "Leerwinkel",
        device.name,
        workspace.today(),
        tuple(
            _line(one, known[one.user_id].role if one.user_id in known else "", names, opened)
            for one in entries
        ),
    )


def _line(one: Access, category: str, names: dict[str, str], opened: list[AuditEntry]) -> Line:
    end = one.withdrawn_at_ms
    times = Counter(
        entry.user
        for entry in opened
        if one.granted_at_ms <= (entry.at_ms or 0) and (end is None or (entry.at_ms or 0) <= end)
    )
    by = one.withdrawn_by
    return Line(
        category=category,
        user=one.user,
        since=_day(one.granted_at_ms),
        granted_by=names.get(one.granted_by, one.granted_by),
        until=None if end is None else _day(end),
        withdrawn_by=None if by is None else names.get(by, by),
        openings=times[one.user],
    )


def _day(at_ms: int) -> date:
    return datetime.fromtimestamp(at_ms / 1000).date()


def as_data(found: AccessReport) -> dict[str, object]:
    """The list for a program: plain values, ready for JSON."""
    return {
        "organisation": found.organisation,
        "device": found.device,
        "on": found.on.isoformat(),
        "persons": [
            {
                "category": line.category or None,
                "user": line.user,
                "since": line.since.isoformat(),
                "granted_by": line.granted_by,
                "until": line.until.isoformat() if line.until else None,
                "withdrawn_by": line.withdrawn_by,
                "openings": line.openings,
            }
            for line in found.lines
        ],
    }


def as_json(found: AccessReport) -> str:
    """The list as JSON text."""
    return json.dumps(as_data(found), ensure_ascii=False, indent=2)


def as_text(found: AccessReport) -> str:
    """The list for a terminal."""
    told = [_("Toegangslijst van het afgeschermde blok, {day}").format(day=f"{found.on:%d/%m/%Y}")]
    for heading, lines in _groups(found):
        told += ["", heading]
        told += [f"  {line.user:<28} {_period(line):<28} {_openings(line)}" for line in lines]
    return "\n".join([*told, "", DUTY])


def as_pdf(found: AccessReport) -> bytes:
    """The list on A4."""
    table = ReportTable(
        title=_("Wie het afgeschermde blok kan openen"),
        subtitles=(f"{found.organisation} · {found.device} · {found.on:%d/%m/%Y}",),
        columns=(
            ReportColumn(_("Wie"), 34),
            ReportColumn(_("Toegang"), 30),
            ReportColumn(_("Gegeven door"), 22),
            ReportColumn(_("Geopend"), 14, right=True),
        ),
        groups=tuple(
            ReportGroup(
                heading,
                tuple(
                    ReportRow((line.user, _period(line), line.granted_by, str(line.openings)))
                    for line in lines
                ),
            )
            for heading, lines in _groups(found)
        ),
        footnotes=(DUTY,),
    )
    return render_report(table)


def _groups(found: AccessReport) -> list[tuple[str, list[Line]]]:
    grouped = [
        (label, [line for line in found.lines if line.category == category])
        for category, label in CATEGORIES.items()
    ]
    return [(label, lines) for label, lines in grouped if lines]


def _period(line: Line) -> str:
    since = _("sinds {day}").format(day=f"{line.since:%d/%m/%Y}")
    return (
        since
        if line.until is None
        else _("{since} tot {day}").format(since=since, day=f"{line.until:%d/%m/%Y}")
    )


def _openings(line: Line) -> str:
    return _("{n} keer geopend").format(n=line.openings)
