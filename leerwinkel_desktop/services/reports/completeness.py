"""Says what may still be missing from a report: laptops that did not hand over, or being on a laptop."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from leerwinkel_desktop.i18n import _
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices


def missing(workspace: Workspace, as_of: date) -> tuple[str, ...]:
    """One sentence for each reason why figures on that day may still change; nothing when all is in."""
    with workspace.database.read() as reader:
        device = devices.read_device(reader.connection)
        peers = devices.peers(reader.connection)
        read = devices.bundles(reader.connection, direction="IN")
    if device.role == "laptop":
        return (_("Dit is een laptop: alleen de dossiers die hier staan, tellen mee."),)
    last = {row.actor: datetime.fromtimestamp(row.at_ms / 1000).date() for row in reversed(read)}
    laptops = (peer for peer in peers if peer.role == "laptop" and peer.state == "ACTIVE")
    due = min(as_of, workspace.today())
    return tuple(_notes(((peer.name or "", last.get(peer.actor)) for peer in laptops), due))


def _notes(laptops: Iterator[tuple[str, date | None]], due: date) -> Iterator[str]:
    for name, day in laptops:
        if day is None:
            yield _("{name} droeg nog nooit over.").format(name=name)
        elif day < due:
            text = _("{name} droeg laatst over op {day}; wat daarna kwam, telt nog niet mee.")
            yield text.format(name=name, day=day.isoformat())
