"""Whatever is typed or pasted: the field takes it whole or tells its limit, as plain text, in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.fields import Kind, Record, fields_of
from leerwinkel_desktop.domain.ids import new_id
from leerwinkel_desktop.domain.registry import BY_KIND
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.forms import Draft, RecordForm, Stored

TYPED = frozenset({Kind.TEXT, Kind.NOTE, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME})
LONG = ("woord " * 100)[:500]
ONE_WORD = "w" * 500


def kinds() -> Iterator[tuple[type[Record], tuple[str, ...]]]:
    """Each kind of record with the fields in which something is typed."""
    for record in BY_KIND.values():
        names = tuple(one.name for one in fields_of(record) if one.kind in TYPED and not one.opaque)
        if names:
            yield record, names


@pytest.mark.parametrize("text", [LONG, ONE_WORD], ids=["words", "one word"])
@pytest.mark.parametrize(("record", "names"), list(kinds()), ids=lambda one: getattr(one, "kind", None))
def test_each_field_takes_500_characters_whole_or_refuses_them(qtbot, desk, record, names, text):
    form = RecordForm(desk, record, Draft(desk, record, new_id()), names, None)
    qtbot.addWidget(form)
    form.resize(720, 600)
    form.show()
    for name, box in form.boxes.items():
        inner = box.widget.focusProxy() or box.widget
        if not hasattr(inner, "paste"):
            continue  # a scale of a few numbers: nothing can be typed there
        QGuiApplication.clipboard().setText(text)
        inner.paste()
        assert box.editor.typed() == text, f"{name} cut it"
    for _seen, values in form._fitting(patient=False):
        for name, value in values.items():
            assert value == text.strip(), f"{name} keeps only a part"
    for box in form.boxes.values():
        if box.problem.text() and box.field.kind in (Kind.TEXT, Kind.NOTE):
            assert str(box.field.max_length) in box.problem.text()
    assert form.minimumSizeHint().width() <= 720, "it pushes the page wider"


@pytest.fixture
def form(qtbot, desk, workspace):
    view = dossiers.create(workspace, first_name="Amina")
    made = RecordForm(desk, Client, Stored(desk, Client, view.client.id), ("last_name", "notes"), view.client)
    qtbot.addWidget(made)
    made.show()
    return made


def pasted(form: Any, name: str, data: QMimeData) -> str:
    """What stands in a field after that was pasted into it."""
    QGuiApplication.clipboard().setMimeData(data)
    widget = form.boxes[name].widget
    widget.clear()
    widget.paste()
    return str(form.boxes[name].editor.typed())


def mime(**more: str) -> QMimeData:
    data = QMimeData()
    for kind, value in more.items():
        data.setData({"plain": "text/plain", "html": "text/html", "rtf": "text/rtf"}[kind], value.encode())
    return data


@pytest.mark.parametrize("name", ["last_name", "notes"])
def test_only_plain_text_comes_in(form, name):
    html = "<b>Vet</b> <img src='http://127.0.0.1/spion.png'><script>x()</script>"
    assert pasted(form, name, mime(plain="Vet", html=html, rtf=r"{\rtf1 Vet}")) == "Vet"
    assert "<" not in pasted(form, name, mime(html=html))
    assert pasted(form, name, mime(plain=html)) == html, "what looks like code is text"
    picture = QMimeData()
    picture.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    assert pasted(form, name, picture) == ""


@pytest.mark.parametrize("name", ["last_name", "notes"])
def test_what_cannot_be_kept_leaves_the_words_around_it(form, name, desk):
    pasted(form, name, mime(plain="voor\0na\x07 en\x1b[31m rood\u200b"))
    form.flush()
    (hit,) = dossiers.search(desk.workspace, "")
    kept = getattr(dossiers.reload(desk.workspace, hit.client_id).client, name)
    assert kept == "voorna en[31m rood\u200b"


@pytest.mark.parametrize("name", ["last_name", "notes"])
def test_a_whole_book_on_the_clipboard_is_refused_and_can_be_taken_out(qtbot, form, name):
    QGuiApplication.clipboard().setText("lang " * 200_000)
    form.boxes[name].widget.paste()
    form.flush()
    assert str(form.boxes[name].field.max_length) in form.boxes[name].problem.text()
    form.boxes[name].widget.selectAll()
    qtbot.keyClick(form.boxes[name].widget, Qt.Key.Key_Delete)
    form.flush()
    assert form.boxes[name].problem.text() == ""
