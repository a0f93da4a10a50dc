"""The hybrid logical clock that stamps changes (FORMAT.md §8; Kulkarni and others, 2014).

Causality decides which value is overwritten (`sync.merge`); these stamps only rank values that are in open
conflict, and tell people roughly when. So a clock that is wrong by years loses nothing and refuses nothing.
"""

from __future__ import annotations

from sync.errors import FromTheFuture

MAX_HLC = 2**63 - 1
MAX_LEAD_MS = 24 * 60 * 60 * 1000
_COUNTER_BITS = 16


def ms_of(hlc: int) -> int:
    """Milliseconds since 1970 UTC in a clock value."""
    return hlc >> _COUNTER_BITS


def skew_ms(hlc: int, now_ms: int) -> int:
    """How many milliseconds `hlc` lies ahead of `now_ms`; negative when behind."""
    return ms_of(hlc) - now_ms


def check(hlc: int) -> int:
    """Give back `hlc`; raise FromTheFuture when it is more than any clock can give."""
    if hlc > MAX_HLC:
        raise FromTheFuture(hlc)
    return hlc


class Clock:
    """One device's clock; `last` is the highest stamp given or followed, kept by the caller between runs."""

    def __init__(self, last: int = 0) -> None:
        self.last = check(last)

    def tick(self, now_ms: int) -> int:
        """A new stamp, above the last one (at MAX_HLC it stays: §8), never behind `now_ms` UTC."""
        self.last = min(max(now_ms << _COUNTER_BITS, self.last + 1), MAX_HLC)
        return self.last

    def observe(self, remote: int, now_ms: int) -> int:
        """Follow a stamp of somebody else; gives its `skew_ms` for a banner.

        A stamp more than MAX_LEAD_MS ahead of us is reported but not followed, or one computer with the
        year 2087 would date everybody's work 2087 for ever. Raises FromTheFuture above MAX_HLC.
        """
        skew = skew_ms(check(remote), now_ms)
        if skew <= MAX_LEAD_MS:
            self.last = max(self.last, remote)
        return skew
