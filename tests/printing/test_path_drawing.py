"""The boxes of the learning path stay in the room and tell what was shortened."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from leerwinkel_desktop.printing.path_drawing import ARROW, drawing_of
from leerwinkel_desktop.printing.typeset import Style

STYLE = Style(12, spacing=1.25)
words = st.text(st.sampled_from("abcdefg "), min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(words, min_size=1, max_size=7), room=st.floats(250, 500))
def test_boxes_stay_in_the_room_and_apart(texts: list[str], room: float):
    drawing = drawing_of(tuple(texts), STYLE, room)
    boxes = [box for row in drawing.rows for box in row]
    assert len(boxes) == len(texts)
    assert [box.goal for box in boxes] == [False] * (len(boxes) - 1) + [True]
    for row in drawing.rows:
        assert row[-1].x + row[-1].width <= room + 0.01
        for left, right in pairwise(row):
            assert abs(right.x - left.x - left.width - ARROW) < 0.01


def test_a_box_that_is_too_full_is_told():
    drawing = drawing_of(("kort", "lang " * 60), STYLE, 400)
    assert drawing.shortened == ("lang " * 60,)
    assert drawing.rows[-1][-1].lines.texts[-1].endswith("…")
