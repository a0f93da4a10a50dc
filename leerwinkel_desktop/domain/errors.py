"""The two kinds of error that a user can meet, split by who can act; everything else is a bug.

Errors carry data and no sentences: `services/problems.py` maps each class to Dutch (ARCHITECTURE.md
"Errors").
"""

from __future__ import annotations


class InputError(Exception):
    """The user can mend it: a value that does not fit. Exit status 1."""


class EnvironmentProblem(Exception):
    """The surroundings stand in the way: a wrong passphrase, a full disk, a foreign file. Exit status 3."""


class InvalidValue(InputError):
    """A value does not fit its field.

    `reason` is one of kind, characters, length, range, date_range, code, required.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field = field
        self.reason = reason


class NotFound(InputError):
    """There is no record of that kind under that name or number."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(kind, name)
        self.kind = kind
        self.name = name
