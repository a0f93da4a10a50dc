"""One question at a time, by keyboard, with a way back; what was overtaken is shown anew."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from leerwinkel_desktop.domain.clients import Client, Talent
from leerwinkel_desktop.services import decisions, dossiers, doubles
from leerwinkel_desktop.store import applying, changelog
from leerwinkel_desktop.ui.pages.deciding import board
from leerwinkel_desktop.ui.pages.deciding.double import DoubleCard
from leerwinkel_desktop.ui.pages.deciding.page import DecidingPage
from leerwinkel_desktop.ui.pages.deciding.question import QuestionCard
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.told import moment
from leerwinkel_desktop.ui.undecided import Undecided

BORN = date(1990, 7, 4)


def carry(source, target):
    with source.database.read() as reader:
        actors = [row[0] for row in reader.connection.execute("SELECT actor FROM actor").fetchall()]
        told = [one for actor in actors for one in changelog.stream(reader.connection, actor, 0)]
    with target.database.write() as transaction:
        applying.Applier(transaction.connection, target.codelists).apply(told)


@pytest.fixture
def laptop(make_vault):
    return make_vault("laptop", "laptop")


@pytest.fixture
def client(workspace, laptop):
    """Somebody about whom two wrote differently: a phone number and a note."""
    number = dossiers.create(laptop, first_name="Nour", last_name="Voorbeeld").client.id
    carry(laptop, workspace)
    dossiers.change(workspace, Client, number, phone="0400 00 00 11", notes="Belt liever niet.")
    dossiers.change(laptop, Client, number, phone="0400 00 00 12", notes="Mag een bericht krijgen.")
    carry(laptop, workspace)
    return number


@pytest.fixture
def page(qtbot, desk, client):
    return shown(qtbot, desk)


def shown(qtbot, desk):
    made = DecidingPage(desk)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def stored(workspace, client):
    return dossiers.reload(workspace, client).client


def field(page):
    return page.card.question.conflict.declared.name


def show_field(page, name):
    while field(page) != name:
        page.step(1)
    return page.card


def texts(card):
    return [frame.version.text for frame in card.versions]


def test_nothing_to_decide_says_so(qtbot, desk, workspace):
    page = shown(qtbot, desk)
    assert page.card is None
    assert page.empty.isVisible()
    assert not page.past.isVisible()


def test_a_double_that_is_found_meanwhile_comes_into_sight(qtbot, desk, workspace):
    entry = QPushButton("Te beslissen")
    qtbot.addWidget(entry)
    undecided = Undecided(desk, entry, "Te beslissen")
    page = shown(qtbot, desk)
    for _ in range(2):
        dossiers.create(workspace, first_name="Nour", last_name="Voorbeeld", birth_date=BORN)
    assert page.empty.isVisible()
    undecided.refresh()
    assert isinstance(page.card, DoubleCard)
    assert page.card.takes[0].hasFocus()


def test_the_versions_stand_beside_each_other(page):
    assert page.told.text() == "1 van 2"
    card = show_field(page, "phone")
    assert set(texts(card)) == {"0400 00 00 11", "0400 00 00 12"}
    assert "Nour Voorbeeld" in [
        label.text().split(" · ")[0] for label in card.findChildren(type(page.told)) if label.text()
    ]


def test_a_digit_takes_that_version_and_the_next_question_comes(qtbot, desk, workspace, client, page):
    card = show_field(page, "phone")
    wanted = texts(card)[1]
    qtbot.keyClick(page, Qt.Key.Key_2)
    assert stored(workspace, client).phone == wanted
    assert decisions.count(workspace) == 1
    assert page.told.text() == "1 van 1"
    assert field(page) == "notes"
    desk._toast.undo.click()
    assert decisions.count(workspace) == 2
    assert field(page) == "phone", "what was taken back is in sight again"


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_L], ids=["K", "the underlined L"])
def test_keep_leaves_what_shows(qtbot, workspace, client, page, key):
    card = show_field(page, "phone")
    now = texts(card)[0]
    qtbot.keyClick(page, key)
    assert stored(workspace, client).phone == now
    assert decisions.count(workspace) == 1


def test_arrows_walk_round(qtbot, page):
    first = field(page)
    qtbot.keyClick(page, Qt.Key.Key_Right)
    assert field(page) != first
    qtbot.keyClick(page, Qt.Key.Key_Right)
    assert field(page) == first
    qtbot.keyClick(page, Qt.Key.Key_Left)
    assert field(page) != first


def test_combining_begins_with_both_and_digits_are_typed_there(qtbot, workspace, client, page):
    show_field(page, "notes")
    qtbot.keyClick(page, Qt.Key.Key_C)
    editor = page.card.box.widget
    assert editor.hasFocus()
    both = editor.toPlainText()
    assert set(both.split("\n")) == {"Belt liever niet.", "Mag een bericht krijgen."}
    qtbot.keyClicks(editor, "12 kc")
    assert decisions.count(workspace) == 2, "letters decide nothing while somebody writes"
    page.card.finish_combining()
    assert stored(workspace, client).notes == "12 kc" + both
    assert decisions.count(workspace) == 1


def test_what_does_not_fit_is_told_beside_the_editor(qtbot, workspace, laptop, desk):
    number = dossiers.create(laptop, first_name="Nour").client.id
    carry(laptop, workspace)
    dossiers.change(workspace, Client, number, birth_year=1990)
    dossiers.change(laptop, Client, number, birth_year=1991)
    carry(laptop, workspace)
    page = shown(qtbot, desk)
    page.card.begin_combining()
    editor = page.card.box.widget
    editor.retype("1066")
    page.card.finish_combining()
    assert page.card.box.problem.text()
    assert decisions.count(workspace) == 1
    page.card.stop_combining()
    assert page.card.box is None
    qtbot.keyClick(page, Qt.Key.Key_1)
    assert decisions.count(workspace) == 0


def test_what_was_overtaken_is_shown_anew_and_nothing_is_decided(
    qtbot, desk, workspace, laptop, client, page
):
    card = show_field(page, "phone")
    dossiers.change(laptop, Client, client, phone="0400 00 00 13")
    carry(laptop, workspace)
    card.versions[0].take.click()
    assert "intussen" in desk._banner.text
    assert field(page) == "phone"
    assert "0400 00 00 13" in texts(page.card)
    assert decisions.count(workspace) == 2


def test_what_was_removed_is_asked_in_words(qtbot, desk, workspace, laptop):
    view = dossiers.create(laptop, first_name="Nour")
    talent = dossiers.add(laptop, Talent, view.dossier.id, description="geduldig")
    carry(laptop, workspace)
    dossiers.remove(workspace, talent)
    dossiers.change(laptop, Talent, talent.id, description="heel geduldig")
    carry(laptop, workspace)
    page = shown(qtbot, desk)
    assert page.card.combine.isHidden()
    back = next(frame for frame in page.card.versions if frame.version.value is not True)
    assert "Zet terug" in back.take.text()
    back.take.click()
    assert dossiers.reload(workspace, view.client.id).of(Talent)[0].description == "heel geduldig"


def test_what_was_decided_stands_below_and_can_be_taken_back(qtbot, workspace, client, page):
    qtbot.keyClick(page, Qt.Key.Key_1)
    assert page.past.isVisible()
    page.past.head.click()
    assert page.past.table.rows.rowCount() == 1
    page.past.undo.click()
    assert decisions.count(workspace) == 2
    assert not page.past.undo.isEnabled(), "what was undone is not undone again"


def test_a_question_is_reached_from_the_dossier_and_its_field_is_marked(qtbot, desk, client):
    made = DossierPage(desk, client)
    qtbot.addWidget(made)
    made.show()
    assert made.notices.undecided.told.text() == "2 gegevens te beslissen"
    boxes = {name: box for form in made.forms() for name, box in form.boxes.items()}
    assert "Te beslissen" in boxes["phone"]._undecided.text()
    assert not boxes["first_name"]._undecided.text()
    with qtbot.waitSignal(desk.sent) as sent:
        made.notices.decide.click()
    assert sent.args == [f"deciding/{client}"]
    page = shown(qtbot, desk)
    page.show_person(client)
    page._choose(page.card.versions[0].version)
    assert made.notices.undecided.told.text() == "1 gegeven te beslissen"
    page._choose(page.card.versions[0].version)
    assert made.notices.isHidden()


@pytest.fixture
def twice(workspace):
    one = dossiers.create(
        workspace, first_name="Nour", last_name="Voorbeeld", birth_date=BORN, phone="0400 00 00 11"
    )
    other = dossiers.create(workspace, first_name="Noor", last_name="Voorbeeld", birth_date=BORN, gender="V")
    doubles.catch_up(workspace)
    return one.client.id, other.client.id


def test_the_same_person_twice_stands_in_the_same_rows(qtbot, desk, twice):
    page = shown(qtbot, desk)
    assert isinstance(page.card, DoubleCard)
    told = [child.text() for child in page.card.findChildren(type(page.told))]
    assert told.count("≠ verschilt") == 1, "the first name; what one of them leaves open does not differ"
    assert {"Nour", "Noor", "0400 00 00 11", "Vrouw"} <= set(told)


def test_they_are_the_same_and_who_stays_is_chosen(qtbot, desk, workspace, twice):
    page = shown(qtbot, desk)
    keep, double = page.card.pair.other.client_id, page.card.pair.one.client_id
    qtbot.keyClick(page, Qt.Key.Key_2)
    assert dossiers.count(workspace) == 1
    assert dossiers.reload(workspace, double).client.id == keep
    assert page.card is None
    assert page.empty.isVisible()
    (past,) = board.read(workspace).past
    assert (past.what, past.who) == ("Dezelfde persoon", workspace.user)
    assert moment(past.at_ms or 0).startswith(f"{workspace.today():%d/%m/%Y}")
    assert "Nour Voorbeeld" in past.said
    assert "Noor Voorbeeld" in past.said
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert dossiers.count(workspace) == 2
    assert isinstance(page.card, DoubleCard)


def test_they_are_two_people_until_that_is_undone(qtbot, desk, workspace, twice):
    page = shown(qtbot, desk)
    qtbot.keyClick(page, Qt.Key.Key_N)
    assert doubles.how_many(workspace) == 0
    assert page.card is None
    page.past.unfold(True)
    page.past.undo.click()
    assert doubles.how_many(workspace) == 1


def test_a_merged_dossier_tells_whose_it_holds(qtbot, desk, workspace, twice):
    keep, double = twice
    doubles.merge(workspace, keep, double)
    made = DossierPage(desk, double)
    qtbot.addWidget(made)
    assert made.view.client.id == keep
    told = made.notices.together.told.text()
    assert "dezelfde persoon" in told
    assert "Voornaam was daar: Noor." in told
    assert "Vrouw" in told


def test_later_comes_back_round(qtbot, desk, client, twice):
    page = shown(qtbot, desk)
    seen = []

    def double():
        return page.card if isinstance(page.card, DoubleCard) else None

    while not double():
        page.step(1)
    while card := double():
        seen.append(card.pair)
        card.wait.click()
    assert isinstance(page.card, QuestionCard)
    assert page.told.text() == f"1 van {2 + len(seen)}"
    assert seen
