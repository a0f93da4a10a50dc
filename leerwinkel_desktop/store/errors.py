"""What can go wrong with a vault and its database, each as its own error (SECURITY.md §2)."""

from __future__ import annotations

from typing import Final

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError


class NoVault(EnvironmentProblem):
    """There is no vault in that folder."""


class VaultExists(EnvironmentProblem):
    """A new vault was asked for where one stands already; it is left untouched."""


class WrongPassphrase(EnvironmentProblem):
    """No slot opens with this passphrase."""


class ForeignFile(EnvironmentProblem):
    """The file is not a vault of this program, or its slots belong to another database."""


class DamagedVault(EnvironmentProblem):
    """A page of the database, or the vault file, does not check: bits have changed on the disk."""


class DamagedDraft(EnvironmentProblem):
    """What a user was typing when the window went does not check: the dossiers themselves are not touched."""


class NewerVault(EnvironmentProblem):
    """The vault was written by a newer program.

    `found` and `known` are version numbers.
    """

    def __init__(self, found: int, known: int) -> None:
        super().__init__(found, known)
        self.found = found
        self.known = known


class DiskFull(EnvironmentProblem):
    """The disk has no room left; what was begun was undone whole.

    `needed` is how many bytes must be free there to do it; without a size, what any one save needs.
    """

    ONE_SAVE: Final = 1024 * 1024
    CLUSTER: Final = 64 * 1024

    def __init__(self, size: int | None = None) -> None:
        needed = self.ONE_SAVE if size is None else size + self.CLUSTER
        super().__init__(needed)
        self.needed = needed


class VaultBusy(EnvironmentProblem):
    """Another program holds the database; nothing was written."""


class VaultUnreachable(EnvironmentProblem):
    """The disk or folder cannot be read or written (removed, read-only, no permission)."""


class SlotTooExpensive(EnvironmentProblem):
    """A slot asks for more memory or passes than this program ever writes; refused before allocating."""


class EngineTooOld(EnvironmentProblem):
    """SQLite is older than the version that is safe for us.

    `found` is its version.
    """

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.found = found


class NoWayIn(EnvironmentProblem):
    """The vault has no slot of the kind that was asked for, or none that this key opens."""


class UnknownUser(InputError):
    """No user of this vault has that id or name.

    `name` is what was asked for.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class VaultFull(InputError):
    """The vault file takes no more slots."""


class TooManyTries(EnvironmentProblem):
    """Too many wrong passphrases: nothing is tried before the wait is over.

    `wait_seconds` is how long, rounded up.
    """

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(wait_seconds)
        self.wait_seconds = wait_seconds
