"""Hides small cells (1 to 4 people) in figures that leave the office (DOMAIN.md §8).

A hidden part of a whole could be found again by subtraction, so in each whole with one hidden part the next
smallest part is hidden as well; and a denominator is hidden when the row that shows it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from leerwinkel_desktop.domain.indicators.figures import Definition, Key, Row, Shape

SMALLEST_SHOWN = 5
WHOLES: tuple[tuple[str, ...], ...] = (("G05", "G06", "G07"), ("G16", "G17"), ("G18", "G19", "G20", "G21"))
"""Figures of one row each that together make a whole; breakdowns of shape SINGLE are wholes by themselves."""

Place = tuple[str, Key]
SAME: frozenset[Place] = frozenset({("G13", "EIGEN"), ("G14", None)})
"""Two rows that show one number."""


def suppress(rows: Sequence[Row], definitions: Iterable[Definition]) -> tuple[Row, ...]:
    """The same rows, without the numbers that would single people out."""
    counts = {(row.id, row.key): row.n for row in rows if isinstance(row.n, int)}
    hidden = {place for place, n in counts.items() if _is_small(n)}
    hidden |= {(row.id, row.key) for row in rows if _is_telling(row)}
    for whole in _wholes(counts, definitions):
        hidden |= _companion(whole, hidden, counts)
    if hidden & SAME:
        hidden |= SAME
    return tuple(_hidden(row, hidden) for row in rows)


def _is_small(n: int) -> bool:
    return 0 < n < SMALLEST_SHOWN


def _is_telling(row: Row) -> bool:
    """A share of a small whole, or one that leaves only a few people on the other side."""
    if row.base is None or row.n is None:
        return False
    return _is_small(row.base) or (row.key is None and _is_small(row.base - int(row.n)))


def _wholes(counts: dict[Place, int], definitions: Iterable[Definition]) -> Iterable[list[Place]]:
    single = {definition.id for definition in definitions if definition.shape is Shape.SINGLE}
    for figure in sorted(single):
        yield [place for place in counts if place[0] == figure]
    for whole in WHOLES:
        yield [(figure, None) for figure in whole if (figure, None) in counts]
    yield [place for place in counts if place[0] == "G18" and place[1] is not None]


def _companion(whole: list[Place], hidden: set[Place], counts: dict[Place, int]) -> set[Place]:
    """The next smallest part, when exactly one part of the whole is hidden."""
    if sum(place in hidden for place in whole) != 1:
        return set()
    shown = [place for place in whole if place not in hidden and counts[place] > 0]
    return {min(shown, key=lambda place: counts[place])} if shown else set()


def _hidden(row: Row, hidden: set[Place]) -> Row:
    ranking = tuple(rank for rank in row.ranking if rank.n >= SMALLEST_SHOWN)
    if (row.id, row.key) in hidden:
        base = None if row.base_row in hidden or _is_small(row.base or 0) else row.base
        return replace(
            row, n=None, base=base, percent=None, behind=(), unknown=None, spoken=None, hidden=True
        )
    if row.base_row in hidden:
        return replace(row, base=None, percent=None, unknown=None, spoken=None)
    unknown = None if row.unknown is not None and _is_small(row.unknown) else row.unknown
    return replace(row, ranking=ranking, unknown=unknown)
