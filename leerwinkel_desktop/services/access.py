"""Who may do what on this laptop, and the passphrase asked again for what must not happen in passing.

Users of one laptop share its data key, so a role is a rule of the program and no encryption (SECURITY.md §1).
"""

from __future__ import annotations

from typing import Final, get_args

from leerwinkel_desktop.domain.errors import InputError
from leerwinkel_desktop.services.workspace import Workspace
from leerwinkel_desktop.store import slots, tries
from leerwinkel_desktop.store.errors import WrongPassphrase
from leerwinkel_desktop.store.slots import Role

RANK: Final[dict[str, int]] = {role: rank for rank, role in enumerate(get_args(Role))}


class NotAllowed(InputError):
    """The user's role does not reach to this.

    `role` is what the user is, `needed` the lowest role that may.
    """

    def __init__(self, role: Role, needed: Role) -> None:
        super().__init__(role, needed)
        self.role = role
        self.needed = needed


def allowed(workspace: Workspace, *roles: Role) -> bool:
    """Whether the user may do what these roles may.

    Roles have a rank: an administrator also works as office and counsellor, the office also as counsellor. So
    the lowest of the roles decides.
    """
    return RANK[workspace.opened.role] >= min(RANK[role] for role in roles)


def require(workspace: Workspace, *roles: Role) -> None:
    """Go on only when the user's role reaches to the lowest of these roles. Raises NotAllowed."""
    if not allowed(workspace, *roles):
        raise NotAllowed(workspace.opened.role, min(roles, key=RANK.__getitem__))


def confirm(workspace: Workspace, passphrase: str) -> None:
    """Ask the user's own passphrase again, before an export, an erasure or a change of users.

    Another user's passphrase does not do. A wrong one is written down and counts as at the lock screen.
    Raises WrongPassphrase or TooManyTries.
    """
    attempt = tries.begin(workspace.folder, workspace.now_ms)
    try:
        slots.confirm(workspace.folder, workspace.opened, passphrase)
    except WrongPassphrase:
        with workspace.database.write() as transaction:
            transaction.note("user.refused", workspace.opened.user_id, workspace.user)
        raise
    attempt.succeeded(workspace.opened.user_id)
    workspace.opened.confirmed_ms = workspace.now_ms()
