"""What every kind of place can do, and under which names."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

BLOCK: Final = 256 * 1024
PATIENCE: Final = 15.0  # seconds without progress
PART: Final = ".part"
_ODD: Final = r'\\/:*?"<>|#%;\x00-\x1f\x7f'  # not on every system, or not in every address
_NAME: Final = re.compile(rf"[^{_ODD}.][^{_ODD}]{{0,199}}\.(?:lwb|lwc)")
Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Laid:
    """A file at a place, and its size in bytes."""

    name: str
    size: int


class Store(Protocol):
    """An opened place. All raise the errors of `errors.py`; `tick` is told the bytes that were carried."""

    def laid(self) -> list[Laid]:
        """All files there, whatever they are."""

    def send(self, name: str, source: BinaryIO, size: int, tick: Tick) -> None:
        """Lay down a file, whole under its name or not at all. Raises NameInUse."""

    def receive(self, name: str, target: BinaryIO, tick: Tick) -> None:
        """Fetch a file. Raises GoneFromPlace."""

    def remove(self, name: str) -> None:
        """Remove a file."""


def fits(name: str) -> bool:
    """Whether a name can be that of a bundle or card on every system we run on."""
    return _NAME.fullmatch(name) is not None


def partial(name: str) -> str:
    """A name under which no reader takes a file that is still on its way."""
    return f".{name}.{secrets.token_hex(4)}{PART}"
