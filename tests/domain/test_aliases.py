"""Who stands for whom is the same wherever it is worked out."""

from __future__ import annotations

from itertools import permutations

import pytest

from leerwinkel_desktop.domain.aliases import ends

CASES: dict[str, tuple[dict[str, str | None], dict[str, str]]] = {
    "nobody": ({"a": None, "b": None}, {"a": "a", "b": "b"}),
    "one into another": ({"a": "b", "b": None}, {"a": "b", "b": "b"}),
    "a chain": ({"a": "b", "b": "c", "c": None}, {"a": "c", "b": "c", "c": "c"}),
    "two offices, each the other way": ({"a": "b", "b": "a"}, {"a": "a", "b": "a"}),
    "a circle of three with one who leads into it": (
        {"a": "c", "b": "c", "c": "d", "d": "b"},
        {"a": "b", "b": "b", "c": "b", "d": "b"},
    ),
    "itself": ({"a": "a"}, {"a": "a"}),
    "somebody who is not here": ({"a": "x", "b": "a"}, {"a": "a", "b": "a"}),
}


@pytest.mark.parametrize("name", CASES)
def test_ends_do_not_depend_on_the_order(name: str) -> None:
    merged, expected = CASES[name]
    for order in permutations(merged.items()):
        assert ends(dict(order)) == expected
