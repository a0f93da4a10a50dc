"""Makes identifiers: UUIDv7 (RFC 9562 §5.7), actors, and dossier numbers that need no network."""

from __future__ import annotations

import re
import secrets
import threading
import time
import uuid
from dataclasses import dataclass

BLOCK = 1000
DEVICES = 100
_NUMBER = re.compile(r"([A-Z]{2,5})-(\d{4})-(\d{4,})")


_order = threading.Lock()
_last = 0


def new_id() -> str:
    """A new UUIDv7 as text; the ids of one process always rise (RFC 9562 §6.2, a counter below the ms)."""
    global _last
    with _order:
        _last = tick = max((time.time_ns() // 1_000_000) << 12, _last + 1)
    ms, count = tick >> 12 & (2**48 - 1), tick & 0xFFF
    value = ms << 80 | 0x7 << 76 | count << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def new_actor() -> str:
    """A new random actor: 32 hexadecimal characters, one for each life of a database (SECURITY.md §4)."""
    return secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class DossierNumber:
    """A number such as MEC-2026-1042: town, year and a counter, with no meaning beyond being unique."""

    town: str
    year: int
    counter: int

    def __str__(self) -> str:
        return f"{self.town}-{self.year}-{self.counter:04d}"


def parse_number(text: str) -> DossierNumber | None:
    """The number that the text spells, or None (numbers from a workbook may look different)."""
    found = _NUMBER.fullmatch(text)
    return DossierNumber(found[1], int(found[2]), int(found[3])) if found else None


def next_number(town: str, year: int, device: int, used: int) -> DossierNumber:
    """The next number of a device that has given out `used` numbers in that year.

    Each device owns blocks of a thousand counters: device 0 (the office) 1-999, 100000-100999 …, device 1
    1000-1999, 101000-101999 …; so two devices never give the same number and need not ask each other.
    Raises ValueError for a device outside 0 … 99.
    """
    if not 0 <= device < DEVICES:
        raise ValueError(device)
    first = 1 if device == 0 else 0
    size = BLOCK - first
    turn, place = (0, used) if used < size else divmod(used - size, BLOCK)
    if used < size:
        return DossierNumber(town, year, device * BLOCK + first + place)
    return DossierNumber(town, year, ((turn + 1) * DEVICES + device) * BLOCK + place)
