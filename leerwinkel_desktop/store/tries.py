"""Counts wrong passphrases beside the vault and makes the next try wait, also after a restart.

SECURITY.md §2 "Back-off". The count is put on the disk before a passphrase is tried, so that ending the
program does not help. This slows down whoever sits at the keyboard; against whoever copies the folder, only
the passphrase itself and Argon2id stand.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from leerwinkel_desktop.store.errors import TooManyTries
from leerwinkel_desktop.store.files import read_if_there, write_durably

FILE: Final = "tries.json"
FREE: Final = 3
FIRST_WAIT: Final = 5
LONGEST_WAIT: Final = 900
_REMEMBERED = 200
_LARGEST = 64 * 1024
Clock = Callable[[], int]


def ticks() -> int:
    """Milliseconds since this machine was started; nobody can set it back."""
    return time.monotonic_ns() // 1_000_000


class _Tries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`failed`: tries since the last success; `at_ms` and `ticks` when the last one began, on two clocks.

    `times` are for the audit trail; `last` is the slot that opened last, to be tried first.
    """

    failed: int = 0
    at_ms: int = 0
    ticks: int = 0
    times: tuple[int, ...] = ()
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """A try that was written down and may begin.

    `first` is the slot that opened last; `failed` when tries before this one failed (milliseconds, UTC).
    """

    folder: Path
    first: str | None
    failed: tuple[int, ...]

    def succeeded(self, slot: str) -> None:
        """Begin to count anew."""
        _write(self.folder, _Tries(last=slot))

    def withdrawn(self) -> None:
        """Do not count this try: it failed for another reason than the passphrase."""
        before = _read(self.folder)
        if before is not None and before.failed:
            _write(self.folder, replace(before, failed=before.failed - 1, times=before.times[:-1]))


def wait_after(failed: int) -> int:
    """Seconds to wait after so many failed tries: 0, 0, 0 … then 5, 10, 20 … 900."""
    if failed < FREE:
        return 0
    return int(min(FIRST_WAIT * 2 ** min(failed - FREE, 20), LONGEST_WAIT))


def start(folder: Path) -> None:
    """Begin to count, for a new vault."""
    _write(folder, _Tries())


def waiting(folder: Path, now_ms: Clock, machine: Clock = ticks) -> int:
    """Seconds until a passphrase may be tried, for the lock screen; 0 when it may be now."""
    tries = _read(folder)
    return 0 if tries is None else _left(tries, now_ms(), machine())


def begin(folder: Path, now_ms: Clock, machine: Clock = ticks, *, expected: bool = True) -> Attempt:
    """Write a try down before it is made. Raises TooManyTries while the wait is not over.

    Without its file, a vault that should have one (`expected`) counts as having used up the free tries.
    """
    now, tick = now_ms(), machine()
    tries = _read(folder)
    if tries is None:
        tries = _Tries(failed=FREE, at_ms=now, ticks=tick) if expected else _Tries()
        _write(folder, tries)
    left = _left(tries, now, tick)
    if left:
        if now < tries.at_ms:  # a clock that was set back: the wait begins again, and is no longer than that
            _write(folder, replace(tries, at_ms=now, ticks=tick))
        raise TooManyTries(left)
    times = (*tries.times, now)[-_REMEMBERED:]
    _write(folder, replace(tries, failed=tries.failed + 1, at_ms=now, ticks=tick, times=times))
    return Attempt(folder, tries.last, tries.times)


def _left(tries: _Tries, now: int, tick: int) -> int:
    """Seconds left; both clocks must have moved, as far as the machine was not started again since."""
    passed = max(0, now - tries.at_ms)
    if tick >= tries.ticks:
        passed = min(passed, tick - tries.ticks) if now >= tries.at_ms else 0
    return max(0, -(-(wait_after(tries.failed) * 1000 - passed) // 1000))


def _read(folder: Path) -> _Tries | None:
    raw = read_if_there(folder / FILE, _LARGEST)
    if raw is None:
        return None
    try:
        return msgspec.json.decode(raw, type=_Tries)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _write(folder: Path, tries: _Tries) -> None:
    write_durably(folder / FILE, msgspec.json.encode(tries))
