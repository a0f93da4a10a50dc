"""A name in any script is typed, shown without boxes, kept whole and found again."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtGui import QGuiApplication, QTextLayout
from PySide6.QtWidgets import QLabel, QLineEdit

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.forms import RecordForm, Stored

NAMES = {
    "Arabic": ("أمينة", "المثال"),
    "Georgian": ("ნინო", "მაგალითი"),
    "combining": ("Đie\u0302\u0323n", "Nguye\u0302\u0303n"),
    "Turkish": ("I\u0307rem", "Şıkoğlu"),
    "stress": ("Оле\u0301на", "Прикладенко"),
    "vowels": ("م\u064fح\u064eم\u0651د", "مثال"),
}


def boxes(text: str) -> list[str]:
    """The words of a text in which a character is drawn as a box, in the font of a label."""
    found = []
    for word in text.split():
        layout = QTextLayout(word, QLabel().font())
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        if any(0 in run.glyphIndexes() for run in layout.glyphRuns()):
            found.append(word)
    return found


@pytest.fixture(params=NAMES)
def name(request) -> tuple[str, str]:
    return NAMES[request.param]


def test_it_is_shown_without_boxes(dressed, name):
    assert boxes(" ".join(name)) == []
    assert boxes("\u0378") != [], "a character that no font has is not seen"


def test_it_is_typed_kept_whole_and_found(qtbot, desk, name):
    view = dossiers.create(desk.workspace)
    form = RecordForm(
        desk, Client, Stored(desk, Client, view.client.id), ("first_name", "last_name"), view.client
    )
    qtbot.addWidget(form)
    form.show()
    for field, typed in zip(("first_name", "last_name"), name, strict=True):
        QGuiApplication.clipboard().setText(typed)
        line = form.boxes[field].widget
        assert isinstance(line, QLineEdit)
        line.paste()
    form.flush()
    kept = dossiers.reload(desk.workspace, view.client.id).client
    assert (kept.first_name, kept.last_name) == tuple(unicodedata.normalize("NFC", one) for one in name)
    bare = "".join(one for one in unicodedata.normalize("NFD", name[0]) if not unicodedata.combining(one))
    for typed in (*name, name[0][:3], unicodedata.normalize("NFD", name[1]), bare):
        assert [hit.client_id for hit in dossiers.search(desk.workspace, typed)] == [view.client.id], typed
