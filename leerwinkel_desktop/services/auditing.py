"""Lets the administrator read the audit trail: who did what to which record, and when (SECURITY.md §2).

The trail holds ids and users, never names of clients; the export for others leaves users out, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from leerwinkel_desktop.domain.rights import AuditEntry
from leerwinkel_desktop.services import access, profile
from leerwinkel_desktop.services.workbook.files import guarded
from leerwinkel_desktop.services.workbook.writing import Row, csv_text
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import audit, trails
from leerwinkel_desktop.store.files import write_durably
from leerwinkel_desktop.store.trails import Break

HEADING = ("nummer", "tijdstip (UTC)", "wat", "over (id)", "toestel")


@dataclass(frozen=True, slots=True)
class Filter:
    """What to look for; None is all. `action` also finds what begins with it and a dot ("dossier").

    `start` and `end` are days in the local time of this computer, both included.
    """

    user: str | None = None
    action: str | None = None
    subject: str | None = None
    start: date | None = None
    end: date | None = None

    def holds(self, entry: AuditEntry) -> bool:
        """Whether an entry is one of those looked for."""
        if self.user is not None and entry.user != self.user:
            return False
        if self.subject is not None and entry.subject != self.subject:
            return False
        action = entry.action or ""
        if self.action is not None and action != self.action and not action.startswith(f"{self.action}."):
            return False
        return self._in_time(entry.at_ms or 0)

    def _in_time(self, at_ms: int) -> bool:
        first = _ms(self.start) if self.start else None
        last = _ms(self.end + timedelta(days=1)) if self.end else None
        return (first is None or first <= at_ms) and (last is None or at_ms < last)


def _ms(day: date) -> int:
    return int(datetime.combine(day, time()).astimezone().timestamp() * 1000)


def entries(workspace: Workspace, wanted: Filter | None = None) -> list[AuditEntry]:
    """The entries that fit, newest first. Raises NotAllowed for who is not an administrator."""
    access.require(workspace, "ADMINISTRATOR")
    chosen = wanted or Filter()
    with workspace.database.read() as reader:
        found = [entry for entry in audit.entries(reader.connection) if chosen.holds(entry)]
    return found[::-1]


def laptop_breaks(workspace: Workspace) -> dict[str, Break]:
    """At the office: by actor, the first place where a laptop's trail did not fit and nobody has seen it."""
    with workspace.database.read() as reader:
        found = trails.breaks(reader.connection)
    return {one.actor: one for one in sorted(found, key=lambda one: -one.number)}


def laptop_entries(workspace: Workspace, actor: str, wanted: Filter | None = None) -> list[AuditEntry]:
    """What a laptop handed over of its trail, newest first; a number twice where it did not fit.

    Raises NotAllowed.
    """
    access.require(workspace, "ADMINISTRATOR")
    chosen = wanted or Filter()
    with workspace.database.read() as reader:
        found = [entry for entry in trails.entries(reader.connection, actor) if chosen.holds(entry)]
    return found[::-1]


def acknowledge(workspace: Workspace, actor: str) -> None:
    """An administrator has seen where a laptop's trail did not fit; what was kept of it stays.

    Raises NotAllowed.
    """
    access.require(workspace, "ADMINISTRATOR")
    with workspace.database.write() as transaction:
        seen = trails.acknowledge(transaction.connection, actor, transaction.now_ms, workspace.user)
        if seen:
            transaction.note("audit.acknowledged", actor, workspace.user)


def choices(found: Sequence[AuditEntry]) -> tuple[list[str], list[str]]:
    """The users and the actions that occur, to choose from."""
    users = {entry.user for entry in found if entry.user}
    return sorted(users), sorted({entry.action for entry in found if entry.action})


def first_broken(workspace: Workspace) -> int | None:
    """The number of the first entry that was changed, or None when the whole chain checks."""
    with workspace.database.read() as reader:
        return trails.first_broken(reader.connection)


def check_on_start(workspace: Workspace) -> int | None:
    """Check the chain when the window opens; a break is written down once, and its number given."""
    broken = first_broken(workspace)
    if broken is not None:
        with workspace.database.write() as transaction:
            query = "SELECT 1 FROM audit_entry WHERE action = 'audit.broken' AND subject = ?"
            if not transaction.connection.execute(query, (str(broken),)).fetchone():
                transaction.note("audit.broken", str(broken), workspace.user)
    return broken


def as_csv(found: Iterable[AuditEntry]) -> bytes:
    """The entries as CSV without users: number, time, action, id and device; never a live formula."""
    return csv_text(HEADING, _rows(found), guarded)


def _rows(found: Iterable[AuditEntry]) -> Iterator[Row]:
    for entry in found:
        at = datetime.fromtimestamp((entry.at_ms or 0) / 1000, UTC).isoformat(timespec="seconds")
        yield [entry.number, at, entry.action, entry.subject, entry.device]


def export(workspace: Workspace, path: Path, wanted: Filter | None = None, laptop: str | None = None) -> int:
    """Write the entries that fit as CSV, of this device or of the laptop with that actor; gives how many.

    Raises NotAllowed, PassphraseNeeded where the profile wants it, DiskFull or VaultUnreachable.
    """
    profile.require(workspace)
    found = entries(workspace, wanted) if laptop is None else laptop_entries(workspace, laptop, wanted)
    write_durably(path, as_csv(found))
    with workspace.database.write() as transaction:
        transaction.note("audit.exported", laptop, workspace.user)
    return len(found)
