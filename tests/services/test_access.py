"""A role reaches as far as its rank, and the passphrase asked again is one's own."""

from __future__ import annotations

import dataclasses

import pytest

from leerwinkel_desktop.services import access
from leerwinkel_desktop.services.problems import sentence
from leerwinkel_desktop.store.errors import WrongPassphrase

ROLES = ("COUNSELLOR", "OFFICE", "ADMINISTRATOR")


def acting(workspace, role):
    return dataclasses.replace(workspace, opened=dataclasses.replace(workspace.opened, role=role))


def test_who_makes_the_vault_is_its_administrator(office):
    assert office.opened.role == "ADMINISTRATOR"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("needed", ROLES)
def test_a_role_reaches_as_far_as_its_rank(office, role, needed):
    mine = acting(office, role)
    assert access.allowed(mine, needed) == (ROLES.index(role) >= ROLES.index(needed))
    if access.allowed(mine, needed):
        access.require(mine, needed)
        return
    with pytest.raises(access.NotAllowed) as caught:
        access.require(mine, needed)
    assert (caught.value.role, caught.value.needed) == (role, needed)
    assert "beheerder" in (sentence(access.NotAllowed(role, "ADMINISTRATOR")) or "")


def test_the_lowest_of_several_roles_decides(office):
    access.require(acting(office, "OFFICE"), "ADMINISTRATOR", "OFFICE")
    with pytest.raises(access.NotAllowed) as caught:
        access.require(acting(office, "COUNSELLOR"), "ADMINISTRATOR", "OFFICE")
    assert caught.value.needed == "OFFICE"


def test_the_passphrase_again(office, tools):
    access.confirm(office, tools.PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        access.confirm(office, "iets heel anders")
