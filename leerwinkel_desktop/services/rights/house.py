"""Keeps what papers about data say of the house: the controller and its data protection officer."""

from __future__ import annotations

from dataclasses import dataclass

from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store.database import Reader
from leerwinkel_desktop.store.devices import read_device

NAMES = ("controller", "controller_address", "dpo", "dpo_contact")
LABELS = {
    "controller": "Verwerkingsverantwoordelijke",
    "controller_address": "Adres",
    "dpo": "Functionaris voor gegevensbescherming (DPO)",
    "dpo_contact": "Contact van de DPO",
}


@dataclass(frozen=True, slots=True)
class HouseFacts:
    """Who answers for the data; None where nobody filled it in yet. `name` is the Leerwinkel's own."""

    name: str
    controller: str | None
    controller_address: str | None
    dpo: str | None
    dpo_contact: str | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The labels of what is still to be filled in (Beheer) before papers are complete."""
        return tuple(LABELS[name] for name in NAMES if not getattr(self, name))


def facts_of(reader: Reader) -> HouseFacts:
    """The facts as this reader sees them."""
    told = {name: reader.setting(f"house.{name}") for name in NAMES}
    return HouseFacts(name=read_device(reader.connection).organisation_name or "Leerwinkel", **told)


def facts(workspace: Workspace) -> HouseFacts:
    """The facts of the house."""
    with workspace.database.read() as reader:
        return facts_of(reader)


def set_facts(workspace: Workspace, **values: str | None) -> None:
    """Keep controller, controller_address, dpo and dpo_contact. Raises NotAllowed."""
    access.require(workspace, "OFFICE")
    with workspace.database.write() as transaction:
        for name in NAMES:
            if name in values:
                text = (values[name] or "").strip()
                transaction.set_setting(f"house.{name}", text or None)
        transaction.note("house.facts", None, workspace.user)
