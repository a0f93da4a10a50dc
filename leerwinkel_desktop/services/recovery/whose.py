"""Says whose passphrase was forgotten."""

from __future__ import annotations

import secrets
from pathlib import Path

from leerwinkel_desktop.store import slots
from leerwinkel_desktop.store.errors import UnknownUser
from leerwinkel_desktop.store.slots import User


def users_of(folder: Path) -> list[User]:
    """Who has a slot in a locked vault, to choose whose passphrase was forgotten."""
    return slots.users(folder)


def chosen(folder: Path, user: str | None, name: str) -> User:
    """The user with this id or name; for None the first one of a vault without users, called `name`.

    Raises UnknownUser.
    """
    known = users_of(folder)
    if user is None:
        if known:
            raise UnknownUser(name)
        return User(secrets.token_hex(16), name, "ADMINISTRATOR", "")
    for one in known:
        if user in (one.id, one.name):
            return one
    raise UnknownUser(user)
