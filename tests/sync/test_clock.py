"""The hybrid clock: stamps rise, never overflow, and a clock that is wrong by years infects nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.clock import MAX_HLC, MAX_LEAD_MS, Clock, ms_of, skew_ms
from sync.errors import FromTheFuture

NOW = 1_763_000_000_000
YEARS = 10 * 365 * 24 * 3600 * 1000
TIMES = st.integers(NOW - YEARS, NOW + YEARS)


@given(st.lists(st.tuples(st.booleans(), TIMES, TIMES)))
def test_stamps_rise_and_follow_what_was_seen(steps):
    clock = Clock()
    last = 0
    for observe, now, remote in steps:
        if observe:
            skew = clock.observe(remote << 16, now)
            assert skew == remote - now
            if skew <= MAX_LEAD_MS:
                last = max(last, remote << 16)
        else:
            stamp = clock.tick(now)
            assert stamp > last
            assert ms_of(stamp) >= now
            last = stamp


def test_the_counter_orders_within_a_millisecond():
    clock = Clock()
    stamps = [clock.tick(NOW) for _ in range(100_000)]
    assert stamps == sorted(set(stamps))
    assert ms_of(stamps[0]) == NOW
    assert clock.last == stamps[-1]


def test_a_clock_that_jumps_back_goes_on():
    clock = Clock(NOW << 16)
    assert clock.tick(NOW - YEARS) == (NOW << 16) + 1


def test_the_far_future_is_reported_and_not_followed():
    clock = Clock()
    clock.tick(NOW)
    assert clock.observe(NOW + YEARS << 16, NOW) == YEARS
    assert ms_of(clock.tick(NOW + 1)) == NOW + 1
    assert clock.observe(NOW + MAX_LEAD_MS << 16, NOW) == MAX_LEAD_MS
    assert clock.tick(NOW) == (NOW + MAX_LEAD_MS << 16) + 1


def test_never_above_the_maximum():
    clock = Clock(MAX_HLC)
    assert clock.tick(NOW) == MAX_HLC
    assert Clock().tick(2**60) == MAX_HLC
    assert skew_ms(MAX_HLC, NOW) > 0
    for refuse in (lambda: Clock(MAX_HLC + 1), lambda: Clock().observe(2**64, NOW)):
        with pytest.raises(FromTheFuture):
            refuse()
