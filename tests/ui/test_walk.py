"""No page, dialog or part of a dossier breaks a rule of UI.md, principle 7, in any look (accessibility.py).

The scenes are those of the pictures: a page that is drawn there is walked here by itself.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from leerwinkel_desktop.ui import theme
from tests.ui import accessibility
from tests.ui.walking import stretched

LOOKS = {
    "light": ("light", "100", "nameless", "small", "faint", "trapped", "clipped", "unseen_focus"),
    "dark": ("dark", "100", "faint", "unseen_focus"),
    "longer words": ("light", "100", "clipped", "--stretched"),
    "longer words at 150": ("light", "150", "clipped", "--stretched"),
    "twice as large": ("light", "200", "clipped", "small"),
}
SCENES = 80


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_breaks_a_rule(look, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.walking", *LOOKS[look]], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) > SCENES
    assert {page: told for page, told in found.items() if told} == {}


@pytest.fixture
def room(qtbot, dressed):
    theme.apply(dressed, theme.theme("light"))  # an earlier test may have left another look
    made = QWidget()
    across = QHBoxLayout(made)
    across.addWidget(QPushButton("Verder"))
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show()
    return made


def rules(room):
    return [
        told
        for rule in ("nameless", "small", "trapped", "faint", "clipped")
        for told in getattr(accessibility, rule)(room)
    ]


def put(room, widget):
    room.layout().addWidget(widget)
    widget.show()
    room.layout().activate()
    return widget


def test_a_good_room_passes(room):
    put(room, QLabel("Welkom"))
    assert rules(room) == []


def test_a_line_without_a_name_is_found(room):
    put(room, QLineEdit())
    assert any(told.startswith("no name") for told in rules(room))


def test_a_small_button_is_found(room):
    put(room, QPushButton("x")).setFixedSize(39, 44)
    assert any(told.startswith("39 by 44") for told in rules(room))


def test_a_field_that_swallows_the_tab_key_is_found(room):
    trap = QPlainTextEdit()
    trap.setAccessibleName("Nota")
    put(room, trap)
    put(room, QPushButton("Daarna"))
    assert any("does not come to QPushButton “Daarna”" in told for told in rules(room))


@pytest.mark.parametrize(("colour", "found"), [("#999999", True), ("#595959", False)])
def test_faint_text_is_found(room, colour, found):
    put(room, QLabel("Bijna niet te lezen")).setStyleSheet(f"color: {colour}")
    assert any(told.startswith("contrast") for told in rules(room)) is found


def test_a_faint_edge_is_found(room):
    line = put(room, QLineEdit("Amina"))
    line.setAccessibleName("Naam")
    line.setStyleSheet("border: 1px solid #EEEEEE")
    assert any(told.startswith("edge") for told in rules(room))


def test_a_clipped_label_is_found(room):
    put(room, QLabel("Dit past hier niet in")).setFixedWidth(40)
    assert any("too narrow" in told for told in rules(room))


def test_a_focus_that_cannot_be_seen_is_found(room):
    room.layout().itemAt(0).widget().setStyleSheet(
        "QPushButton, QPushButton:focus { border: 1px solid #8A938F; padding: 8px 16px; }"
    )
    assert list(accessibility.unseen_focus(room, set()))


def test_the_pseudo_language_is_longer_and_keeps_what_is_filled_in():
    assert stretched("Dossiers") == "Døššîéršsss"
    assert "{n}" in stretched("{n} wijzigingen")
    assert stretched("&Wachtzin").startswith("&W")
