"""A form saves as you type, says beside a field what does not fit, and overwrites nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.detention import DetentionEpisode
from leerwinkel_desktop.domain.errors import InvalidValue
from leerwinkel_desktop.domain.fields import Value
from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.field_box import Seen
from leerwinkel_desktop.ui.forms import PAUSE_MS, Draft, RecordForm, Stored
from leerwinkel_desktop.ui.widgets.plain import Column

NAMES = (
    "first_name",
    "birth_date",
    "birth_year",
    "gender",
    "nis_code",
    "nationality",
    "foreign_origin_declared",
    "notes",
)


@pytest.fixture
def view(workspace):
    return dossiers.create(workspace, first_name="Amina", last_name="Voorbeeld")


@pytest.fixture
def form(qtbot, desk, view):
    made = RecordForm(desk, Client, Stored(desk, Client, view.client.id), NAMES, view.client)
    qtbot.addWidget(made)
    made.show()
    return made


def stored(desk, view):
    return dossiers.reload(desk.workspace, view.client.id).client


def line(form, name):
    widget = form.boxes[name].widget
    return widget.focusProxy() or widget


def test_shows_what_is_stored(form):
    assert form.boxes["first_name"].editor.value() == "Amina"
    assert form.boxes["nationality"].editor.value() == ()


def test_saves_after_a_pause(qtbot, desk, form, view):
    told: list[str] = []
    form.state.connect(told.append)
    qtbot.keyClicks(line(form, "notes"), "belt liefst na vier")
    assert stored(desk, view).notes is None
    assert form.waiting
    with qtbot.waitSignal(form.kept, timeout=PAUSE_MS * 5):
        pass
    assert stored(desk, view).notes == "belt liefst na vier"
    assert told[-1] == "kept"
    assert not form.waiting


def test_saves_on_leaving_the_field(qtbot, desk, form, view):
    qtbot.keyClicks(line(form, "birth_year"), "1990")
    line(form, "birth_year").left.emit()
    assert stored(desk, view).birth_year == 1990


def test_an_impossible_date_stands_beside_the_field_and_the_rest_is_kept(qtbot, desk, form, view):
    told: list[str] = []
    form.state.connect(told.append)
    qtbot.keyClicks(line(form, "birth_date"), "31/02/1990")
    qtbot.keyClicks(line(form, "notes"), "blijft")
    form.flush()
    box = form.boxes["birth_date"]
    assert "geen datum" in box.problem.text()
    assert not box.problem.isHidden()
    assert line(form, "birth_date").text() == "31/02/1990"
    assert stored(desk, view).notes == "blijft"
    assert stored(desk, view).birth_date is None
    assert told[-1] == "held"

    line(form, "birth_date").selectAll()
    qtbot.keyClicks(line(form, "birth_date"), "28/2/90")
    form.flush()
    assert box.problem.isHidden()
    assert stored(desk, view).birth_date == date(1990, 2, 28)
    assert told[-1] == "kept"


def test_a_value_that_is_still_being_typed_is_not_called_wrong(qtbot, form):
    told: list[str] = []
    form.state.connect(told.append)
    form.activateWindow()
    line(form, "birth_date").setFocus()
    qtbot.waitUntil(lambda: line(form, "birth_date").hasFocus())
    qtbot.keyClicks(line(form, "birth_date"), "31/1")
    form._timer.timeout.emit()
    assert form.boxes["birth_date"].problem.isHidden()
    assert told[-1] == "typing"
    line(form, "notes").setFocus()
    assert not form.boxes["birth_date"].problem.isHidden()
    assert told[-1] == "held"


def test_a_year_out_of_range_stands_beside_the_field(qtbot, desk, form, view):
    qtbot.keyClicks(line(form, "birth_year"), "1066")
    form.flush()
    assert form.boxes["birth_year"].problem.text()
    assert stored(desk, view).birth_year is None


def test_a_date_is_shown_as_it_was_understood(qtbot, form):
    qtbot.keyClicks(line(form, "birth_date"), "3.4.90")
    form.flush()
    assert line(form, "birth_date").text() == "03/04/1990"


def test_what_changed_elsewhere_is_not_overwritten(qtbot, desk, form, view):
    dossiers.change(desk.workspace, Client, view.client.id, phone="0400 00 00 09", first_name="Aminata")
    qtbot.keyClicks(line(form, "notes"), "iets")
    form.flush()
    now = stored(desk, view)
    assert (now.phone, now.first_name, now.notes) == ("0400 00 00 09", "Aminata", "iets")


def test_yes_no_and_not_asked(qtbot, desk, form, view):
    editor = form.boxes["foreign_origin_declared"].editor
    qtbot.mouseClick(editor.button("N"), Qt.MouseButton.LeftButton)
    form.flush()
    assert stored(desk, view).foreign_origin_declared is False
    qtbot.mouseClick(editor.button("?"), Qt.MouseButton.LeftButton)
    form.flush()
    assert stored(desk, view).foreign_origin_declared is None


def test_codes_as_chips(qtbot, desk, form, view):
    editor = form.boxes["nationality"].editor
    for typed in ("Belg", "marok"):
        qtbot.keyClicks(line(form, "nationality").lineEdit(), typed)
        line(form, "nationality").lineEdit().editingFinished.emit()
    form.flush()
    assert stored(desk, view).nationality == ("BE", "MA")
    editor._drop("BE")
    form.flush()
    assert stored(desk, view).nationality == ("MA",)


def test_a_long_list_is_searched_by_any_part(qtbot, desk, form, view):
    box = form.boxes["nis_code"]
    qtbot.keyClicks(box.widget.lineEdit(), "mechel")
    box.widget.lineEdit().editingFinished.emit()
    form.flush()
    assert stored(desk, view).nis_code == "12025"
    assert box.widget.currentText() == "Mechelen"


def test_a_label_is_seen_from_its_beginning(qtbot, form):
    combo = form.boxes["nis_code"].widget
    combo.set_value("12025")
    assert combo.lineEdit().cursorPosition() == 0
    qtbot.keyClicks(combo.lineEdit(), "x")
    combo.lineEdit().setText("mechel")
    combo.lineEdit().editingFinished.emit()
    assert (combo.currentText(), combo.lineEdit().cursorPosition()) == ("Mechelen", 0)


def test_a_long_list_offers_what_fits_and_takes_what_is_picked(qtbot, desk, form, view):
    combo = form.boxes["nis_code"].widget
    combo.setFocus()
    qtbot.keyClicks(combo.lineEdit(), "mech")
    offered = combo.completer().completionModel()
    assert [offered.index(place, 0).data() for place in range(offered.rowCount())] == ["Mechelen"]
    combo.completer().activated.emit("Mechelen")
    assert stored(desk, view).nis_code == "12025"
    combo.lineEdit().clear()
    combo.lineEdit().textEdited.emit("")
    combo.left.emit()
    assert stored(desk, view).nis_code is None


def test_words_that_fit_no_code_stay_and_are_told(qtbot, desk, form, view):
    box = form.boxes["nis_code"]
    qtbot.keyClicks(box.widget.lineEdit(), "Atlantis")
    form.flush()
    assert "lijst" in box.problem.text()
    assert box.widget.currentText() == "Atlantis"
    assert stored(desk, view).nis_code is None


def test_the_wheel_changes_no_answer(qtbot, desk, form):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    combo = form.boxes["gender"].widget
    combo.setFocus()
    before = combo.currentIndex()
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, event)
    assert combo.currentIndex() == before


def test_a_draft_comes_to_be_with_the_first_letter(qtbot, desk, view):
    made: list[Talent] = []
    draft = Draft(desk, Talent, view.dossier.id, made.append, position=1)
    form = RecordForm(desk, Talent, draft, ("description", "shown_where"), None)
    qtbot.addWidget(form)
    form.flush()
    assert dossiers.reload(desk.workspace, view.client.id).of(Talent) == ()
    qtbot.keyClicks(form.boxes["description"].widget, "Ik ben geduldig")
    form.flush()
    qtbot.keyClicks(form.boxes["description"].widget, " altijd")
    form.flush()
    (talent,) = dossiers.reload(desk.workspace, view.client.id).of(Talent)
    assert (talent.description, talent.position) == ("Ik ben geduldig altijd", 1)
    assert [one.id for one in made] == [talent.id]


def test_a_closed_code_that_is_stored_stays_visible(qtbot, desk, view):
    """A code of another day may stand in a record: it is shown, and kept when something else is typed."""
    codelist = desk.workspace.codelists["programme"]
    closed = next(code for code in codelist if not code.is_current(desk.workspace.today()))
    trajectory = replace(view.trajectory, programme=closed.code)
    dossiers.save(desk.workspace, trajectory)
    form = RecordForm(
        desk, Trajectory, Stored(desk, Trajectory, trajectory.id), ("programme", "went_well"), trajectory
    )
    qtbot.addWidget(form)
    assert form.boxes["programme"].editor.value() == closed.code
    qtbot.keyClicks(form.boxes["went_well"].widget, "veel")
    form.flush()
    now = dossiers.reload(desk.workspace, view.client.id).trajectory
    assert now is not None
    assert (now.programme, now.went_well) == (closed.code, "veel")


def test_a_full_disk_is_told_and_the_typing_stays_until_there_is_room(qtbot, desk, form, view, banner):
    told: list[str] = []
    form.state.connect(told.append)
    with desk.workspace.database.read() as reader:
        pages = reader.connection.execute("PRAGMA page_count").fetchone()[0]
        reader.connection.execute(f"PRAGMA max_page_count = {pages}")
    form.boxes["notes"].widget.insertPlainText("w" * 3900)
    for _ in range(40):
        form.boxes["notes"].widget.insertPlainText("x")
        form.flush()
        if form.waiting:
            break
    assert form.waiting
    assert told[-1] == "held"
    assert "schijf" in banner.text.casefold()
    with desk.workspace.database.read() as reader:
        reader.connection.execute("PRAGMA max_page_count = 100000")
    form.flush()
    assert not form.waiting
    assert stored(desk, view).notes == form.boxes["notes"].widget.toPlainText()


class Picky(Stored[Client]):
    """A record that refuses one field, as the store may."""

    def write(self, values: dict[str, Value], seen: Seen) -> Client:
        if "notes" in values:
            raise InvalidValue("notes", "length")
        return super().write(values, seen)


def test_what_the_store_refuses_stands_beside_its_field_and_the_rest_is_kept(qtbot, desk, view):
    form = RecordForm(desk, Client, Picky(desk, Client, view.client.id), ("notes", "first_name"), view.client)
    qtbot.addWidget(form)
    qtbot.keyClicks(form.boxes["notes"].widget, "te lang")
    qtbot.keyClicks(form.boxes["first_name"].widget, "Lea")
    form.flush()
    assert form.boxes["notes"].problem.text()
    assert form.waiting
    assert stored(desk, view).first_name != "Amina"


def test_on_a_narrow_page_the_fields_stand_under_each_other(qtbot, desk, view):
    page = Column()
    form = RecordForm(desk, Client, Stored(desk, Client, view.client.id), NAMES, view.client)
    qtbot.addWidget(page)
    page.add(form)
    page.resize(900, 600)
    page.show()
    first, second = form.boxes["first_name"], form.boxes["birth_date"]
    qtbot.waitUntil(lambda: first.y() == second.y())
    page.resize(330, 600)
    qtbot.waitUntil(lambda: first.y() < second.y())


def test_what_is_kept_of_the_block_is_never_copied_into_a_draft(qtbot, desk):
    view = dossiers.create(desk.workspace)
    episode = dossiers.add(desk.workspace, DetentionEpisode, view.dossier.id, prison="Voorbeeldstad")
    target = Stored(desk, DetentionEpisode, episode.id)
    form = RecordForm(desk, DetentionEpisode, target, ("prison",), episode)
    qtbot.addWidget(form)
    form.show()
    form.boxes["prison"].widget.setFocus()
    memo = form.memo()
    assert memo["at"][0] == "prison"
    assert "typed" not in memo
    assert "Voorbeeldstad" not in str(memo)
    qtbot.keyClicks(form.boxes["prison"].widget, "x")
    assert form.memo()["typed"]["prison"][1], "what is not kept yet is not lost"
