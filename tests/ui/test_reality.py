"""Step 3: options side by side, the week that is marked by keys, and what helps at a barrier."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from leerwinkel_desktop.domain import week as rules
from leerwinkel_desktop.domain.trajectories import AdviceStep, Barrier, Option, Support
from leerwinkel_desktop.services import dossiers, week
from leerwinkel_desktop.services.demo import offers
from leerwinkel_desktop.ui.pages.dossier.barriers import BarriersCard
from leerwinkel_desktop.ui.pages.dossier.options import OptionsCard
from leerwinkel_desktop.ui.pages.dossier.owners import OwnersCard
from leerwinkel_desktop.ui.pages.dossier.page import DossierPage
from leerwinkel_desktop.ui.pages.dossier.week import WeekCard
from leerwinkel_desktop.ui.screenshots import settle
from leerwinkel_desktop.ui.widgets.week_grid import WeekModel


@pytest.fixture
def view(workspace):
    return dossiers.create(workspace, first_name="Amina")


@pytest.fixture
def own(view):
    return view.trajectory.id


@pytest.fixture
def shown(qtbot, desk, view):
    """Opens part 3 as it stands at that moment."""

    def open_it() -> DossierPage:
        page = DossierPage(desk, view.client.id)
        qtbot.addWidget(page)
        page.resize(1180, 1000)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.go("reality")
        assert page.cards
        return page

    return open_it


def card(page, kind):
    return next(one for one in page.cards if isinstance(one, kind))


def of(workspace, kind, own):
    with workspace.database.read() as reader:
        return reader.find(kind, trajectory_id=own)


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def test_three_options_stand_beside_each_other_or_under_each_other(workspace, own, shown):
    for rank in (1, 2, 3):
        dossiers.add(workspace, Option, own, title=f"Idee {rank}", client_rank=rank)
    page = shown()
    box = card(page, OptionsCard).box
    first, second, third = box.row_cards()
    settle(page)
    assert first.y() == second.y() == third.y()
    assert first.x() < second.x() < third.x()
    assert not box.adding.isEnabled()
    assert not box.from_catalogue.isEnabled()
    page.resize(700, 1000)
    settle(page)
    assert first.x() == second.x() == third.x()
    assert first.y() < second.y() < third.y()


def test_lights_are_set_by_arrows_and_told_in_a_sign_and_a_word(qtbot, workspace, own, shown):
    option = dossiers.add(workspace, Option, own, title="Idee")
    form = card(shown(), OptionsCard).box.row_cards()[0].form
    light = form.boxes["fits_dream"].widget
    assert light.button("GREEN").text() == "✓"
    assert light.button("GREEN").accessibleName() == "Past bij de droom: Past"
    light.button("GREEN").setFocus()
    qtbot.keyClick(light.button("GREEN"), Qt.Key.Key_Right)
    form.flush()
    assert of(workspace, Option, own)[0].fits_dream == "AMBER"
    assert option.id == of(workspace, Option, own)[0].id
    assert "Misschien" in texts(light)


def test_a_number_key_gives_a_place_and_two_change_places(qtbot, workspace, own, shown):
    for rank in (1, 2):
        dossiers.add(workspace, Option, own, title=f"Idee {rank}", client_rank=rank)
    _first, second = card(shown(), OptionsCard).box.row_cards()
    second._head.setFocus()
    qtbot.keyClick(second._head, "1")
    assert {one.title: one.client_rank for one in of(workspace, Option, own)} == {"Idee 1": 2, "Idee 2": 1}
    qtbot.mouseClick(second.place.button("1"), Qt.MouseButton.LeftButton)
    assert {one.title: one.client_rank for one in of(workspace, Option, own)} == {"Idee 1": 2, "Idee 2": None}


def test_facts_fold_open_for_who_goes_to_a_field(workspace, own, shown):
    option = dossiers.add(workspace, Option, own, title="Idee", route="bus 1")
    page = shown()
    row = card(page, OptionsCard).box.row_cards()[0]
    assert row.form.boxes["route"].isHidden()
    assert "Weg: bus 1" in texts(row)
    page.show_field("option.route", option.id)
    assert not row.form.boxes["route"].isHidden()
    assert page.focusWidget() is row.form.boxes["route"].widget


def test_a_course_of_the_catalogue_becomes_an_option(qtbot, workspace, own, shown):
    offers.fill(workspace)
    box = card(shown(), OptionsCard).box
    box.from_catalogue.click()
    qtbot.keyClicks(box.dialog.list.search, "lasser")
    qtbot.keyClick(box.dialog.list.search, Qt.Key.Key_Return)
    assert [one.title for one in of(workspace, Option, own)] == ["Lasser"]
    assert [row.record.title for row in box.row_cards()] == ["Lasser"]


def test_the_week_is_a_sound_model(qtmodeltester, workspace):
    qtmodeltester.check(WeekModel(workspace.codelists))


def test_hours_are_marked_by_keys_and_each_option_says_whether_it_fits(qtbot, workspace, own, shown):
    dossiers.add(workspace, Option, own, title="Avondles", schedule="EVENING", hours_week=6)
    page = shown()
    planner = card(page, WeekCard)
    grid = planner.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.week.index(0, 11))
    for _ in range(3):
        qtbot.keyClick(grid, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(grid, Qt.Key.Key_K)
    marks = rules.taken(week.slots(workspace, own))
    assert {day: rules.spans(marks, day) for day, _hour in marks} == {
        day: [(18, 20, "CHILDREN")] for day in rules.DAYS[:4]
    }
    told = "✗ Past niet: 1 avond vrij, 2 nodig."
    assert f"Avondles: {told}" in texts(planner)
    assert f"Week: {told}" in texts(card(page, OptionsCard).box.row_cards()[0])
    spoken = grid.week.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "maandag: kinderen 18-20"
    assert len(grid.selectedIndexes()) == 8, "what was chosen stays chosen"
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert week.slots(workspace, own) == ()


def test_the_buttons_mark_what_is_chosen(qtbot, workspace, own, shown):
    planner = card(shown(), WeekCard)
    planner.grid.selectRow(2)
    qtbot.mouseClick(planner.buttons["WORK"], Qt.MouseButton.LeftButton)
    assert rules.spans(rules.taken(week.slots(workspace, own)), "WO") == [(7, 22, "WORK")]


def test_a_barrier_suggests_supports_and_one_click_notes_one(qtbot, workspace, own, shown):
    dossiers.add(workspace, Barrier, own, code="SCHULDEN")
    page = shown()
    row = card(page, BarriersCard).box.row_cards()[0]
    row.unfold(True)
    chips = row.helping.findChildren(QPushButton)
    assert chips[0].text() == "+ Hulp bij schulden"
    qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    (support,) = of(workspace, Support, own)
    assert (support.code, support.advised_on) == ("SCHULDHULP", workspace.today())
    assert row.form.boxes["support_code"].editor.value() == "SCHULDHULP"
    assert isinstance(row.form.boxes["owner"].widget.button("CLIENT"), QPushButton), "owners are segments"


def test_who_does_what_stands_in_three_lists(workspace, own, shown):
    dossiers.add(workspace, Barrier, own, code="GELD", owner="COUNSELLOR", status="OPEN")
    dossiers.add(workspace, Barrier, own, code="WONEN", owner="COUNSELLOR", status="SOLVED")
    dossiers.add(workspace, Barrier, own, code="KINDEROPVANG", owner="PARTNER", action="Het CAW zoekt mee.")
    dossiers.add(workspace, AdviceStep, own, position=1, what="Ik ga naar de school.", who="CLIENT")
    found = card(shown(), OwnersCard)
    assert found.tasks("CLIENT") == ["Ik ga naar de school. (stap 1)"]
    assert found.tasks("COUNSELLOR") == ["Inkomen en kosten"]
    assert found.tasks("PARTNER") == ["Het CAW zoekt mee."]
    assert "•  Inkomen en kosten" in texts(found)
