"""Lines that fit, words that stay whole, and letters in the right order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leerwinkel_desktop.printing.fonts import legible, pieces
from leerwinkel_desktop.printing.typeset import Style, break_lines, visual, width

BODY = Style(13)
letters = st.text(st.sampled_from("abc dé ü\n.-أب 12"), max_size=200)


@settings(max_examples=150, deadline=None)
@given(text=letters, room=st.floats(40, 400), indent=st.floats(0, 20))
def test_lines_fit_and_lose_nothing(text: str, room: float, indent: float):
    lines = break_lines(text, BODY, room, indent=indent)
    for number, line in enumerate(lines.texts):
        assert width(line, BODY) <= room - (0 if number else indent) + 0.01
    assert "".join("".join(lines.texts).split()) == "".join(text.split())
    assert not lines.shortened


@settings(max_examples=150, deadline=None)
@given(text=letters, room=st.floats(60, 400), most=st.integers(1, 4))
def test_shortened_lines_fit_and_say_so(text: str, room: float, most: int):
    full = break_lines(text, BODY, room)
    lines = break_lines(text, BODY, room, most)
    assert len(lines.texts) <= most
    assert lines.shortened == (len(full.texts) > most)
    assert lines.shortened == (bool(lines.texts) and lines.texts[-1].endswith("…"))
    for line in lines.texts:
        assert width(line, BODY) <= room + 0.01


def test_one_word_that_is_shortened_leaves_room_for_its_dots():
    lines = break_lines("1222222ب", BODY, 60, 1)
    assert lines.shortened
    assert width(lines.texts[0], BODY) <= 60


def test_a_text_is_shortened_at_a_word():
    lines = break_lines("een twee drie vier vijf zes zeven acht", BODY, 90, 1)
    assert lines.texts == ("een twee …",)


def test_a_word_wider_than_the_line_is_broken_not_clipped():
    lines = break_lines("x" * 60, BODY, 100)
    assert "".join(lines.texts) == "x" * 60
    assert max(width(line, BODY) for line in lines.texts) <= 100


@pytest.mark.parametrize(
    ("text", "from_left"),
    [
        ("gewoon", ["gewoon"]),
        ("Amina wil أمينة worden", ["Amina wil", "أمينة", "worden"]),
        ("أب Nederlands en ج", ["ج", "Nederlands en", "أب"]),
        ("Jan (أب, ج) en", ["Jan (", "ج", ",", "أب", ") en"]),
        ("تعلم 25 ساعة", ["ساعة", "25", "تعلم"]),
        ("ورقة (slip) إلى", ["إلى", "(slip)", "ورقة"]),
        ("جهة (من هي): Jan", ["Jan :(", "هي", "", "من", ")", "جهة"]),
        ("إلى \u20683de graad (B)\u2069، 25.", [".25", "،", "3de graad (B)", "إلى"]),
    ],
)
def test_words_stand_where_unicode_wants_them(text: str, from_left: list[str]):
    """From left to right on the line, with the letters of each word as they are read."""
    assert [piece.text.strip() for piece in visual(legible(text).text, bold=False)] == from_left


def test_each_script_gets_a_font_that_has_it():
    fonts = {
        piece.text.strip(): piece.font for piece in pieces("Jan Юлія أمينة", bold=True) if piece.text.strip()
    }
    assert fonts == {"Jan": "LeerwinkelBold", "Юлія": "LeerwinkelOther", "أمينة": "LeerwinkelArabic"}


def test_one_picture_of_several_parts_is_one_replacement():
    told = legible("x 👩🏽\u200d🍳 y")
    assert told.text == "x \ufffd y"
    assert told.lost == "👩🍳"


def test_line_ends_and_control_signs_become_spaces():
    assert legible("a\tb\x07c").text == "a b c"


def test_a_word_that_fits_a_line_of_its_own_is_not_broken_behind_a_label():
    style = Style(12)
    word = "gegevensbescherming@demostad.test"
    room = width(word, style) + 1
    assert break_lines(word, style, room, indent=60).texts == ("", word)
    assert break_lines(f"An {word}", style, room, indent=60).texts == ("An", word)
