"""A second screen is unplugged: what stood there comes back into sight, windows and dialogs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect

from leerwinkel_desktop.services import vaults
from leerwinkel_desktop.ui.in_sight import GRIP, in_sight
from tests.faults import screen
from tests.faults.conftest import Child
from tests.faults.screen import Screen

FIRST, SECOND = QRect(0, 0, 683, 768), QRect(683, 0, 683, 768)


@pytest.fixture
def display() -> Iterator[Screen]:
    reason = screen.missing("xrandr")
    if reason:
        pytest.skip(reason)
    made = Screen()
    made.run("xrandr", "--setmonitor", "left", "683/180x768/200+0+0", "screen")
    made.run("xrandr", "--setmonitor", "right", "683/180x768/200+683+0", "none")
    yield made
    made.end()


def test_what_stood_there_comes_back(start: Callable[..., Child], display: Screen, tmp_path: Path):
    vaults.create(
        tmp_path / "vault", "appel fiets wolk lamp rivier stoel", cost=vaults.TESTS_ONLY
    ).workspace.close()
    child = start("tests.faults.screens_window", QT_QPA_PLATFORM="xcb", DISPLAY=display.name)
    assert child.hear() == "there"
    display.run("xrandr", "--delmonitor", "right")
    found = [QRect(*one) for one in json.loads(child.hear())]
    assert len(found) == 2
    for one in found:
        assert FIRST.intersects(one)
        assert FIRST.contains(one.topLeft())


@pytest.mark.parametrize(
    ("frame", "seen"),
    [
        (QRect(100, 100, 500, 300), True),
        (QRect(600, 100, 500, 300), True),
        (QRect(683 - GRIP, 100, 500, 300), True),
        (QRect(684 - GRIP, 100, 500, 300), False),
        (QRect(700, 100, 500, 300), False),
        (QRect(100, -20, 500, 300), False),
        (QRect(100, 768 - GRIP, 500, 300), True),
        (QRect(-490, 100, 500, 300), False),
    ],
)
def test_a_window_is_in_sight_when_its_title_can_be_taken_hold_of(frame: QRect, seen: bool):
    assert in_sight(frame, [FIRST]) is seen


def test_on_two_screens_it_stays_where_it_is():
    assert in_sight(QRect(700, 100, 500, 300), [FIRST, SECOND])
