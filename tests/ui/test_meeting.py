"""An open dossier while an import changes it: shown around the cursor, and met instead of overruled."""

from __future__ import annotations

from datetime import date

import pytest

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.domain.trajectories import LearningQuestion, Session
from leerwinkel_desktop.services import decisions, dossiers
from leerwinkel_desktop.store import applying, changelog
from leerwinkel_desktop.ui.pages.dossier.cards import ListCard
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage


@pytest.fixture
def carry():
    def from_to(source, target):
        with source.database.read() as reader:
            actors = [row[0] for row in reader.connection.execute("SELECT actor FROM actor").fetchall()]
            told = [one for actor in actors for one in changelog.stream(reader.connection, actor, 0)]
        with target.database.write() as transaction:
            applying.Applier(transaction.connection, target.codelists).apply(told)

    return from_to


@pytest.fixture
def laptop(make_vault):
    return make_vault("laptop", "laptop")


@pytest.fixture
def comes(desk, laptop, carry):
    """Brings the laptop's work in as an import does."""

    def bring():
        carry(laptop, desk.workspace)
        desk.kept.emit()

    return bring


@pytest.fixture
def page(qtbot, desk, workspace, laptop, carry):
    view = dossiers.create(workspace, first_name="Amina", phone="0400 00 00 01")
    dossiers.add(workspace, Talent, view.dossier.id, description="geduldig")
    carry(workspace, laptop)
    made = DossierPage(desk, view.client.id)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def box(page, name):
    return next(form.boxes[name] for form in page.forms() if name in form.boxes)


def line(page, name):
    widget = box(page, name).widget
    return widget.focusProxy() or widget


def form_of(page, name):
    return next(form for form in page.forms() if name in form.boxes)


def client(page, desk):
    return dossiers.reload(desk.workspace, page.view.client.id).client


def test_what_came_in_is_shown(page, laptop, comes):
    dossiers.change(laptop, Client, page.view.client.id, last_name="Voorbeeld", phone="0400 00 00 02")
    comes()
    assert line(page, "last_name").text() == "Voorbeeld"
    assert line(page, "phone").text() == "0400 00 00 02"
    assert not box(page, "phone").dirty
    assert page._name._told == "Amina Voorbeeld"


def test_the_field_that_is_being_typed_in_is_left_alone_and_then_met(qtbot, desk, page, laptop, comes):
    phone = line(page, "phone")
    phone.setFocus()
    phone.selectAll()
    qtbot.keyClicks(phone, "0400 00 00 0")
    dossiers.change(laptop, Client, page.view.client.id, last_name="Voorbeeld", phone="0400 00 00 02")
    comes()
    assert phone.text() == "0400 00 00 0"
    assert line(page, "last_name").text() == "Voorbeeld"
    qtbot.keyClicks(phone, "3")
    form_of(page, "phone").flush()
    assert client(page, desk).phone == "0400 00 00 03"
    assert client(page, desk).last_name == "Voorbeeld"
    assert decisions.count(desk.workspace) == 1
    assert "Te beslissen" in box(page, "phone")._undecided.text()
    qtbot.keyClicks(phone, "4")
    form_of(page, "phone").flush()
    assert decisions.count(desk.workspace) == 1, "who types on has not decided"


def test_a_field_with_the_cursor_shows_what_came_once_it_is_left(qtbot, page, laptop, comes):
    phone = line(page, "phone")
    phone.setFocus()
    qtbot.waitUntil(phone.hasFocus)
    dossiers.change(laptop, Client, page.view.client.id, phone="0400 00 00 02")
    comes()
    assert phone.text() == "0400 00 00 01"
    line(page, "email").setFocus()
    assert phone.text() == "0400 00 00 02"


def test_typed_and_typed_back_is_no_change(qtbot, desk, page, laptop, comes):
    phone = line(page, "phone")
    phone.setFocus()
    qtbot.keyClicks(phone, "5")
    dossiers.change(laptop, Client, page.view.client.id, phone="0400 00 00 02")
    comes()
    phone.setText("0400 00 00 01")
    box(page, "phone").editor.changed.emit()
    form_of(page, "phone").flush()
    line(page, "email").setFocus()
    assert phone.text() == "0400 00 00 02"
    assert decisions.count(desk.workspace) == 0


def test_rows_join_and_leave(page, laptop, comes):
    page.go("map")
    talents = next(card for card in page.cards if getattr(card, "box", None) is not None)
    before = len(talents.box.row_cards())
    view = dossiers.reload(laptop, page.view.client.id)
    dossiers.add(laptop, Talent, view.dossier.id, description="rekent snel")
    dossiers.remove(laptop, view.of(Talent)[0])
    comes()
    shown = [card.record.description for card in talents.box.row_cards()]
    assert before == 1
    assert shown == ["rekent snel"]


def test_a_row_in_which_somebody_types_stays(qtbot, desk, page, laptop, comes):
    page.go("map")
    talents = next(card for card in page.cards if getattr(card, "box", None) is not None)
    (row,) = talents.box.row_cards()
    row.unfold(True)
    words = row.form.boxes["description"].widget
    words = words.focusProxy() or words
    words.setFocus()
    qtbot.keyClicks(words, "x")
    dossiers.remove(laptop, dossiers.reload(laptop, page.view.client.id).of(Talent)[0])
    comes()
    assert talents.box.row_cards() == [row]
    row.form.flush()
    assert decisions.count(desk.workspace) == 1, "whether it stays removed is asked"


def test_a_record_that_came_takes_its_place_in_an_empty_form(page, laptop, comes):
    page.go("perspective")
    view = dossiers.reload(laptop, page.view.client.id)
    assert view.trajectory is not None
    dossiers.add(laptop, LearningQuestion, view.trajectory.id, dream="bakker worden")
    comes()
    assert box(page, "dream").editor.value() == "bakker worden"


def test_adding_a_row_here_shows_it_once(page):
    page.go("sessions")
    (card,) = [card for card in page.cards if getattr(card, "box", None) is not None]
    card.box.append()
    assert len(card.box.row_cards()) == 1
    card.box.row_cards()[0].removed.emit()
    assert not card.box.row_cards()
    page._desk._toast.undo.click()
    assert len(card.box.row_cards()) == 1


def test_talks_stand_in_the_order_of_the_day(qtbot, desk, workspace, page):
    view = page.view
    for day, at in ((26, "14:30"), (12, "15:30"), (12, "09:00")):
        dossiers.add(workspace, Session, view.trajectory.id, date=date(2026, 5, day), starts_at=at)
    again = DossierPage(desk, view.client.id)
    qtbot.addWidget(again)
    again.go("sessions")
    (card,) = [card for card in again.cards if isinstance(card, ListCard)]
    shown = [one.record for one in card.box.row_cards()]
    told = [(one.date, one.starts_at) for one in shown if isinstance(one, Session)]
    assert told == [(date(2026, 5, 12), "09:00"), (date(2026, 5, 12), "15:30"), (date(2026, 5, 26), "14:30")]


def test_an_unkept_draft_remembers_what_it_was_based_on(qtbot, desk, page, laptop, carry):
    born = line(page, "birth_date")
    qtbot.keyClicks(born, "31/02/1990")
    memo = page.memo()
    seen = page.view.seen[page.view.client.id]
    dossiers.change(laptop, Client, page.view.client.id, last_name="Voorbeeld")
    carry(laptop, desk.workspace)
    again = DossierPage(desk, page.view.client.id)
    qtbot.addWidget(again)
    again.recall(memo)
    assert box(again, "birth_date").seen == seen
    assert again.view.seen[page.view.client.id] != seen


def test_a_dossier_that_went_away_closes_and_says_so(qtbot, desk, page):
    dossiers.take_back(desk.workspace, page.view.client.id)
    with qtbot.waitSignal(page.closed):
        desk.kept.emit()
    assert "is er niet meer" in desk._banner.text
