"""What can stand in the way at an exchange place; each says which place, and never how to get in there."""

from __future__ import annotations

from leerwinkel_desktop.domain.errors import EnvironmentProblem, InputError


class PlaceProblem(EnvironmentProblem):
    """Something at a place, or on the way to it, stands in the way.

    `place` is its name.
    """

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class UnknownHost(PlaceProblem):
    """No computer answers to that address, or there is no network here."""


class NoAnswer(PlaceProblem):
    """The other side does not answer, or stopped answering halfway."""


class AccessRefused(PlaceProblem):
    """The user's name or the password is not accepted."""


class NotTrusted(PlaceProblem):
    """The certificate of the server does not check, so nothing was sent."""


class NoSuchFolder(PlaceProblem):
    """The server answers, but the folder or bucket is not there."""


class ReadOnlyPlace(PlaceProblem):
    """It may be read there, not written."""


class PlaceFull(PlaceProblem):
    """No room is left there."""


class StrangeAnswer(PlaceProblem):
    """What answers there does not speak as this kind of place should."""


class StickAbsent(PlaceProblem):
    """No stick with that label is plugged in."""


class GoneFromPlace(PlaceProblem):
    """The file that was asked for is not there any more."""


class BackendMissing(PlaceProblem):
    """This installation of the program lacks what it takes to go there."""


class UnknownHostKey(PlaceProblem):
    """Nobody compared the server's key yet, so no password was sent."""


class HostKeyChanged(PlaceProblem):
    """The server shows another key than the one that was pinned, so no password was sent."""


class NameInUse(InputError):
    """A file of that name is there already; it was left as it is.

    `name` is the file's.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotSealed(InputError):
    """Only sealed bundles and cards are ever laid down."""


class NotOurs(InputError):
    """Only bundles of our own that a receipt covers are tidied away."""


class ImpossibleFile(InputError):
    """The name that a place gives cannot be that of a bundle or card."""


class UnknownPlace(InputError):
    """No place has that name.

    `name` is what was asked for.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class PlaceNameTaken(InputError):
    """Another place has that name.

    `name` is what was asked for.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class BadAddress(InputError):
    """The address of a place does not fit its kind, or holds a password."""


class PlainAddress(InputError):
    """The address is not encrypted (http), and nobody said yes to that."""
