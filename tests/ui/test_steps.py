"""Steps 1, 2 and 4 and what comes after, by keyboard: talents, the timeline, questions that wait, moments."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from leerwinkel_desktop.domain.clients import EducationRecord, LifeEvent, Talent
from leerwinkel_desktop.domain.training import ContactAttempt, FollowUp
from leerwinkel_desktop.domain.trajectories import AdviceStep, LearningQuestion, Session, Trajectory
from leerwinkel_desktop.services import dossiers
from leerwinkel_desktop.ui.client_view import client_view
from leerwinkel_desktop.ui.pages.dossier.moments import FirstMomentCard, MomentsCard
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.dossier.talents import TalentsCard
from leerwinkel_desktop.ui.pages.dossier.timeline import TimelineCard
from leerwinkel_desktop.ui.screenshots import settle

CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def open_page(qtbot, desk):
    """Opens the dossier of somebody in a window of its own."""

    def opened(client_id):
        made = DossierPage(desk, client_id)
        qtbot.addWidget(made)
        made.resize(1180, 768)
        made.show()
        with qtbot.waitActive(made):
            made.activateWindow()
        return made

    yield opened
    client_view().set(False)


@pytest.fixture
def page(open_page, workspace):
    return open_page(dossiers.create(workspace, first_name="Amina").client.id)


def card_of(page, key, kind):
    if page.part.key != key:
        page.go(key)
    found = next(card for card in page.cards if isinstance(card, kind))
    settle(page)
    return found


def stored(page, kind):
    return dossiers.reload(page._desk.workspace, page.view.client.id).of(kind)


def type_in(qtbot, page, text):
    qtbot.keyClicks(page.window().focusWidget(), text)


def press(qtbot, page, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(page.window().focusWidget(), key, modifier)


@pytest.fixture
def talents(qtbot, page):
    """Four talents, typed one after the other without the mouse."""
    card = card_of(page, "map", TalentsCard)
    card.box.adding.setFocus()
    press(qtbot, page, Key.Key_Return)
    for text in ("geduldig", "rekent snel", "kookt", "luistert"):
        type_in(qtbot, page, text)
        press(qtbot, page, Key.Key_Return)
    press(qtbot, page, Key.Key_Escape)
    return card.box


def texts(box):
    return [chip.accessibleName() for chip in box.chips()]


def test_enter_adds_one_talent_after_the_other(page, talents):
    assert [one.description for one in stored(page, Talent)] == [
        "geduldig",
        "rekent snel",
        "kookt",
        "luistert",
    ]
    assert texts(talents) == [
        "geduldig, komt op het adviesblad",
        "rekent snel, komt op het adviesblad",
        "kookt, komt op het adviesblad",
        "luistert",
    ]
    assert all(row.isHidden() for row in talents.row_cards())
    assert talents.adding.hasFocus()


def test_arrows_go_from_chip_to_chip_and_with_control_they_move_one(qtbot, page, talents):
    press(qtbot, page, Key.Key_Backtab)
    assert talents.chips()[3].hasFocus()
    press(qtbot, page, Key.Key_Left)
    assert talents.chips()[2].hasFocus()
    press(qtbot, page, Key.Key_Right)
    for _ in range(3):
        press(qtbot, page, Key.Key_Left, CONTROL)
    assert texts(talents)[0] == "luistert, komt op het adviesblad"
    assert talents.chips()[0].hasFocus()
    press(qtbot, page, Key.Key_Left, CONTROL)
    places = {one.description: one.position for one in stored(page, Talent)}
    assert places == {"luistert": 1, "geduldig": 2, "rekent snel": 3, "kookt": 4}


def test_a_chip_is_dragged_to_another_place(qtbot, page, talents):
    settle(page)
    first, last = talents.chips()[0], talents.chips()[3]
    goal = first.mapFromGlobal(last.mapToGlobal(last.rect().center()))
    qtbot.mousePress(first, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.mouseMove(first, goal)
    qtbot.mouseRelease(first, Qt.MouseButton.LeftButton, pos=goal)
    assert texts(talents)[-1] == "geduldig"


def test_delete_takes_a_talent_away_and_it_can_come_back(qtbot, toast, page, talents):
    talents.focus_chip(1)
    press(qtbot, page, Key.Key_Delete)
    assert "rekent snel" not in str(texts(talents))
    assert talents.chips()[1].hasFocus()
    toast.undo.click()
    assert len(stored(page, Talent)) == 4


def test_a_click_on_the_cross_takes_it_away_and_elsewhere_opens_it(qtbot, page, talents):
    settle(page)
    chip = talents.chips()[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(8, chip.height() // 2))
    (row,) = [row for row in talents.row_cards() if not row.isHidden()]
    assert row.form.boxes["description"].editor.value() == "geduldig"
    type_in(qtbot, page, " met kinderen")
    press(qtbot, page, Key.Key_Return)
    assert "geduldig met kinderen" in [one.description for one in stored(page, Talent)]
    settle(page)
    chip = talents.chips()[0]
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, chip.height() // 2))
    assert len(stored(page, Talent)) == 3


def test_a_talent_that_is_being_typed_survives_a_look_at_another_part_and_a_lock(qtbot, open_page, page):
    card = card_of(page, "map", TalentsCard)
    card.box.adding.click()
    type_in(qtbot, page, "durft bel")
    memo = page.memo()
    page.go("data")
    assert [one.description for one in stored(page, Talent)] == ["durft bel"]
    page.close()
    again = open_page(page.view.client.id)
    again.recall(memo)
    (row,) = [row for row in card_of(again, "map", TalentsCard).box.row_cards() if not row.isHidden()]
    assert row.form.boxes["description"].typing
    type_in(qtbot, again, "len")
    press(qtbot, again, Key.Key_Return)
    assert [one.description for one in stored(again, Talent)] == ["durft bellen"]


def test_an_empty_talent_is_never_kept(qtbot, page):
    card = card_of(page, "map", TalentsCard)
    card.box.adding.click()
    press(qtbot, page, Key.Key_Return)
    assert card.box.row_cards() == []
    assert stored(page, Talent) == ()


@pytest.fixture
def years(page, workspace):
    view = page.view
    dossiers.add(workspace, EducationRecord, view.dossier.id, title="6 BSO", year=2015)
    dossiers.add(workspace, LifeEvent, view.dossier.id, sort="WORK", what="Kassa", from_year=2016)
    return card_of(page, "map", TimelineCard)


def names(card):
    return [made.accessibleName() for made in card.line.buttons()]


def test_school_and_work_stand_on_one_line_of_years(page, years):
    assert names(years) == ["School: 6 BSO, 2015", "Werk: Kassa, sinds 2016"]


def test_a_bar_opens_what_stands_behind_it(qtbot, page, years):
    years.line.buttons()[0].setFocus()
    press(qtbot, page, Key.Key_Right)
    press(qtbot, page, Key.Key_Return)
    (row,) = years.box.row_cards()
    assert not row.isHidden()
    row.form.boxes["to_year"].widget.setFocus()
    type_in(qtbot, page, "2019")
    row.unfold(False)
    assert names(years)[1] == "Werk: Kassa, 2016 tot 2019"
    years.line.buttons()[0].click()
    focused = page.window().focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Richting of titel"


def test_a_new_entry_comes_on_the_line_as_soon_as_it_has_a_year(qtbot, page, years):
    years.box.adding.click()
    row = years.box.row_cards()[-1]
    row.form.boxes["what"].widget.setFocus()
    type_in(qtbot, page, "Mama")
    row.unfold(False)
    assert len(names(years)) == 2
    assert not row.isHidden()
    row.unfold(True)
    row.form.boxes["from_year"].widget.setFocus()
    type_in(qtbot, page, "2020")
    row.unfold(False)
    assert names(years)[-1] == "Iets anders: Mama, sinds 2020"
    assert row.isHidden()


def test_a_client_sees_the_years_without_a_level(page, years):
    (school,) = stored(page, EducationRecord)
    dossiers.change(page._desk.workspace, EducationRecord, school.id, level_code="30")
    page.refresh()
    heads = page.findChildren(QPushButton)
    assert any("Studiegetuigschrift" in head.accessibleName() for head in heads)
    client_view().set(True)
    settle(page)
    assert years.isVisible()
    assert not any("Studiegetuigschrift" in head.accessibleName() for head in heads)
    client_view().set(False)
    assert any("Studiegetuigschrift" in head.accessibleName() for head in heads)


def box_of(page, key, name):
    if page.part.key != key:
        page.go(key)
    assert page.cards
    return next(form.boxes[name] for form in page.forms() if name in form.boxes)


def test_why_not_lower_is_asked_after_the_number(qtbot, page):
    why = box_of(page, "perspective", "willingness_why")
    assert why.isHidden()
    scale = box_of(page, "perspective", "willingness").editor
    scale.button("7").click()
    assert not why.isHidden()
    scale.button("7").click()
    assert why.isHidden()


def test_why_not_lower_stays_while_something_stands_in_it(page, workspace):
    dossiers.change(workspace, Trajectory, page.view.trajectory.id, willingness_why="Voor mijn kinderen")
    assert not box_of(page, "perspective", "willingness_why").isHidden()


def test_an_answer_that_comes_in_from_outside_brings_its_question(page, workspace):
    why = box_of(page, "perspective", "willingness_why")
    dossiers.change(workspace, Trajectory, page.view.trajectory.id, willingness=6)
    page.refresh()
    assert not why.isHidden()


def test_the_horizon_is_one_three_five_or_ten_and_keeps_what_was_said(page, workspace):
    dossiers.add(workspace, LearningQuestion, page.view.trajectory.id, horizon_years=4)
    editor = box_of(page, "perspective", "horizon_years").editor
    labels = [made.text() for made in editor.findChildren(QPushButton)]
    assert labels == ["1", "3", "5", "10", "4"]
    assert editor.value() == 4


def test_a_new_step_is_the_clients(page):
    page.go("advice")
    next(card for card in page.cards if card.accessibleName() == "Wat doe ik eerst?").box.append()
    assert [one.who for one in stored(page, AdviceStep)] == ["CLIENT"]


def advised(page, workspace):
    today = workspace.today()
    dossiers.add(workspace, Session, page.view.trajectory.id, date=today, attended="J", step_reached="4")


def test_the_first_moment_is_planned_from_the_advice_in_one_click(page, toast, workspace):
    card = card_of(page, "advice", FirstMomentCard)
    assert "Druk het blad af" in card.told.text()
    advised(page, workspace)
    page.refresh()
    (plan,) = card.proposals.findChildren(QPushButton)
    plan.click()
    (made,) = stored(page, FollowUp)
    assert made.moment == "F1"
    assert "We horen hoe het liep op" in card.told.text()
    toast.undo.click()
    assert stored(page, FollowUp) == ()


def test_a_reason_is_only_asked_of_who_did_not_start(page, workspace):
    dossiers.add(workspace, FollowUp, page.view.trajectory.id, moment="F1", due_on=workspace.today())
    card = card_of(page, "after", MomentsCard)
    (row,) = card.box.row_cards()
    row.unfold(True)
    reason, outcome = row.form.boxes["not_started_reason"], row.form.boxes["outcome"].editor
    assert reason.isHidden()
    outcome.button("STARTED").click()
    assert reason.isHidden()
    outcome.button("NOT_STARTED").click()
    assert not reason.isHidden()


def test_after_three_attempts_the_moment_may_rest(page, toast, workspace):
    moment = dossiers.add(workspace, FollowUp, page.view.trajectory.id, moment="F1", due_on=workspace.today())
    card = card_of(page, "after", MomentsCard)
    assert card.proposals.findChildren(QPushButton) == []
    for channel in ("TELEFOON", "SMS", "TELEFOON"):
        dossiers.add(workspace, ContactAttempt, moment.id, date=workspace.today(), channel=channel)
    page.refresh()
    (rest,) = card.proposals.findChildren(QPushButton)
    rest.click()
    assert [one.outcome for one in stored(page, FollowUp)] == ["UNREACHABLE"]
    assert not card.proposals.isVisible()
    toast.undo.click()
    assert stored(page, FollowUp) == (moment,)
