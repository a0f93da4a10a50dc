"""The office lets a laptop in: its keys, its block of dossier numbers, and where its streams go on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.domain.ids import DEVICES
from leerwinkel_desktop.services import access, detention
from leerwinkel_desktop.services.enrolment.cards import Candidate
from leerwinkel_desktop.services.trust import MOST_AHEAD, NotAnOffice, known_keyset, sign_roster
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices, giving
from leerwinkel_desktop.store import trust as trusted
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.devices import Peer
from leerwinkel_desktop.store.files import write_durably
from sync import keys, trust
from sync.clock import Clock
from sync.keys import SigningKey
from sync.trust import EnrolCard, Mark, WelcomeCard


class NoBlocksLeft(InputError):
    """All blocks of dossier numbers have been given out."""


class StoppedLaptop(InputError):
    """A revoked or lost laptop is not welcomed again under the same actor."""


def welcome(
    workspace: Workspace,
    candidate: Candidate,
    path: Path,
    secrets: Mapping[str, bytes] | None = None,
    *,
    whole: bool = False,
) -> Peer:
    """Let a laptop in: remember its keys, give it a block of dossier numbers, sign the roster, and write a
    welcome sealed to it. `secrets` (name -> up to 4096 bytes) travel along; `whole`: it is a workstation of
    the office, which has all dossiers, always.

    The same laptop again keeps its block. Raises NotAllowed, NotAnOffice, StoppedLaptop or NoBlocksLeft.
    """
    card = candidate.card
    with workspace.database.write() as transaction:
        connection = transaction.connection
        device = devices.read_device(connection)
        if device.role != "office":
            raise NotAnOffice
        access.require(workspace, "OFFICE")
        _let_in(connection, card)
        laptop = _known(connection, card.actor)
        mark = Mark(chain=laptop.sent_chain, last=laptop.sent)
        above = min(card.roster, trusted.roster_version(connection) + MOST_AHEAD)
        roster = sign_roster(connection, above)
        trusted.set_standing(connection, card.actor, roster=roster.version)
        giving.set_manner(connection, card.actor, everything=whole)
        giving.begin(connection, card.actor, card.previous)
        transaction.note("device.welcomed", card.actor, workspace.user)
        answer = WelcomeCard(
            created=Clock().tick(workspace.now_ms()),
            device=card.actor,
            device_key=keys.key_id(card.actor, card.public_key),
            device_number=laptop.device_number or 0,
            given=mark,
            held=Mark(chain=laptop.chain, last=laptop.upto),
            keyset=known_keyset(connection),
            number_prefix=device.town,
            office=device.actor,
            organisation_name=device.organisation_name or device.name,
            roster=roster,
            secrets={**_detention_key(workspace, card.recipient), **(secrets or {})},
        )
        sealed = trust.write_welcome(answer, SigningKey(device.signing_key), card.recipient)
        write_durably(path, sealed)
        return _known(connection, card.actor)


def _detention_key(workspace: Workspace, recipient: str) -> dict[str, bytes]:
    """The organisation's detention key for a laptop, when whoever welcomes it has access to it."""
    if not detention.may_open(workspace):
        return {}
    return {detention.SECRET: detention.export_key_for(workspace, recipient)}


def _let_in(connection: Connection, card: EnrolCard) -> None:
    known = devices.peer(connection, card.actor)
    if known is not None and known.state != "ACTIVE":
        raise StoppedLaptop
    number = known.device_number if known else None
    if number is None:
        number = devices.next_device_number(connection)
    if number >= DEVICES:
        raise NoBlocksLeft
    devices.add_actor(connection, card.actor, card.name, "laptop", number, card.public_key, card.recipient)
    if card.previous is not None and devices.peer(connection, card.previous) is not None:
        trusted.set_standing(connection, card.previous, successor=card.actor)


def _known(connection: Connection, actor: str) -> Peer:
    found_peer = devices.peer(connection, actor)
    if found_peer is None:
        raise LookupError(actor)
    return found_peer
