"""The line about words that do not belong comes after the pause, goes again, and never stops anything."""

from __future__ import annotations

from leerwinkel_desktop.domain.clients import Client
from leerwinkel_desktop.domain.fields import Field, Privacy, field_of
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.editors.lines import NoteEditor
from leerwinkel_desktop.ui.field_box import FieldBox
from leerwinkel_desktop.ui.forms import RecordForm, Stored
from leerwinkel_desktop.ui.widgets.guard_line import GuardLine


def guard(box: FieldBox) -> GuardLine:
    assert box.guard is not None
    return box.guard


def test_it_comes_after_the_pause_and_goes_when_the_word_goes(qtbot, desk):
    client = dossiers.create(desk.workspace).client
    form = RecordForm(desk, Client, Stored(desk, Client, client.id), ("notes",), client)
    qtbot.addWidget(form)
    form.show()
    box = form.boxes["notes"]
    qtbot.keyClicks(box.widget, "Komt na het werk. Diefstal in 2019.")
    assert guard(box).text == "", "nobody is disturbed while typing"
    qtbot.waitUntil(lambda: bool(guard(box).text))
    assert guard(box).text.startswith("“Diefstal”: Wat iemand gedaan heeft, hoort nergens in dit programma.")
    assert "Schrijf wat iemand nodig heeft" in guard(box).text
    qtbot.waitUntil(lambda: not box.dirty)
    kept = dossiers.reload(desk.workspace, client.id).client.notes
    assert kept == "Komt na het werk. Diefstal in 2019.", "it warns and never refuses"
    assert isinstance(box.widget, NoteEditor)
    assert box.widget.accessibleDescription() == guard(box).text, "a screen reader says it too"
    box.widget.selectAll()
    qtbot.keyClicks(box.widget, "Komt na het werk.")
    qtbot.waitUntil(lambda: not guard(box).text)


def test_what_was_kept_before_is_looked_at_too(qtbot, desk):
    client = dossiers.create(desk.workspace, notes="heeft adhd en is depressief").client
    form = RecordForm(desk, Client, Stored(desk, Client, client.id), ("notes",), client)
    qtbot.addWidget(form)
    form.show()
    qtbot.waitUntil(lambda: "“adhd”" in guard(form.boxes["notes"]).text)
    assert guard(form.boxes["notes"]).text.endswith("(En nog 1 ander woord.)")


def test_in_the_block_detention_is_no_news(qtbot, dressed):
    note = NoteEditor()
    qtbot.addWidget(note)
    note.setPlainText("Bezoek in de gevangenis op dinsdag.")
    outside, inside = GuardLine(note), GuardLine(note, in_block=True)
    for line in (outside, inside):
        qtbot.addWidget(line)
        line.look()
    assert "“gevangenis”" in outside.text
    assert inside.text == ""
    declared = field_of(Client, "notes")
    shielded = Field(declared.name, declared.label, declared.kind, Privacy.JUDICIAL)
    inner = NoteEditor()
    box = FieldBox(shielded, inner)
    qtbot.addWidget(box)
    inner.setPlainText("Bezoek in de gevangenis op dinsdag.")
    guard(box).look()
    assert guard(box).text == ""
