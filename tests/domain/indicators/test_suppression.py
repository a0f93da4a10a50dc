"""Small cells are hidden, and cannot be found again by subtraction (DOMAIN.md §8)."""

from __future__ import annotations

from typing import Any

from leerwinkel_desktop.domain.indicators.figures import Row
from leerwinkel_desktop.domain.indicators.genk import GENK
from leerwinkel_desktop.domain.indicators.suppression import suppress


def suppressed(shop: Any) -> dict[tuple[str, str | None], Row]:
    rows = list(shop.rows().values())
    return {(row.id, row.key): row for row in suppress(rows, GENK)}


def people(shop: Any, number: int, client: dict[str, Any] | None = None, **trajectory: Any) -> list[str]:
    made = []
    for _ in range(number):
        name = shop.person(f"p{len(shop.kinds['clients'])}", **(client or {}))
        made.append(shop.trajectory(name, **trajectory))
    return made


def test_small_cells_lose_number_percent_and_people(shop: Any) -> None:
    people(shop, 20, {"gender": "V"})
    people(shop, 4, {"gender": "X"})
    people(shop, 7, {"gender": "M"})
    rows = suppressed(shop)
    assert rows["G08", "X"].hidden
    assert (rows["G08", "X"].n, rows["G08", "X"].percent, rows["G08", "X"].behind) == (None, None, ())
    assert (rows["G08", "V"].n, rows["G08", "O"].n) == (20, 0)


def test_one_hidden_part_takes_the_next_smallest_with_it(shop: Any) -> None:
    people(shop, 20, {"gender": "V"})
    people(shop, 2, {"gender": "X"})
    people(shop, 7, {"gender": "M"})
    rows = suppressed(shop)
    assert rows["G08", "M"].hidden
    assert not rows["G08", "V"].hidden


def test_five_is_shown(shop: Any) -> None:
    people(shop, 5, {"gender": "X"})
    people(shop, 9, {"gender": "V"})
    assert not any(row.hidden for (figure, _), row in suppressed(shop).items() if figure == "G08")


def test_a_denominator_is_hidden_with_the_row_that_shows_it(shop: Any) -> None:
    starters = people(shop, 3, level_at_intake="60") + people(shop, 9, level_at_intake="10")
    for trajectory in starters:
        shop.training(trajectory)
    rows = suppressed(shop)
    assert rows["G06", None].hidden
    assert (rows["G18", "MID_HIGH"].base, rows["G18", "MID_HIGH"].percent) == (None, None)


def test_the_few_on_the_other_side_are_protected_too(shop: Any) -> None:
    people(shop, 20, {"nationality": ("BE",)})
    people(shop, 2, {"nationality": ("MA",)})
    assert suppressed(shop)["G10", None].hidden


def test_two_rows_that_show_one_number_are_hidden_together(shop: Any) -> None:
    people(shop, 6, referral_source="EIGEN", discovery_channel="MOND")
    people(shop, 20, referral_source="VDAB")
    people(shop, 3, referral_source="OCMW")
    rows = suppressed(shop)
    assert rows["G13", "EIGEN"].hidden
    assert rows["G14", None].hidden


def test_nothing_is_hidden_when_nothing_is_small(shop: Any) -> None:
    people(shop, 30, {"gender": "V", "nationality": ("BE",)})
    rows = suppressed(shop)
    assert not any(row.hidden for row in rows.values())
