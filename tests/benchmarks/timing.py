"""Measures a subject and its control in turns, so that both meet the same machine in the same mood."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

Measured = Callable[[], float]


def timed(work: Callable[[], object]) -> float:
    """How many seconds the work takes."""
    begin = perf_counter()
    work()
    return perf_counter() - begin


def in_turns(
    subject: Measured, control: Measured, times: int, warm: bool = True
) -> tuple[list[float], list[float]]:
    """What both gave, `times` each; who goes first changes each time.

    `warm`: one turn of each comes first that does not count.
    """
    if warm:
        subject()
        control()
    gave: tuple[list[float], list[float]] = [], []
    for turn in range(times):
        pair = [(0, subject), (1, control)]
        for which, measure in pair if turn % 2 else reversed(pair):
            gc.collect()
            gave[which].append(measure())
    return gave


def medians(subject: Measured, control: Measured, times: int) -> tuple[float, float]:
    """The medians of what both gave in turns."""
    ours, bare = in_turns(subject, control, times)
    return median(ours), median(bare)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[math.ceil(len(values) * 0.95) - 1]
