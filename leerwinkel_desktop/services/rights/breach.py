"""Makes the sheet for a lost laptop: what was on it, since when, how encrypted, and what to do in 72 hours.

The office knows what a laptop handed over, and nothing of what it wrote after that (DOMAIN.md §9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.plain_language import in_full
from leerwinkel_desktop.i18n import _, counted
from leerwinkel_desktop.printing.documents import Paper, PaperSection, render_paper
from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.exchange.overview import UnknownLaptop
from leerwinkel_desktop.services.rights import house, texts
from leerwinkel_desktop.services.standing import STATES
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices, giving, whereabouts
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.devices import Peer


@dataclass(frozen=True, slots=True)
class Lost:
    """What the office knows of a laptop: dossier numbers, first and last hand-over, last number, state.

    `index`: it keeps the index of people, so the names, birth dates and places of everybody.
    """

    name: str
    state: str
    numbers: tuple[str, ...]
    without_number: int
    first_seen: date | None
    last_seen: date | None
    last_change: int
    given: int
    index: bool = False


def laptops(workspace: Workspace) -> list[tuple[str, str]]:
    """The laptops that could be lost: actor and name."""
    with workspace.database.read() as reader:
        peers = devices.peers(reader.connection)
    return [(peer.actor, peer.name or peer.actor[:8]) for peer in peers if peer.role == "laptop"]


def find(workspace: Workspace, name: str) -> str:
    """The actor of the laptop with that name, or whose actor begins so. Raises UnknownLaptop."""
    known = laptops(workspace)
    found = [actor for actor, called in known if called.casefold() == name.strip().casefold()]
    found = found or [actor for actor, _ in known if len(name) >= 8 and actor.startswith(name)]
    if len(found) != 1:
        raise UnknownLaptop
    return found[0]


def look(workspace: Workspace, actor: str) -> Lost:
    """What the office knows of a laptop. Raises NotAllowed or UnknownLaptop."""
    access.require(workspace, "OFFICE")
    with workspace.database.read() as reader:
        connection = reader.connection
        peer = devices.peer(connection, actor)
        if peer is None or peer.role != "laptop":
            raise UnknownLaptop
        people = _people(connection, peer)
        numbers = dict(reader.rows(Client, ("id", "client_no")))
        read = [row for row in devices.bundles(connection, actor=actor) if row.direction == "IN"]
        given = sum(1 for _ in giving.waiting(connection, actor))
        index = giving.manner(connection, actor).people
    days = sorted(datetime.fromtimestamp(row.at_ms / 1000, UTC).date() for row in read)
    told = sorted(number for key in people if (number := numbers.get(key)))
    return Lost(
        name=peer.name or peer.actor[:8],
        state=peer.state,
        numbers=tuple(told),
        without_number=len(people) - len(told),
        first_seen=days[0] if days else None,
        last_seen=days[-1] if days else None,
        last_change=peer.upto,
        given=given,
        index=index,
    )


def _people(connection: Connection, peer: Peer) -> set[str]:
    """Everybody whose dossier is on the laptop, as far as the office knows, unless erased since."""
    if giving.manner(connection, peer.actor).everything:
        return {row[0] for row in connection.execute("SELECT id FROM client WHERE removed = 0")}
    return {held.client_id for held in whereabouts.at_laptop(connection, peer.actor)}


def sheet(workspace: Workspace, actor: str) -> Paper:
    """The sheet for one laptop. Raises NotAllowed or UnknownLaptop."""
    lost, facts = look(workspace, actor), house.facts(workspace)
    found = texts.document("breach", workspace.today())
    dpo = ", ".join(filter(None, (facts.dpo, facts.dpo_contact)))
    blank = _("(nog in te vullen in Beheer)")
    return Paper(
        title=found.body["title"],
        name=found.body["lead"],
        date=in_full(workspace.today()),
        sections=(
            PaperSection(_("Het toestel"), "help", facts=_device(lost, facts.controller or facts.name, dpo)),
            PaperSection(_("Ontdekt op (dag en uur), door wie, waar en hoe verloren"), "calendar", lines=3),
            PaperSection(
                found.body["steps"]["heading"], "steps", bullets=tuple(found.body["steps"]["bullets"])
            ),
            PaperSection(
                found.body["encryption"]["heading"],
                "agreement",
                text=tuple(found.body["encryption"]["text"]),
            ),
            _on_it(lost),
        ),
        small_print=(
            _("Contact van de DPO: {dpo}. Versie {version}.").format(dpo=dpo or blank, version=found.version),
        ),
        house=facts.name,
        dense=True,
    )


def _device(lost: Lost, controller: str, dpo: str) -> tuple[tuple[str, str], ...]:
    never = _("nooit overgedragen")
    facts = [
        (_("Naam"), lost.name),
        (_("Verantwoordelijke"), controller),
        (_("Stand op kantoor"), STATES[lost.state]),
        (_("Eerste overdracht"), in_full(lost.first_seen) if lost.first_seen else never),
        (_("Laatste overdracht"), in_full(lost.last_seen) if lost.last_seen else never),
        (_("Laatste nummer dat het kantoor heeft"), str(lost.last_change)),
    ]
    return tuple(facts + ([(_("DPO"), dpo)] if dpo else []))


def _on_it(lost: Lost) -> PaperSection:
    count = len(lost.numbers) + lost.without_number
    after = (
        _("Wat na {day} geschreven werd, kent het kantoor niet: vraag het de begeleider.").format(
            day=in_full(lost.last_seen)
        )
        if lost.last_seen
        else _("De laptop droeg nog nooit over: vraag de begeleider wat erop stond.")
    )
    told = (
        counted(
            "1 dossier, hieronder met zijn nummer. Er staan geen namen op dit blad.",
            "{n} dossiers, hieronder met hun nummer. Er staan geen namen op dit blad.",
            count,
        ),
        after,
    )
    index = (
        (_("Ook de namenlijst stond erop: naam, geboortedatum, nummer en plaats van alle klanten."),)
        if lost.index
        else ()
    )
    listed = (", ".join(lost.numbers),) if lost.numbers else ()
    return PaperSection(_("Wat stond erop?"), "choice", text=(*told, *index, *listed))


def render(workspace: Workspace, actor: str) -> bytes:
    """The sheet as a PDF; that it was made goes into the audit trail. Raises NotAllowed or UnknownLaptop."""
    pdf = render_paper(sheet(workspace, actor))
    with workspace.database.write() as transaction:
        transaction.note("breach.sheet", actor, workspace.user)
    return pdf
