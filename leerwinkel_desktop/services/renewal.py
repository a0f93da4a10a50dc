"""Gives a copied or restored laptop a new actor, so that it can be enrolled anew and nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leerwinkel_desktop.domain.ids import new_actor
from leerwinkel_desktop.services import machine
from leerwinkel_desktop.services.trust import NotALaptop
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import devices, trust
from leerwinkel_desktop.store.connection import Connection
from leerwinkel_desktop.store.devices import Device
from leerwinkel_desktop.store.renumbering import renumber
from sync import keys
from sync.keys import SigningKey


@dataclass(frozen=True, slots=True)
class Renewed:
    """The new actor, the one before, and how many unconfirmed changes took new numbers."""

    actor: str
    previous: str
    renumbered: int


def renew_actor(workspace: Workspace) -> Renewed:
    """Take a new actor and new keys (FORMAT.md §13.6); the laptop then enrols again at the same office.

    Changes that the office did not confirm become changes of the new actor. Raises NotALaptop.
    """
    with workspace.database.write() as transaction:
        connection = transaction.connection
        device = devices.read_device(connection)
        if device.role != "laptop":
            raise NotALaptop
        actor = new_actor()
        count = renumber(connection, devices.peers(connection)[0], actor)
        _begin_anew(connection, device, actor)
        machine.bind(connection, workspace.folder)
        transaction.note("device.renewed", device.actor, workspace.user)
    return Renewed(actor, device.actor, count)


def _begin_anew(connection: Connection, device: Device, actor: str) -> None:
    """New keys, and no office until it has welcomed this actor; the pinned root stays."""
    identity, recipient = keys.new_identity()
    key = SigningKey.generate()
    fresh = replace(device, organisation=None, actor=actor, signing_key=key.private, identity=identity)
    devices.write_device(connection, fresh)
    devices.add_actor(connection, actor, verify_key=key.public, recipient=recipient)
    trust.pin(connection, previous=device.actor)
    for peer in devices.peers(connection)[1:]:
        if peer.role == "office":
            devices.set_position(connection, peer.actor, "received", 0, devices.ZERO)
            trust.set_standing(connection, peer.actor, created=0)
