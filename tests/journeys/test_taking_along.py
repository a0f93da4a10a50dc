"""Dossiers go along on a laptop and leave it again, walked in two windows with a folder between them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from leerwinkel_desktop.domain.trajectories import Trajectory
from leerwinkel_desktop.services import along, dossiers, places
from leerwinkel_desktop.services.places import Place

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def two(enter, enrolled, idle, tmp_path):
    """The windows of a laptop and its office, which share a folder."""
    enrolled()
    (tmp_path / "samen").mkdir()
    windows = enter("laptop"), enter("kantoor")
    for window in windows:
        places.add(window.workspace, Place(name="Samen", kind="FOLDER", address=str(tmp_path / "samen")))
        window.shell.go("handover")
        idle(window)
    return windows


def side(window):
    return window.shell.go("handover").side


def press(qtbot, idle, window, made):
    idle(window)
    qtbot.mouseClick(made, LEFT)
    idle(window)


def test_a_day_at_a_fair(qtbot, two, idle):
    laptop, office = two
    views = [dossiers.create(office.workspace, first_name=name) for name in ("Amina", "Bilal", "Chiara")]
    for view in views[:2]:
        (trajectory,) = view.of(Trajectory)
        dossiers.change(office.workspace, Trajectory, trajectory.id, counsellor="Lore")
    home, out = side(office), side(laptop)
    press(qtbot, idle, office, home.laptops.take)
    dialog = home.laptops.dialog
    assert not dialog.go_on.isEnabled(), "nobody has an appointment today"
    dialog.source.button("counsellor").click()
    dialog.which.setCurrentIndex(dialog.which.findData("Lore"))
    dialog.which.activated.emit(dialog.which.currentIndex())
    assert dialog.go_on.text() == "Geef 2 mee"
    assert "nu staan er 0" in dialog.findChildren(type(home.outcome.told))[1].text().lower()
    assert (dialog.until - office.workspace.today()).days == 14
    dialog.go_on.click()
    idle(office)
    assert "2 dossiers liggen klaar" in office.shell.banner.text
    assert home.laptops.listed.current().on.dossiers == 2
    assert home.laptops.to.place is not None, "the shared folder is proposed"
    press(qtbot, idle, office, home.laptops.write)
    assert "Het staat klaar in de map Samen" in office.shell.banner.text

    out.refresh()
    idle(laptop)
    laptop.shell.desk.watch.look()
    idle(laptop)
    assert not out.here.isVisible()
    press(qtbot, idle, laptop, out.inbox.look)
    assert "meegaf" in laptop.shell.banner.text
    assert [one.name for one in along.here(laptop.workspace)] == ["Amina", "Bilal"]
    assert out.here.told.text().startswith("Deze laptop draagt 2 dossiers")
    assert out.here.listed.rows.row(0).until == dialog_day(office)

    new = dossiers.create(laptop.workspace, first_name="Dounia").client
    out.refresh()
    idle(laptop)
    press(qtbot, idle, laptop, out.here.let_go)
    leaving = out.here.dialog
    assert leaving.people.count() == 2
    assert new.client_no in leaving.findChildren(type(out.told))[1].text(), "unsent work is named and stays"
    leaving.people.item(0).setCheckState(Qt.CheckState.Checked)
    assert out.safe.text() == "2 dossiers staan veilig op kantoor."
    leaving.go_on.click()
    idle(laptop)
    assert out.safe.text() == "1 dossier staat veilig op kantoor."
    assert "1 dossier staat niet meer" in laptop.shell.banner.text
    assert [one.name for one in along.here(laptop.workspace)] == ["Bilal", "Dounia"]
    qtbot.waitUntil(
        lambda: laptop.shell.whereabouts.label.text() == "1 dossier veilig op kantoor, 1 alleen hier"
    )

    assert out.to.place is not None
    press(qtbot, idle, laptop, out.write)
    office.shell.desk.watch.look()
    idle(office)
    press(qtbot, idle, office, home.inbox.look)
    press(qtbot, idle, office, home.preview.take)
    assert home.laptops.listed.current().on.dossiers == 2, "one left, one came"
    press(qtbot, idle, office, home.laptops.ask_back)
    back = home.laptops.dialog
    assert back.people.count() == 2
    assert not back.go_on.isEnabled(), "nobody is late"
    back.people.item(0).setCheckState(Qt.CheckState.Checked)
    back.go_on.click()
    idle(office)
    assert "1 dossier is teruggevraagd" in office.shell.banner.text
    press(qtbot, idle, office, home.outcome.answer)
    laptop.shell.desk.watch.look()
    idle(laptop)
    press(qtbot, idle, laptop, out.inbox.look)
    assert [one.name for one in along.here(laptop.workspace)] == ["Dounia"]
    assert dossiers.count(office.workspace) == 4, "nothing is lost at the office"


def dialog_day(office):
    ((_choice, until), *_more) = along.dossiers_on(
        office.workspace, along.on_laptops(office.workspace)[0].actor
    )
    return until
