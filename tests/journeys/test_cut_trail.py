"""Somebody cuts a laptop's audit trail: the office reads the work and says it until it was seen."""

from __future__ import annotations

from PySide6.QtCore import Qt

from leerwinkel_desktop.services import auditing, dossiers

LEFT = Qt.MouseButton.LeftButton


def test_the_office_says_it_until_an_administrator_has_seen_it(
    qtbot, enter, enrolled, idle, stick, answers, tmp_path
):
    enrolled()
    laptop, office = enter("laptop"), enter("kantoor")
    dossiers.create(laptop.workspace, first_name="Amina")
    assert "logboek" not in stick.take(office, stick.write(laptop))
    assert office.shell.banner.property("tone") != "danger"
    there = office.shell.go("administration").sections.go("laptops")
    assert not there.trails.isVisible()

    dossiers.create(laptop.workspace, first_name="Verzonnen")
    with laptop.workspace.database.bare() as connection:
        connection.execute("DELETE FROM audit_entry WHERE number > 4")
    told = stick.take(office, stick.write(laptop))
    assert "vanaf regel 5" in told
    assert office.shell.banner.property("tone") == "danger"
    assert dossiers.count(office.workspace) == 2, "the work is read all the same"

    there = office.shell.go("administration").sections.go("laptops")
    assert there.trails.isVisible()
    assert "vanaf regel 5" in there.trails.told.text()
    qtbot.mouseClick(there.trails.seen, LEFT)
    there.trails.dialog.back.click()
    assert there.trails.isVisible(), "nothing is acknowledged in passing"
    qtbot.mouseClick(there.trails.seen, LEFT)
    there.trails.dialog.go_on.click()
    idle(office)
    assert not there.trails.isVisible()
    there.refresh()
    assert not there.trails.isVisible()

    log = office.shell.go("administration").sections.go("log")
    own = log.listed.rows.rowCount()
    assert log.action.findData("device.accepted") == -1
    log.whose.setCurrentIndex(1)
    log.whose.activated.emit(1)
    held = auditing.laptop_entries(office.workspace, laptop.workspace.device().actor)
    assert log.listed.rows.rowCount() == len(held) != own
    assert log.action.findData("device.accepted") > 0, "only a laptop accepts a welcome"
    answers.saved = tmp_path / "laptop.csv"
    qtbot.mouseClick(log.export, LEFT)
    idle(office)
    assert len(answers.saved.read_text("utf-8-sig").splitlines()) == len(held) + 1
    log.whose.setCurrentIndex(0)
    log.whose.activated.emit(0)
    assert log.listed.rows.rowCount() == own + 1, "here it is noted that the table was kept"
