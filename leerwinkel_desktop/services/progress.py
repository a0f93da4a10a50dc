"""How long work tells where it is, and how it is stopped."""

from __future__ import annotations

from typing import Protocol

from leerwinkel_desktop.domain.errors import InputError


class Cancelled(InputError):
    """The user stopped the work; nothing of it was kept."""


class Progress(Protocol):
    """Called now and then by long work; raises Cancelled when the user wants to stop."""

    def __call__(self, done: int, total: int, text: str) -> None:
        """`done` of `total` steps; `text` is Dutch and says what is being done."""


def silent(done: int, total: int, text: str) -> None:
    """Progress for nobody."""
