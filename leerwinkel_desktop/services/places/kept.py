"""The places of this vault: kept encrypted with the rest, told to nobody, noted in the audit trail by id."""

from __future__ import annotations

from dataclasses import replace

from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.services.places import addresses, opening
from leerwinkel_desktop.services.places.errors import PlaceNameTaken, UnknownPlace
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import places as stored
from leerwinkel_desktop.store.places import Place


def places(workspace: Workspace) -> list[Place]:
    """All places, by name."""
    with workspace.database.read() as reader:
        return stored.places(reader.connection)


def find(workspace: Workspace, name: str) -> Place:
    """The place of that name. Raises UnknownPlace."""
    for place in places(workspace):
        if place.name == name:
            return place
    raise UnknownPlace(name)


def add(workspace: Workspace, place: Place) -> Place:
    """Keep a new place; gives it with its id. Raises BadAddress, PlainAddress or PlaceNameTaken."""
    new = replace(place, id=new_id())
    _keep(workspace, new, "place.added")
    return new


def change(workspace: Workspace, place: Place) -> None:
    """Keep a place that was changed. Raises UnknownPlace, BadAddress, PlainAddress or PlaceNameTaken.

    Another address, and the key that was pinned for the old one is forgotten.
    """
    before = next((one for one in places(workspace) if one.id == place.id), None)
    if before is None:
        raise UnknownPlace(place.name)
    moved = before.address != place.address and before.host_key == place.host_key
    _keep(workspace, replace(place, host_key="") if moved else place, "place.changed")


def remove(workspace: Workspace, place: Place) -> None:
    """Forget a place and how to get in; what lies there stays."""
    with workspace.database.write() as transaction:
        stored.forget(transaction.connection, place.id)
        transaction.note("place.removed", place.id, workspace.user)


def greet(workspace: Workspace, place: Place) -> tuple[Place, str]:
    """Pin the key of an SFTP server at the first contact; gives the place and the fingerprint to compare.

    Nothing secret is sent. A key that was pinned stays until the place is changed. Raises PlaceProblem.
    """
    line, shown = opening.host_key(place)
    if place.host_key and place.host_key != line:
        return place, shown
    pinned = replace(place, host_key=line)
    if pinned != place:
        change(workspace, pinned)
    return pinned, shown


def _keep(workspace: Workspace, place: Place, action: str) -> None:
    addresses.check(place)
    with workspace.database.write() as transaction:
        others = stored.places(transaction.connection)
        if any(one.name.casefold() == place.name.casefold() and one.id != place.id for one in others):
            raise PlaceNameTaken(place.name)
        stored.keep(transaction.connection, place)
        transaction.note(action, place.id, workspace.user)
